import { binCount, Histogram } from '../measure/histogram.ts';
import type { EncodedHistogram } from './findings.ts';

/** Empty bins inside a run that are written out: shorter than beginning a new run. */
const GAP_BINS_MAX = 3;

/** A histogram as runs of bins: `[first bin, counts…]`; lossless, so that it can be merged and judged again. */
export function encodeHistogram(histogram: Histogram): EncodedHistogram {
  const runs: [number, number[]][] = [];
  let run: number[] = [];
  let last = -Infinity;
  histogram.counts.subarray(0, histogram.binsUsed).forEach((count, bin) => {
    if (count === 0) return;
    if (bin - last > GAP_BINS_MAX + 1) {
      run = [];
      runs.push([bin, run]);
    } else {
      for (let empty = last + 1; empty < bin; empty++) run.push(0);
    }
    run.push(count);
    last = bin;
  });
  const { subBits, count, observations, sumNs, maxNs } = histogram;
  return { subBits, count, observations, sumNs, maxNs, runs };
}

/** The histogram that `encodeHistogram` wrote. @throws {RangeError} when a run leaves the range of bins. */
export function decodeHistogram(encoded: EncodedHistogram): Histogram {
  const counts = new Float64Array(binCount(encoded.subBits));
  for (const [first, values] of encoded.runs) {
    if (first < 0 || first + values.length > counts.length) throw new RangeError(`no such bins: ${first}`);
    counts.set(values, first);
  }
  const histogram = new Histogram(encoded.subBits, counts, encoded.count - encoded.observations);
  histogram.sumNs = encoded.sumNs;
  histogram.maxNs = encoded.maxNs;
  return histogram;
}
