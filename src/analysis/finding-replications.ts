/** Rows of `Findings` about how often a run was repeated; see findings.ts. */

/** How many independent runs stand behind the numbers; each has a seed of its own. */
export interface ReplicationsFinding {
  /** Before any were added for the sake of precision. */
  readonly asked: number;
  readonly done: number;
  /** Of each, in order; `--seed` with `--reps 1` repeats one of them alone. */
  readonly seeds: readonly string[];
  /** Why fewer were done than asked for; a run whose queue grows without end is shown alone. */
  readonly stoppedBy: 'interrupted' | 'time-limit' | 'runaway' | null;
  /** How many of those simulated ran away; only where it was that which stopped them. */
  readonly ranAway?: { readonly count: number; readonly of: number };
  /** Probability that an interval covers the true value. */
  readonly level: number;
  /** Set when the number of replications was left to the precision asked for. */
  readonly precision: PrecisionFinding | null;
}

export interface PrecisionFinding {
  /** Largest half-width of an interval as a share of its value. */
  readonly target: number;
  /** Replications it might take. */
  readonly replicationsMax: number;
  readonly reached: boolean;
  /** What kept it from being reached. */
  readonly limit: 'replications' | 'memory' | NonNullable<ReplicationsFinding['stoppedBy']> | null;
  /** What had to be that tight, widest first; null = no interval, or one without an upper end. */
  readonly measures: readonly { readonly measure: string; readonly relativeHalfWidth: number | null }[];
}
