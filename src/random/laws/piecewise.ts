import { checkParameter, constantLaw, type Law } from './law.ts';

/** `value` is the p-quantile: a share p of the values lies below it. */
export interface QuantilePoint {
  readonly p: number;
  readonly value: number;
}

/** Uniform law on [low, high]. */
export function uniformLaw({ low, high }: { readonly low: number; readonly high: number }): Law {
  checkParameter('low', low);
  checkParameter('high', high, { least: low });
  return piecewiseLinearLaw([
    { p: 0, value: low },
    { p: 1, value: high },
  ]);
}

/**
 * Quantile points of measured values: linear between ((i − ½)/n, i-th smallest), flat beyond the outermost two.
 *
 * Hyndman and Fan 1996, definition 5 (Hazen); of their nine the one whose mean is the mean of the sample.
 */
export function pointsOfSamples(samples: readonly number[]): QuantilePoint[] {
  if (samples.length === 0) throw new RangeError('an empirical distribution needs at least one sample');
  const sorted = [...samples].sort((a, b) => a - b);
  const points = sorted.map((value, i) => ({ p: (i + 0.5) / sorted.length, value }));
  return [{ p: 0, value: sorted[0]! }, ...points, { p: 1, value: sorted.at(-1)! }];
}

/**
 * Law whose quantile function is linear between given points; it is a mixture of uniform laws, and of atoms where
 * two points share their value. Two points that share their p are a gap: no value falls between them.
 *
 *     mean = Σ Δp·(a + b)/2,   variance = Σ Δp·(α² + αβ + β²)/3,   α = a − mean, β = b − mean
 *
 * over segments of probability Δp with end values a ≤ b.
 *
 * @throws {RangeError} unless p ascends from 0 to 1 and the values are non-negative and do not fall.
 */
export function piecewiseLinearLaw(points: readonly QuantilePoint[]): Law {
  checkPoints(points);
  // From the largest value down: survival probability, value, and the part of the mean above.
  const vs = points.map(({ p }) => 1 - p).reverse();
  const values = points.map(({ value }) => value).reverse();
  const means = [0];
  for (let i = 1; i < vs.length; i++) {
    means.push(means[i - 1]! + (vs[i]! - vs[i - 1]!) * ((values[i]! + values[i - 1]!) / 2));
  }
  const mean = means.at(-1)!;
  if (values[0] === values.at(-1)) return constantLaw(values[0]!);

  const variance = vs.reduce((sum, v, i) => {
    if (i === 0) return 0;
    const a = values[i]! - mean;
    const b = values[i - 1]! - mean;
    return sum + ((v - vs[i - 1]!) * (a * a + a * b + b * b)) / 3;
  }, 0);
  const quantile = (v: number): number => {
    const i = firstIndex(vs.length, (each) => vs[each]! >= v);
    if (i === 0) return values[0]!;
    const share = 1 / (vs[i]! - vs[i - 1]!);
    return between(values[i - 1]!, values[i]!, {
      above: (v - vs[i - 1]!) * share,
      below: (vs[i]! - v) * share,
    });
  };
  return {
    mean,
    cv: Math.sqrt(variance) / mean,
    quantile,
    survival: (x) => {
      const i = firstIndex(values.length, (each) => values[each]! <= x);
      if (i === 0) return 0;
      if (i === values.length) return 1;
      const share = (values[i - 1]! - x) / (values[i - 1]! - values[i]!);
      return Math.min(vs[i]!, vs[i - 1]! + share * (vs[i]! - vs[i - 1]!));
    },
    upperMean: (v) => {
      const i = firstIndex(vs.length, (each) => vs[each]! >= v);
      return i === 0 ? 0 : means[i - 1]! + (v - vs[i - 1]!) * ((values[i - 1]! + quantile(v)) / 2);
    },
  };
}

/**
 * Point on the line from `high` down to `low`, at the shares `above` and `below` = 1 − above of the way from either
 * end: reckoned from the nearer one, so that a low end near 0 keeps its digits, and without a step in the middle.
 */
function between(
  high: number,
  low: number,
  { above, below }: { readonly above: number; readonly below: number },
): number {
  const middle = (high + low) / 2;
  if (above < below) return Math.max(middle, high - above * (high - low));
  return Math.min(middle, low + below * (high - low));
}

/** Least index below `count` at which a condition holds that, once true, stays true; `count` if none. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
  let from = 0;
  let to = count;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function checkPoints(points: readonly QuantilePoint[]): void {
  if (points.length < 2 || points[0]!.p !== 0 || points.at(-1)!.p !== 1) {
    throw new RangeError('quantile points must begin with p = 0 and end with p = 1');
  }
  points.forEach(({ p, value }, i) => {
    const before = points[Math.max(0, i - 1)]!;
    checkParameter('p of a quantile point', p, { least: before.p, most: 1 });
    checkParameter('value of a quantile point', value, { least: i === 0 ? 0 : before.value });
  });
}
