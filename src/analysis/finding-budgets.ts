/** Rows of `Findings` about what must hold; see findings.ts for units and scale. */
import type { BaselineLimit, BudgetWindow, MetricUnit } from '../scenario/types.ts';
import type { Interval } from './finding-rows.ts';

/** What is burnt of an error budget, of the whole site and one run. */
export interface BurnFinding {
  /** lost / allowed: at 1 and above it is gone. */
  readonly share: number;
  /** Requests that were lost, of those due in the time of the budget, and that may be. */
  readonly lost: number;
  readonly allowed: number;
  /** When half of it and all of it was gone, by the time requests were due, to the length of a window; null = never. */
  readonly halfNs: number | null;
  readonly allNs: number | null;
}

/** The condition whose breaking ended a run, as it stood then: in the first replication, which is the one that is watched. */
export interface AbortFinding extends Pick<
  BudgetFinding,
  'id' | 'target' | 'metric' | 'op' | 'limit' | 'text' | 'unit' | 'currency' | 'window' | 'samples'
> {
  /** The end of a window of the time line. */
  readonly atNs: number;
  /** Of the first replication; of a share what it is even if all inside end well. */
  readonly value: number;
}

/** One condition of one budget on one target. */
export interface BudgetFinding {
  readonly id: string;
  /** The expanded target this row judges, e.g. `station:redis` for `station:*`. */
  readonly target: string;
  /** As written, `p99`; `slices.good` where a share of slices must keep the condition. */
  readonly metric: string;
  /** Comparison and limit that the value is judged by; of slices those of their share. */
  readonly op: string;
  readonly limit: number;
  /** The condition as written. */
  readonly text: string;
  readonly unit: MetricUnit;
  /** Of an amount of money. */
  readonly currency?: string;
  readonly window: BudgetWindow;
  /** `warn` also for a condition under `warn:`. */
  readonly level: 'error' | 'warn';
  readonly value: number | null;
  /** Of the value, at the level `confidence`; only with several replications. */
  readonly interval?: Interval | null;
  /** The value of each replication by itself, in order: what a later run is paired with. Only with several. */
  readonly ofEach?: readonly (number | null)[];
  readonly confidence: number;
  /** Of one stretch or slice the most there were. */
  readonly samples: number;
  /** Observations without which there is no verdict: the budget's own minimum, or what its percentile needs. */
  readonly samplesNeeded: number;
  /**
   * `inconclusive`: the interval reaches across the limit. Without an interval the value alone decides.
   */
  readonly verdict: 'pass' | 'fail' | 'warn' | 'inconclusive' | 'no-data';
  /** What it counts as for the status of the run: the verdict, and where that is inconclusive what the value alone says. */
  readonly countsAs: 'pass' | 'fail' | 'warn' | 'no-data';
  /**
   * Why there is no verdict: nothing was observed, too little to tell, what was still inside at the end could break it,
   * nothing was ever answered, or the run was aborted before there was enough; null where there is one.
   */
  readonly noDataBecause: 'no-samples' | 'few-samples' | 'still-inside' | 'none-completed' | 'aborted' | null;
  /**
   * (limit − value) / limit for upper limits, (value − limit) / limit for lower ones, of what may be lost,
   * (value − limit) / (1 − limit), for lower limits of shares; negative when broken, null without a verdict.
   */
  readonly margin: number | null;
  /** Relative error that slicing or sampling is known for on such a measure; only where the margin is smaller than it. */
  readonly modeError?: number;
  /** Of a share of requests that may be lost over one stretch of time, and of no other. */
  readonly burn?: BurnFinding;
  /** What a comparison with a baseline lets pass; null = nothing is said. */
  readonly baseline: BaselineLimit | null;
  readonly why: string | null;
  readonly owner: string | null;
  readonly runbook: string | null;
  /** Unloaded response time already breaks it: no sizing can help. */
  readonly outOfReach: boolean;
}
