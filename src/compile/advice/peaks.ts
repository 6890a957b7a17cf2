/** Loads of stations at the moments when they are highest, before and behind the limiters. */
import { demandsOf } from '../demands.ts';
import type { Admission, Demand } from '../demands/demand.ts';
import { offeredPoints, type OfferedPoint } from '../demands/offered.ts';
import type { Files } from '../parts/csv.ts';
import { remembered } from '../parts/remembered.ts';
import type { RequestTree } from '../tree/nodes.ts';
import type { Site } from '../tree/site.ts';

/** Per second at the site; `offered` as if no limiter shed, `admitted` behind the limiters. */
export interface Rates {
  readonly point: OfferedPoint;
  readonly atNs: number;
  readonly offered: number;
  readonly admitted: number;
}

/** What is asked of something by one request. */
type Measure = (demand: Demand) => number;

export class Peaks {
  readonly demands: readonly Demand[];
  readonly #points: readonly OfferedPoint[];
  readonly #admitted: (point: OfferedPoint) => readonly Demand[];

  constructor(site: Site, trees: readonly RequestTree[], files: Files) {
    this.demands = demandsOf(site, trees, { files });
    this.#points = offeredPoints(site.scenario);
    this.#admitted = remembered((point: OfferedPoint) => {
      const admission = admissionAt(site, trees, { files, point });
      return admission.size === 0 ? this.demands : demandsOf(site, trees, { files, admission });
    });
  }

  /** The moment at which most is offered of what `measure` counts; the first one on a tie. */
  of(measure: Measure): Rates {
    let best: OfferedPoint = this.#points[0]!;
    for (const point of this.#points) {
      if (total(point, this.demands, measure) > total(best, this.demands, measure)) best = point;
    }
    const offered = total(best, this.demands, measure);
    return { point: best, atNs: best.atNs, offered, admitted: total(best, this.#admitted(best), measure) };
  }
}

export function total({ perSec }: OfferedPoint, demands: readonly Demand[], measure: Measure): number {
  return demands.reduce((sum, demand) => sum + (perSec.get(demand.request) ?? 0) * measure(demand), 0);
}

/**
 * Share that the limiters of each station let through at one moment, in the long run (bursts are spent). What one
 * limiter sheds does not reach the next, so the shares are found from the front of the paths to their end: each round
 * settles at least one more limiter.
 */
function admissionAt(
  site: Site,
  trees: readonly RequestTree[],
  { files, point }: { readonly files: Files; readonly point: OfferedPoint },
): Admission {
  const stations = Object.entries(site.scenario.stations).filter(([, { limits }]) => limits.length > 0);
  let admission: Admission = new Map();
  for (let round = 0; round < stations.length; round++) {
    const demands = demandsOf(site, trees, { files, admission });
    const visits = (name: string): number =>
      total(point, demands, ({ stations: each }) => each.get(name)?.visits ?? 0);
    admission = new Map(stations.map(([name]) => [name, admittedShare(site, name, visits)]));
  }
  return admission;
}

function admittedShare(site: Site, name: string, visits: (station: string) => number): number {
  return limitersOf(site, name).reduce((share, { capacityPerSec, stations }) => {
    const offered = stations.reduce((sum, station) => sum + visits(station), 0);
    return offered > capacityPerSec ? Math.min(share, capacityPerSec / offered) : share;
  }, 1);
}

export interface LimiterCapacity {
  readonly name: string;
  readonly ratePerSec: number;
  readonly instances: number;
  readonly capacityPerSec: number;
  /** Stations that ask it: several when it is global. */
  readonly stations: readonly string[];
}

/** Limiters of one station and what they admit for ever. */
export function limitersOf(site: Site, name: string): LimiterCapacity[] {
  const { stations } = site.scenario;
  const { limits, replicas } = stations[name]!;
  return limits.map(({ ratePerSec, scope, name: shared }, index) => {
    const instances = scope === 'replica' ? replicas : 1;
    const own = index === 0 ? `${name}.limit` : `${name}.limit.${index + 1}`;
    const isShared = scope === 'global' && shared !== null;
    const sharers = Object.keys(stations).filter((each) =>
      stations[each]!.limits.some((limit) => limit.name === shared),
    );
    return {
      name: isShared ? shared : own,
      ratePerSec,
      instances,
      capacityPerSec: ratePerSec * instances,
      stations: isShared ? sharers : [name],
    };
  });
}
