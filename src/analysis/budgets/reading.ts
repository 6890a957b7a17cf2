import type { Histogram } from '../../measure/histogram.ts';
import type { Interval } from '../findings.ts';
import { clusterOf, maxNsOf, meanOfExtremes, percentileInterval } from '../intervals.ts';
import { mergeHistograms, supportedQuantileNs } from '../latency.ts';
import type { Metric } from './metric.ts';
import type { Span } from '../spans.ts';

/** One number a budget may judge, and what stands behind it. */
export interface Reading {
  /** null = there is no such number here. */
  readonly value: number | null;
  /** The same if every request still inside at the end turned out badly; only then is a pass beyond doubt. */
  readonly worst: number | null;
  /** Observations behind the value, really simulated. */
  readonly samples: number;
  /** Of these, how many ended well: with none, nothing can pass. */
  readonly completed: number;
  /** Of percentiles over several replications, for which it takes histograms; other values have theirs from the rows of each. */
  readonly interval?: Interval | null;
}

export const NOTHING: Reading = { value: null, worst: null, samples: 0, completed: 0 };

/** Something budgets can be set on; `target` is its name, e.g. `station:redis`. */
export interface Subject {
  readonly target: string;
  /** Request class whose unloaded response time bounds what sizing can reach, or null. */
  readonly request: string | null;
  /** Whether it can have such a number at all: a pure delay is never utilized. */
  has(metric: Metric): boolean;
  read(metric: Metric, span: Span): Reading;
}

/** Share of requests still inside above which a mean of the others says nothing. */
const CENSORED_RATIO_MAX = 0.01;

/** Times behind a reading: histograms to be taken together, of all replications and of each. */
export interface Times {
  readonly pooled: readonly Histogram[];
  readonly ofEach: readonly (readonly Histogram[])[];
}

/**
 * A percentile, mean or maximum (the mean of that of each replication) of sojourns or response times; `censored` more, of all replications like the pooled
 * histograms, were still inside at the end.
 */
export function latencyReading({ pooled, ofEach }: Times, metric: Metric, censored: number): Reading {
  const histogram = mergeHistograms(pooled);
  const completed = histogram.observations;
  const base = { samples: completed, completed };
  switch (metric.kind) {
    case 'quantile': {
      const value = supportedQuantileNs(histogram, metric.p);
      const worst = value === null ? null : pessimisticNs(histogram, metric.p, censored);
      if (ofEach.length < 2) return { ...base, value, worst };
      const clusters = ofEach.map((parts) => clusterOf(parts));
      return { ...base, value, worst, interval: percentileInterval(histogram, clusters, metric.p) };
    }
    case 'mean': {
      const value = histogram.meanNs();
      const isClear = censored <= CENSORED_RATIO_MAX * histogram.count;
      return { ...base, value, worst: isClear ? value : Infinity };
    }
    case 'max': {
      const runs = ofEach.length < 2 ? [pooled] : ofEach;
      const value = meanOfExtremes(runs.map((parts) => maxNsOf(clusterOf(parts))));
      return { ...base, value, worst: censored === 0 ? value : Infinity };
    }
    default:
      return NOTHING;
  }
}

/** Quantile of the observations and the censored ones together, these taken as slower than all others. */
function pessimisticNs(histogram: Histogram, p: number, censored: number): number {
  const raised = (p * (histogram.count + censored)) / histogram.count;
  return raised > 1 ? Infinity : (histogram.quantileNs(raised) ?? Infinity);
}

export function ratioReading(parts: {
  readonly part: number;
  readonly whole: number;
  readonly doubtful?: number;
  readonly samples: number;
  readonly completed: number;
}): Reading {
  const { part, whole, doubtful = 0, samples, completed } = parts;
  if (whole === 0) return { ...NOTHING, samples };
  return { value: part / whole, worst: (part + doubtful) / whole, samples, completed };
}

export function plainReading(value: number | null, samples: number, completed: number): Reading {
  return { value, worst: value, samples, completed };
}
