/**
 * A probability law of a non-negative quantity, in the unit its parameters are in.
 *
 * Upper tails matter here, so everything is a function of the survival probability v = P(X > x), never of 1 − v:
 * v = 2^-33 keeps all its digits.
 */
export interface Law {
  readonly mean: number;
  /** Standard deviation / mean; infinite where the variance is; 0 where the mean is 0. */
  readonly cv: number;
  /** The x with P(X > x) = v, for v in [0, 1]: the upper bound (or ∞) at 0, the lower bound at 1; falling in v. */
  readonly quantile: (v: number) => number;
  /** P(X > x). */
  readonly survival: (x: number) => number;
  /** Part of the mean above the v-quantile: ∫ quantile(s) ds over s from 0 to v, which is `mean` at v = 1. */
  readonly upperMean: (v: number) => number;
}

/** Every value is `mean`. */
export function constantLaw(mean: number): Law {
  return {
    mean,
    cv: 0,
    quantile: () => mean,
    survival: (x) => (x < mean ? 1 : 0),
    upperMean: (v) => mean * v,
  };
}

/** @throws {RangeError} unless `value` is finite and in [least, most]. */
export function checkParameter(name: string, value: number, { least = 0, most = Infinity } = {}): void {
  if (Number.isFinite(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a number from ${least} to ${most}: ${value}`);
}
