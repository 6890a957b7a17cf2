/** Servers, threads and connections against the offered rates at the peak. */
import { formatDuration, formatRate, formatShare, significant } from '../../base/format.ts';
import { UNLIMITED } from '../../model/model.ts';
import { serversOf, type Servers } from '../parts/stations.ts';
import type { Site } from '../tree/site.ts';
import type { Peaks } from './peaks.ts';
import type { AdviceList } from './report.ts';
import { replicaShares } from './shares.ts';

/** Utilization that sizing aims at, and from which waiting is worth a word. */
export const SIZING_TARGET = 0.7;
export const NOTEWORTHY = 0.85;

export function adviseServers(site: Site, peaks: Peaks, list: AdviceList): void {
  for (const [name, station] of Object.entries(site.scenario.stations)) {
    const servers = serversOf(site, name);
    if (servers === null || servers.serverCount === UNLIMITED) continue;
    const perReplica = workOfReplica(servers);
    const { atNs, offered, admitted } = peaks.of(({ stations }) => (stations.get(name)?.workNs ?? 0) / 1e9);
    const capacity = perReplica * station.replicas;
    const noteworthy = NOTEWORTHY * capacity;
    const words = {
      station: name,
      at: atText(atNs),
      asked: significant(offered),
      capacity: significant(capacity),
      needed: String(replicasFor(offered, perReplica)),
      has: String(station.replicas),
      target: formatShare(SIZING_TARGET),
    };
    const path = ['stations', name];
    const utilization = formatShare(admitted / capacity);
    if (admitted > capacity) list.add('HF601', path, { ...words, utilization });
    else if (offered > capacity || (offered > noteworthy && admitted <= noteworthy))
      list.add('HF602', path, { ...words, admitted: utilization });
    else if (admitted > noteworthy) list.add('HF603', path, { ...words, utilization });
    else adviseHottest(site, name, { atNs, work: admitted, perReplica }, list);
  }
}

/** Above a whole number by less than rounding is not above it. */
export const DUST = 1e-9;

/** Replicas that are no busier than sizing aims at, if all get the same. */
export function replicasFor(work: number, perReplica: number): number {
  return Math.ceil(work / (perReplica * SIZING_TARGET) - DUST);
}

/** Work that one replica does per time when all its servers are busy. */
export function workOfReplica({ rates, serverCount }: Servers): number {
  return rates === null ? serverCount : Math.max(...rates);
}

/** A replica with more than its share may be overloaded when the others are idle. */
function adviseHottest(
  site: Site,
  name: string,
  { atNs, work, perReplica }: { readonly atNs: number; readonly work: number; readonly perReplica: number },
  list: AdviceList,
): void {
  const station = site.scenario.stations[name]!;
  const shares = replicaShares(station);
  if (shares === null) return;
  const share = Math.max(...shares);
  if (work * share <= NOTEWORTHY * perReplica) return;
  list.add('HF604', ['stations', name], {
    station: name,
    at: atText(atNs),
    share: formatShare(share),
    fair: formatShare(1 / station.replicas),
    utilization: formatShare((work * share) / perReplica),
  });
}

/** Little's law: busy threads = arrival rate × time a thread is held; unloaded times, so a lower bound. */
export function adviseThreads(site: Site, peaks: Peaks, list: AdviceList): void {
  for (const [name, { threads, replicas }] of Object.entries(site.scenario.stations)) {
    if (threads === null) continue;
    const held = peaks.of(({ stations }) => (stations.get(name)?.threadNs ?? 0) / 1e9).admitted / replicas;
    if (held <= threads.count) continue;
    const { atNs, admitted: visits } = peaks.of(({ stations }) => stations.get(name)?.visits ?? 0);
    list.add('HF621', ['stations', name, 'threads'], {
      station: name,
      has: String(threads.count),
      needed: String(Math.ceil(held)),
      at: atText(atNs),
      perReplica: formatRate(visits / replicas),
      held: formatDuration((held / (visits / replicas)) * 1e9),
    });
  }
}

/** Little's law for the connections between one caller replica and one replica of the station. */
export function advisePools(site: Site, peaks: Peaks, list: AdviceList): void {
  const { stations } = site.scenario;
  const names = new Set(peaks.demands.flatMap(({ pools }) => [...pools.keys()]));
  for (const name of names) {
    const { caller, station } = peaks.demands.flatMap(({ pools }) => pools.get(name) ?? [])[0]!;
    const pairs = (caller === null ? 1 : stations[caller]!.replicas) * stations[station]!.replicas;
    const { atNs, admitted } = peaks.of(({ pools }) => (pools.get(name)?.heldNs ?? 0) / 1e9);
    const needed = admitted / pairs;
    const has = stations[station]!.pool!.perCaller;
    if (needed <= has) continue;
    const calls = peaks.of(({ pools }) => pools.get(name)?.calls ?? 0).admitted / pairs;
    list.add('HF622', ['stations', station, 'pool'], {
      caller: caller ?? '',
      station,
      has: String(has),
      needed: significant(needed),
      at: atText(atNs),
      perPair: formatRate(calls),
      held: formatDuration((needed / calls) * 1e9),
    });
  }
}

/** Time since the start of the run. */
export function atText(atNs: number): string {
  return `t = ${formatDuration(atNs)}`;
}
