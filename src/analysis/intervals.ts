/** Confidence intervals from replications: one value from all of them together, its error from how much they differ. */
import type { Histogram } from '../measure/histogram.ts';
import { wilsonInterval } from '../stats/ratio-interval.ts';
import { sectionedInterval } from '../stats/sectioning.ts';
import { woodruffInterval } from '../stats/woodruff.ts';
import type { Interval } from './findings.ts';
import { supportsQuantile } from './latency.ts';

/** Every interval of a result covers the true value with this probability, unless a budget asks for another. */
export const CONFIDENCE_LEVEL = 0.95;

/** Where a quantity can lie at all: an interval is cut there, which takes nothing from what it covers. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const SHARE: Bounds = { min: 0, max: 1 };
export const NOT_NEGATIVE: Bounds = { min: 0, max: Infinity };

/**
 * Interval of `value`, a mean, a rate, a share or an extreme, from that of each replication; null without at least
 * two, or when one of them has none.
 *
 * Sectioning around the pooled value (see stats/sectioning.ts).
 */
export function intervalOf(
  value: number | null,
  ofEach: readonly (number | null)[],
  { min, max }: Bounds = NOT_NEGATIVE,
  level = CONFIDENCE_LEVEL,
): Interval | null {
  const known = ofEach.filter((each) => each !== null);
  if (value === null || known.length < ofEach.length) return null;
  const result = sectionedInterval({ pooledValue: value, sectionValues: known }, level);
  if (result.kind === 'none') return null;
  return [Math.max(min, result.lower), Math.min(max, result.upper)];
}

/**
 * As intervalOf, of a share of so many trials in all. Where each replication saw it never, or always, that they agree says
 * little: Wilson's interval of the trials does.
 */
export function shareInterval(
  value: number | null,
  ofEach: readonly (number | null)[],
  trials: number,
  level = CONFIDENCE_LEVEL,
): Interval | null {
  const interval = intervalOf(value, ofEach, SHARE, level);
  const isExtreme = ofEach.every((each) => each === 0) || ofEach.every((each) => each === 1);
  if (interval === null || !isExtreme) return interval;
  const trialCount = Math.floor(trials);
  const result = wilsonInterval({ hitCount: value === 0 ? 0 : trialCount, trialCount }, level);
  return result.kind === 'none' ? null : [result.lower, result.upper];
}

/** An interval for each of the named fields of a row, from the same row of each replication. */
export function intervalsOf<Key extends string>(
  bounds: Readonly<Record<Key, Bounds>>,
  row: Readonly<Record<NoInfer<Key>, number | null>>,
  ofEach: readonly Readonly<Record<NoInfer<Key>, number | null>>[],
): Record<Key, Interval | null> {
  const keys = Object.keys(bounds) as Key[];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      intervalOf(
        row[key],
        ofEach.map((each) => each[key]),
        bounds[key],
      ),
    ]),
  ) as Record<Key, Interval | null>;
}

/** What one replication observed: histograms taken together, each of whose counts counts `weight` times. */
export interface Cluster {
  readonly parts: readonly Histogram[];
  /** Of all parts. */
  readonly count: number;
  readonly weight: number;
}

export function clusterOf(parts: readonly Histogram[], weight = 1): Cluster {
  return { parts, count: parts.reduce((sum, { count }) => sum + count, 0), weight };
}

/** Largest observation; null without any. */
export function maxNsOf({ parts, count }: Cluster): number | null {
  return count === 0 ? null : Math.max(...parts.map(({ maxNs }) => maxNs));
}

/**
 * Interval of the percentile `p` of a pooled histogram from what each replication observed, Woodruff's (see
 * stats/woodruff.ts); null without at least two, or when there is no such percentile.
 *
 * Its ends are percentiles like any other: where too few observations lie beyond the upper one, it has none.
 */
export function percentileInterval(
  pooled: Histogram,
  ofEach: readonly Cluster[],
  p: number,
  level = CONFIDENCE_LEVEL,
): Interval | null {
  const samples = pooled.observations;
  const quantileAt = (probability: number): number | null =>
    supportsQuantile(samples, probability) ? pooled.quantileNs(probability) : null;
  const point = quantileAt(p);
  if (point === null) return null;
  // Equal times fall to both sides of the cut in the same proportion everywhere.
  const cut = pooled.cutAt(p);
  const counts = ofEach.map(({ parts, count, weight }) => ({
    below: weight * parts.reduce((sum, part) => sum + part.countBefore(cut), 0),
    total: weight * count,
  }));
  const result = woodruffInterval({ probability: p, point, quantileAt }, counts, level);
  if (result.kind === 'none') return null;
  return [Math.max(NOT_NEGATIVE.min, result.lower), result.upper === Infinity ? null : result.upper];
}

/**
 * A number that is an extreme of one run (a peak, a longest queue): the mean over the replications, which is what one
 * night is expected to bring. The same extreme of the averaged run would be too low.
 */
export function meanOfExtremes(ofEach: readonly (number | null)[]): number | null {
  const known = ofEach.filter((each) => each !== null);
  return known.length < ofEach.length || known.length === 0
    ? null
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The same entry of the same list of each replication. */
export function eachAt<Row>(lists: readonly (readonly Row[])[], index: number): Row[] {
  return lists.flatMap((list) => {
    const row = list[index];
    return row === undefined ? [] : [row];
  });
}
