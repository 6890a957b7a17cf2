/**
 * What a comparison of scenarios found: plain data, the content of comparison.json; units and scale as in
 * analysis/findings.ts.
 */
import type { Findings, MeasureName, ModeFinding } from '../analysis/findings.ts';

export type * from '../analysis/finding-measures.ts';

export const COMPARISON_SCHEMA_VERSION = 3;

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
   * Of the t test, paired unless the sides do not pair, by itself and corrected for all that are tested (Holm); null where
   * nothing is: for what is equal, and where there is no interval.
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
  /** Of hongfeng, that simulated it. */
  readonly version: string;
  /** Of each replication, in order. */
  readonly seeds: readonly string[];
  readonly mode: Omit<ModeFinding, 'sampling'>;
  /** Targets and phases (`phase:NAME`) that the other one does not have. */
  readonly only: readonly string[];
  /** Response times of every class over the whole run, all replications together; none where a queue grew without end. */
  readonly percentiles: Findings['percentiles'];
  /** Replications whose queue grew without end: averages over these say nothing. */
  readonly runaways: readonly {
    readonly seed: string;
    readonly group: string;
    readonly atNs: number;
  }[];
}

/** How something is written on one side, and where. */
export interface WrittenInput {
  /** As YAML on one line, e.g. `12`, `800ms`, `{ mean: 2ms, cv: 0.8 }`; of what was added or removed whole, its beginning. */
  readonly text: string;
  /** `FILE:LINE`, the file without its folders; `--set …` where the command line says it, null where neither does (a default). */
  readonly at: string | null;
}

/** One difference between what the scenarios say; none for order, spelling or formatting, which change no run. */
export interface InputChange {
  /** In the user's own words, e.g. `layers.order.replicas`, `budgets.order-p99`, `traffic.curve[3].rate`. */
  readonly path: string;
  readonly kind: 'changed' | 'added' | 'removed';
  /** `component`: a layer, station, host or request class as a whole; `budget`: (part of) a budget, which changes no run. */
  readonly of: 'value' | 'component' | 'budget';
  /** null on the side that does not have it. */
  readonly before: WrittenInput | null;
  readonly after: WrittenInput | null;
}

/** How much of the change of one measure each input change brings about by itself. */
export interface AttributedMeasure extends MeasureName {
  /** after − before, in the unit of the measure. */
  readonly difference: number;
  /** In the order of `Attribution.parts`. */
  readonly parts: readonly {
    /** Measure with this part alone applied − before; null = no data. */
    readonly difference: number | null;
    /** The same as a share of `difference`; negative where it works against it. */
    readonly share: number | null;
  }[];
  /** 1 − the sum of the shares: what the parts do only together; null where a part has no data or
   *  a change is in no part. */
  readonly interaction: number | null;
}

export interface Attribution {
  /** Input changes applied together where none of them makes a valid scenario alone; indices into `inputs`. */
  readonly parts: readonly { readonly inputs: readonly number[] }[];
  /** Those of the measures that moved significantly, the largest relative change first; at most 40. */
  readonly measures: readonly AttributedMeasure[];
  /** Input changes whose effect alone was not simulated (budgets change no run; too many; stopped); indices into `inputs`. */
  readonly leftOut: readonly number[];
}

/** What two saved results must have in common to pair: the version, the seeds, `--until`, the warm-up, and the mode. */
export type UnpairedReason = 'version' | 'seeds' | 'until' | 'warm-up' | 'mode';

/** One scenario beside the first. */
export interface ComparedWith {
  readonly after: ComparedSide;
  /** What the scenarios say differently; null where this version cannot read one of them (a saved result). */
  readonly inputs: readonly InputChange[] | null;
  /**
   * Why the sides do not pair; empty where replication r of both had the same random numbers and the difference in each is
   * looked at. Where not, each side's own spread is (Welch), and small differences drown in chance.
   */
  readonly unpairedBecause: readonly UnpairedReason[];
  /** Empty when a queue of either side grew without end. */
  readonly differences: readonly Difference[];
  /** Only with `--attribute`. */
  readonly attribution: Attribution | null;
}

export interface Comparison extends ComparedWith {
  readonly $schema: string;
  readonly schemaVersion: number;
  readonly tool: Findings['tool'];
  readonly replications: {
    readonly asked: number;
    readonly done: number;
    /** Of each, on both sides; of the first where they do not pair. */
    readonly seeds: readonly string[];
    readonly stoppedBy: Findings['replications']['stoppedBy'];
    /** Probability that an interval covers the true difference; 1 − level bounds that of any false `significant`. */
    readonly level: number;
  };
  readonly before: ComparedSide;
  /** Third and later scenarios, each beside the first. */
  readonly further: readonly ComparedWith[];
}
