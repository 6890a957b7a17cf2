/**
 * What is simulated, as plain data: groups of servers, balancers, limiters, programs and sources. Made by
 * `compile/`, read by `run/`; immutable, and small enough to travel to another thread.
 *
 * A *group* is one kind of token at all replicas of one station: its servers, its threads, or the connections its
 * callers keep to it. An *instance* is one replica's share of a group; instances of a group are numbered in a row.
 */
import type { Backoff } from './policies/backoff.ts';
import type { SamplingPlan } from './sampling.ts';
import type { ArrivalProcess } from './traffic/arrivals.ts';

export type Discipline = 'fcfs' | 'lifo' | 'priority' | 'ps';

export interface Group {
  /** `order` (its servers), `order.threads`, `order-db.pool@order` (connections of order to order-db). */
  readonly name: string;
  readonly role: 'servers' | 'threads' | 'pool';
  /** Station and layer it is reported under: index into `stations`. */
  readonly station: number;
  readonly instanceCount: number;
  /** c: tokens of one instance; `UNLIMITED` for a delay. */
  readonly serverCount: number;
  /** Jobs that may wait at one instance, not counting those in service. */
  readonly waitingRoomMax: number;
  readonly discipline: Discipline;
  /** Waiting lists of one instance: 1, or one per priority. */
  readonly levels: number;
  /** Jobs of the site that one counted job stands for: 1 in an exact run. */
  readonly scale: number;
  /** PS only: R(n), total rate of one instance in undisturbed cores with n jobs, n = 1…length; the last holds above. */
  readonly rates: readonly number[] | null;
}

/** How many there may be of what a request in flight is numbered by: the slots' fields are 16 bits wide. */
export const COUNT_MAX = {
  /** Signed fields, -1 being none. */
  classes: 0x7fff,
  timeouts: 0x7fff,
  sources: 0xffff,
  regions: 0xffff,
} as const;

/** Stands for "no bound" in integer fields. */
export const UNLIMITED = 0x7fffffff;

export interface StationInfo {
  readonly name: string;
  readonly layer: string;
  /** Replicas of the site, before slicing. */
  readonly replicas: number;
  /** Replicas simulated in this run. */
  readonly simulatedReplicas: number;
  readonly hostsPerReplica: number;
  readonly pricePerReplicaHour: { readonly amount: number; readonly currency: string } | null;
}

export interface Balancer {
  readonly name: string;
  readonly policy:
    | 'random'
    | 'weighted-random'
    | 'round-robin'
    | 'weighted-round-robin'
    | 'least-connections'
    | 'power-of-d'
    /** By the caller's replica. */
    | 'caller-hash'
    /** By the key of the request itself: SHARD. */
    | 'key-hash';
  /** Callers told apart; 1 when one balancer sees all connections, or nothing is remembered. */
  readonly callerCount: number;
  readonly targetCount: number;
  readonly choices: number;
  /** Whole weights per target (weighted-round-robin), or null. */
  readonly weights: readonly number[] | null;
  /** Cumulative shares × 2^32 per target (weighted-random, key-hash with popularity), or null for equal shares. */
  readonly cumulative: readonly number[] | null;
  /** Name of the stream its draws come from. */
  readonly stream: string;
}

export interface Limiter {
  readonly name: string;
  readonly station: number;
  readonly instanceCount: number;
  /** Rate = tokens / perNs exactly, both whole: 10k/s is 10000 per 1e9 ns. */
  readonly tokens: number;
  readonly perNs: number;
  readonly burst: number;
  /** Tokens asked for at the site that one counted token stands for: 1 in an exact run. */
  readonly scale: number;
}

/**
 * Limiters, by name, that some request passes before it comes to a station's threads and servers, to a pool or to
 * another limiter: what these shed is not seen there. Those of a station stand behind the connection to it.
 */
export interface Fronts {
  readonly stations: Readonly<Record<string, readonly string[]>>;
  /** By group name, e.g. `order-db.pool@order`. */
  readonly pools: Readonly<Record<string, readonly string[]>>;
  readonly limiters: Readonly<Record<string, readonly string[]>>;
}

export interface CallSite {
  /** Name it is reported under, e.g. `order.create > inventory.reserve`; sites of one name are added up. */
  readonly name: string;
  /** One attempt inside another site of this name, which counts attempts and failures: only its time-outs are added. */
  readonly inner: boolean;
  /** For the draw keys of its activations: made of stable names, so that it does not move with the program. */
  readonly salt: number;
  /** First address of the callee's program; it ends with END. */
  readonly start: number;
  /** Time-out queue, or -1. */
  readonly timeout: number;
  readonly attempts: number;
  readonly backoff: Backoff;
  /** Index into `retryBudgets`, or -1 for unlimited. */
  readonly budget: number;
  /** Register of the caller's replica: one budget each. */
  readonly callerRegister: number;
  /** Cost centre that back-off and timed-out waiting are booked on. */
  readonly station: number;
  readonly stream: string;
}

/** Retry budget of each replica of a caller; a call that several request classes make has one budget for all of them. */
export interface RetryBudget {
  /** Tokens earned per first attempt = tokens / perAttempts exactly, both whole, at most 1: 10 % is 1 per 10. */
  readonly tokens: number;
  readonly perAttempts: number;
  /** Tokens it can hold. */
  readonly burst: number;
  readonly callerCount: number;
}

