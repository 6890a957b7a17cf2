/** The numbered parts of a model while it is compiled: groups, balancers, limiters, tables, time-out queues. */
import type { Balancer, Group, Limiter, RetryBudget, StationInfo } from '../../model/model.ts';
import { TableSet } from '../../random/table-set.ts';
import type { DistributionSpec, Station, Threads } from '../../scenario/types.ts';
import type { StationSlice } from '../slices/plan-types.ts';
import type { Site } from '../tree/site.ts';
import { countsConnections, makeBalancer, mirrorBalancer } from './balancers.ts';
import type { Files } from './csv.ts';
import { distributionOf, isConstant, meanNsOf } from './distributions.ts';
import { Interned } from './interned.ts';
import { bounded, serversOf, stationInfo, type Servers } from './stations.ts';
import { tokenRate } from './token-rate.ts';

/** One station as the compiler sees it: its replicas in this run and the numbers of its groups. */
export interface StationPart {
  readonly name: string;
  readonly index: number;
  readonly station: Station;
  readonly slice: StationSlice;
  readonly servers: Servers | null;
  /** Group numbers; -1 where there is none. */
  readonly serverGroup: number;
  readonly threadGroup: number;
}

/** A distribution as instructions use it. */
export interface Draw {
  readonly meanNs: number;
  readonly table: number;
  readonly constant: boolean;
}

export class Parts {
  readonly site: Site;
  readonly slice: number;
  readonly infos: readonly StationInfo[];
  readonly tables = new TableSet();
  readonly balancers = new Interned<Balancer>();
  readonly limiters = new Interned<Limiter>();
  readonly retryBudgets = new Interned<RetryBudget>();
  readonly timeoutsNs = new Interned<number>();
  readonly regionDelaysNs = new Interned<readonly number[]>();
  readonly operations = new Interned<{ readonly name: string; readonly station: number }>();
  readonly #groups = new Interned<Group>();
  readonly #stations = new Map<string, StationPart>();
  readonly #files: Files;
  readonly #priorityLevels: number;
  readonly #draws = new Map<DistributionSpec, Draw>();

  constructor(
    site: Site,
    slices: readonly StationSlice[],
    { slice, files }: { slice: number; files: Files },
  ) {
    this.site = site;
    this.slice = slice;
    this.#files = files;
    this.#priorityLevels = priorityLevels(site).length;
    this.infos = slices.map(({ station, kept }) => stationInfo(site, station, kept));
    slices.forEach((each, index) => this.#stations.set(each.station, this.#addStation(each, index)));
    for (const [name, { operations }] of Object.entries(site.scenario.stations)) {
      for (const operation of Object.keys(operations)) this.operation(name, operation);
    }
  }

  get groups(): readonly Group[] {
    return this.#groups.items;
  }

  station(name: string): StationPart {
    return this.#stations.get(name)!;
  }

  draw(spec: DistributionSpec): Draw {
    const known = this.#draws.get(spec);
    if (known !== undefined) return known;
    const { position } = this.site;
    const distribution = distributionOf(spec, { files: this.#files, position, path: ['stations'] });
    const constant = isConstant(distribution);
    const draw = { meanNs: meanNsOf(distribution), table: this.tables.indexOf(distribution), constant };
    this.#draws.set(spec, draw);
    return draw;
  }

  operation(station: string, operation: string): number {
    const name = `${station}.${operation}`;
    return this.operations.at(name, () => ({ name, station: this.station(station).index }));
  }

  timeout(ns: number | null): number {
    return ns === null ? -1 : this.timeoutsNs.at(String(ns), () => ns);
  }

  /** Balancer of `caller` (null = the client) in front of `target`. */
  balancer(target: StationPart, caller: StationPart | null): number {
    const name = `${caller?.name ?? 'client'}>${target.name}`;
    const callerCount = caller?.slice.kept ?? 1;
    return this.balancers.at(name, () =>
      makeBalancer(target.station, { name, callerCount, targetCount: target.slice.faces }),
    );
  }

  /** Balancer of the callers that a sliced run leaves out; the same one where all visits pass a single balancer. */
  backgroundBalancer(target: StationPart, caller: StationPart | null): number {
    if (target.station.balance.shared || (caller?.slice.replicas ?? 1) === 1)
      return this.balancer(target, caller);
    const name = `${caller!.name}>${target.name}/background`;
    return this.balancers.at(name, () =>
      mirrorBalancer(target.station, { name, targetCount: target.slice.kept }),
    );
  }

  /** Whether visits from this balancer end with a DROP. */
  counts(balancer: number): boolean {
    return countsConnections(this.balancers.items[balancer]!.policy);
  }

  /** Connections that the replicas of `caller` keep to those of `target`; needs `target.station.pool`. */
  poolGroup(target: StationPart, caller: StationPart | null): number {
    const pool = target.station.pool!;
    const name = `${target.name}.pool@${caller?.name ?? 'client'}`;
    return this.#groups.at(name, () => ({
      ...this.#tokens(name, target, { ...pool, count: pool.perCaller }),
      role: 'pool',
      instanceCount: (caller?.slice.kept ?? 1) * target.slice.faces,
      // Only the slice's own visits use them: background visits belong to other callers.
      scale: this.slice,
    }));
  }

