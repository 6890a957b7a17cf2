/** Expected amounts per request; times in ns. */
export interface StationDemand {
  visits: number;
  /** Work on its servers, with the factor of its host. */
  workNs: number;
  /** Time its threads are held. */
  threadNs: number;
  /** Instructions that take simulated time. */
  events: number;
}

export interface PoolDemand {
  /** null is the client. */
  readonly caller: string | null;
  readonly station: string;
  calls: number;
  /** Time that connections are held. */
  heldNs: number;
}

/** Part of the unloaded response time spent in one layer. */
export interface LayerTime {
  readonly layer: string;
  serviceNs: number;
  delayNs: number;
}

/** What an average request of one class asks for, when it meets no failure: no retry, time-out or rejection. */
export interface Demand {
  readonly request: string;
  readonly stations: ReadonlyMap<string, StationDemand>;
  /** By group name, e.g. `order-db.pool@order`. */
  readonly pools: ReadonlyMap<string, PoolDemand>;
  /** In the order in which the request first spends time in them; their sum is `unloadedNs`. */
  readonly layers: readonly LayerTime[];
  /** Mean response time with nobody else in the system. */
  readonly unloadedNs: number;
  /** False when branches run in parallel: then the branch with the longest (`any`: shortest) mean is taken. */
  readonly exact: boolean;
}

/** Share of the visits of a station that its limiters let through; 1 where nothing is said. */
export type Admission = ReadonlyMap<string, number>;

export function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
