import { exp, expm1, ln, log1p, pow } from '../../base/math.ts';
import { checkParameter, constantLaw, type Law } from './law.ts';

/** α of a bounded Pareto times ln(upper/lower): beyond it the bound is out of reach, so `pareto` is the law meant. */
const REACH_MAX = 600;

/**
 * Pareto law of the first kind, with its mean.
 *
 *     P(X > x) = (x₀/x)^α,   x₀ = m·(α − 1)/α,   x(v) = x₀·v^(−1/α),   ∫₀ᵛ x ds = m·v^(1 − 1/α)
 *     cv² = 1/(α(α − 2)) for α > 2, infinite below
 *
 * @throws {RangeError} unless α ≥ 1.01 (at 1 the mean is infinite).
 */
export function paretoLaw({ mean, alpha }: { readonly mean: number; readonly alpha: number }): Law {
  checkParameter('mean', mean);
  checkParameter('alpha of a Pareto without an upper bound', alpha, { least: 1.01 });
  if (mean === 0) return constantLaw(0);
  const least = (mean * (alpha - 1)) / alpha;
  return {
    mean,
    cv: alpha > 2 ? 1 / Math.sqrt(alpha * (alpha - 2)) : Infinity,
    quantile: (v) => least * pow(v, -1 / alpha),
    survival: (x) => (x > least ? pow(least / x, alpha) : 1),
    upperMean: (v) => mean * pow(v, (alpha - 1) / alpha),
  };
}

/** Bounds and tail index of a bounded Pareto; 0 < lower ≤ upper, α > 0. */
export interface BoundedPareto {
  readonly alpha: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Bounded Pareto law B(L, H, α): Pareto's density cut at H.
 *
 *     P(X > x) = ((L/x)^α − r)/w,   r = (L/H)^α,   w = 1 − r
 *     E[Xⁿ; X > x] = (α·Lⁿ/w)·∫ e^((n − α)s) ds   over s = ln(x/L) … ln(H/L)
 *
 * α = 1 and α = 2 need no special case in this form. Source: Harchol-Balter 2013, Performance Modeling and Design of
 * Computer Systems, ch. 20 (the moments integrated here for any α).
 */
export function boundedParetoLaw({ alpha, lower, upper }: BoundedPareto): Law {
  checkParameter('alpha', alpha, { least: 1e-6 });
  checkParameter('lower', lower, { least: Number.MIN_VALUE });
  checkParameter('upper', upper, { least: lower });
  if (lower === upper) return constantLaw(lower);
  const span = ln(upper / lower);
  if (alpha * span > REACH_MAX) throw new RangeError(`upper is never reached, use pareto: ${upper}`);
  const weight = -expm1(-alpha * span);
  const rest = exp(-alpha * span);
  const scale = (alpha * lower) / weight;

  const mean = scale * expIntegral(1 - alpha, { end: span, width: span });
  const secondMoment = scale * lower * expIntegral(2 - alpha, { end: span, width: span });
  // Exact near both bounds: from L upwards by ln(1 − p·w), p = 1 − v, from H downwards by ln(1 + v·w/r).
  const below = (v: number): number => log1p((v * weight) / rest) / alpha; // ln(H/x)
  const quantile = (v: number): number => {
    if ((1 - v) * weight < 0.5) return lower * exp(-log1p(-(1 - v) * weight) / alpha);
    return Math.max(lower, upper * exp(-below(v)));
  };
  return {
    mean,
    cv: Math.sqrt(Math.max(0, secondMoment / (mean * mean) - 1)),
    quantile,
    survival: (x) => {
      if (x <= lower) return 1;
      return x < upper ? (rest * expm1(alpha * ln(upper / x))) / weight : 0;
    },
    upperMean: (v) => scale * expIntegral(1 - alpha, { end: span, width: below(v) }),
  };
}

/** ∫ e^(c·s) ds over the `width` that ends at `end`. */
function expIntegral(c: number, { end, width }: { readonly end: number; readonly width: number }): number {
  return c === 0 ? width : (exp(c * end) * -expm1(-c * width)) / c;
}
