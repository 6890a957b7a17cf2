import { exp } from '../../base/math.ts';

const STEPS_MAX = 200;
/** Relative step after which the next one, its square, is below the rounding of a double. */
const LAST_STEP = 1e-9;

/** Value of a function at x, and its slope over ln x. */
export type LogTangent = readonly [value: number, slope: number];

/** Logarithms of a bracket of the root, and of a first guess. */
export interface LogBracket {
  readonly low: number;
  readonly high: number;
  readonly start: number;
}

/**
 * Positive root of an increasing function: Newton's steps in ln x, bisection where a step leaves what is left of the
 * bracket or is not a number. A root outside the bracket gives the bound it lies beyond.
 */
export function positiveRoot(tangentAt: (x: number) => LogTangent, { low, high, start }: LogBracket): number {
  let from = low;
  let to = high;
  let lnX = Math.min(Math.max(start, low), high);
  for (let step = 0; step < STEPS_MAX; step++) {
    const [value, slope] = tangentAt(exp(lnX));
    if (value < 0) from = lnX;
    else to = lnX;
    let next = lnX - value / slope;
    if (!(next >= from && next <= to)) next = (from + to) / 2;
    const change = Math.abs(next - lnX);
    lnX = next;
    if (change <= LAST_STEP) break;
  }
  return exp(lnX);
}
