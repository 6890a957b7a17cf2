/**
 * What an average request asks of every station, by arithmetic on its tree: expected visits, work, the time that
 * threads and connections are held, and the response time with nobody else in the system.
 */
import type { ClosedTraffic, DistributionSpec, TraceTraffic } from '../scenario/types.ts';
import type { Admission, Demand } from './demands/demand.ts';
import { regionShares, sourceRegions, type RegionShares } from './demands/regions.ts';
import { makeVolume, type Volume } from './demands/volumes.ts';
import { Walk, type Figures } from './demands/walk.ts';
import type { Files } from './parts/csv.ts';
import { distributionOf, meanNsOf } from './parts/distributions.ts';
import { remembered } from './parts/remembered.ts';
import { serversOf } from './parts/stations.ts';
import { readTrace } from './traffic/trace.ts';
import { inlineRequest } from './tree/inline.ts';
import { attemptsOf, type RequestTree } from './tree/nodes.ts';
import type { Site } from './tree/site.ts';

export interface DemandOptions {
  /** What is shed asks for nothing from there on. */
  readonly admission?: Admission;
  /** As if every call failed and was repeated as often as it may be. */
  readonly retried?: boolean;
}

export interface RegionalDemand extends Demand {
  /** Where requests of the class come from. */
  readonly regions: RegionShares;
}

type SiteFigures = Omit<Figures, 'regionShares' | 'admission' | 'attempts'>;

/** Demands of the request classes of one site, as often as asked: traffic is counted, and traces read, once. */
export class Demands {
  /** Requests that each source brings. */
  readonly volume: Volume;
  readonly #figures: SiteFigures;
  readonly #regions: (request: string) => RegionShares;

  constructor(site: Site, files: Files) {
    this.volume = volumeOf(site, files);
    this.#figures = figuresOf(site, files);
    this.#regions = remembered((request: string) => regionShares(site, request, this.volume));
  }

  of(
    trees: readonly RequestTree[],
    { admission = new Map(), retried = false }: DemandOptions = {},
  ): RegionalDemand[] {
    const attempts = retried ? attemptsOf : once;
    return trees.map((tree) => {
      const regions = this.#regions(tree.name);
      const figures = { ...this.#figures, admission, attempts, regionShares: regions.shares };
      return { ...new Walk(figures).demand(tree), regions };
    });
  }
}

/** Requests that each source brings: of closed users, what they would ask for of an unloaded site. */
export function volumeOf(site: Site, files: Files): Volume {
  const { scenario, position } = site;
  const figures = { ...figuresOf(site, files), admission: new Map(), attempts: once };
  const responsesNs = remembered((traffic: ClosedTraffic) => {
    const regional = { ...figures, regionShares: sourceRegions(site, traffic) };
    return remembered((name: string) => new Walk(regional).demand(inlineRequest(site, name)).unloadedNs);
  });
  return makeVolume(scenario, {
    traceOf: remembered((traffic: TraceTraffic) => readTrace(traffic, { site, files })),
    thinkNs: ({ think }) => meanNsOf(distributionOf(think, { files, position, path: ['traffic'] })),
    responseNs: (traffic, request) => responsesNs(traffic)(request),
  });
}

function once(): number {
  return 1;
}

function figuresOf(site: Site, files: Files): SiteFigures {
  const { stations } = site.scenario;
  return {
    meanNs: remembered((spec: DistributionSpec) =>
      meanNsOf(distributionOf(spec, { files, position: site.position, path: ['stations'] })),
    ),
    demandFactor: remembered((station: string) => serversOf(site, station)?.demandFactor ?? 1),
    layer: (station) => stations[station]!.layer,
    hasPool: (station) => stations[station]!.pool !== null,
  };
}
