declare const SORTED: unique symbol;

/** Samples in ascending order. Only `sortSamples` and `sortedSamples` make one, so a quantile is never taken of unsorted data. */
export type SortedSamples = Float64Array & { readonly [SORTED]: true };

/** @throws {RangeError} when a sample is NaN: it has no place in an order. */
export function sortSamples(values: ArrayLike<number>): SortedSamples {
  const sorted = Float64Array.from(values).sort(); // numeric order, NaN last
  if (Number.isNaN(sorted.at(-1))) throw new RangeError('samples must not be NaN');
  return sorted as SortedSamples;
}

/** Samples that are in order already, as they are. @throws {RangeError} when they are not. */
export function sortedSamples(values: Float64Array): SortedSamples {
  for (let i = 0; i < values.length; i++) {
    const isInOrder = (values[i - 1] ?? -Infinity) <= (values[i] ?? NaN);
    if (!isInOrder) throw new RangeError(`sample ${i} is not in ascending order`);
  }
  return values as SortedSamples;
}

/**
 * Nearest-rank quantile: the smallest sample with at least a share p of all samples at or below it.
 *
 *     x_(r),   r = max(1, ⌈p·n⌉)       x_(1) ≤ … ≤ x_(n)
 *
 * Always one of the samples; P0 is the smallest. The only definition printed for response times.
 * Source: Hyndman & Fan 1996, The American Statistician 50(4):361, definition 1.
 *
 * @throws {RangeError} without samples, or unless 0 ≤ probability ≤ 1.
 */
export function quantileNearestRank(sorted: SortedSamples, probability: number): number {
  checkQuantile(sorted, probability);
  return sampleOfRank(sorted, nearestRank(sorted.length, probability));
}

/**
 * Linear interpolation between order statistics, Hyndman & Fan's definition 7 (the default of R and NumPy).
 *
 *     h = (n − 1)·p + 1       x_(⌊h⌋) + (h − ⌊h⌋)·(x_(⌊h⌋+1) − x_(⌊h⌋))
 *
 * For comparing with other tools.
 *
 * @throws {RangeError} without samples, or unless 0 ≤ probability ≤ 1.
 */
export function quantileType7(sorted: SortedSamples, probability: number): number {
  checkQuantile(sorted, probability);
  const position = (sorted.length - 1) * probability + 1;
  const rank = Math.floor(position);
  const below = sampleOfRank(sorted, rank);
  const above = sampleOfRank(sorted, Math.min(rank + 1, sorted.length));
  return below + (position - rank) * (above - below);
}

/**
 * ⌈p·n⌉, at least 1. The product is lowered by four units in the last place first: 0.07·100 is 7.000000000000001 in
 * binary floating point, and its rank is 7, not 8.
 */
export function nearestRank(count: number, probability: number): number {
  const product = probability * count;
  return Math.max(1, Math.ceil(product - product * 4 * Number.EPSILON));
}

/** x_(rank), ranks counted from 1. */
export function sampleOfRank(sorted: SortedSamples, rank: number): number {
  const sample = sorted[rank - 1];
  if (sample === undefined) throw new RangeError(`no sample of rank ${rank} among ${sorted.length}`);
  return sample;
}

function checkQuantile(sorted: SortedSamples, probability: number): void {
  if (sorted.length === 0) throw new RangeError('a quantile needs at least one sample');
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability must be between 0 and 1: ${probability}`);
  }
}
