/** Loads of stations at the moments when they are highest, before and behind the limiters. */
import { demandsOf } from '../demands.ts';
import type { Demand } from '../demands/demand.ts';
import { offeredPoints, type OfferedPoint } from '../demands/offered.ts';
import type { Files } from '../parts/csv.ts';
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

  constructor(site: Site, trees: readonly RequestTree[], files: Files) {
    this.demands = demandsOf(site, trees, { files });
    this.#points = offeredPoints(site.scenario);
    this.#site = site;
    this.#through = remembered((point: OfferedPoint) => sharesAt(site, trees, { files, point }));
    this.#admitted = remembered((point: OfferedPoint) => {
      const admission = admissionOf(site, this.#through(point));
      return admission.size === 0 ? this.demands : demandsOf(site, trees, { files, admission });
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
    const behind = visitsAt(point, this.#admitted(point));
    return {
      atNs: point.atNs,
      offered: total(point, this.demands, visits),
      asked: askedPerSec(this.#site, limiter, behind, this.#through(point)),
    };
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

/** Rounds for limiters that one request passes twice: the error of a share at least halves in each. */
const ROUNDS_MORE = 60;
/** Shares that move by less have settled. */
const SETTLED = 1e-12;

/**
 * Share that each limiter lets through at one moment. What one sheds does not reach the next, so the shares are found
 * from the front of the paths to their end: each round settles at least one more limiter. One that is asked twice by
 * the same requests hears less of them the second time; its share is the fixed point.
 */
function sharesAt(
  site: Site,
  trees: readonly RequestTree[],
  { files, point }: { readonly files: Files; readonly point: OfferedPoint },
): LimiterShares {
  const limiters = limitersOf(site);
  let through: LimiterShares = new Map();
  for (let round = 0; round < limiters.length + ROUNDS_MORE; round++) {
    const demands = demandsOf(site, trees, { files, admission: admissionOf(site, through) });
    const before = through;
    through = new Map(
      limiters.map((each) => {
        const asked = askedPerSec(site, each, visitsAt(point, demands), before);
        return [each.name, shareAdmitted(each, asked)];
      }),
    );
    const moved = (name: string): number => Math.abs(through.get(name)! - (before.get(name) ?? 1));
    if (limiters.every(({ name }) => moved(name) < SETTLED)) break;
  }
  return through;
}

function visitsAt(point: OfferedPoint, demands: readonly Demand[]): VisitsOf {
  return (station) => total(point, demands, ({ stations }) => stations.get(station)?.visits ?? 0);
}
