/**
 * Log-linear histogram of whole nanoseconds: each octave [2^e, 2^(e+1)) is cut into 2^subBits bins of equal width.
 *
 *     bin(v) = ((high 32 bits of the double v) >> (20 − subBits)) − (1023 << subBits) + 1,   bin(v < 1) = 0
 *
 * so a bin is at most 2^−subBits wide relative to its values: 0.39 % for 8 bits; quantiles are interpolated inside
 * the bin, so their error is below that and unbiased for a smooth law. Merging adds counts. Same idea as
 * HdrHistogram (Tene 2012), whose bucket width is also a fixed share of the value.
 */

/** Fine: values of phases and of stations. 256 bins an octave. */
export const SUB_BITS = 8;
/** Coarse: one histogram per window of the time line. 32 bins an octave (3.1 % wide). */
export const WINDOW_SUB_BITS = 5;
/** Values up to 2^44 ns = 4.9 h; longer ones are counted in the last bin and show in `maxNs`. */
const OCTAVES = 44;

const asFloat = new Float64Array(1);
const asWords = new Int32Array(asFloat.buffer); // little-endian: word 1 holds sign, exponent and top mantissa bits

export function binCount(subBits: number): number {
  return (OCTAVES << subBits) + 1;
}

/** Bin of a value in ns; callers in hot loops inline this. */
export function binOf(valueNs: number, subBits: number): number {
  asFloat[0] = valueNs;
  const bin = (asWords[1]! >> (20 - subBits)) - (1023 << subBits) + 1;
  const last = OCTAVES << subBits;
  return bin < 0 ? 0 : bin > last ? last : bin;
}

/** Lower edge of a bin in ns; `bin + 1` gives the upper edge. */
export function binEdgeNs(bin: number, subBits: number): number {
  if (bin <= 0) return 0;
  asWords[1] = (bin - 1 + (1023 << subBits)) << (20 - subBits);
  asWords[0] = 0;
  return asFloat[0]!;
}

export interface BinCut {
  readonly bin: number;
  readonly fraction: number;
}

type HistogramData = Pick<Histogram, 'subBits' | 'counts' | 'sumNs' | 'maxNs' | 'repeats'>;

export class Histogram {
  readonly subBits: number;
  readonly counts: Float64Array | Uint32Array;
  sumNs = 0;
  maxNs = 0;
  /** How many more `count` is than what was observed: observations of a sample count as often as they stand for others. */
  repeats: number;

  constructor(
    subBits: number = SUB_BITS,
    counts: Float64Array | Uint32Array = new Uint32Array(binCount(subBits)),
    repeats = 0,
  ) {
    this.subBits = subBits;
    this.counts = counts;
    this.repeats = repeats;
  }

  /** One with the data of another, which may have lost its methods on the way from another thread. */
  static from({ subBits, counts, sumNs, maxNs, repeats }: HistogramData): Histogram {
    const made = new Histogram(subBits, counts, repeats);
    made.sumNs = sumNs;
    made.maxNs = maxNs;
    return made;
  }

  /** Bins up to that of the largest value: those behind are empty. */
  get binsUsed(): number {
    return binOf(this.maxNs, this.subBits) + 1;
  }

  get count(): number {
    const end = this.binsUsed;
    let total = 0;
    for (let bin = 0; bin < end; bin++) total += this.counts[bin]!; // an iterator takes 20 times as long
    return total;
  }

  /** Observations really made. */
  get observations(): number {
    return this.count - this.repeats;
  }

  record(valueNs: number): void {
    const bin = binOf(valueNs, this.subBits);
    this.counts[bin] = this.counts[bin]! + 1;
    this.sumNs += valueNs;
    if (valueNs > this.maxNs) this.maxNs = valueNs;
  }

  /** Adds another histogram of the same resolution, each of its counts `weight` times. */
  add(other: Histogram, weight = 1): void {
    if (other.subBits !== this.subBits)
      throw new RangeError('histograms of different resolution cannot be merged');
    const end = other.binsUsed;
    for (let bin = 0; bin < end; bin++) this.counts[bin] = this.counts[bin]! + weight * other.counts[bin]!;
    this.repeats += other.repeats;
    if (weight !== 1) this.repeats += (weight - 1) * other.count;
    this.sumNs += weight * other.sumNs;
    if (other.maxNs > this.maxNs) this.maxNs = other.maxNs;
  }

  /** Mean in ns (exact, from the sum), or null when empty. */
  meanNs(): number | null {
    const count = this.count;
    return count === 0 ? null : this.sumNs / count;
  }

  /**
   * Quantile in ns: the value below which a share p lies, linear inside the bin of nearest rank ⌈p·n⌉ and never
   * above the largest value seen. null when empty. Counts that are no whole numbers (pooled windows of unlike weights) may put
   * the rank within the first half of one: that is where the bin begins.
   */
  quantileNs(p: number): number | null {
    const total = this.count;
    if (total === 0) return null;
    const rank = Math.max(1, Math.ceil(p * total));
    const end = this.binsUsed;
    let below = 0;
    for (let bin = 0; bin < end; bin++) {
      const here = this.counts[bin]!;
      if (below + here >= rank) {
        if (bin === 0) return 0;
        const low = binEdgeNs(bin, this.subBits);
        const high = binEdgeNs(bin + 1, this.subBits);
        return Math.min(low + (Math.max(0, rank - below - 0.5) / here) * (high - low), this.maxNs);
      }
      below += here;
    }
    return this.maxNs;
  }

  /** Where the lowest share p of the observations ends: so many whole bins, and a fraction of the next. Not when empty. */
  cutAt(p: number): BinCut {
    const wanted = p * this.count;
    let below = 0;
    for (let bin = 0; bin < this.counts.length; bin++) {
      const here = this.counts[bin]!;
      if (here > 0 && below + here >= wanted) return { bin, fraction: (wanted - below) / here };
      below += here;
    }
    return { bin: this.counts.length, fraction: 0 };
  }

  /** Observations before a cut, which may be that of another histogram of the same resolution. */
  countBefore({ bin: last, fraction }: BinCut): number {
    let below = 0;
    for (let bin = 0; bin < last; bin++) below += this.counts[bin]!;
    return below + fraction * (this.counts[last] ?? 0);
  }
}
