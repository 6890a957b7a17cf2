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
  /** Of a limiter, whether it sheds: yes, no, or up to chance; null of everything else. */
  readonly sheds: 'yes' | 'no' | 'maybe' | null;
}

export type LoadsAt = (atNs: number, side: Side) => readonly Load[];

/** Standard deviations of declared noise that are taken to come: it is above them one time in 700. */
const NOISE_DEVIATIONS = 3;

/** Rates this far from a limit may be on either side of it by chance alone. */
const LIMITER_MARGIN = 0.02;

/**
 * Loads of every resource, in the same order at any instant. Traffic with noise is taken at its highest, closed users at
 * what they would ask of an unloaded site, which is the most they can. Limiters follow, since when one begins to shed is
 * what a run is asked.
 */
export function loadsOf(site: Site, demands: Demands, peaks: Peaks): LoadsAt {
  const resources = [...serverResources(site), ...threadResources(site), ...poolResources(site, peaks)];
  const pointAt = (deviations: number, margin: number): PointAt => {
    const traffic = site.scenario.traffic.map((each) => withNoise(each, deviations, margin));
    const at = offeredAt({ ...site.scenario, traffic });
    return (atNs, side) => withClosed(site, demands, at(atNs, side));
  };
  const noisiest = pointAt(NOISE_DEVIATIONS, 0);
  const [above, below] = [
    pointAt(NOISE_DEVIATIONS, LIMITER_MARGIN),
    pointAt(-NOISE_DEVIATIONS, -LIMITER_MARGIN),
  ];
  return (atNs, side) => {
    const point = noisiest(atNs, side);
    const admitted = peaks.admittedAt(point);
    const taken = resources.map(({ each, share, heldNs, visits }): Load => {
      const held = total(point, admitted, heldNs);
      const came = total(point, admitted, visits);
      return {
        load: (held * share) / 1e9 / each,
        heldEachNs: came === 0 ? 0 : held / came / each,
        sheds: null,
      };
    });
    const [most, least] = [peaks.sharesAt(above(atNs, side)), peaks.sharesAt(below(atNs, side))];
    const limiters = [...most].map(([name, share]): Load => {
      const sheds = share >= 1 ? 'no' : (least.get(name) ?? 1) < 1 ? 'yes' : 'maybe';
      return { load: 0, heldEachNs: 0, sheds };
    });
    return [...taken, ...limiters];
  };
}

type PointAt = (atNs: number, side: Side) => OfferedPoint;

/** With the curve as far off as its noise brings it, exp(dσ − σ²/2) with σ² = ln(1 + cv²), and a margin more. */
function withNoise<T extends Site['scenario']['traffic'][number]>(
  traffic: T,
  deviations: number,
  margin: number,
): T | OpenTraffic {
  if (!isOpen(traffic)) return traffic;
  const variance = traffic.noise === null ? 0 : log1p(traffic.noise.cv ** 2);
  const factor = exp(deviations * Math.sqrt(variance) - variance / 2) * (1 + margin);
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
