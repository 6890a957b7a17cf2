/** Statistics of histograms in seconds, with the bound of their error from the width of the bins. */
import { binEdgeNs, Histogram } from '../../../src/measure/histogram.ts';
import type { Measured } from './measure.ts';

/** Several replications as one: a percentile comes from all samples, never from percentiles. */
export function merged(histograms: readonly Histogram[]): Histogram {
  const first = histograms[0]!;
  const all = new Histogram(first.subBits, new Float64Array(first.counts.length));
  for (const histogram of histograms) all.add(histogram);
  return all;
}

/** `statistic`: mean, sd, positive (share above 0), max, or a percentile such as p99.9. */
export function describe(histogram: Histogram, statistic: string): Measured {
  const samples = histogram.count;
  const exact = (value: number): Measured => ({ value, samples, binError: 0 });
  switch (statistic) {
    case 'mean':
      return exact((histogram.meanNs() ?? Number.NaN) / 1e9);
    case 'max':
      return exact(histogram.maxNs / 1e9);
    case 'positive':
      return exact(1 - histogram.counts[0]! / samples);
    case 'sd':
      return { value: deviationNs(histogram) / 1e9, samples, binError: 2 ** -histogram.subBits };
    default: {
      const share = Number(statistic.slice(1)) / 100;
      const quantileNs = histogram.quantileNs(share) ?? Number.NaN;
      return { value: quantileNs / 1e9, samples, binError: 2 ** -histogram.subBits };
    }
  }
}

/** √(E[X²] − E[X]²): the mean exact, the second moment from the middles of the bins. */
function deviationNs(histogram: Histogram): number {
  const { counts, subBits, count } = histogram;
  let squares = 0;
  for (let bin = 1; bin < counts.length; bin++) {
    const middleNs = (binEdgeNs(bin, subBits) + binEdgeNs(bin + 1, subBits)) / 2;
    squares += counts[bin]! * middleNs * middleNs;
  }
  const meanNs = histogram.meanNs() ?? Number.NaN;
  return Math.sqrt(squares / count - meanNs * meanNs);
}
