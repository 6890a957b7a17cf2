/**
 * What a run found: the content of result.json. Plain data, schema-versioned, byte-reproducible; every report is
 * drawn from it and recomputes nothing. No sentence for humans is in here: texts live in report/texts.
 *
 * Units are in the names. Rates and counts are those of the whole site (a sliced run is scaled up by 1/k before it
 * gets here); `samples` are the observations really simulated. `null` means "no data" and never zero.
 */
import type {
  AnatomyFinding,
  BreakFinding,
  CallFinding,
  CauseName,
  HeadroomFinding,
  LayerFinding,
  LimiterFinding,
  PhaseFinding,
  RequestFinding,
  SamplingFinding,
  StationFinding,
  UnloadedPart,
  WorstFinding,
} from './finding-rows.ts';
import type { AlertFinding } from './finding-alerts.ts';
import type { AbortFinding, BudgetFinding } from './finding-budgets.ts';
import type { MeasuresFinding } from './finding-measures.ts';
import type { ReplicationsFinding } from './finding-replications.ts';
import type { ChainLink, ExampleFinding, PercentilesFinding, TopologyFinding } from './finding-review.ts';
import type { StabilityFinding } from './finding-recovery.ts';
import type { ShadowFinding } from './finding-shadow.ts';
import type { StartUpFinding } from './finding-start-up.ts';
import type { Sizing } from './finding-sizing.ts';
import type { Override } from '../scenario/overrides.ts';
import type { Claim, LedgerEntry, Price } from '../scenario/types.ts';

export type * from './finding-alerts.ts';
export type * from './finding-budgets.ts';
export type * from './finding-measures.ts';
export type * from './finding-recovery.ts';
export type * from './finding-replications.ts';
export type * from './finding-review.ts';
export type * from './finding-rows.ts';
export type * from './finding-shadow.ts';
export type * from './finding-sizing.ts';
export type * from './finding-start-up.ts';

export const RESULT_SCHEMA_VERSION = 4;

/** One column per name; all of the same length, one row per window that was measured. */
export interface Timeline {
  readonly fromNs: readonly number[];
  readonly toNs: readonly number[];
  readonly phase: readonly (string | null)[];
  /** Time each stands for / its own length: above 1 where a run sampled in time has left out what lies around it. */
  readonly weight: readonly number[];
  readonly requests: readonly TimelineRequest[];
  readonly stations: readonly TimelineStation[];
  readonly limiters: readonly { readonly limiter: string; readonly shedPerSec: readonly number[] }[];
}

export interface TimelineRequest {
  readonly request: string;
  readonly offeredPerSec: readonly number[];
  readonly admittedPerSec: readonly number[];
  readonly completedPerSec: readonly number[];
  readonly goodPerSec: readonly number[];
  readonly failedPerSec: Readonly<Record<CauseName, readonly number[]>>;
  /** Good requests really simulated, whose latency the percentiles are of. */
  readonly samples: readonly number[];
  readonly p50Ns: readonly (number | null)[];
  readonly p95Ns: readonly (number | null)[];
  readonly p99Ns: readonly (number | null)[];
  readonly p999Ns: readonly (number | null)[];
  /** Only with several replications. */
  readonly bands?: Readonly<Record<'p50Ns' | 'p95Ns' | 'p99Ns' | 'p999Ns' | 'availability', Band>>;
}

/** Confidence intervals along the time line, to six digits; a lower end without an upper one is that of an open interval. */
export interface Band {
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

export interface TimelineStation {
  readonly group: string;
  readonly utilization: readonly (number | null)[];
  readonly waitingJobs: readonly number[];
  readonly throughputPerSec: readonly number[];
  /** Only with several replications. */
  readonly bands?: Readonly<Record<'utilization', Band>>;
}

export interface CostFinding {
  /** Per currency: a mix of currencies is never added up. */
  readonly currency: string;
  readonly perHour: number;
  readonly byLayer: readonly {
    readonly layer: string;
    readonly replicas: number;
    readonly perHour: number;
  }[];
  /** Layers, or stations of a layer that is priced in part, without a price: their cost is not in any sum. */
  readonly unpriced: readonly string[];
  readonly duringRun: number;
  /** Per 10,000 good requests of the classes with a value; null without any. */
  readonly per10kOrders: number | null;
  readonly orders: number;
  /** What these are worth together; null when they are in several currencies. */
  readonly orderValue: Price | null;
}

export interface CheckFinding {
  readonly law:
    | 'flow-balance'
    | 'utilization-law'
    | 'littles-law'
    | 'no-negative-stock'
    | 'every-request-ended'
    /** The parts of a sampled request's time add up to its response time. */
    | 'time-adds-up';
  /** Group or request class checked. */
  readonly of: string;
  readonly holds: boolean;
  readonly left: number;
  readonly right: number;
}

/** Found by arithmetic before the run. */
export interface AdviceFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly help: string | null;
  /** file:line:col */
  readonly at: string | null;
  /** Names and numbers of the message by what they are; absent where it is one of the rules of the file. */
  readonly words?: Readonly<Record<string, string>>;
}

