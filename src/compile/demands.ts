/**
 * What an average request asks of every station, by arithmetic on its tree: expected visits, work, the time that
 * threads and connections are held, and the response time with nobody else in the system.
 */
import type { DistributionSpec } from '../scenario/types.ts';
import { regionShares } from './demands/regions.ts';
import { Walk, type Figures } from './demands/walk.ts';
import type { Admission, Demand } from './demands/demand.ts';
import type { Files } from './parts/csv.ts';
import { distributionOf, meanNsOf } from './parts/distributions.ts';
import { remembered } from './parts/remembered.ts';
import { serversOf } from './parts/stations.ts';
import { attemptsOf, type RequestTree } from './tree/nodes.ts';
import type { Site } from './tree/site.ts';

export interface DemandOptions {
  readonly files: Files;
  /** What is shed asks for nothing from there on. */
  readonly admission?: Admission;
  /** As if every call failed and was repeated as often as it may be. */
  readonly retried?: boolean;
}

/** Demands of every request class. */
export function demandsOf(
  site: Site,
  trees: readonly RequestTree[],
  { files, admission = new Map(), retried = false }: DemandOptions,
): Demand[] {
  const { stations } = site.scenario;
  const figures: Omit<Figures, 'regionShares'> = {
    meanNs: remembered((spec: DistributionSpec) =>
      meanNsOf(distributionOf(spec, { files, position: site.position, path: ['stations'] })),
    ),
    demandFactor: remembered((station: string) => serversOf(site, station)?.demandFactor ?? 1),
    layer: (station) => stations[station]!.layer,
    hasPool: (station) => stations[station]!.pool !== null,
    admission,
    attempts: retried ? attemptsOf : () => 1,
  };
  return trees.map((tree) =>
    new Walk({ ...figures, regionShares: regionShares(site, tree.name).shares }).demand(tree),
  );
}
