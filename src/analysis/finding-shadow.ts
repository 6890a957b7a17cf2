/** The closed form beside the simulated value; units in the names of the quantities. */
import type { PremiseReason } from '../model/premises.ts';

export type FormulaName =
  | 'M/M/1'
  | 'M/M/c'
  | 'M/D/1'
  | 'M/G/1'
  | 'M/G/1 priority'
  | 'M/M/c/K'
  | 'M/G/c/c'
  | 'M/G/∞'
  | 'M/G/PS'
  | 'E/M/1'
  | 'G/G/c';

/** Of all replicas together. Waits are those of jobs that took a server; under PS what a job loses to others. */
export type ShadowQuantity =
  | 'utilizationRatio'
  | 'busyServers'
  | 'waitNsMean'
  | 'waitNsP95'
  | 'waitNsP99'
  | 'waitedRatio'
  | 'rejectedRatio';

/** Why there is no closed form to compare with. */
export type ShadowReason =
  | PremiseReason
  /** The run did not reach the end of the span. */
  | 'cut-short'
  /** Threads or connections on the way were waited for: `of`. */
  | 'waited-on-the-way'
  /** Jobs were turned away or gave up on the way, or gave up here: `of`. */
  | 'lost-on-the-way'
  /** A limiter in front shed: `of`. */
  | 'shed'
  /** Calls on the way timed out, failed or were repeated: `of`. */
  | 'call-repeated'
  /** Offered load at or above capacity, and room for everybody. */
  | 'saturated'
  /** The span begins too soon after a change and is too short to forget it. */
  | 'not-settled'
  /** The law of the service times has no variance, or there is no formula for this kind of station. */
  | 'no-formula';

export interface ShadowRow {
  readonly group: string;
  readonly phase: string | null;
  readonly formula: FormulaName;
  readonly quantity: ShadowQuantity;
  readonly theory: number;
  /** null: too few observations. */
  readonly simulated: number | null;
  /** Of the simulated value; null when one run cannot tell it. */
  readonly standardError: number | null;
  /** Batches of one run, or replications, that the standard error rests on. */
  readonly batches: number;
  /** (simulated − theory) / standard error. */
  readonly differenceSe: number | null;
  /** Further away than chance puts it in one of 16,000 comparisons: 4 standard errors, more with few batches. */
  readonly suspicious: boolean;
}

/** Waiting at a group, in a span, that no formula is known for. */
export interface ShadowRefusal {
  readonly group: string;
  readonly phase: string | null;
  readonly reason: ShadowReason;
  /** Station, class, call or limiter that the reason is about. */
  readonly of: string | null;
}

export interface ShadowFinding {
  readonly rows: readonly ShadowRow[];
  readonly refusals: readonly ShadowRefusal[];
}
