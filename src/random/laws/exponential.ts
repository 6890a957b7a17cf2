import { exp, expm1, ln } from '../../base/math.ts';
import { checkParameter, constantLaw, type Law } from './law.ts';
import { type LogTangent, positiveRoot } from './newton.ts';

/** One branch of a mixture of exponentials: taken with probability `p`, exponential with `mean`. */
export interface Branch {
  readonly p: number;
  readonly mean: number;
}

/**
 * Exponential law.
 *
 *     x(v) = −m·ln v,   ∫₀ᵛ x ds = m·v·(1 − ln v)       m mean
 */
export function exponentialLaw(mean: number): Law {
  checkParameter('mean', mean);
  if (mean === 0) return constantLaw(0);
  return {
    mean,
    cv: 1,
    quantile: (v) => (v < 1 ? -mean * ln(v) : 0),
    survival: (x) => exp(-x / mean),
    upperMean: (v) => (v > 0 ? mean * v * (1 - ln(v)) : 0),
  };
}

/**
 * Two branches of balanced means: each carries half of the mean, p₁m₁ = p₂m₂ = m/2.
 *
 *     p₁ = (1 + √((c² − 1)/(c² + 1)))/2,   m₁ = m/(2p₁),   m₂ = m/(2p₂)        c coefficient of variation, ≥ 1
 *
 * Source: Whitt 1982, Approximating a point process by a renewal process, Operations Research 30(1):125–147.
 */
export function balancedBranches({ mean, cv }: { readonly mean: number; readonly cv: number }): Branch[] {
  checkParameter('mean', mean);
  checkParameter('cv of a hyperexponential', cv, { least: 1, most: 1000 });
  const p = (1 + Math.sqrt(((cv - 1) * (cv + 1)) / (cv * cv + 1))) / 2;
  const rest = 1 / ((cv * cv + 1) * 2 * p); // 1 − p without loss: p(1 − p) = 1/(2(c² + 1))
  return [
    { p, mean: mean / (2 * p) },
    { p: rest, mean: mean / (2 * rest) },
  ];
}

/**
 * Hyperexponential law: a mixture of exponentials (a branch of mean 0 is an atom at 0).
 *
 *     P(X > x) = Σ pᵢ·e^(−x/mᵢ),   E[X; X > x] = Σ pᵢ·(mᵢ + x)·e^(−x/mᵢ),   E[X²] = 2·Σ pᵢ·mᵢ²
 *
 * The quantile has no closed form: Newton on the logarithm of the smaller of P(X > x), P(0 < X ≤ x).
 *
 * @throws {RangeError} unless the probabilities sum to 1 within 1e-9; they are scaled to do so exactly.
 */
export function hyperexponentialLaw(branches: readonly Branch[]): Law {
  const sum = branches.reduce((total, { p }) => total + p, 0);
  if (!(Math.abs(sum - 1) < 1e-9)) throw new RangeError(`branch probabilities must sum to 1: ${sum}`);
  for (const branch of branches) {
    checkParameter('branch probability', branch.p, { most: 1 });
    checkParameter('branch mean', branch.mean);
  }
  const live = branches.filter((b) => b.p > 0 && b.mean > 0).map((b) => ({ p: b.p / sum, mean: b.mean }));
  if (live.length === 0) return constantLaw(0);

  const over = (term: (branch: Branch) => number): number => live.reduce((total, b) => total + term(b), 0);
  const mean = over((b) => b.p * b.mean);
  // P(X > 0), exactly 1 where no branch has mean 0.
  const positive = 1 - branches.reduce((atom, b) => atom + (b.mean === 0 ? b.p / sum : 0), 0);
  const survival = (x: number): number => over((b) => b.p * exp(-x / b.mean));
  const density = (x: number): number => over((b) => (b.p / b.mean) * exp(-x / b.mean));
  const quantile = (v: number): number => {
    if (v === 0) return Infinity;
    if (v >= positive) return 0;
    const upper = (x: number): LogTangent => [ln(v / survival(x)), (x * density(x)) / survival(x)];
    const lower = (x: number): LogTangent => {
      const head = over((b) => -b.p * expm1(-x / b.mean));
      return [ln(head / (positive - v)), (x * density(x)) / head];
    };
    // Given X > 0, the tail lies between those of the fastest and the slowest branch.
    const exponent = ln(-ln(v / positive));
    const low = exponent + ln(Math.min(...live.map((b) => b.mean))) - 1e-9;
    const high = exponent + ln(Math.max(...live.map((b) => b.mean))) + 1e-9;
    return positiveRoot(v < positive / 2 ? upper : lower, { low, high, start: low });
  };
  return {
    mean,
    cv:
      Math.sqrt(
        over((b) => b.p * (b.mean - mean) ** 2 + b.p * b.mean * b.mean) + (1 - positive) * mean * mean,
      ) / mean,
    quantile,
    survival,
    upperMean: (v) => {
      if (v === 0) return 0;
      const x = quantile(v);
      return over((b) => b.p * (b.mean + x) * exp(-x / b.mean));
    },
  };
}
