/** What `check` found out about scenarios: plain data, from which every output of the gate is made; nothing computes it again. */
import type { AbortFinding, BudgetFinding, Findings, Interval } from '../../analysis/findings.ts';

export const CHECK_SCHEMA_VERSION = 1;

/** What is printed as JSON: one entry a scenario, in the order of the command line. */
export interface CheckDocument {
  readonly $schema: string;
  readonly schemaVersion: number;
  readonly tool: Findings['tool'];
  /** Of the command. */
  readonly exitCode: number;
  readonly scenarios: readonly ScenarioCheck[];
  /** Scenarios that could not be simulated. */
  readonly refused: readonly RefusedScenario[];
}

export interface RefusedScenario {
  /** As it was named on the command line. */
  readonly file: string;
  readonly problems: readonly RefusalProblem[];
}

export interface RefusalProblem {
  /** `HF101`; null where it has none. */
  readonly code: string | null;
  readonly message: string;
  readonly help: string | null;
  /** 1-based; null where it stands on no line. */
  readonly at: { readonly file: string; readonly line: number; readonly col: number } | null;
}

export interface ScenarioCheck {
  readonly scenario: Findings['scenario'] & {
    /** As it was named on the command line. */
    readonly file: string;
  };
  /** The most serious thing that was found. */
  readonly outcome: Outcome;
  /** Whether the site holds, all budgets of the scenario together, judged or not. */
  readonly status: Findings['verdict']['status'];
  readonly replications: Pick<Findings['replications'], 'done' | 'asked' | 'level'>;
  readonly baseline: BaselineUsed | null;
  readonly budgets: readonly CheckedBudget[];
  /** Numbers that the baseline has, and the scenario no longer. */
  readonly removed: readonly Pick<BudgetFinding, 'id' | 'target' | 'metric' | 'window'>[];
  readonly cost: readonly CheckedCost[];
}

/**
 * `fail`: a required budget is broken or without data, or a queue grows without end; `regressed`: one is worse than the
 * baseline allows; `inconclusive`: for one of both cannot be told from chance; `interrupted`: it was stopped before its end.
 */
export type Outcome = 'pass' | 'inconclusive' | 'regressed' | 'fail' | 'interrupted';

export interface CheckedBudget {
  readonly budget: BudgetFinding;
  /** Where the budget stands. */
  readonly at: { readonly file: string; readonly line: number };
  /** null without a baseline. */
  readonly baseline: BudgetChange | null;
  /**
   * `error`: it fails the check, broken, without data or worse than its baseline allows; `warning`: so, of an optional
   * one (level warn), or it cannot be told from chance whether.
   */
  readonly severity: 'error' | 'warning' | 'none';
  /** Of the one that ended the run: how it stood then. */
  readonly abort?: AbortFinding;
}

/**
 * `equal`: the same in every replication; `within-noise`: chance alone may do this; `within-tolerance`: a change that is
 * allowed; `improved`, `regressed`: beyond that, for better or worse; `accepted`: worse, and recorded as wanted; `new`: not in
 * the baseline; `unknown`: no value on one side, or no pairs to tell it from chance.
 */
export type ChangeVerdict =
  'equal' | 'within-noise' | 'within-tolerance' | 'improved' | 'regressed' | 'accepted' | 'new' | 'unknown';

export interface BudgetChange {
  readonly verdict: ChangeVerdict;
  /** Of the baseline, in the unit of the budget; null = none. */
  readonly before: number | null;
  /** What it is compared with that: the value of the budget, to as many digits as the baseline has. */
  readonly after: number | null;
  /** after − before, and its confidence interval by itself. */
  readonly difference: number | null;
  readonly interval: Interval | null;
  /**
   * How much worse, as a share of `before`, negative where it is better. Of what may be lost (availability) as a share of the
   * loss before, 1 − before. null where that is 0 and the difference is not.
   */
  readonly worseBy: number | null;
  /** Of the paired t test, all budgets considered together (Holm); null where nothing is tested. */
  readonly adjustedPValue: number | null;
  /** What it took to be one: 1 − p of the test, share of `before`, difference in the unit of the budget. */
  readonly confidence: number;
  readonly tolerance: number;
  readonly floor: number;
  readonly accepted: Acceptance | null;
}

/** A regression that somebody wants. */
export interface Acceptance {
  readonly id: string;
  readonly target: string;
  readonly metric: string;
  readonly window: BudgetFinding['window'];
  /** What was accepted: anything worse beyond the tolerance is a regression again. */
  readonly value: number;
  readonly reason: string;
  /** null where git knows no name. */
  readonly by: string | null;
  /** ISO 8601 date. */
  readonly date: string;
}

export interface BaselineUsed {
  readonly kind: 'file' | 'commit';
  /** Path of the file, or the reference as written. */
  readonly name: string;
  /** Full id of the commit. */
  readonly commit: string | null;
  readonly toolVersion: string;
  /** Replications that pair. */
  readonly pairs: number;
  readonly notes: readonly BaselineNote[];
}

/**
 * `other-version`: the numbers are of another version of hongfeng; `other-seeds`, `other-span`, `other-warm-up`, `other-slice`: they do not
 * pair, because they were made with other seeds, or of another part of the scenario, or of its traffic; `ran-away`: a queue
 * of the baseline grew without end; `unreadable-scenario`: the scenario at the commit cannot be simulated by this version,
 * so the stored file stands in.
 */
export type BaselineNote =
  | 'other-version'
  | 'other-seeds'
  | 'other-span'
  | 'other-warm-up'
  | 'other-slice'
  | 'ran-away'
  | 'unreadable-scenario';

export interface CheckedCost {
  readonly currency: string;
  readonly perHour: number;
  readonly before: number | null;
}
