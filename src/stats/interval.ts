/**
 * A two-sided interval for one unknown number, or the reason why there is none.
 *
 * Every interval of this folder is returned as this union, so that a report can never print a half-width that was
 * not computed, nor keep silent about a missing one.
 */
export type IntervalResult = Interval | NoInterval;

export interface Interval {
  readonly kind: 'interval';
  /** The estimate itself; need not lie in the middle. */
  readonly point: number;
  readonly lower: number;
  readonly upper: number;
  /** Probability that such an interval covers the unknown number: 0.95 for a 95 % interval. */
  readonly level: number;
}

export interface NoInterval {
  readonly kind: 'none';
  /** The estimate, if the samples allow one; `null` without samples. */
  readonly point: number | null;
  readonly reason: 'too-few-samples';
  /** The smallest sample count for which this kind of interval exists. */
  readonly samplesNeeded: number;
}

export function noInterval(point: number | null, samplesNeeded: number): NoInterval {
  return { kind: 'none', point, reason: 'too-few-samples', samplesNeeded };
}

/** @throws {RangeError} unless 0 < level < 1. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`confidence level must be between 0 and 1: ${level}`);
}
