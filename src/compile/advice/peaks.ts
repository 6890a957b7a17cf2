/** Loads of stations at the moments when they are highest, before and behind the limiters. */
import type { Demands } from '../demands.ts';
import type { Demand } from '../demands/demand.ts';
import { offeredPoints, type OfferedPoint } from '../demands/offered.ts';
import { remembered } from '../parts/remembered.ts';
import type { RequestTree } from '../tree/nodes.ts';
import type { Site } from '../tree/site.ts';
import {
  admissionOf,
  askedPerSec,
  limitersOf,
  shareAdmitted,
  type LimiterLoad,
  type LimiterShares,
  type VisitsOf,
} from './limiter-loads.ts';
import { settledShares } from './settled-shares.ts';

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
  readonly #site: Site;
  readonly #through: (point: OfferedPoint) => LimiterShares;
  readonly #admitted: (point: OfferedPoint) => readonly Demand[];

  constructor(site: Site, trees: readonly RequestTree[], demands: Demands) {
    this.demands = demands.of(trees);
    this.#points = offeredPoints(site.scenario);
    this.#site = site;
    this.#through = remembered((point: OfferedPoint) => sharesAt(site, trees, demands, point));
    this.#admitted = remembered((point: OfferedPoint) => {
      const admission = admissionOf(site, this.#through(point));
      return admission.size === 0 ? this.demands : demands.of(trees, { admission });
    });
  }

  /** The moment at which most is offered of what `measure` counts; the first one on a tie. */
  of(measure: Measure): Rates {
    const point = this.#highest(measure);
    const offered = total(point, this.demands, measure);
    return { point, atNs: point.atNs, offered, admitted: total(point, this.#admitted(point), measure) };
  }

  /** The moment at which a limiter would be asked most if none shed: the rate then, and behind those in front of it. */
  ofLimiter(limiter: LimiterLoad): {
    readonly atNs: number;
    readonly offered: number;
    readonly asked: number;
  } {
    const visits: Measure = ({ stations }) =>
      limiter.askers.reduce((sum, { station }) => sum + (stations.get(station)?.visits ?? 0), 0);
    const point = this.#highest(visits);
    return {
      atNs: point.atNs,
      offered: total(point, this.demands, visits),
      asked: askedPerSec(this.#site, limiter, visitsAt(point, this.#admitted(point)), this.#through(point)),
    };
  }

  /** What the requests of each class ask for at one moment, behind the limiters. */
  admittedAt(point: OfferedPoint): readonly Demand[] {
    return this.#admitted(point);
  }

  /** The share of what each limiter is asked at one moment that it lets through. */
  sharesAt(point: OfferedPoint): LimiterShares {
    return this.#through(point);
  }

  #highest(measure: Measure): OfferedPoint {
    let best: OfferedPoint = this.#points[0]!;
    for (const point of this.#points) {
      if (total(point, this.demands, measure) > total(best, this.demands, measure)) best = point;
    }
    return best;
  }
}

export function total({ perSec }: OfferedPoint, demands: readonly Demand[], measure: Measure): number {
  return demands.reduce((sum, demand) => sum + (perSec.get(demand.request) ?? 0) * measure(demand), 0);
}

/** Share that each limiter lets through at one moment, given what the others do. */
function sharesAt(
  site: Site,
  trees: readonly RequestTree[],
  demands: Demands,
  point: OfferedPoint,
): LimiterShares {
  const limiters = new Map(limitersOf(site).map((each) => [each.name, each]));
  return settledShares([...limiters.keys()], (name, through) => {
    const limiter = limiters.get(name)!;
    const visits = visitsAt(point, demands.of(trees, { admission: admissionOf(site, through) }));
    return shareAdmitted(limiter, askedPerSec(site, limiter, visits, through));
  });
}

function visitsAt(point: OfferedPoint, demands: readonly Demand[]): VisitsOf {
  return (station) => total(point, demands, ({ stations }) => stations.get(station)?.visits ?? 0);
}
