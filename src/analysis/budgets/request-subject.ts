import type { Context, Measured } from '../context.ts';
import { phaseParts } from '../latency.ts';
import { addCounts, countRequests, measuredClass, stillInside } from '../requests.ts';
import { lengthNs, perSec, type Span } from '../spans.ts';
import { observedIn, sum } from './counts.ts';
import { isLatency, type Metric } from './metric.ts';
import { latencyReading, NOTHING, plainReading, ratioReading, type Reading } from './reading.ts';

/**
 * Requests of some classes together.
 *
 *     errors       failed, whatever the cause / offered: shed requests count, a late answer counts
 *     shed         shed by a limiter / offered
 *     timeouts     client or caller gave up / offered
 *     availability good / offered
 *     throughput   answered with success, in time or late, per second
 */
export function readRequests(
  context: Context,
  classIds: readonly number[],
  metric: Metric,
  span: Span,
): Reading {
  if (isLatency(metric)) {
    const parts = (of: Measured) =>
      classIds.flatMap((id) => phaseParts(measuredClass(of, id).phaseHistograms, span.phases));
    const inside = sum(classIds.flatMap((id) => stillInside(context, id, span)));
    return latencyReading({ pooled: parts(context), ofEach: context.apart.map(parts) }, metric, inside);
  }
  const counts = addCounts(classIds.map((id) => countRequests(context, id, span, 1)));
  const { offered, good, late, censored, failures } = counts;
  const observed = (key: 'offered' | 'good' | 'late'): number =>
    sum(classIds.map((id) => observedIn(context, span, (run) => measuredClass(run, id)[key])));
  const [samples, completed] = [observed('offered'), observed('good')];
  const share = (part: number, doubtful = 0): Reading =>
    ratioReading({ part, whole: offered, doubtful, samples, completed });
  switch (metric.kind) {
    case 'errors':
      return share(sum(Object.values(failures)), censored);
    case 'shed':
      return share(failures.shed, censored);
    case 'timeouts':
      return share(failures.timedOut, censored);
    case 'availability':
      return share(good);
    case 'throughput':
      return plainReading(
        perSec((good + late) * context.model.slice, lengthNs(span)),
        completed + observed('late'),
        completed,
      );
    default:
      return NOTHING;
  }
}
