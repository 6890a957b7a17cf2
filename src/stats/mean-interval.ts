import { checkLevel, noInterval, type IntervalResult } from './interval.ts';
import { sampleMoments } from './moments.ts';
import { studentTTwoSided } from './student-t.ts';

/**
 * Interval for a mean over independent replications.
 *
 *     x̄ ± t_{R−1,(1+level)/2} · s/√R        R replications, x̄ and s² their mean and unbiased variance
 *
 * One value a replication, not one a request: requests of one run are correlated, and an interval over them is too
 * narrow. Exact for normal values, good for means of long runs. Source: Law, Simulation Modeling and Analysis, §4.5.
 */
export function meanInterval(replicationValues: Iterable<number>, level: number): IntervalResult {
  checkLevel(level);
  const { count, mean, variance } = sampleMoments(replicationValues);
  if (count < 2) return noInterval(count === 0 ? null : mean, 2);
  const halfWidth = studentTTwoSided(level, count - 1) * Math.sqrt(variance / count);
  return { kind: 'interval', point: mean, lower: mean - halfWidth, upper: mean + halfWidth, level };
}
