/** Times of jobs or requests as the result tells them: mean and percentiles, with their intervals. */
import type { Histogram } from '../measure/histogram.ts';
import type { LatencySummary } from './findings.ts';
import {
  clusterOf,
  intervalOf,
  maxNsOf,
  meanOfExtremes,
  percentileInterval,
  type Cluster,
} from './intervals.ts';
import { mergeHistograms, phaseParts, supportsQuantile } from './latency.ts';

const PERCENTILES = [
  ['p50Ns', 0.5],
  ['p90Ns', 0.9],
  ['p95Ns', 0.95],
  ['p99Ns', 0.99],
  ['p999Ns', 0.999],
] as const;

type Percentiles<Value> = Record<(typeof PERCENTILES)[number][0], Value>;

/** `ofEach`: what each replication behind the histogram observed; below two there are no intervals. */
export function summarise(histogram: Histogram, ofEach: readonly Cluster[] = []): LatencySummary {
  const samples = histogram.observations;
  const summary = {
    samples,
    meanNs: histogram.meanNs(),
    ...percentiles((p) => (supportsQuantile(samples, p) ? histogram.quantileNs(p) : null)),
    maxNs: samples === 0 ? null : histogram.maxNs,
  };
  if (ofEach.length < 2) return summary;
  const maxima = ofEach.map(maxNsOf);
  const maxNs = meanOfExtremes(maxima);
  const intervals = {
    meanNs: intervalOf(summary.meanNs, ofEach.map(meanNs)),
    maxNs: intervalOf(maxNs, maxima),
    ...percentiles((p) => percentileInterval(histogram, ofEach, p)),
  };
  return { ...summary, maxNs, intervals };
}

/** Of some phases; `ofEach`: the histograms by phase of each replication. */
export function summarisePhases(
  byPhase: readonly Histogram[],
  ofEach: readonly (readonly Histogram[])[],
  phases: readonly number[],
): LatencySummary {
  return summarise(
    mergeHistograms(phaseParts(byPhase, phases)),
    ofEach.map((each) => clusterOf(phaseParts(each, phases))),
  );
}

function percentiles<Value>(of: (p: number) => Value): Percentiles<Value> {
  return Object.fromEntries(PERCENTILES.map(([key, p]) => [key, of(p)])) as Percentiles<Value>;
}

function meanNs({ parts, count }: Cluster): number | null {
  return count === 0 ? null : parts.reduce((sum, { sumNs }) => sum + sumNs, 0) / count;
}
