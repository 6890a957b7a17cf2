/**
 * What a capacity search found: plain data, the content of capacity.json; units and scale as in analysis/findings.ts.
 * A *load* is one multiplier of the scenario's own traffic (`search.scaled` of it): rates of open sources and users of closed
 * ones times it.
 */
import type { BreakFinding, BudgetFinding, Interval, PhaseFinding } from '../analysis/findings.ts';
import type { StudyHead } from './study-head.ts';

export const CAPACITY_SCHEMA_VERSION = 2;

/**
 * A condition of a budget at one load. `breaks`: its value is beyond the limit; `isSure`: so is its whole interval, or,
 * where it holds, none of it. A single replication has no interval, and its value decides.
 */
export interface LoadBudget extends Pick<
  BudgetFinding,
  'id' | 'target' | 'metric' | 'op' | 'limit' | 'text' | 'unit' | 'window' | 'level' | 'value' | 'verdict'
> {
  readonly interval: Interval | null;
  readonly breaks: boolean;
  readonly isSure: boolean;
}

/** Response times of good requests of one class at one load; null = too few observations. */
export interface LoadRequest {
  readonly request: string;
  /** null = whole run. */
  readonly phase: string | null;
  readonly p50Ns: number | null;
  readonly p99Ns: number | null;
  readonly p50Interval: Interval | null;
  readonly p99Interval: Interval | null;
}

/** The group of servers, threads or connections, or the limiter, that is nearest its limit at one load. */
export interface LoadStation {
  readonly group: string;
  readonly layer: string;
  /** Share of its capacity used at its busiest time; above 1 for a limiter that is asked for more than it admits. */
  readonly utilizationPeak: number;
}

/** One load that was simulated: a point of the knee curve. */
export interface LoadPoint {
  readonly multiplier: number;
  /** As many as asked for; fewer where each has very many events, or where it was broken beyond doubt after two. */
  readonly replications: number;
  /** Highest offered rate of the run, requests of all classes per second. */
  readonly offeredPeakPerSec: number;
  /** Over the busiest phase (`CapacityDocument.busiestPhase`), or the whole run where it is one phase. */
  readonly offeredPerSec: number;
  readonly goodPerSec: number;
  /** good / offered of the same time; null without requests. */
  readonly availability: number | null;
  /** Of each class over the whole run and, where there are phases, over the busiest one. */
  readonly requests: readonly LoadRequest[];
  /** What was nearest its limit; null when nothing there can saturate. */
  readonly tightest: LoadStation | null;
  /** Share of its capacity that each layer used at its busiest time; null when nothing there can saturate. */
  readonly layers: readonly { readonly layer: string; readonly utilizationPeak: number | null }[];
  /** What reached its limit first in most replications, if anything did. */
  readonly firstBreak: BreakFinding | null;
  /**
   * `holds`: every budget that is searched for; `broken`: one of them does not, or a queue grows without end;
   * `cannot-say`: none is broken but one has too few observations to tell.
   */
  readonly verdict: 'holds' | 'broken' | 'cannot-say';
  /** Whether no interval of these budgets crosses its limit: chance could not have turned the verdict. */
  readonly isSure: boolean;
  /** A queue grew without end, or to the end of the run: nothing holds then, whatever the budgets say. */
  readonly isUnstable: boolean;
  /** Conditions that break, could break, or have no data: the worst first, at most 20. */
  readonly budgets: readonly LoadBudget[];
  /** The condition that is nearest its limit, or furthest beyond it; null when none has a margin. */
  readonly deciding: LoadBudget | null;
}

/**
 * The largest multiplier up to which the budgets held at every load that was simulated.
 *
 * `bound`: found. `still-holding`: they hold at the highest load asked for. `infeasible`: they do not at the lowest.
 * `cannot-say`: a budget has too few observations at the bound, or the search was stopped before there was one.
 */
export type CapacityBound =
  | {
      readonly kind: 'bound';
      /** Largest that held; it broke at `beyond`, not more than the precision above it. */
      readonly multiplier: number;
      readonly beyond: number;
      /**
       * Confidence interval of the true one: at the lower end all budgets still hold with their whole intervals, at the upper
       * end one is broken with its whole interval. null: not even so at the lowest or at the highest load.
       */
      readonly interval: readonly [lower: number | null, upper: number | null];
      /** Highest offered rate at `multiplier`, requests per second. */
      readonly offeredPeakPerSec: number;
      /** At `beyond`: the condition that broke (null where a queue that grows without end is all), */
      readonly budget: LoadBudget | null;
      /** what was nearest its limit, */
      readonly saturated: LoadStation | null;
      /** and what reached its limit first. */
      readonly firstBreak: BreakFinding | null;
    }
  | {
      readonly kind: 'still-holding' | 'infeasible' | 'cannot-say';
      /** The load that this is said of: the highest or lowest simulated; null when none was. */
      readonly multiplier: number | null;
      readonly offeredPeakPerSec: number | null;
      readonly budget: LoadBudget | null;
      readonly saturated: LoadStation | null;
      readonly firstBreak: BreakFinding | null;
    };

/** Replicas or shards taken away from a layer, as if it had never had them. */
export interface TakenAway {
  readonly layer: string;
  readonly count: number;
  /** How many it has. */
  readonly of: number;
}

/** The same site with less of it (N − 1). */
export interface WithoutFinding {
  readonly taken: readonly TakenAway[];
  /** At the traffic of the scenario itself (×1); null when it was not simulated. */
  readonly atOne: LoadPoint | null;
  /** null when only ×1 was simulated. */
  readonly bound: CapacityBound | null;
  readonly points: readonly LoadPoint[];
  /** Why nothing was simulated: predicted events that were too many; null when it was. */
  readonly tooManyEvents: number | null;
}

/** Every load has the slice of its head, unless it is too small for it. */
export interface CapacityDocument extends StudyHead {
  readonly replications: {
    /** Asked for of each load, with the same random numbers at all of them; `LoadPoint.replications` says how many it had. */
    readonly perLoad: number;
    readonly seeds: readonly string[];
    /** Probability that an interval covers the true value. */
    readonly level: number;
    /** Why the search ended before its end. */
    readonly stoppedBy: 'interrupted' | 'time-limit' | null;
  };
  readonly search: {
    readonly from: number;
    readonly to: number;
    /** Largest width of a bracket as a share of its lower end. */
    readonly precision: number;
    /** How long each load held the planned peak; null: it replayed the curve. */
    readonly holdNs: number | null;
    /** Request classes whose traffic alone was multiplied; null: all. */
    readonly scaled: readonly string[] | null;
    /** Ids of the budgets that had to hold. */
    readonly budgets: readonly string[];
    /** Ids of those set aside, because they are broken with nobody else in the system: no load is small enough. */
    readonly outOfReach: readonly string[];
    /** Ids of those that are about another phase, or a time of the curve, and say nothing of a held peak. */
    readonly notHeld: readonly string[];
  };
  readonly phases: readonly PhaseFinding[];
  /** Phase with the highest offered rate at ×1; null where the run is one phase. */
  readonly busiestPhase: string | null;
  /** Highest offered rate at ×1, the planned peak, requests per second; null when ×1 was not simulated and users answer to load. */
  readonly plannedPeakPerSec: number | null;
  readonly bound: CapacityBound;
  /** Every load that was simulated, by multiplier. */
  readonly points: readonly LoadPoint[];
  /** Loads below the bound's upper end at which a smaller one had held and this one did not, or the reverse: chance, or a site that recovers. */
  readonly isMonotone: boolean;
  readonly without: readonly WithoutFinding[];
}
