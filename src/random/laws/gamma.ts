import { gammaLn, gammaP, gammaQ, gammaTerm, ln, normalQuantile } from '../../base/math.ts';
import { checkParameter, constantLaw, type Law } from './law.ts';
import { type LogTangent, positiveRoot } from './newton.ts';

/** Logarithm of the least quantile told apart from 0. */
const LN_LEAST = -740;

/**
 * Gamma law given by its mean and shape k = 1/cv²; Erlang's for whole k.
 *
 *     P(X > x) = Q(k, kx/m),   E[X; X > x] = m·Q(k + 1, kx/m)       m mean, Q as in base/math.ts
 *
 * @throws {RangeError} unless 0.01 ≤ shape ≤ 1e6, that is 0.001 ≤ cv ≤ 10.
 */
export function gammaLaw({ mean, shape }: { readonly mean: number; readonly shape: number }): Law {
  checkParameter('mean', mean);
  checkParameter('shape (1/cv²) of a gamma', shape, { least: 0.0099999, most: 1.000001e6 });
  if (mean === 0) return constantLaw(0);
  const scale = mean / shape;
  const quantile = (v: number): number => scale * standardQuantile(v, shape);
  return {
    mean,
    cv: 1 / Math.sqrt(shape),
    quantile,
    survival: (x) => gammaQ(x / scale, { shape }),
    upperMean: (v) => (v === 0 ? 0 : mean * gammaQ(quantile(v) / scale, { shape: shape + 1 })),
  };
}

/**
 * Quantile for scale 1. Newton on ln Q above the median and on ln P below it, which bend little over ln x; slopes
 * d ln Q/d ln x = −k·t/Q and d ln P/d ln x = k·t/P with t = x^k·e^(−x)/Γ(k + 1).
 */
function standardQuantile(v: number, shape: number): number {
  if (v === 0) return Infinity;
  if (v === 1) return 0;
  const upper = (x: number): LogTangent => {
    const tail = gammaQ(x, { shape });
    return [ln(v / tail), (shape * gammaTerm(x, { shape })) / tail];
  };
  const lower = (x: number): LogTangent => {
    const head = gammaP(x, { shape });
    return [ln(head / (1 - v)), (shape * gammaTerm(x, { shape })) / head];
  };
  const bracket = { low: LN_LEAST, high: ln(3 * shape + 3000), start: firstGuess(v, shape) };
  if (bracket.start < LN_LEAST) return 0;
  return positiveRoot(v < 0.5 ? upper : lower, bracket);
}

/**
 * ln of  k·(1 − 1/(9k) + z/(3√k))³ (Wilson and Hilferty 1931), z the normal quantile; where that is far off, the
 * root of the series' first term, P ≈ x^k/Γ(k + 1).
 */
function firstGuess(v: number, shape: number): number {
  const cubeRoot = 1 - 1 / (9 * shape) - normalQuantile(v) / (3 * Math.sqrt(shape));
  if (cubeRoot > 0.3) return ln(shape * cubeRoot * cubeRoot * cubeRoot);
  return (ln(1 - v) + gammaLn(shape + 1)) / shape;
}