export interface ModeFinding {
  /** `sampled` may be sliced as well. */
  readonly mode: 'exact' | 'sliced' | 'sampled';
  /** k: each simulated request stands for k. */
  readonly slice: number;
  /** `nothing-to-leave-out`: sampling in time was asked for, and no minute allows it. */
  readonly choice: 'asked' | 'auto' | 'nothing-to-leave-out';
  /** null: no time was left out. */
  readonly sampling: SamplingFinding | null;
  readonly predictedEvents: number;
  /** Why `auto` chose this slice; null when it was asked for. */
  readonly auto: {
    /** Predicted events of a run of every request, and how many a run may take before traffic is thinned. */
    readonly exactEvents: number;
    readonly targetEvents: number;
    /** Where that many are missed: the next slice tried, and what stopped it. */
    readonly obstacle: { readonly slice: number; readonly reason: string } | null;
  } | null;
  readonly groups: readonly {
    readonly station: string;
    readonly replicas: number;
    readonly simulated: number;
    readonly backgroundRatio: number;
  }[];
  /** Measured error of slicing, as documented in docs/model.md: balancer policy, smallest group, worst relative errors. */
  readonly errors: readonly {
    readonly station: string;
    readonly policy: string;
    readonly simulated: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  }[];
}

export interface StopFinding {
  readonly reason: 'completed' | 'drain-limit' | 'runaway' | 'aborted' | 'interrupted' | 'time-limit';
  /** Not above 0 when the run ended in its warm-up: then nothing was measured. */
  readonly atNs: number;
  /** True when the result is not the whole run: outside the promise of byte identity for interrupted and time-limit. */
  readonly truncated: boolean;
  readonly runaway: {
    readonly group: string;
    /** null = since the warm-up, which is not recorded. */
    readonly sinceNs: number | null;
    readonly waitingJobs: number;
  } | null;
  /** The budget that ended it; only where one did. */
  readonly abort?: AbortFinding;
}

export interface VerdictFinding {
  readonly status: 'holds' | 'thin-margin' | 'does-not-hold' | 'cannot-say' | 'no-budgets';
  /** Index into `budgets` of the row that decides: the broken one with the worst margin, else the thinnest. */
  readonly decidingBudget: number | null;
  readonly firstBreak: BreakFinding | null;
  readonly tightest: HeadroomFinding | null;
  /** Totals over all request classes and the whole run. */
  readonly offered: number;
  readonly good: number;
  readonly availability: number | null;
  readonly offeredPeakPerSec: number;
}

/** Histogram in the form of docs/model.md §histogram: pairs of first bin index and counts; mergeable by adding. */
export interface EncodedHistogram {
  readonly subBits: number;
  readonly count: number;
  /** Values really seen: fewer than `count` where some stand for others. */
  readonly observations: number;
  readonly sumNs: number;
  readonly maxNs: number;
  /** Alternating: bins skipped, then counts of a run; see measure/histogram.ts. */
  readonly runs: readonly (readonly [first: number, counts: readonly number[]])[];
}

export interface Findings {
  readonly $schema: string;
  readonly schemaVersion: number;
  readonly tool: { readonly name: 'hongfeng'; readonly version: string };
  readonly scenario: {
    readonly id: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly sha256: string;
    readonly seed: string;
    /** Values changed on the command line (`--set`), in order. */
    readonly overrides: readonly Override[];
    /** Where the command line cut the scenario short (`--until`), or null. */
    readonly untilNs: number | null;
    readonly from: string | null;
    readonly lastsNs: number;
    readonly warmUpNs: number;
    readonly windowNs: number;
  };
  readonly mode: ModeFinding;
  readonly replications: ReplicationsFinding;
  readonly stop: StopFinding;
  readonly verdict: VerdictFinding;
  readonly phases: readonly PhaseFinding[];
  readonly budgets: readonly BudgetFinding[];
  readonly alerts: readonly AlertFinding[];
  readonly breaks: readonly BreakFinding[];
  /** In causal order. */
  readonly chain: readonly ChainLink[];
  readonly topology: TopologyFinding;
  readonly headroom: readonly HeadroomFinding[];
  readonly stability: StabilityFinding;
  readonly requests: readonly RequestFinding[];
  readonly worst: readonly WorstFinding[];
  readonly stations: readonly StationFinding[];
  readonly layers: readonly LayerFinding[];
  readonly limiters: readonly LimiterFinding[];
  readonly calls: readonly CallFinding[];
  readonly anatomy: readonly AnatomyFinding[];
  readonly examples: readonly ExampleFinding[];
  readonly percentiles: readonly PercentilesFinding[];
  readonly unloaded: readonly UnloadedPart[];
  readonly cost: readonly CostFinding[];
  readonly claims: readonly Claim[];
  readonly advice: readonly AdviceFinding[];
  /** By arithmetic before the run; null where some traffic has no planned rate. */
  readonly sizing: Sizing | null;
  readonly timeline: Timeline;
  readonly checks: readonly CheckFinding[];
  /** Closed forms beside simulated values. */
  readonly shadow: ShadowFinding;
  /** What beginning empty does to the means. */
  readonly startUp: StartUpFinding;
  readonly ledger: readonly LedgerEntry[];
  readonly histograms: Readonly<Record<string, Readonly<Record<string, EncodedHistogram>>>>;
  /** All that two results are compared by. */
  readonly measures: readonly MeasuresFinding[];
  /** The scenario file as it was read: the values of `overrides` are not in it. */
  readonly scenarioText: string;
}
