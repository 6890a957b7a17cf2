/** The numbered parts of a model while it is compiled: groups, balancers, limiters, tables, time-out queues. */
import type { Balancer, Group, Limiter, RetryBudget, StationInfo } from '../../model/model.ts';
import { TableSet } from '../../random/table-set.ts';
import type { DistributionSpec, Station, Threads, TokenBucket } from '../../scenario/types.ts';
import type { StationSlice } from '../slices/plan-types.ts';
import type { Site } from '../tree/site.ts';
import { makeBalancer } from './balancers.ts';
import type { Files } from './csv.ts';
import { distributionOf, isConstant, meanNsOf } from './distributions.ts';
import { Interned } from './interned.ts';
import { limiterNames } from './limiter-names.ts';
import { poolName } from './pool-name.ts';
import { refuse } from '../refusal.ts';
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

/** Longest time in which a token bucket fills: beyond it instants are no longer whole ns. */
const FILL_MAX_NS = Number.MAX_SAFE_INTEGER / 2;

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
    const ends = {
      caller: caller?.name ?? null,
      target: target.name,
      callerCount: balancersOf(target, caller?.slice ?? null),
      targetCount: target.slice.faces,
    };
    return this.balancers.at(`${ends.caller ?? 'client'}>${ends.target}`, () =>
      makeBalancer(target.station, ends),
    );
  }

  /** Connections that the replicas of `caller` keep to those of `target`; needs `target.station.pool`. */
  poolGroup(target: StationPart, caller: StationPart | null): number {
    const pool = target.station.pool!;
    const name = poolName(target.name, caller?.name ?? null);
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
    const name = limiterNames(this.site, target.name)[n]!;
    const perReplica = bucket.scope === 'replica';
    return this.limiters.at(name, () => ({
      name,
      station: target.index,
      instanceCount: perReplica ? target.slice.kept : 1,
      ...this.#tokenRate(target.name, name, bucket),
      burst: bucket.burst,
      scale: perReplica ? target.slice.scale : 1,
    }));
  }

  #tokenRate(station: string, limiter: string, { ratePerSec, burst }: TokenBucket) {
    const rate = tokenRate(ratePerSec);
    if ((burst * rate.perNs) / rate.tokens > FILL_MAX_NS) {
      const message = `${limiter}: a bucket of ${burst} tokens takes longer than ${Math.floor(FILL_MAX_NS / 86_400e9)} days to fill`;
      const help = 'give it a smaller burst or a higher rate';
      refuse({ code: 'HF524', message, help, path: ['stations', station, 'limit'] }, this.site.position);
    }
    return rate;
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

/**
 * Balancers of a caller: one for each of its replicas at the site, also in a sliced run, so that each sees as small a
 * share of its targets' work as at the site. Connections are kept by the kept callers alone.
 */
function balancersOf({ station }: StationPart, caller: StationSlice | null): number {
  if (caller === null) return 1;
  return station.pool === null ? caller.replicas : caller.kept;
}

/** Priorities that occur, best first; the model numbers them from 0 without gaps. */
export function priorityLevels({ scenario }: Site): readonly number[] {
  const priorities = Object.values(scenario.requests).map((request) => request.priority);
  return [...new Set(priorities)].sort((a, b) => a - b);
}
