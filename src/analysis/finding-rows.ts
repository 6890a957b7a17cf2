/** Rows of `Findings` about traffic, stations and time; see findings.ts for units and scale. */
import type { CAUSE_NAMES } from '../model/opcodes.ts';

export type CauseName = Exclude<(typeof CAUSE_NAMES)[number], 'none'>;

/**
 * Confidence interval at the level that `Findings.replications` states: `[lower, upper]`, in the unit of its value. An upper
 * end of null is none at all: too few observations lie beyond a percentile to tell how high it may be.
 */
export type Interval = readonly [lower: number, upper: number | null];

export type QuantileKey = 'meanNs' | 'p50Ns' | 'p90Ns' | 'p95Ns' | 'p99Ns' | 'p999Ns' | 'maxNs';

/** Percentiles from one merged histogram; null when fewer observations lie beyond it than `MIN_TAIL_SAMPLES`. */
export interface LatencySummary {
  readonly samples: number;
  readonly meanNs: number | null;
  readonly p50Ns: number | null;
  readonly p90Ns: number | null;
  readonly p95Ns: number | null;
  readonly p99Ns: number | null;
  readonly p999Ns: number | null;
  /** With several replications the mean of the largest of each. */
  readonly maxNs: number | null;
  /** Only with several replications; null where there is no value, and of mean and maximum where one of them saw nothing. */
  readonly intervals?: Readonly<Record<QuantileKey, Interval | null>>;
}

export interface PhaseFinding {
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
}

/** How a run sampled in time was made: see docs/model.md. Of several replications the means of what each left out. */
export interface SamplingFinding {
  /** Of every `periodNs` of quiet time `measuredNs` are measured, after `warmNs` that are not, and count `weight` times. */
  readonly periodNs: number;
  readonly warmNs: number;
  readonly measuredNs: number;
  readonly weight: number;
  /** Shares of the measured time that were measured at all, and simulated without a break. */
  readonly measuredRatio: number;
  readonly contiguousRatio: number;
  /** Times that a backlog nobody had foreseen kept the run from leaving time out. */
  readonly extensions: number;
  /** Time that nothing stands for: what lay before such backlogs, back to the middle between two stretches. */
  readonly unseenNs: number;
  /** Median relative error of percentiles by minute against the same slice without sampling, as measured; null also
   *  where nothing was left out. */
  readonly errors: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly doubtful: readonly DoubtfulMinutes[];
}

/** Whole minutes whose percentiles are ill-conditioned. */
export interface DoubtfulMinutes {
  readonly fromNs: number;
  readonly toNs: number;
  /** `mixed`: parts of them have different weights; `steep`: some P99 lies where the quantile function leaps. */
  readonly because: 'mixed' | 'steep';
}

/** One request class over one phase, or over the whole run when `phase` is null. */
export interface RequestFinding {
  readonly request: string;
  readonly phase: string | null;
  readonly offeredPerSec: number;
  /** Offered minus shed. */
  readonly admittedPerSec: number;
  /** Answered with success, in time or late. */
  readonly completedPerSec: number;
  /** Answered with success before the client's deadline. */
  readonly goodPerSec: number;
  readonly offered: number;
  readonly good: number;
  /** Requests by cause of failure. */
  readonly failures: Readonly<Record<CauseName, number>>;
  /** Still inside when the run ended: neither good nor failed. */
  readonly censored: number;
  /** good / offered; null without requests. */
  readonly availability: number | null;
  /** Of good requests. */
  readonly latency: LatencySummary;
  /** With nobody else in the system; the mean is exact unless `parallel` occurs, percentiles by keyed draws. */
  readonly unloaded: LatencySummary;
  /** Only with several replications. */
  readonly intervals?: {
    readonly goodPerSec: Interval | null;
    readonly availability: Interval | null;
    /** Of each cause's share of what was offered. */
    readonly failureShares: Readonly<Record<CauseName, Interval | null>>;
  };
}

/**
 * The worst of a night for one request class: over every stretch of whole neighbouring windows that is at least `spanNs`
 * long, the highest percentile and the lowest availability. With several replications the mean of what each brought.
 */
export interface WorstFinding {
  readonly request: string;
  readonly measure: 'p50Ns' | 'p95Ns' | 'p99Ns' | 'p999Ns' | 'availability';
  readonly spanNs: number;
  /** null where no stretch holds enough samples. */
  readonly value: number | null;
  /** Beginning of that stretch; of the first replication. */
  readonly fromNs: number | null;
  readonly interval?: Interval | null;
}

