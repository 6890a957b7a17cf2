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
  readonly files: Files;
  /** What is shed asks for nothing from there on. */
  readonly admission?: Admission;
  /** As if every call failed and was repeated as often as it may be. */
  readonly retried?: boolean;
}

export interface RegionalDemand extends Demand {
  /** Where requests of the class come from. */
  readonly regions: RegionShares;
}

/** Demands of every request class. */
export function demandsOf(
  site: Site,
  trees: readonly RequestTree[],
  options: DemandOptions,
): RegionalDemand[] {
  const figures = figuresOf(site, options);
  const volume = volumeOf(site, options.files);
  return trees.map((tree) => {
    const regions = regionShares(site, tree.name, volume);
    return { ...new Walk({ ...figures, regionShares: regions.shares }).demand(tree), regions };
  });
}

/** Requests that each source brings: of closed users, what they would ask for of an unloaded site. */
export function volumeOf(site: Site, files: Files): Volume {
  const { scenario, position } = site;
  const figures = figuresOf(site, { files });
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

function figuresOf(
  site: Site,
  { files, admission = new Map(), retried = false }: DemandOptions,
): Omit<Figures, 'regionShares'> {
  const { stations } = site.scenario;
  return {
    meanNs: remembered((spec: DistributionSpec) =>
      meanNsOf(distributionOf(spec, { files, position: site.position, path: ['stations'] })),
    ),
    demandFactor: remembered((station: string) => serversOf(site, station)?.demandFactor ?? 1),
    layer: (station) => stations[station]!.layer,
    hasPool: (station) => stations[station]!.pool !== null,
    admission,
    attempts: retried ? attemptsOf : () => 1,
  };
}
