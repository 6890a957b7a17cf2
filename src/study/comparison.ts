/** What a comparison of two scenarios found: plain data, as result.json is; units and scale as in analysis/findings.ts. */
import type { Findings, ModeFinding } from '../analysis/findings.ts';

export const COMPARISON_SCHEMA_VERSION = 1;

/** Measures of a request class, as budgets call them where they know them; `worst.` is over any `spanNs`. */
export type RequestMetric = 'mean' | 'p50' | 'p95' | 'p99' | 'p99.9' | 'availability' | 'good';
export type WorstMetric = `worst.${'p50' | 'p95' | 'p99' | 'p99.9' | 'availability'}`;
/** Of one group of servers, threads or connections. */
export type StationMetric = 'util' | 'wait.mean' | 'wait.p99' | 'sojourn.p99';

/** One number of a scenario, as it can be told from others. */
export interface MeasureName {
  /** `request:CLASS` or `station:GROUP`. */
  readonly target: string;
  readonly metric: RequestMetric | WorstMetric | StationMetric;
  readonly unit: 'ns' | 'ratio' | 'perSec';
  /** null = whole run. */
  readonly phase: string | null;
  /** Length of the stretch whose worst it is; null for all else. */
  readonly spanNs: number | null;
}

export interface Difference extends MeasureName {
  /** Pooled over the replications; null = no data. */
  readonly before: number | null;
  readonly after: number | null;
  /** after − before, and the same as a share of `before`; the latter is null too where `before` is 0. */
  readonly difference: number | null;
  readonly relativeDifference: number | null;
  /** Of the difference, by itself; null where a replication has no value of its own. */
  readonly interval: readonly [lower: number, upper: number] | null;
  /**
   * Of the paired t test, by itself and corrected for all that are tested (Holm); null where nothing is: for what is equal,
   * and where there is no interval.
   */
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /**
   * `equal`: the same to the last bit in every replication; `significant`: not by chance, all that is tested considered
   * together; `within-noise`: chance alone may do this; `unknown`: no data or no interval.
   */
  readonly verdict: 'equal' | 'significant' | 'within-noise' | 'unknown';
}

/** One of the two scenarios. */
export interface ComparedSide {
  readonly scenario: Findings['scenario'];
  readonly mode: Omit<ModeFinding, 'sampling'>;
  /** Targets and phases (`phase:NAME`) that the other one does not have. */
  readonly only: readonly string[];
  /** Replications whose queue grew without end: averages over these say nothing. */
  readonly runaways: readonly {
    readonly seed: string;
    readonly group: string;
    readonly atNs: number;
  }[];
}

export interface Comparison {
  readonly $schema: string;
  readonly schemaVersion: number;
  readonly tool: Findings['tool'];
  readonly replications: {
    readonly asked: number;
    readonly done: number;
    /** Of each, on both sides. */
    readonly seeds: readonly string[];
    readonly stoppedBy: Findings['replications']['stoppedBy'];
    /** Probability that an interval covers the true difference; 1 − level bounds that of any false `significant`. */
    readonly level: number;
  };
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** Empty when a queue of either side grew without end. */
  readonly differences: readonly Difference[];
}
