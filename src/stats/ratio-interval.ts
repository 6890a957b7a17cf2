import { normalQuantile } from '../base/math.ts';
import { checkLevel, noInterval, type IntervalResult } from './interval.ts';

export interface RatioSample {
  /** Trials with the outcome counted, k. */
  readonly hitCount: number;
  /** All trials, n ≥ k. */
  readonly trialCount: number;
}

/**
 * Wilson's score interval for a probability.
 *
 *     (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)        p̂ = k/n, z = Φ⁻¹((1 + level)/2)
 *
 * Stays inside [0, 1] and is not empty at k = 0, unlike p̂ ± z·√(p̂(1−p̂)/n). Its mean coverage is close to the level,
 * where Clopper–Pearson is cautious. Trials must be independent. Source: Wilson 1927, JASA 22:209.
 */
export function wilsonInterval({ hitCount, trialCount }: RatioSample, level: number): IntervalResult {
  checkSample(hitCount, trialCount, level);
  if (trialCount === 0) return noInterval(null, 1);
  const point = hitCount / trialCount;
  const z = normalQuantile((1 + level) / 2);
  const shrink = (z * z) / trialCount;
  const centre = (point + shrink / 2) / (1 + shrink);
  const halfWidth = (z * Math.sqrt((point * (1 - point) + shrink / 4) / trialCount)) / (1 + shrink);
  return {
    kind: 'interval',
    point,
    lower: hitCount === 0 ? 0 : centre - halfWidth,
    upper: hitCount === trialCount ? 1 : centre + halfWidth,
    level,
  };
}

function checkSample(hitCount: number, trialCount: number, level: number): void {
  checkLevel(level);
  if (!(
    Number.isInteger(hitCount) &&
    Number.isInteger(trialCount) &&
    hitCount >= 0 &&
    trialCount >= hitCount
  )) {
    throw new RangeError(`need whole numbers 0 ≤ hits ≤ trials: ${hitCount} of ${trialCount}`);
  }
}
