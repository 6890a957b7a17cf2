/** How much of everything that has a capacity is taken up at an instant, behind the limiters. */
import { exp, log1p } from '../../base/math.ts';
import { UNLIMITED } from '../../model/model.ts';
import type { OpenTraffic } from '../../scenario/types.ts';
import type { Demands } from '../demands.ts';
import { total, type Peaks } from '../advice/peaks.ts';
import { replicaShares } from '../advice/shares.ts';
import type { Demand } from '../demands/demand.ts';
import { offeredAt, type OfferedPoint, type Side } from '../demands/offered.ts';
import { serversOf } from '../parts/stations.ts';
import { isOpen, type Site } from '../tree/site.ts';

/** Servers, threads or connections that one request at a time holds. */
interface Resource {
  /** Those that one replica, or one pair of caller and replica, has. */
  readonly each: number;
  /** Share of all the work that the busiest of them gets. */
  readonly share: number;
  /** Time that a request of the class holds one, and how often; ns. */
  readonly heldNs: (demand: Demand) => number;
  readonly visits: (demand: Demand) => number;
}

/** Of one resource at one instant: share of its capacity, and the mean time it is held / its tokens, in ns. */
export interface Load {
  readonly load: number;
  readonly heldEachNs: number;
}

export type LoadsAt = (atNs: number, side: Side) => readonly Load[];

/** Standard deviations of declared noise that are taken to come: it is above them one time in 700. */
const NOISE_DEVIATIONS = 3;

/**
 * Loads of every resource, in the same order at any instant. Traffic with noise is taken at its highest, closed users at
 * what they would ask of an unloaded site, which is the most they can.
 */
export function loadsOf(site: Site, demands: Demands, peaks: Peaks): LoadsAt {
  const resources = [...serverResources(site), ...threadResources(site), ...poolResources(site, peaks)];
  const at = offeredAt({ ...site.scenario, traffic: site.scenario.traffic.map(atItsNoisiest) });
  return (atNs, side) => {
    const point = withClosed(site, demands, at(atNs, side));
    const admitted = peaks.admittedAt(point);
    return resources.map(({ each, share, heldNs, visits }) => {
      const held = total(point, admitted, heldNs);
      const came = total(point, admitted, visits);
      return { load: (held * share) / 1e9 / each, heldEachNs: came === 0 ? 0 : held / came / each };
    });
  };
}

/** With the curve as high as its noise makes it: exp(3σ − σ²/2) with σ² = ln(1 + cv²). */
function atItsNoisiest<T extends Site['scenario']['traffic'][number]>(traffic: T): T | OpenTraffic {
  if (!isOpen(traffic) || traffic.noise === null) return traffic;
  const variance = log1p(traffic.noise.cv ** 2);
  const factor = exp(NOISE_DEVIATIONS * Math.sqrt(variance) - variance / 2);
  const curve = traffic.curve.map((point) => ({ ...point, ratePerSec: point.ratePerSec * factor }));
  return { ...traffic, curve };
}

const SECOND_NS = 1e9;

function withClosed({ scenario }: Site, { volume }: Demands, point: OfferedPoint): OfferedPoint {
  const closed = scenario.traffic.filter(({ model }) => model === 'closed');
  if (closed.length === 0) return point;
  const second = { fromNs: point.atNs, toNs: point.atNs + SECOND_NS };
  const perSec = new Map(
    Object.keys(scenario.requests).map((name) => [
      name,
      closed.reduce((sum, each) => sum + volume(each, name, second), point.perSec.get(name) ?? 0),
    ]),
  );
  return { ...point, perSec };
}

function serverResources(site: Site): Resource[] {
  return Object.entries(site.scenario.stations).flatMap(([name, station]) => {
    const servers = serversOf(site, name);
    if (servers === null || servers.serverCount === UNLIMITED) return [];
    const shares = replicaShares(station);
    return [
      {
        each: servers.rates === null ? servers.serverCount : Math.max(...servers.rates),
        share: shares === null ? 1 / station.replicas : Math.max(...shares),
        heldNs: ({ stations }) => stations.get(name)?.workNs ?? 0,
        visits: ({ stations }) => stations.get(name)?.visits ?? 0,
      },
    ];
  });
}

function threadResources({ scenario }: Site): Resource[] {
  return Object.entries(scenario.stations).flatMap(([name, station]) => {
    if (station.threads === null) return [];
    const shares = replicaShares(station);
    return [
      {
        each: station.threads.count,
        share: shares === null ? 1 / station.replicas : Math.max(...shares),
        heldNs: ({ stations }) => stations.get(name)?.threadNs ?? 0,
        visits: ({ stations }) => stations.get(name)?.visits ?? 0,
      },
    ];
  });
}

function poolResources({ scenario: { stations } }: Site, { demands }: Peaks): Resource[] {
  const names = new Set(demands.flatMap(({ pools }) => [...pools.keys()]));
  return [...names].map((name) => {
    const { caller, station } = demands.flatMap(({ pools }) => pools.get(name) ?? [])[0]!;
    const pairs = (caller === null ? 1 : stations[caller]!.replicas) * stations[station]!.replicas;
    return {
      each: stations[station]!.pool!.perCaller,
      share: 1 / pairs,
      heldNs: ({ pools }) => pools.get(name)?.heldNs ?? 0,
      visits: ({ pools }) => pools.get(name)?.calls ?? 0,
    };
  });
}
