import { runsOf, type Measured } from '../context.ts';
import { observedOver, spanNamed, type Span } from '../spans.ts';

/** Observations in the span, of all replications together like those of the histograms. */
export function observedIn(
  context: Measured,
  { name }: Span,
  seriesOf: (run: Measured) => ArrayLike<number>,
): number {
  return sum(runsOf(context).map((run) => observedOver(spanNamed(run, name), seriesOf(run))));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
