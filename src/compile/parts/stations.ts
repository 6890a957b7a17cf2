import { logicalCpus, totalRates } from '../../model/hardware/rates.ts';
import { serviceFactor } from '../../model/hardware/service-factor.ts';
import { UNLIMITED, type Discipline, type StationInfo } from '../../model/model.ts';
import type { Host, Station } from '../../scenario/types.ts';
import { refuse } from '../refusal.ts';
import type { Site } from '../tree/site.ts';

/** Servers of one replica of a station, on a host or by themselves. */
export interface Servers {
  readonly serverCount: number;
  readonly discipline: Discipline;
  readonly rates: readonly number[] | null;
  /** CPU time here per CPU time on the reference machine. */
  readonly demandFactor: number;
}

/** null: the station has no servers of its own. */
export function serversOf(site: Site, name: string): Servers | null {
  const station = site.scenario.stations[name]!;
  if (station.on !== null) return coresOf(site, name, hostOf(site, name, station.on));
  if (station.servers === null) return null;
  const serverCount = bounded(station.servers);
  // Without a bound nobody waits, so the order of waiting means nothing.
  const discipline = serverCount === UNLIMITED ? 'fcfs' : station.discipline;
  return { serverCount, discipline, rates: null, demandFactor: 1 };
}

/** One replica per NUMA node: it has the node's cores to itself and shares them among its jobs. */
function coresOf(site: Site, name: string, host: Host): Servers {
  const station = site.scenario.stations[name]!;
  const path = ['stations', name, 'on'];
  if (station.discipline === 'priority') {
    const message = `${name} runs on a host, whose cores are shared by all jobs alike: priorities are not supported there`;
    const help = 'drop the discipline, or write servers instead of on';
    refuse({ code: 'HF515', message, help, path }, site.position);
  }
  const usl = host.usl !== null && (host.usl.sigma > 0 || host.usl.kappa > 0) ? host.usl : null;
  if (host.smt > 1 && usl !== null) {
    const message = `host ${station.on!} has SMT and a scalability law: both slow the same cores down`;
    const help = 'write smt: 1, or remove usl';
    refuse({ code: 'HF516', message, help, path: ['hosts', station.on!, 'usl'] }, site.position);
  }
  if (host.smt > 2) {
    const message = `host ${station.on!} has ${host.smt} threads per core: only 1 and 2 are modelled`;
    const help = 'write smt: 2 and the yield of two threads';
    refuse({ code: 'HF517', message, help, path: ['hosts', station.on!, 'smt'] }, site.position);
  }
  const serverCount = logicalCpus(host);
  const rates = totalRates({ cores: host.cores, smt: host.smt, smtYield: host.smtYield, usl });
  return { serverCount, discipline: 'ps', rates, demandFactor: serviceFactor(host) };
}

function hostOf(site: Site, station: string, name: string): Host {
  const host = site.scenario.hosts[name];
  if (host !== undefined) return host;
  const help = `declare it under hosts, or use one of: ${Object.keys(site.scenario.hosts).join(', ')}`;
  const path = ['stations', station, 'on'];
  return refuse({ code: 'HF518', message: `no host type "${name}"`, help, path }, site.position);
}

/** What the report says about a station, with `simulatedReplicas` of its replicas in the run. */
export function stationInfo(site: Site, name: string, simulatedReplicas: number): StationInfo {
  const station = site.scenario.stations[name]!;
  const host = station.on === null ? null : hostOf(site, name, station.on);
  const hostsPerReplica = host === null ? 0 : 1 / host.sockets;
  const { layer, replicas } = station;
  return {
    name,
    layer,
    replicas,
    simulatedReplicas,
    hostsPerReplica,
    pricePerReplicaHour: priceOf(station, host),
  };
}

/** Its own price, else its share of the host's. */
function priceOf(station: Station, host: Host | null): StationInfo['pricePerReplicaHour'] {
  if (station.pricePerReplicaHour !== null) return station.pricePerReplicaHour;
  if (host === null || host.pricePerHour === null) return null;
  return { amount: host.pricePerHour.amount / host.sockets, currency: host.pricePerHour.currency };
}

/** Infinity as the model writes it. */
export function bounded(count: number): number {
  return count === Infinity ? UNLIMITED : count;
}