  /** The n-th limiter of a station. */
  limiter(target: StationPart, n: number): number {
    const bucket = target.station.limits[n]!;
    const own = n === 0 ? `${target.name}.limit` : `${target.name}.limit.${n + 1}`;
    const name = bucket.scope === 'global' ? (bucket.name ?? own) : own;
    const perReplica = bucket.scope === 'replica';
    return this.limiters.at(name, () => ({
      name,
      station: target.index,
      instanceCount: perReplica ? target.slice.kept : 1,
      ...tokenRate(bucket.ratePerSec),
      burst: bucket.burst,
      scale: perReplica ? target.slice.scale : 1,
    }));
  }

  #addStation(slice: StationSlice, index: number): StationPart {
    const { station: name } = slice;
    const station = this.site.scenario.stations[name]!;
    const servers = serversOf(this.site, name);
    const part = { name, index, station, slice, servers, serverGroup: -1, threadGroup: -1 };
    const serverGroup = servers === null ? -1 : this.#groups.at(name, () => this.#serverGroup(part, servers));
    const { threads } = station;
    const threadName = `${name}.threads`;
    const threadGroup =
      threads === null ? -1 : this.#groups.at(threadName, () => this.#tokens(threadName, part, threads));
    return { ...part, serverGroup, threadGroup };
  }

  #serverGroup(
    { name, index, slice, station }: StationPart,
    { serverCount, discipline, rates }: Servers,
  ): Group {
    return {
      name,
      role: 'servers',
      station: index,
      instanceCount: slice.kept,
      serverCount,
      waitingRoomMax: bounded(station.waitingRoomMax),
      discipline,
      levels: discipline === 'priority' ? this.#priorityLevels : 1,
      scale: slice.scale,
      rates,
    };
  }

  #tokens(
    name: string,
    { index, slice }: StationPart,
    { count, waitingRoomMax }: Omit<Threads, 'acquireTimeoutNs'>,
  ): Group {
    return {
      name,
      role: 'threads',
      station: index,
      instanceCount: slice.kept,
      serverCount: bounded(count),
      waitingRoomMax: bounded(waitingRoomMax),
      discipline: 'fcfs',
      levels: 1,
      scale: slice.scale,
      rates: null,
    };
  }
}

/** Priorities that occur, best first; the model numbers them from 0 without gaps. */
export function priorityLevels({ scenario }: Site): readonly number[] {
  const priorities = Object.values(scenario.requests).map((request) => request.priority);
  return [...new Set(priorities)].sort((a, b) => a - b);
}
