/** Rows of `Findings` about disturbances and what retries make of them; see findings.ts for units and scale. */

import type { Interval } from './finding-rows.ts';

/**
 * The run as a whole. `metastable`: a disturbance that began at `sinceNs` left it bad for good; `overloaded`: some queue
 * grew from `sinceNs` to the end; `backlogged`: the first grew at `sinceNs`, the last was drained by `drainedNs` (null =
 * it was draining at the end).
 */
export interface RunState {
  readonly verdict: 'stable' | 'backlogged' | 'overloaded' | 'metastable';
  readonly sinceNs: number | null;
  readonly drainedNs: number | null;
  /** In how many replications; only with several, of which the worst is shown. */
  readonly replications?: number;
}

export interface RecoveryFinding {
  readonly disturbance: string;
  readonly stations: readonly string[];
  readonly fromNs: number;
  readonly toNs: number;
  /** Share of the servers' speed that was left. */
  readonly capacityRatio: number;
  /** Disturbances that overlap or touch it in time, directly or not: what follows is about all of them together. */
  readonly others: readonly string[];
  /**
   * `recovered`: good again to the end, or until the next disturbance. `recovering`: not yet, but queues drain or more
   * requests are good than before. `metastable`: neither, though the load is back at or below what it was when all was
   * well. `overloaded`: neither, and the load, or a queue that grew before, explains it. `unknown`: see `because`.
   */
  readonly status: 'recovered' | 'recovering' | 'metastable' | 'overloaded' | 'unknown';
  readonly because: 'nothing-before' | 'bad-before' | 'too-short' | 'cut-short' | null;
  /** What had to hold again: conditions on requests, or without any goodput and queues as they were before. */
  readonly judgedBy: 'budgets' | 'service';
  /** From the end of the last of them; 0 = nothing was broken behind it. null = never. */
  readonly recoveredNs: number | null;
  /** Of `recovering`: what is left of the queues / how fast they drain, from the last moment looked at; null = unknown. */
  readonly drainNs: number | null;
  readonly offeredBeforePerSec: number | null;
  readonly offeredAfterPerSec: number | null;
  /** good / offered. */
  readonly goodBeforeRatio: number | null;
  readonly goodAfterRatio: number | null;
  /** In how many replications; only with several, of which the worst is shown. */
  readonly replications?: number;
  /** Of `recoveredNs`, when all recovered; only with several replications. */
  readonly interval?: Interval | null;
}

/** Servers that calls with retries reach: formula F-9 of docs/model.md. */
export interface RetryLoadFinding {
  readonly group: string;
  readonly layer: string;
  /** a: times the work comes when every call fails, at the run's mix of requests. */
  readonly attempts: number;
  /** μ, in visits. */
  readonly capacityPerSec: number;
  /** μ / a: safe from retries only up to here. */
  readonly hiddenPerSec: number;
  /** First attempts at the peak, in visits. */
  readonly offeredPeakPerSec: number;
  /** `vulnerable`: between the two. `overloaded`: above μ without any retry. */
  readonly status: 'safe' | 'vulnerable' | 'overloaded';
}

export interface StabilityFinding {
  readonly run: RunState;
  /** In order of time. */
  readonly recoveries: readonly RecoveryFinding[];
  /** The least hidden room first. */
  readonly retryLoads: readonly RetryLoadFinding[];
}
