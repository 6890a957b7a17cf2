import { noInterval } from './interval.ts';
import type { TestedDifference, ReplicatedValue } from './paired.ts';
import { sectionedError } from './sectioning.ts';
import { studentTCdf, studentTTwoSided } from './student-t.ts';

/**
 * Difference between two scenarios from replications that share no random numbers.
 *
 *     D̂ ± t_{ν,(1+level)/2}·SE     D̂ = θ̂_after − θ̂_before, pooled     SE² = SE_b² + SE_a²
 *     p = 2·P(T_ν > |D̂|/SE)        ν = SE⁴ / (SE_b⁴/(R_b − 1) + SE_a⁴/(R_a − 1))
 *
 * SE_b and SE_a are the standard errors of the two values by sectioning (see sectioning.ts), of R_b and R_a replications.
 * Both may have the same random numbers all the same, without anybody knowing: then the interval is too wide, as a rule.
 * Source: Welch 1947, Biometrika 34:28; Satterthwaite 1946, Biometrics Bulletin 2:110; Law, Simulation Modeling and Analysis,
 * 5th ed. 2015, §10.2.2.
 */
export function unpairedDifference(
  before: ReplicatedValue,
  after: ReplicatedValue,
  level: number,
): TestedDifference {
  const point = after.pooledValue - before.pooledValue;
  const counts = [before.values.length, after.values.length] as const;
  if (Math.min(...counts) < 2) return { interval: noInterval(point, 2), pValue: null };
  const [ofBefore, ofAfter] = [squaredError(before), squaredError(after)];
  const square = ofBefore + ofAfter;
  if (square === 0) {
    const interval = { kind: 'interval', point, lower: point, upper: point, level } as const;
    return { interval, pValue: point === 0 ? 1 : 0 };
  }
  const degrees =
    (square * square) / ((ofBefore * ofBefore) / (counts[0] - 1) + (ofAfter * ofAfter) / (counts[1] - 1));
  const error = Math.sqrt(square);
  const halfWidth = studentTTwoSided(level, degrees) * error;
  const interval = {
    kind: 'interval',
    point,
    lower: point - halfWidth,
    upper: point + halfWidth,
    level,
  } as const;
  return { interval, pValue: Math.min(1, 2 * studentTCdf(-Math.abs(point) / error, degrees)) };
}

function squaredError({ pooledValue, values }: ReplicatedValue): number {
  const error = sectionedError({ pooledValue, sectionValues: values });
  return error * error;
}
