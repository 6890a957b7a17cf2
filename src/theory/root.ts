/** Doublings of the upper end before a search for a quantile gives up: reaches 2²⁰⁰ times the scale. */
const DOUBLINGS_MAX = 200;

export interface Bracket {
  readonly low: number;
  readonly high: number;
}

/**
 * The x in [low, high] at which a monotone f changes sign, by bisection to neighbouring doubles. Slow and certain.
 *
 * @throws {RangeError} when f has one sign at both ends.
 */
export function bisect(f: (x: number) => number, { low, high }: Bracket): number {
  const lowIsPositive = f(low) > 0;
  if (lowIsPositive === f(high) > 0) throw new RangeError(`no sign change between ${low} and ${high}`);
  let from = low;
  let to = high;
  for (;;) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to) return middle;
    if (f(middle) > 0 === lowIsPositive) from = middle;
    else to = middle;
  }
}

/**
 * Quantile of a non-negative time from its survival function: the least t with P(T > t) ≤ 1 − probability.
 *
 * Zero when the atom at zero alone is large enough, as for the wait at a lightly loaded station.
 *
 * @param scaleSec any positive guess of the order of magnitude, in seconds
 * @throws {RangeError} unless 0 ≤ probability < 1.
 */
export function quantileFromSurvival(
  survival: (timeSec: number) => number,
  probability: number,
  scaleSec: number,
): number {
  if (!(probability >= 0 && probability < 1)) {
    throw new RangeError(`probability must be at least 0 and below 1: ${probability}`);
  }
  const tail = 1 - probability;
  if (survival(0) <= tail) return 0;
  let high = scaleSec;
  for (let doubling = 0; survival(high) > tail; doubling++) {
    if (doubling === DOUBLINGS_MAX)
      throw new RangeError('survival function does not fall to the tail asked for');
    high *= 2;
  }
  return bisect((timeSec) => survival(timeSec) - tail, { low: 0, high });
}
