/** Confidence intervals from replications: one value from all of them together, its error from how much they differ. */
import { sectionedInterval } from '../stats/sectioning.ts';
import type { LatencySummary, QuantileKey, Interval } from './findings.ts';

/** Every interval of a result covers the true value with this probability. */
export const CONFIDENCE_LEVEL = 0.95;

/** Where a quantity can lie at all: an interval is cut there, which takes nothing from what it covers. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const SHARE: Bounds = { min: 0, max: 1 };
export const NOT_NEGATIVE: Bounds = { min: 0, max: Infinity };

/**
 * Interval of `value` from that of each replication; null without at least two, or when one of them has none.
 *
 * Sectioning around the pooled value (see stats/sectioning.ts).
 */
export function intervalOf(
  value: number | null,
  ofEach: readonly (number | null)[],
  { min, max }: Bounds = NOT_NEGATIVE,
): Interval | null {
  const known = ofEach.filter((each) => each !== null);
  if (value === null || known.length < ofEach.length) return null;
  const result = sectionedInterval({ pooledValue: value, sectionValues: known }, CONFIDENCE_LEVEL);
  if (result.kind === 'none') return null;
  return [Math.max(min, result.lower), Math.min(max, result.upper)];
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

const LATENCY_BOUNDS: Readonly<Record<QuantileKey, Bounds>> = {
  meanNs: NOT_NEGATIVE,
  p50Ns: NOT_NEGATIVE,
  p90Ns: NOT_NEGATIVE,
  p95Ns: NOT_NEGATIVE,
  p99Ns: NOT_NEGATIVE,
  p999Ns: NOT_NEGATIVE,
};

/** The summary with its intervals; as it is for a single run. */
export function latencyWithIntervals(
  summary: LatencySummary,
  ofEach: readonly LatencySummary[],
): LatencySummary {
  return ofEach.length < 2
    ? summary
    : { ...summary, intervals: intervalsOf(LATENCY_BOUNDS, summary, ofEach) };
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
