/** What the planned traffic asks of everything that can fill, if nothing is shed. */
import { UNLIMITED } from '../../model/model.ts';
import type { SizedKind } from '../../model/sizing.ts';
import { workOfReplica } from '../advice/capacity.ts';
import { limitersOf, type Asker } from '../advice/limiter-loads.ts';
import type { Peaks } from '../advice/peaks.ts';
import { replicaShares } from '../advice/shares.ts';
import { remembered } from '../parts/remembered.ts';
import { serversOf } from '../parts/stations.ts';
import type { Site } from '../tree/site.ts';

/** Something that can fill, and how much is asked of it at its own peak. */
export interface Need {
  readonly name: string;
  readonly kind: SizedKind;
  readonly station: string;
  /** Of a pool: whose replicas keep connections each; null is the client, which counts as one. */
  readonly caller: string | null;
  /** Of a limiter: where its rate is written. */
  readonly askers: readonly Asker[];
  readonly atNs: number;
  /** Busy servers, held threads or connections, on average, or requests per second. */
  readonly asked: number;
  /** What one replica of the station has of it: work done per time, threads, connections of a caller's replica, rate. */
  readonly each: number;
  /** Whether each replica of the station has so much, or all together. */
  readonly isPerReplica: boolean;
  /** Share of the busiest of so many replicas × their number: 1 where all get the same. */
  readonly unevenAt: (replicas: number) => number;
}

export function needsOf(site: Site, peaks: Peaks): Need[] {
  const stations = Object.keys(site.scenario.stations);
  return [
    ...stations.flatMap((name) => [...serverNeed(site, peaks, name), ...threadNeed(site, peaks, name)]),
    ...poolNeeds(site, peaks),
    ...limiterNeeds(site, peaks),
  ].filter(({ asked }) => asked > 0);
}

function serverNeed(site: Site, peaks: Peaks, station: string): Need[] {
  const servers = serversOf(site, station);
  if (servers === null || servers.serverCount === UNLIMITED) return [];
  const { atNs, offered } = peaks.of(({ stations }) => (stations.get(station)?.workNs ?? 0) / 1e9);
  const each = workOfReplica(servers);
  return [{ ...perReplica(site, station), name: station, kind: 'servers', atNs, asked: offered, each }];
}

/** Little's law with unloaded times, so a lower bound. */
function threadNeed(site: Site, peaks: Peaks, station: string): Need[] {
  const threads = site.scenario.stations[station]?.threads ?? null;
  if (threads === null) return [];
  const { atNs, offered } = peaks.of(({ stations }) => (stations.get(station)?.threadNs ?? 0) / 1e9);
  const name = `${station}.threads`;
  return [{ ...perReplica(site, station), name, kind: 'threads', atNs, asked: offered, each: threads.count }];
}

/** Little's law for connections, likewise. */
function poolNeeds(site: Site, peaks: Peaks): Need[] {
  const pools = new Map(peaks.demands.flatMap((demand) => [...demand.pools]));
  return [...pools].flatMap(([name, { caller, station }]): Need[] => {
    const each = site.scenario.stations[station]?.pool?.perCaller ?? 0;
    const { atNs, offered } = peaks.of((demand) => (demand.pools.get(name)?.heldNs ?? 0) / 1e9);
    return [{ ...perReplica(site, station), name, kind: 'pool', caller, atNs, asked: offered, each }];
  });
}

function limiterNeeds(site: Site, peaks: Peaks): Need[] {
  return limitersOf(site).flatMap((limiter): Need[] => {
    const { name, ratePerSec, askers } = limiter;
    const [first] = askers;
    if (first === undefined) return [];
    const { atNs, offered } = peaks.ofLimiter(limiter);
    const isPerReplica = site.scenario.stations[first.station]?.limits[first.n]?.scope === 'replica';
    return [
      {
        ...{ name, kind: 'limiter', station: first.station, caller: null, askers, atNs, asked: offered },
        ...{
          each: ratePerSec,
          isPerReplica,
          unevenAt: isPerReplica ? unevenOf(site, first.station) : () => 1,
        },
      },
    ];
  });
}

function perReplica(
  site: Site,
  station: string,
): Pick<Need, 'station' | 'caller' | 'askers' | 'isPerReplica' | 'unevenAt'> {
  return { station, caller: null, askers: [], isPerReplica: true, unevenAt: unevenOf(site, station) };
}

/** Shares are kept in 32 bits: what is uneven by their rounding is even. */
const ROUNDING = 1e-6;

function unevenOf(site: Site, station: string): Need['unevenAt'] {
  const written = site.scenario.stations[station];
  return remembered((replicas: number) => {
    const shares = written === undefined ? null : replicaShares({ ...written, replicas });
    if (shares === null) return 1;
    const uneven = shares.reduce((most, share) => Math.max(most, share), 0) * replicas;
    return uneven > 1 + ROUNDING ? uneven : 1;
  });
}
