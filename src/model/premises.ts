/**
 * What arithmetic on a scenario says about the jobs that come to the servers of one station: the premises from which
 * a closed form may be applied. Made by `compile/`, which knows what requests do; read by `analysis/`.
 */

/** Why the jobs that come to a station are not known to be independent Poisson flows of a known rate. */
export type PremiseReason =
  /** No request comes to it in the span. */
  | 'not-visited'
  /** Closed users or a trace bring requests that come here. */
  | 'traffic-not-open'
  /** The rate, the mix, or the regions change in the span; or the span is in pieces. */
  | 'rate-varies'
  | 'noise'
  /** Its servers, those behind which it stands, or those that its jobs wait for are slowed down in the run: `of`. */
  | 'disturbed'
  /** Deterministic, renewal, batch or modulated arrivals. */
  | 'process-not-poisson'
  /** A step that fails at random stands before it. */
  | 'may-fail'
  /** One request may come more than once. */
  | 'visited-again'
  /** Requests come from a join of branches of which one may wait. */
  | 'behind-a-join'
  /** Requests that copy themselves may meet their copies here or before. */
  | 'copies-meet'
  /** Requests come from a queue whose departures are not known to be Poisson: `of`. */
  | 'behind-a-queue'
  /** Requests come back to it by way of others. */
  | 'feedback'
  /** The balancer makes the flows of the replicas depend on each other or on what they hold. */
  | 'balancer'
  /** Visits that stand for those of left-out callers come with the slice's own. */
  | 'background-visits';

export interface PremiseObstacle {
  readonly reason: PremiseReason;
  /** The station or request class it is about, where that is another one. */
  readonly of: string | null;
}

/** Jobs of one request class and one step, with the law of their service. */
export interface JobKind {
  readonly request: string;
  /** Jobs of the site per second. */
  readonly perSec: number;
  readonly law: 'exponential' | 'constant' | 'general';
  readonly meanNs: number;
  /** Squared coefficient of variation of the service time; infinite where the variance is. */
  readonly scv: number;
}

/** What the balancer makes of a Poisson flow: independent ones in fixed shares, or every n-th job to each of n replicas. */
export type Split =
  { readonly kind: 'random'; readonly shares: readonly number[] | null } | { readonly kind: 'round-robin' };

export interface JobLoad {
  readonly kinds: readonly JobKind[];
  readonly split: Split;
  /** How long the rate has been the same when the span begins, warm-up included. */
  readonly leadNs: number;
  /** How long what comes before the station remembers: service, delays and queues on the way. */
  readonly upstreamNs: number;
  /** Groups and calls on the way: their waiting, refusing or repeating would change the flow. */
  readonly groups: readonly string[];
  readonly calls: readonly string[];
}

/** One server group in one phase, or in the whole run (null). */
export interface Premise {
  readonly group: string;
  readonly phase: string | null;
  /** null: not even the rate is known. */
  readonly load: JobLoad | null;
  /** null: the flows are Poisson, so that formulas about waiting apply. */
  readonly obstacle: PremiseObstacle | null;
}
