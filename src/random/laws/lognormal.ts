import { exp, expm1, ln, log1p, normalCdf, normalQuantile } from '../../base/math.ts';
import { checkParameter, constantLaw, type Law } from './law.ts';

/** Mean and coefficient of variation (standard deviation / mean). */
export interface MeanAndCv {
  readonly mean: number;
  readonly cv: number;
}

/**
 * μ and σ of ln X for a lognormal X given by its mean and coefficient of variation.
 *
 *     σ² = ln(1 + cv²),   μ = ln(mean) − σ²/2
 */
export function lognormalParameters({ mean, cv }: MeanAndCv): {
  readonly mu: number;
  readonly sigma: number;
} {
  const variance = log1p(cv * cv);
  return { mu: ln(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

/**
 * Lognormal through two quantiles, as dashboards show them.
 *
 *     σ = ln(P99/P50)/z₀.₉₉,   mean = P50·e^(σ²/2),   cv = √(e^(σ²) − 1)
 *
 * @throws {RangeError} unless 0 < p50 ≤ p99.
 */
export function lognormalThrough({ p50, p99 }: { readonly p50: number; readonly p99: number }): MeanAndCv {
  if (!(p50 > 0 && p99 >= p50)) throw new RangeError(`need 0 < p50 ≤ p99: ${p50}, ${p99}`);
  const sigma = ln(p99 / p50) / -normalQuantile(0.01);
  return { mean: p50 * exp((sigma * sigma) / 2), cv: Math.sqrt(expm1(sigma * sigma)) };
}

/**
 * Lognormal law: ln X is normal with mean μ and standard deviation σ.
 *
 *     x(v) = e^(μ + σz),   P(X > x) = Φ(−z),   E[X; X > x] = mean·Φ(σ − z)      z upper normal quantile of v
 *
 * @throws {RangeError} unless cv ≤ 1000.
 */
export function lognormalLaw({ mean, cv }: MeanAndCv): Law {
  checkParameter('mean', mean);
  checkParameter('cv of a lognormal', cv, { most: 1000 });
  if (mean === 0) return constantLaw(0);
  const { mu, sigma } = lognormalParameters({ mean, cv });
  if (sigma === 0) return constantLaw(mean);
  return {
    mean,
    cv,
    quantile: (v) => exp(mu - sigma * normalQuantile(v)),
    survival: (x) => (x > 0 ? normalCdf((mu - ln(x)) / sigma) : 1),
    upperMean: (v) => mean * normalCdf(sigma + normalQuantile(v)),
  };
}
