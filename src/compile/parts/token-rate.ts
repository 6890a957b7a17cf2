import type { Limiter } from '../../model/model.ts';

/** A rate written by people has a small denominator; beyond this one it is taken as the nearest such fraction. */
const DENOMINATOR_MAX = 1_000_000;
const NS_PER_SEC = 1_000_000_000;
/** Relative: a double read from text is known to half of 2^-52. */
const ROUNDING = Number.EPSILON * 2;

/**
 * Rate as whole tokens per whole ns: the best fraction p/q of tokens per second with q ≤ 10^6, by continued fractions
 * (so "100 a minute", read as 1.666…, is 5 every 3 s exactly), reduced to lowest terms.
 */
export function tokenRate(ratePerSec: number): Pick<Limiter, 'tokens' | 'perNs'> {
  const { p, q } = bestFraction(ratePerSec);
  const divisor = greatestCommonDivisor(p, q * NS_PER_SEC);
  return { tokens: p / divisor, perNs: (q * NS_PER_SEC) / divisor };
}

function bestFraction(value: number): { readonly p: number; readonly q: number } {
  let [p0, q0, p1, q1] = [0, 1, 1, 0];
  let rest = value;
  for (;;) {
    const whole = Math.floor(rest);
    const p = whole * p1 + p0;
    const q = whole * q1 + q0;
    if (q > DENOMINATOR_MAX) return p1 > 0 ? { p: p1, q: q1 } : { p: 1, q: Math.round(1 / value) };
    [p0, q0, p1, q1] = [p1, q1, p, q];
    const left = rest - whole;
    // What is left below the rounding of the text is no part of the rate.
    if (Math.abs(p / q - value) <= value * ROUNDING || left === 0) return { p, q };
    rest = 1 / left;
  }
}

export function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
