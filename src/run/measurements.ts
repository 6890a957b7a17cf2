/**
 * What one run measured, before anything is concluded from it. Counts and times are those of the simulated
 * requests: in a sliced run each stands for `model.slice` of the site's.
 *
 * Windows cut the measured time [0, lastsNs) at every multiple of `windowNs` and where a phase or a disturbance begins
 * or ends, so each window lies in exactly one phase, and in a disturbance or not. A request belongs to the window in
 * which it was due to arrive, whenever it ends.
 *
 * A run sampled in time cuts windows at the edges of its stretches as well. What is kept by window is as it was
 * simulated; what is kept by phase counts what stands for more time than its own as often as it does (`Window.weight`).
 */
import type { Histogram } from '../measure/histogram.ts';

export interface Window {
  readonly fromNs: number;
  readonly toNs: number;
  /** Index into `model.phases`. */
  readonly phase: number;
  /** Time it stands for / its own length: 1 where every instant is simulated, 0 where nothing is measured. */
  readonly weight: number;
}

/** What became of the plan of a run sampled in time. */
export interface SamplingMeasurements {
  /** Times that a backlog nobody had foreseen kept the run from leaving time out. */
  readonly extensions: number;
}

/** Requests of one class, by the window they were due in. Index of every array: window. */
export interface ClassMeasurements {
  readonly offered: Float64Array;
  /** Success before the client's deadline. */
  readonly good: Float64Array;
  /** Success after the client had left. */
  readonly late: Float64Array;
  /** By cause (see Cause), one array each; [0] stays empty. */
  readonly failures: readonly Float64Array[];
  /** Sum of response times of good requests in ns. */
  readonly sumNs: Float64Array;
  /** Good response times per window, coarse (`WINDOW_SUB_BITS`), and per phase, fine (`SUB_BITS`). */
  readonly windowHistograms: readonly (Histogram | null)[];
  readonly phaseHistograms: readonly Histogram[];
  /** Due in the measured time and still inside when the run ended. */
  censored: number;
}

/** One group of servers, threads or connections, all its instances together. Index of arrays: window. */
export interface GroupMeasurements {
  /** Jobs that came, that took a server, that left it, that found no room, that gave up waiting. */
  readonly arrivals: Float64Array;
  readonly starts: Float64Array;
  readonly departures: Float64Array;
  readonly rejected: Float64Array;
  readonly abandoned: Float64Array;
  /** Integral of busy servers and of waiting jobs over the window, in server-ns and job-ns. For processor sharing
   *  "busy" is the rate of work in cores and "waiting" the jobs present beyond it. */
  readonly busyNs: Float64Array;
  readonly waitingNs: Float64Array;
  readonly waitingJobsMax: Float64Array;
  readonly waitingJobsEnd: Float64Array;
  /** By phase. Time in the queue; for processor sharing the time lost to others: sojourn − demand. */
  readonly waits: readonly Histogram[];
  /** By phase. Wait + service; empty for tokens held across other work. */
  readonly sojourns: readonly Histogram[];
  /** By phase: service demand that began at each instance, in ns (server groups only; else empty). */
  readonly workNs: readonly Float64Array[];
}

/** Index of arrays: window. */
export interface LimiterMeasurements {
  readonly asked: Float64Array;
  readonly shed: Float64Array;
  /** Instant of the first refusal in the window; Infinity when there is none. */
  readonly firstShedNs: Float64Array;
}

/** What happened in the measured time at one call site: a call that begins before it or ends after it counts in part. */
export interface CallMeasurements {
  /** As it was simulated. Index of arrays: window. */
  readonly series: Readonly<Record<'attempts' | 'retries' | 'timedOut', Float64Array>>;
  readonly attempts: number;
  readonly retries: number;
  readonly deniedByBudget: number;
  readonly timedOut: number;
  readonly failed: number;
}

export interface OperationMeasurements {
  readonly failures: Float64Array;
  /** By phase. */
  readonly sojourns: readonly Histogram[];
}

/**
 * Requests sampled by hash, for the decomposition of their time. Row layout: response time in ns, then for each
 * layer of `model.layers` wait, service, delay and retry time in ns on the critical path.
 */
export interface SampleMeasurements {
  readonly rowLength: number;
  /** Share of the requests that was sampled at the end: halved each time there were too many. */
  readonly share: number;
  readonly rows: readonly Float64Array[];
}

export interface RunTotals {
  /** All requests ever started (warm-up included), ended, and still inside. */
  readonly started: number;
  readonly ended: number;
  readonly inside: number;
  readonly events: number;
  /** Smallest value any counter of jobs ever had; below 0 is a bug. */
  readonly stockMin: number;
}

/** Whole-run totals of one group since the very start (warm-up included), for the laws every run is checked against. */
export interface GroupTotals {
  readonly arrivals: number;
  readonly departures: number;
  readonly rejected: number;
  readonly abandoned: number;
  readonly waiting: number;
  readonly busy: number;
  /** ∫ busy servers dt and Σ time each job held a server; ∫ waiting jobs dt and Σ time each job waited. */
  readonly busyNs: number;
  readonly heldNs: number;
  readonly waitingNs: number;
  readonly waitedNs: number;
}

export interface Measurements {
  readonly windows: readonly Window[];
  /** null: no time was left out. */
  readonly sampling: SamplingMeasurements | null;
  readonly classes: readonly ClassMeasurements[];
  readonly groups: readonly GroupMeasurements[];
  readonly groupTotals: readonly GroupTotals[];
  readonly limiters: readonly LimiterMeasurements[];
  readonly calls: readonly CallMeasurements[];
  readonly operations: readonly OperationMeasurements[];
  /** Index: request class. */
  readonly samples: readonly SampleMeasurements[];
  readonly totals: RunTotals;
  readonly stop: {
    readonly reason: 'completed' | 'drain-limit' | 'runaway' | 'aborted' | 'interrupted' | 'time-limit';
    /** Of an aborted run the end of what it measured: those who had come by then had the time to drain. */
    readonly atNs: number;
    readonly runaway: {
      readonly group: number;
      readonly sinceNs: number;
      readonly waitingJobs: number;
    } | null;
  };
}
