/** Relative: a double read from text is known to half of 2^-52. */
const ROUNDING = Number.EPSILON * 2;

export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * The number as a fraction of whole numbers: the first convergent of its continued fraction that is the number to the
 * rounding of its text ("a third", read as 0.333…, is 1/3), or the last one with a denominator of at most
 * `denominatorMax`. Beyond that bound only where the number is below 1 / denominatorMax: then 1/n.
 */
export function fractionOf(value: number, denominatorMax: number): Fraction {
  let [p0, q0, p1, q1] = [0, 1, 1, 0];
  let rest = value;
  for (;;) {
    const whole = Math.floor(rest);
    const p = whole * p1 + p0;
    const q = whole * q1 + q0;
    if (q > denominatorMax) {
      return p1 > 0
        ? { numerator: p1, denominator: q1 }
        : { numerator: 1, denominator: Math.round(1 / value) };
    }
    [p0, q0, p1, q1] = [p1, q1, p, q];
    const left = rest - whole;
    if (Math.abs(p / q - value) <= value * ROUNDING || left === 0) return { numerator: p, denominator: q };
    rest = 1 / left;
  }
}

export function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
