import { runsOf, type Measured } from '../context.ts';
import { observedOver } from '../spans.ts';
import type { StretchOf } from './stretch.ts';

/** Observations in the stretch, of all replications together like those of the histograms. */
export function observedIn(
  of: Measured,
  at: StretchOf,
  seriesOf: (run: Measured) => ArrayLike<number>,
): number {
  return sum(runsOf(of).map((run) => observedOver(at(run), seriesOf(run))));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
