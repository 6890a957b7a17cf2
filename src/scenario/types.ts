/**
 * A validated scenario in station words: what a YAML file says once its system words (`layers:`) are expanded
 * through the catalogue, with every quantity read into its inside unit.
 *
 * Units: durations are integral ns (`…Ns`), rates are per second (`…PerSec`), shares and probabilities lie in
 * [0, 1]. Names are those of the file. Positions are not kept here: they are found by path (`origins.ts`).
 */

import type { AlertRule, Budget } from './budget-types.ts';
import type { DistributionSpec } from './distribution-spec.ts';
import type { Clock, Traffic } from './traffic-types.ts';

export type * from './budget-types.ts';
export type * from './distribution-spec.ts';
export type * from './traffic-types.ts';

/** Keys from the root of the file to a value, e.g. `['layers', 'order', 'threads']`. */
export type Path = readonly (string | number)[];

/** How far a figure can be trusted; ledger and report list `assumed` first. */
export type Confidence = 'measured' | 'cited' | 'assumed';

/** Hardware of one machine; factors and defaults are F-1 and F-2 of docs/model.md. */
export interface Host {
  readonly sockets: number;
  /** Physical cores per socket. */
  readonly cores: number;
  readonly smt: number;
  readonly clockGhz: number;
  readonly referenceClockGhz: number;
  readonly memoryGib: number;
  readonly numa: 'bound' | 'interleaved' | 'unbound';
  readonly pageKib: number;
  /** Share of the DRAM accesses that a huge page covers. */
  readonly hugePageCoverage: number;
  /** Total throughput of one core with both threads busy ÷ with one. */
  readonly smtYield: number;
  /** Remote ÷ local memory latency. */
  readonly remoteLatencyRatio: number;
  /** DRAM-stall and page-walk shares of reference CPU time. */
  readonly memoryStallShare: number;
  readonly pageWalkShare: number;
  /** Universal scalability law on the CPU part; 0 and 0 switch it off. Not together with SMT. */
  readonly usl: { readonly sigma: number; readonly kappa: number } | null;
  readonly pricePerHour: Price | null;
}

export interface Price {
  readonly amount: number;
  readonly currency: string;
}

export type BalancePolicy =
  | 'random'
  | 'round-robin'
  | 'weighted-round-robin'
  | 'least-connections'
  | 'power-of-d'
  | 'source-hash'
  | 'key-hash';

export interface Balance {
  readonly policy: BalancePolicy;
  /** d of power-of-d. */
  readonly choices: number;
  /** Whole-number weights per replica for weighted-round-robin (cycled when shorter), or shares for random. */
  readonly weights: readonly number[] | null;
  /** One balancer that sees all connections (LVS) instead of one per caller replica. */
  readonly shared: boolean;
  /** Popularity of keys for key-hash: Zipf exponent over `keyCount` keys; null means every shard alike. */
  readonly keys: { readonly count: number; readonly zipf: number } | null;
}

export interface TokenBucket {
  readonly algorithm: 'token-bucket';
  readonly ratePerSec: number;
  /** Tokens the bucket holds; it starts full. */
  readonly burst: number;
  readonly scope: 'replica' | 'service' | 'global';
  /** Name of a shared limiter when scope is global. */
  readonly name: string | null;
}

export interface Threads {
  readonly count: number;
  /** Requests that may wait for a thread, not counting those that hold one; Infinity = unlimited. */
  readonly waitingRoomMax: number;
  readonly acquireTimeoutNs: number | null;
}

/** Connections that each replica of each caller keeps to each replica of this station. */
export interface ConnectionPool {
  readonly perCaller: number;
  readonly waitingRoomMax: number;
  readonly acquireTimeoutNs: number | null;
}

export interface Station {
  readonly replicas: number;
  readonly balance: Balance;
  /** Identical servers of one replica; Infinity = a pure delay. null: the station has no servers of its own. */
  readonly servers: number | null;
  readonly discipline: 'fcfs' | 'lifo' | 'priority' | 'ps';
  /** Jobs that may wait, not counting those in service; Infinity = unlimited. */
  readonly waitingRoomMax: number;
  /** Service time of a plain visit. */
  readonly service: DistributionSpec | null;
  readonly threads: Threads | null;
  readonly pool: ConnectionPool | null;
  readonly limits: readonly TokenBucket[];
  /** Host type its CPU work runs on: one replica per NUMA node; replaces `servers` by the node's cores. */
  readonly on: string | null;
  readonly region: string | null;
  /** Group of the report it belongs to; its own name unless said. */
  readonly layer: string;
  readonly pricePerReplicaHour: Price | null;
  readonly operations: Readonly<Record<string, readonly Step[]>>;
}

