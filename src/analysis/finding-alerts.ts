/** Rows of `Findings` about alerts; see findings.ts for units and scale. */

/** One alert on one target. */
export interface AlertFinding {
  readonly id: string;
  /** The expanded target, e.g. `station:redis` for `station:*`. */
  readonly target: string;
  /** Conditions as written, joined by "and". */
  readonly when: string;
  readonly overNs: readonly number[];
  readonly forNs: number;
  readonly severity: string;
  readonly why: string | null;
  /** Replications in which it fires. */
  readonly firesIn: number;
  /** When it first does, the mean of those; null where it never does. */
  readonly firstFiredNs: number | null;
  /** Of the first replication in which it fires, in order, at most 20. */
  readonly firings: readonly AlertFiring[];
}

/** Instants are edges of windows: monitoring sees no more. */
export interface AlertFiring {
  /** Since when the condition held. */
  readonly pendingNs: number;
  readonly firedNs: number;
  /** null = it still held at the end. */
  readonly resolvedNs: number | null;
}
