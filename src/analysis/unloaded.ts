import { quantileNearestRank, sortedSamples } from '../stats/quantiles.ts';
import type { LatencySummary, UnloadedPart } from './findings.ts';
import { supportsQuantile } from './latency.ts';

/** Response times of one request class with nobody else in the system; made by drawing its delays alone. */
export interface UnloadedRequest {
  readonly request: string;
  /** Of the draws that succeed, ascending, in ns. */
  readonly goodNs: Float64Array;
  /** By arithmetic where that is exact; null when no draw succeeds. */
  readonly meanNs: number | null;
  /** Terms of the mean by layer, in path order. */
  readonly parts: readonly Omit<UnloadedPart, 'request'>[];
}

export function summariseUnloaded({
  goodNs,
  meanNs,
}: Pick<UnloadedRequest, 'goodNs' | 'meanNs'>): LatencySummary {
  const samples = goodNs.length;
  const quantile = (p: number): number | null => unloadedQuantileNs(goodNs, p);
  return {
    samples,
    meanNs,
    p50Ns: quantile(0.5),
    p90Ns: quantile(0.9),
    p95Ns: quantile(0.95),
    p99Ns: quantile(0.99),
    p999Ns: quantile(0.999),
    maxNs: goodNs.at(-1) ?? null,
  };
}

/** Nearest-rank quantile of the draws, or null when too few of them lie beyond it. */
export function unloadedQuantileNs(goodNs: Float64Array, p: number): number | null {
  return supportsQuantile(goodNs.length, p) ? quantileNearestRank(sortedSamples(goodNs), p) : null;
}

export function unloadedParts({ request, parts }: UnloadedRequest): UnloadedPart[] {
  return parts.map(({ layer, serviceNs, delayNs }) => ({ request, layer, serviceNs, delayNs }));
}