export interface Retry {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly backoff: {
    readonly baseNs: number;
    readonly capNs: number;
    readonly jitter: 'none' | 'full' | 'equal' | 'decorrelated';
  };
  /** Retries per first attempt that the caller replica may spend; null = unlimited. */
  readonly budget: { readonly ratio: number; readonly burst: number } | null;
}

/** `station.operation`, or `station` for a plain visit. */
export type Target = string;

export type Step =
  /** Work on the servers of this station (`at` null) or of another one. */
  | { readonly verb: 'serve'; readonly time: DistributionSpec; readonly at: string | null }
  /** Time that passes without holding a server: network, disk, a vendor. */
  | { readonly verb: 'delay'; readonly time: DistributionSpec; readonly label: string | null }
  | {
      readonly verb: 'call';
      readonly target: Target;
      readonly timeoutNs: number | null;
      readonly retry: Retry | null;
      readonly onFailure: 'fail' | 'continue';
    }
  | { readonly verb: 'send'; readonly target: Target }
  | {
      readonly verb: 'parallel';
      readonly branches: readonly (readonly Step[])[];
      readonly join: 'all' | 'any';
    }
  | {
      readonly verb: 'choose';
      readonly options: readonly { readonly share: number; readonly steps: readonly Step[] }[];
    }
  | {
      readonly verb: 'repeat';
      readonly times: { readonly law: 'constant' | 'geometric'; readonly mean: number };
      readonly steps: readonly Step[];
    }
  | {
      readonly verb: 'cache';
      /** Where it is looked up: an operation called first, or null for a lookup that costs nothing. */
      readonly target: Target | null;
      readonly hitRatio: number;
      /** Request classes it may serve; null = all. Others always miss without a lookup. */
      readonly classes: readonly string[] | null;
      readonly onHit: readonly Step[];
      readonly onMiss: readonly Step[];
    }
  | { readonly verb: 'fail'; readonly probability: number }
  /** The rest of the request's path runs here, so everything held is held meanwhile. */
  | { readonly verb: 'forward' }
  /** Answers the caller now; the steps behind it go on off the critical path. */
  | { readonly verb: 'reply' };

export interface RequestClass {
  /** Visited in order; an element whose operation contains `forward` holds what it holds while the rest runs. */
  readonly path: readonly Target[];
  /** 0 is served first; used by priority stations only. */
  readonly priority: number;
  readonly timeoutNs: number | null;
  /** Completed ones count as orders in cost and value. */
  readonly value: Price | null;
}

/** Servers that work at a share of their speed in [atNs, atNs + lastsNs). */
export interface Disturbance {
  readonly id: string;
  readonly atNs: number;
  readonly lastsNs: number;
  readonly target: { readonly kind: 'station' | 'layer'; readonly name: string };
  readonly capacityRatio: number;
}

/** A statement of the documents behind a scenario that its own arithmetic contradicts; data, never code. */
export interface Claim {
  readonly id: string;
  readonly source: string;
  readonly says: string;
  readonly finding: string;
  /** Names of this scenario the claim is about: shown only where one of them occurs. */
  readonly about: readonly string[];
}

export interface Scenario {
  readonly id: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly seed: string;
  readonly clock: Clock;
  readonly traffic: readonly Traffic[];
  /** Round-trip time from a region to a region; symmetric unless both are given. */
  readonly rttNs: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly hosts: Readonly<Record<string, Host>>;
  readonly stations: Readonly<Record<string, Station>>;
  readonly requests: Readonly<Record<string, RequestClass>>;
  readonly disturbances: readonly Disturbance[];
  readonly budgets: readonly Budget[];
  readonly alerts: readonly AlertRule[];
  /** File with claims beside the scenario, or null. */
  readonly claimsFile: string | null;
}

/** One line of the assumption ledger: a value the run used and where it came from. */
export interface LedgerEntry {
  /** Where the value is used, e.g. `stations.redis.operations.get[0].serve`. */
  readonly path: string;
  readonly value: string;
  /** `scenario`, a catalogue kind, or `default`. */
  readonly origin: string;
  readonly confidence: Confidence;
  readonly source: string | null;
  readonly range: string | null;
}
