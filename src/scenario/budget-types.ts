/** What must hold, as read from `budgets:`. */

/** ns for times, [0, 1] for shares, per second for rates, plain for counts, a multiple, an amount of money. */
export type MetricUnit = 'ns' | 'ratio' | 'perSec' | 'count' | 'factor' | 'money';

export interface Condition {
  /** e.g. `p99`, `mean`, `errors`, `availability`, `util`; see budget-metrics.ts. */
  readonly metric: string;
  readonly op: '<' | '<=' | '>' | '>=' | '==';
  /** In the unit of the metric. */
  readonly limit: number;
  readonly text: string;
  /** Of an amount of money. */
  readonly currency?: string;
}

/** The time a budget is about: a phase by name, the whole run (null), or one of the stretches below. */
export type BudgetWindow = string | null | BudgetStretch;

/** Edges and lengths are whole windows of the time line, but for phases, which cut it themselves. */
export type BudgetStretch =
  | { readonly kind: 'range'; readonly fromNs: number; readonly toNs: number }
  /** All that follows the end of a phase. */
  | { readonly kind: 'after'; readonly phase: string }
  /** The worst of every stretch of this length inside a phase, or the whole run. */
  | { readonly kind: 'worst'; readonly lengthNs: number; readonly within: string | null }
  /** Pieces of this length, of which a share must keep the condition. */
  | {
      readonly kind: 'slices';
      readonly lengthNs: number;
      readonly within: string | null;
      readonly goodRatio: number;
    };

/** How much worse than its baseline a value may be: a regression is beyond both limits, and significant. */
export interface BaselineLimit {
  /** Change for the worse as a share of the baseline's value. */
  readonly maxRelative: number;
  /** Smallest change that counts, by unit of the metric and in it; a unit that is not there has none. */
  readonly floor: Readonly<Partial<Record<MetricUnit, number>>>;
}

/** A rule of monitoring, evaluated at every edge of a window on what lies before it. */
export interface AlertRule {
  readonly id: string;
  readonly target: string;
  /** Must all hold, over each of the lengths. */
  readonly when: readonly Condition[];
  /** How far back it looks: whole windows of the time line. */
  readonly overNs: readonly number[];
  /** How long it must hold until it fires. */
  readonly forNs: number;
  readonly severity: string;
  readonly why: string | null;
}

export interface Budget {
  readonly id: string;
  readonly target: string;
  readonly expect: readonly Condition[];
  /** Tighter limits: breaking one is a warning, whatever the level. */
  readonly warn: readonly Condition[];
  readonly window: BudgetWindow;
  /** `off`: it is read, and not judged. */
  readonly level: 'error' | 'warn' | 'off';
  readonly minSamples: number;
  /** Level of the intervals it is judged by. */
  readonly confidence: number;
  readonly baseline: BaselineLimit | null;
  /** Whether the run ends once a condition under `expect` is broken, and how long after the window's beginning at the earliest. */
  readonly abort: { readonly afterNs: number } | null;
  readonly why: string | null;
  readonly owner: string | null;
  /** Where to read on when it breaks. */
  readonly runbook: string | null;
}
