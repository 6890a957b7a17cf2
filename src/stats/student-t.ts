import { normalQuantile } from '../base/math.ts';
import { incompleteBeta, incompleteBetaInverse } from './incomplete-beta.ts';

/**
 * Distribution function of Student's t.
 *
 *     P(T > |t|) = ½·I_x(ν/2, ½),   x = ν/(ν + t²)        ν degrees of freedom, any real > 0
 *
 * Source: DLMF 8.17; Abramowitz & Stegun 26.7.1.
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  checkDegrees(degreesOfFreedom);
  const x = degreesOfFreedom / (degreesOfFreedom + t * t);
  const tail = incompleteBeta(x, { a: degreesOfFreedom / 2, b: 0.5 }) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * Quantile of Student's t: the t with P(T ≤ t) = probability.
 *
 * With q the smaller tail, I_x(ν/2, ½) = 2q gives t = ±√(ν(1−x)/x). Near the median x is near 1, so the complement
 * y = 1 − x is solved for instead: I_y(½, ν/2) = 1 − 2q, t = ±√(νy/(1−y)). Infinite ν is the normal distribution.
 *
 * @throws {RangeError} unless 0 < probability < 1 and degreesOfFreedom > 0.
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  checkDegrees(degreesOfFreedom);
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability must be between 0 and 1: ${probability}`);
  }
  if (degreesOfFreedom === Infinity) return normalQuantile(probability);
  if (probability === 0.5) return 0;

  const tail = Math.min(probability, 1 - probability);
  const half = degreesOfFreedom / 2;
  let squareOverDegrees: number; // t²/ν
  if (tail < 0.25) {
    const x = incompleteBetaInverse(2 * tail, { a: half, b: 0.5 });
    squareOverDegrees = (1 - x) / x;
  } else {
    const y = incompleteBetaInverse(Math.abs(1 - 2 * probability), { a: 0.5, b: half });
    squareOverDegrees = y / (1 - y);
  }
  const t = Math.sqrt(degreesOfFreedom * squareOverDegrees);
  return probability < 0.5 ? -t : t;
}

/** The factor t of a two-sided interval m ± t·s/√n: the quantile at (1 + level)/2. */
export function studentTTwoSided(level: number, degreesOfFreedom: number): number {
  return studentTQuantile((1 + level) / 2, degreesOfFreedom);
}

function checkDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0))
    throw new RangeError(`degrees of freedom must be positive: ${degreesOfFreedom}`);
}
