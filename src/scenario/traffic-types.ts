/** When requests come, and which; see types.ts for units. */
import type { DistributionSpec } from './distribution-spec.ts';

export interface Clock {
  /** Wall-clock text of t = 0 (ISO 8601), for labels only. */
  readonly from: string | null;
  readonly lastsNs: number;
  /** Simulated before t = 0 at the initial rates and thrown away. */
  readonly warmUpNs: number;
  /** Length of one point of the time line. */
  readonly windowNs: number;
}

/** One knot of the rate curve; the piece that ENDS at the next knot has that knot's `shape`. */
export interface CurvePoint {
  readonly atNs: number;
  readonly ratePerSec: number;
  /** How the rate gets here from the point before: at once at this instant, on a line, or exponentially. */
  readonly shape: 'step' | 'linear' | 'exponential';
  /** Name of the phase that begins here; null continues the phase before. */
  readonly phase: string | null;
}

export type ArrivalProcess =
  | { readonly process: 'poisson' }
  | { readonly process: 'deterministic' }
  /** Inter-arrival times with the given law, stretched so that the mean follows the curve. */
  | { readonly process: 'renewal'; readonly law: DistributionSpec }
  /** Markov-modulated Poisson: factor on the curve per state, mean sojourn per state, cyclic order. */
  | {
      readonly process: 'mmpp';
      readonly states: readonly { readonly factor: number; readonly meanNs: number }[];
    }
  /** Poisson epochs that bring several requests at once; the curve is the rate of requests, not of epochs. */
  | { readonly process: 'batch'; readonly sizes: BatchSizes };

export type BatchSizes =
  { readonly law: 'constant'; readonly size: number } | { readonly law: 'geometric'; readonly mean: number };

export interface MixPoint {
  readonly atNs: number;
  /** Request class name → share; sums to 1. Holds from `atNs` until the next point. */
  readonly shares: Readonly<Record<string, number>>;
}

export interface OpenTraffic {
  readonly model: 'open';
  /** Factor on what is written; the curve has it already. */
  readonly scale: number;
  readonly curve: readonly CurvePoint[];
  readonly arrivals: ArrivalProcess;
  readonly noise: { readonly cv: number; readonly correlationNs: number } | null;
  readonly mix: readonly MixPoint[];
  readonly regions: readonly MixPoint[];
}

/** Arrival instants (and classes) replayed from a CSV file with columns `at` (seconds) and optionally `request`. */
export interface TraceTraffic {
  readonly model: 'trace';
  readonly file: string;
  readonly mix: readonly MixPoint[];
  readonly regions: readonly MixPoint[];
}

/** A fixed number of users who think, ask, wait for the answer, and think again. */
export interface ClosedTraffic {
  readonly model: 'closed';
  /** Factor on the users that are written; `users` has it already. */
  readonly scale: number;
  readonly users: number;
  readonly think: DistributionSpec;
  readonly mix: readonly MixPoint[];
  readonly regions: readonly MixPoint[];
}

export type Traffic = OpenTraffic | TraceTraffic | ClosedTraffic;
