/** Rows of `Findings` for the review: how trouble spread, who calls whom, percentiles, and single slow requests. */
import type { AnatomyPart } from './finding-rows.ts';

/**
 * `disturbed` a declared disturbance began · `saturated` servers, `exhausted` threads or connections could not keep up ·
 * `room-full` a waiting room turned jobs away · `gave-up` callers left the queue of a pool or of threads at their acquire
 * time-out · `timed-out`, `retrying` of calls · `shedding` of a limiter · `client-left`, `failing` of requests ·
 * `budget-broken` a window broke a budget that was broken as a whole.
 */
export type ChainKind =
  | 'disturbed'
  | 'saturated'
  | 'exhausted'
  | 'room-full'
  | 'gave-up'
  | 'timed-out'
  | 'retrying'
  | 'shedding'
  | 'client-left'
  | 'failing'
  | 'budget-broken';

/** One step of the failure chain. */
export interface ChainLink {
  readonly kind: ChainKind;
  /** Disturbance, group, call, limiter, request class or budget. */
  readonly component: string;
  /** '' for requests and budgets. */
  readonly layer: string;
  /** To the length of a window; of a limiter, and of several replications (the mean), finer. */
  readonly atNs: number;
  /** Offered requests per second of the site at that time; null where nothing was measured then. */
  readonly offeredPerSec: number | null;
  /**
   * By kind: share of the speed that is left (`disturbed`), utilization (`saturated`, `exhausted`), share lost then
   * (`room-full`, `gave-up`, `timed-out`, `shedding`, `client-left`, `failing`), the most attempts per first attempt in
   * any window (`retrying`), the value in the budget's unit (`budget-broken`).
   */
  readonly value: number | null;
  /** Index of the step that brought it about; null = a beginning. */
  readonly because: number | null;
}

/** Who calls whom: `call` waits for the answer, `send` does not, `next` is the next station of a request's path. */
export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly how: 'call' | 'send' | 'next';
}

export interface TopologyFinding {
  /** In order of first visit. */
  readonly stations: readonly { readonly station: string; readonly layer: string }[];
  readonly edges: readonly TopologyEdge[];
  /** First station of each request class. */
  readonly entries: readonly { readonly request: string; readonly station: string }[];
}

/** Percentiles of good requests of one class over the whole run, as far as samples support them. */
export interface PercentilesFinding {
  readonly request: string;
  readonly points: readonly { readonly quantile: number; readonly ns: number }[];
}

/** One sampled request and where its time went: the one at the median, at the P99, and the slowest of those sampled. */
export interface ExampleFinding {
  readonly request: string;
  readonly of: 'p50' | 'p99' | 'slowest';
  readonly responseNs: number;
  /** In path order; layers that took no time are left out. */
  readonly parts: readonly AnatomyPart[];
}
