import { exp, gammaLn, ln, log1p } from '../base/math.ts';

/** Relative change at which the continued fraction counts as converged. */
const CONVERGED = 2 * Number.EPSILON;
/** Stands for zero where Lentz's method would divide by it. */
const TINY = 1e-300;
/** Enough for a + b up to about 10⁹: the fraction needs O(√max(a, b)) terms. */
const TERMS_MAX = 100_000;

export interface BetaShape {
  readonly a: number;
  readonly b: number;
}

/**
 * Regularised incomplete beta function, the distribution function of a beta variable.
 *
 *     I_x(a, b) = 1/B(a, b) · ∫₀ˣ t^(a−1) (1−t)^(b−1) dt        0 ≤ x ≤ 1, a > 0, b > 0
 *
 * Continued fraction by Lentz's method where it converges fast, x < (a+1)/(a+b+2), else I_x(a, b) = 1 − I_{1−x}(b, a).
 * The binomial, Student's t and F distribution functions are all special cases.
 * Source: DLMF 8.17.22; Press et al., Numerical Recipes, 3rd ed. 2007, §6.4.
 */
export function incompleteBeta(x: number, { a, b }: BetaShape): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0))
    throw new RangeError(`no incomplete beta of x=${x}, a=${a}, b=${b}`);
  if (x === 0 || x === 1) return x;
  const front = exp(gammaLn(a + b) - gammaLn(a) - gammaLn(b) + a * ln(x) + b * log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/**
 * The x with I_x(a, b) = probability, by bisection: the function is increasing, and its steep ends (a or b below 1)
 * defeat Newton's method. Relative accuracy 1e-15 of x, so pick the tail in which x is small.
 */
export function incompleteBetaInverse(probability: number, shape: BetaShape): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability must be between 0 and 1: ${probability}`);
  }
  if (probability === 0 || probability === 1) return probability;
  let low = 0;
  let high = 1;
  while (high - low > 2 * Number.EPSILON * high) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (incompleteBeta(middle, shape) < probability) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

/** The continued fraction of DLMF 8.17.22, evaluated from the front by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= TERMS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) <= CONVERGED) return fraction;
  }
  throw new RangeError(`incomplete beta did not converge: a=${a}, b=${b}, x=${x}`);
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
