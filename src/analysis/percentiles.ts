import type { Context } from './context.ts';
import type { PercentilesFinding } from './findings.ts';
import { mergePhases, supportedQuantileNs } from './latency.ts';
import { measuredClass } from './requests.ts';
import { spanNamed } from './spans.ts';

/** Equally spaced on the axis 1 / (1 − q), as HdrHistogram draws it: three to each nine. */
const QUANTILES: readonly number[] = [
  ...[0, 0.1, 0.25, 0.5, 0.6, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999],
  ...[0.9995, 0.9998, 0.9999, 0.99995, 0.99999, 0.999999],
];

/** The response times of good requests of every class over the whole run, from its one merged histogram. */
export function findPercentiles(
  context: Pick<Context, 'model' | 'measurements' | 'spans'>,
): PercentilesFinding[] {
  const { phases } = spanNamed(context, null);
  return context.model.classes.map(({ name }, index) => {
    const histogram = mergePhases(measuredClass(context, index).phaseHistograms, phases);
    const points = QUANTILES.flatMap((quantile) => {
      const ns = supportedQuantileNs(histogram, quantile);
      return ns === null ? [] : [{ quantile, ns }];
    });
    return { request: name, points };
  });
}