/** One group of servers, threads or connections over one phase (null = whole run). */
export interface StationFinding {
  readonly station: string;
  readonly group: string;
  readonly role: 'servers' | 'threads' | 'pool';
  readonly layer: string;
  readonly phase: string | null;
  /** Of a pool: pools, one at each replica of the caller for each replica of the target. */
  readonly replicas: number;
  /** Servers of one replica, connections of one pool; null = unlimited. */
  readonly serverCount: number | null;
  readonly arrivalsPerSec: number;
  readonly throughputPerSec: number;
  /** Busy server-time / available server-time; null for unlimited servers. */
  readonly utilization: number | null;
  /** Highest utilization of any window: the share of its capacity used at the peak. */
  readonly utilizationPeak: number | null;
  readonly utilizationPeakAtNs: number | null;
  /** Of the replica (shard) with the most work. */
  readonly utilizationHottestReplica: number | null;
  readonly busyMean: number;
  readonly waitingJobsMean: number;
  readonly waitingJobsMax: number;
  readonly rejected: number;
  readonly abandoned: number;
  readonly wait: LatencySummary;
  /** Wait + service; null for threads and pools, whose tokens are held across other work. */
  readonly sojourn: LatencySummary | null;
  readonly state: StationState;
  /** Only with several replications; peaks and longest queues are then means of what each of them brought. */
  readonly intervals?: Readonly<
    Record<
      'utilization' | 'utilizationPeak' | 'throughputPerSec' | 'waitingJobsMean' | 'waitingJobsMax',
      Interval | null
    >
  >;
}

/** `overloaded`: the queue grew from `sinceNs` to the end of the phase; `backlogged`: it grew and drained. */
export interface StationState {
  readonly verdict: 'stable' | 'backlogged' | 'overloaded';
  readonly sinceNs: number | null;
  readonly drainedNs: number | null;
  /** In how many replications; only with several, of which the worst is shown. */
  readonly replications?: number;
}

export interface LimiterFinding {
  readonly limiter: string;
  readonly station: string;
  readonly layer: string;
  readonly phase: string | null;
  readonly asked: number;
  readonly shed: number;
  readonly shedRatio: number | null;
  /** First instant of lasting shedding (t from the start of the run), over the whole run only; mean of the runs that shed. */
  readonly firstShedNs: number | null;
  /** In how many replications it shed so; only with several, and over the whole run. */
  readonly replications?: number;
  /** Rate all instances together admit for ever, requests per second of the whole site. */
  readonly capacityPerSec: number;
  /** Highest rate it was asked at, over any stretch of the span that is long enough to be called a peak; null = none. */
  readonly askedPeakPerSec: number | null;
  /** Only with several replications. */
  readonly intervals?: Readonly<Record<'shedRatio' | 'firstShedNs' | 'askedPeakPerSec', Interval | null>>;
}

export interface CallFinding {
  readonly call: string;
  readonly attempts: number;
  readonly retries: number;
  readonly deniedByBudget: number;
  readonly timedOut: number;
  readonly failed: number;
}

export interface LayerFinding {
  readonly layer: string;
  /** Group with the highest utilization in the layer, or null when nothing there can saturate. */
  readonly tightestGroup: string | null;
  readonly utilization: number | null;
  readonly utilizationPeak: number | null;
  readonly rejected: number;
  readonly shed: number;
}

/** Something reached its limit, in order of time: the chain of what breaks first. */
export interface BreakFinding {
  readonly kind: 'shedding' | 'saturated' | 'pool-exhausted' | 'room-full' | 'timing-out';
  readonly name: string;
  readonly layer: string;
  readonly atNs: number;
  /** Offered requests per second of the site at that time. */
  readonly offeredPerSec: number;
  /** Share shed or utilization in the window where it began. */
  readonly value: number;
  /** In how many of the replications it happened; instant and value are means over these. */
  readonly replications: number;
  /** Of the instant; only with several replications, and when it happened in all of them. */
  readonly interval?: Interval | null;
}

/** What would saturate next if the traffic that came there grew in proportion: 1 / utilization at the peak. */
export interface HeadroomFinding {
  readonly group: string;
  readonly layer: string;
  readonly utilizationPeak: number;
  readonly factor: number;
  /** Limiters in front that shed, in any of the replications: the factor is about what they let through, not about what is offered. */
  readonly behind: readonly string[];
  /** By arithmetic from the measured peak: with one replica fewer; null where there is only one. */
  readonly utilizationWithoutOne: number | null;
  /** By arithmetic from the measured peak: with 1.2 times the traffic. Above 1: it could not keep up. */
  readonly utilizationGrown: number;
  /** Of the factor; only with several replications. */
  readonly interval?: Interval | null;
}

/**
 * Time of an average request, of those around the median and around the P99, and of the slowest 1 %, by layer; from requests
 * sampled by hash.
 */
export interface AnatomyFinding {
  readonly request: string;
  readonly of: 'mean' | 'p50' | 'p99' | 'slowest';
  readonly samples: number;
  readonly responseNs: number;
  readonly parts: readonly AnatomyPart[];
}

export interface AnatomyPart {
  readonly layer: string;
  readonly waitNs: number;
  readonly serviceNs: number;
  /** Declared delays: network, disk, vendors. */
  readonly delayNs: number;
  /** Back-off and waiting for calls that timed out. */
  readonly retryNs: number;
}

/** Unloaded response time of a request class term by term, in path order; from arithmetic alone. */
export interface UnloadedPart {
  readonly request: string;
  readonly layer: string;
  readonly serviceNs: number;
  readonly delayNs: number;
}
