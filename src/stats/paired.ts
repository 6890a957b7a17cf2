import type { IntervalResult } from './interval.ts';
import { sectionedError, sectionedInterval } from './sectioning.ts';
import { studentTCdf } from './student-t.ts';

/** One number of one scenario: from all replications together, and from each of them alone. */
export interface ReplicatedValue {
  readonly pooledValue: number;
  readonly values: readonly number[];
}

export interface TestedDifference {
  /** after − before, of the pooled values. */
  readonly interval: IntervalResult;
  /** Two-sided, of the hypothesis that there is no difference; null below two replications. */
  readonly pValue: number | null;
}

/**
 * Difference between two scenarios from replications that share random numbers: replication r of both has one seed.
 *
 *     D̂ ± t_{R−1,(1+level)/2}·SE     D̂ = θ̂_after − θ̂_before, pooled     d_r = θ̂_after,r − θ̂_before,r
 *     p = 2·P(T_{R−1} > |D̂|/SE)       SE = √(1/(R−1)·Σ(d_r − D̂)²) / √R
 *
 * What chance does alike to both sides drops out of d_r, which is why far fewer requests show a small change. For means
 * over equally long replications D̂ is the mean of the d_r, and this is the paired t test; for percentiles it is
 * sectioning (see sectioning.ts), which understates differences where replications are short (docs/trust.md). At (1 − level) the test rejects
 * exactly where the interval leaves out 0. Differences that are all the same have no spread: p is then 0, and 1 if
 * all are 0.
 * Source: Law, Simulation Modeling and Analysis, 5th ed. 2015, §10.2.1 and §11.2.
 *
 * @throws {RangeError} when the sides have different numbers of replications.
 */
export function pairedDifference(
  before: ReplicatedValue,
  after: ReplicatedValue,
  level: number,
): TestedDifference {
  const count = before.values.length;
  if (after.values.length !== count) {
    throw new RangeError(`${count} replications cannot be paired with ${after.values.length}`);
  }
  const sectionValues = before.values.map((value, index) => (after.values[index] ?? NaN) - value);
  const estimate = { pooledValue: after.pooledValue - before.pooledValue, sectionValues };
  return { interval: sectionedInterval(estimate, level), pValue: count < 2 ? null : pValueOf(estimate) };
}

function pValueOf(estimate: { pooledValue: number; sectionValues: readonly number[] }): number {
  const error = sectionedError(estimate);
  if (error === 0) return estimate.pooledValue === 0 ? 1 : 0;
  const t = Math.abs(estimate.pooledValue) / error;
  return Math.min(1, 2 * studentTCdf(-t, estimate.sectionValues.length - 1));
}
