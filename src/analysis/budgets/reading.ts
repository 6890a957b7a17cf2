import type { Histogram } from '../../measure/histogram.ts';
import type { Measured } from '../context.ts';
import type { Interval } from '../findings.ts';
import { clusterOf, intervalOf, maxNsOf, meanOfExtremes, percentileInterval } from '../intervals.ts';
import { mergeHistograms, supportedQuantileNs } from '../latency.ts';
import type { Metric, TimeMetric } from './metric.ts';
import type { StretchOf } from './stretch.ts';

/** One number a budget may judge, and what stands behind it. */
export interface Reading {
  /** null = there is no such number here. */
  readonly value: number | null;
  /** The same if every request still inside at the end turned out badly; only then is a pass beyond doubt. */
  readonly worst: number | null;
  /** The same if every request still inside ended well, now; where it is not there, the value itself. */
  readonly best?: number | null;
  /** Observations behind the value, really simulated. */
  readonly samples: number;
  /** Of these, how many ended well: with none, nothing can pass. */
  readonly completed: number;
  /** Requests that came, where the samples are only those of them that ended well. */
  readonly came?: number;
  /** Of times and pieces over several replications, which have their own; other values get theirs from those of each. */
  readonly interval?: Interval | null;
  /** The value of each replication by itself. */
  readonly ofEach?: readonly (number | null)[];
}

export const NOTHING: Reading = { value: null, worst: null, samples: 0, completed: 0 };

/** What is to be read. */
export interface Question<Asked extends Metric = Metric> {
  readonly metric: Asked;
  readonly at: StretchOf;
  /** Confidence level of the interval. */
  readonly level: number;
  /** Of a time, asked of a run that goes on: who has been inside for longer can but leave, and will never be answered in time. */
  readonly limitNs?: number;
}

/** Something budgets can be set on; `target` is its name, e.g. `station:redis`. */
export interface Subject {
  readonly target: string;
  /** Request class whose unloaded response time bounds what sizing can reach, or null. */
  readonly request: string | null;
  /** Whether it can have such a number at all: a pure delay is never utilized. */
  has(metric: Metric): boolean;
  /** From one run, or from several pooled. */
  read(of: Measured, question: Question): Reading;
}

/** Share of requests still inside above which a mean of the others says nothing. */
const CENSORED_RATIO_MAX = 0.01;

/** Times behind a reading: histograms to be taken together, of all replications and of each. */
export interface Times {
  readonly pooled: readonly Histogram[];
  readonly ofEach: readonly (readonly Histogram[])[];
}

/** Times of one run or several pooled, and of each of the runs behind it. */
export function timesOf(of: Measured, partsOf: (run: Measured) => readonly Histogram[]): Times {
  return { pooled: partsOf(of), ofEach: of.apart.map(partsOf) };
}

/** Requests still inside, of all replications like the pooled histograms: all of them, and those who may yet be answered in time. */
export interface Inside {
  readonly censored: number;
  readonly young: number;
}

export const NOBODY: Inside = { censored: 0, young: 0 };

/**
 * A percentile, mean or maximum (the mean of that of each replication) of waiting, sojourn or response times, with so many
 * more still inside at the end.
 */
export function timeReading(
  { pooled, ofEach }: Times,
  { metric, level }: Pick<Question<TimeMetric>, 'metric' | 'level'>,
  { censored, young }: Inside,
): Reading {
  const histogram = mergeHistograms(pooled);
  const completed = histogram.observations;
  const clusters = ofEach.map((parts) => clusterOf(parts));
  const base = { samples: completed, completed };
  const isPooled = ofEach.length >= 2;
  switch (metric.kind) {
    case 'quantile': {
      const value = supportedQuantileNs(histogram, metric.p);
      const worst = value === null ? null : pessimisticNs(histogram, metric.p, censored);
      const best = value === null ? null : hopefulNs(histogram, metric.p, young);
      if (!isPooled) return { ...base, value, worst, best };
      return {
        ...base,
        value,
        worst,
        best,
        interval: percentileInterval(histogram, clusters, metric.p, level),
      };
    }
    case 'mean': {
      const value = histogram.meanNs();
      const worst = censored <= CENSORED_RATIO_MAX * histogram.count ? value : Infinity;
      const best = value === null ? null : histogram.sumNs / (histogram.count + young);
      if (!isPooled) return { ...base, value, worst, best };
      const means = ofEach.map((parts) => mergeHistograms(parts).meanNs());
      return { ...base, value, worst, best, interval: intervalOf(value, means, undefined, level) };
    }
    case 'max': {
      const maxima = (isPooled ? clusters : [clusterOf(pooled)]).map(maxNsOf);
      const value = meanOfExtremes(maxima);
      const worst = censored === 0 ? value : Infinity;
      if (!isPooled) return { ...base, value, worst };
      return { ...base, value, worst, interval: intervalOf(value, maxima, undefined, level) };
    }
  }
}

/** Quantile of the observations and the censored ones together, these taken as slower than all others. */
function pessimisticNs(histogram: Histogram, p: number, censored: number): number {
  const raised = (p * (histogram.count + censored)) / histogram.count;
  return raised > 1 ? Infinity : (histogram.quantileNs(raised) ?? Infinity);
}

/** Quantile of the observations and so many more, these taken as quicker than all others. */
function hopefulNs(histogram: Histogram, p: number, young: number): number {
  const lowered = (p * (histogram.count + young) - young) / histogram.count;
  return lowered <= 0 ? 0 : (histogram.quantileNs(lowered) ?? 0);
}

export function ratioReading(parts: {
  readonly part: number;
  readonly whole: number;
  /** What may yet be added to the part: to its harm, or to its good. */
  readonly doubtful?: number;
  readonly hopeful?: number;
  readonly samples: number;
  readonly completed: number;
}): Reading {
  const { part, whole, doubtful = 0, hopeful = 0, samples, completed } = parts;
  if (whole === 0) return { ...NOTHING, samples };
  const best = (part + hopeful) / whole;
  return { value: part / whole, worst: (part + doubtful) / whole, best, samples, completed };
}

export function plainReading(
  value: number | null,
  samples: number,
  completed: number,
  best = value,
): Reading {
  return { value, worst: value, best, samples, completed };
}