export interface Fork {
  readonly starts: readonly number[];
  /** How often each start is launched (fan-out to many alike). */
  readonly counts: readonly number[];
  readonly join: 'all' | 'any';
  readonly salt: number;
}

/** Instruction lists, one row per address. */
export interface Program {
  readonly op: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly d: Int32Array;
  readonly x: Float64Array;
  /** Name of the draw stream of each address, '' where nothing is drawn. */
  readonly streams: readonly string[];
  /** Integer and time registers an activation needs. */
  readonly registerCount: number;
  readonly timeRegisterCount: number;
}

export interface RequestClassModel {
  readonly name: string;
  readonly start: number;
  readonly priority: number;
  /** End-to-end time-out queue, or -1. */
  readonly timeout: number;
  readonly value: { readonly amount: number; readonly currency: string } | null;
}

/** A rate curve: piece i rules from `fromNs` to the next piece's `fromNs`; rates in requests per second. */
export interface RatePiece {
  readonly fromNs: number;
  readonly toNs: number;
  readonly startPerSec: number;
  readonly endPerSec: number;
  readonly shape: 'linear' | 'exponential';
}

/** Shares of classes or regions from an instant on, as cumulative thresholds × 2^32 (last is 2^32). */
export interface SharePiece {
  readonly fromNs: number;
  readonly cumulative: readonly number[];
}

export type Source =
  | {
      readonly model: 'open';
      readonly name: string;
      readonly pieces: readonly RatePiece[];
      readonly arrivals: ArrivalProcess;
      readonly noise: { readonly cv: number; readonly correlationNs: number } | null;
      readonly classes: readonly SharePiece[];
      readonly regions: readonly SharePiece[];
    }
  | {
      readonly model: 'trace';
      readonly name: string;
      readonly atNs: Float64Array;
      /** Class per arrival, or -1 for the mix. */
      readonly classIds: Int32Array;
      readonly classes: readonly SharePiece[];
      readonly regions: readonly SharePiece[];
    }
  | {
      readonly model: 'closed';
      readonly name: string;
      readonly users: number;
      readonly thinkTable: number;
      readonly thinkMeanNs: number;
      readonly classes: readonly SharePiece[];
      readonly regions: readonly SharePiece[];
    };

/** Background visits that bring the kept replicas of a leaf to their exact load when traffic is thinned to 1/k. */
export interface Background {
  /** Program started once per background visit. */
  readonly start: number;
  /** Background visits per visit of the slice's own. */
  readonly ratio: number;
}

export interface Phase {
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
}

/** Servers that work at a share of their speed in [fromNs, toNs). */
export interface DisturbanceModel {
  readonly name: string;
  /** Indices of server groups; those of one group never overlap in time. */
  readonly groups: readonly number[];
  readonly fromNs: number;
  readonly toNs: number;
  /** 0 to 1. */
  readonly speed: number;
}

/** What one request of each class asks of a group of servers, if no call fails and if all do as long as they are retried. */
export interface RetryLoad {
  readonly group: number;
  /** Index: class. Expected visits, and work in ns. */
  readonly classes: readonly {
    readonly visits: number;
    readonly workNs: number;
    readonly retriedWorkNs: number;
  }[];
}

/** What a run will meet, by arithmetic before it begins; for what must be sized or chosen in advance. */
export interface ExpectedTraffic {
  /** Simulated requests of each class over the whole run, warm-up included. Index: class. */
  readonly requests: readonly number[];
  /** Most simulated requests and users inside at once if nobody waits; those of traces are not counted. */
  readonly insideMax: number;
}

export interface Model {
  readonly scenario: string;
  readonly seed: string;
  /** Requests stand for k of the site's: traffic is thinned to 1/k. 1 = exact. */
  readonly slice: number;
  /** Which stretches of time are simulated; null = all of it. */
  readonly sampling: SamplingPlan | null;
  readonly warmUpNs: number;
  readonly lastsNs: number;
  readonly windowNs: number;
  /** After `lastsNs` no request comes; the run goes on this long at most so that those inside can end. */
  readonly drainNs: number;
  readonly phases: readonly Phase[];
  readonly disturbances: readonly DisturbanceModel[];
  readonly stations: readonly StationInfo[];
  /** Layers in the order of first visit; `stations[i].layer` is one of them. */
  readonly layers: readonly string[];
  readonly groups: readonly Group[];
  readonly balancers: readonly Balancer[];
  readonly limiters: readonly Limiter[];
  readonly fronts: Fronts;
  readonly calls: readonly CallSite[];
  readonly retryBudgets: readonly RetryBudget[];
  /** Of the groups that calls with retries reach. */
  readonly retryLoads: readonly RetryLoad[];
  readonly forks: readonly Fork[];
  readonly program: Program;
  readonly classes: readonly RequestClassModel[];
  /** Simulated requests of each class that open traffic and traces bring on average in the measured time. How many
   *  closed users bring is not known before. */
  readonly requestsExpected: readonly number[];
  readonly operations: readonly { readonly name: string; readonly station: number }[];
  readonly sources: readonly Source[];
  readonly regions: readonly string[];
  /** One row per TRAVEL: fixed delay in ns by region of the request. */
  readonly regionDelaysNs: readonly (readonly number[])[];
  /** Quantile tables (unit mean) one behind the other; tables[i] begins at i × TABLE_LENGTH. */
  readonly tables: Float64Array;
  /** Length in ns of each time-out queue: time-outs of one length expire in the order they were set. */
  readonly timeoutsNs: readonly number[];
  readonly backgrounds: readonly Background[];
}
