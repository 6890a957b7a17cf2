/**
 * What an average request asks of every station, by arithmetic on its tree: expected visits, work, the time that
 * threads and connections are held, and the response time with nobody else in the system.
 */
import type { DistributionSpec } from '../scenario/types.ts';
import { Walk, type Figures } from './demands/walk.ts';
import type { Admission, Demand } from './demands/demand.ts';
import type { Files } from './parts/csv.ts';
import { distributionOf, meanNsOf } from './parts/distributions.ts';
import { serversOf } from './parts/stations.ts';
import type { RequestTree } from './tree/nodes.ts';
import type { Site } from './tree/site.ts';

/** Demands of every request class. With an admission, what is shed asks for nothing from there on. */
export function demandsOf(
  site: Site,
  trees: readonly RequestTree[],
  { files, admission = new Map() }: { readonly files: Files; readonly admission?: Admission },
): Demand[] {
  const { stations } = site.scenario;
  const figures: Figures = {
    meanNs: remembered((spec: DistributionSpec) =>
      meanNsOf(distributionOf(spec, { files, position: site.position, path: ['stations'] })),
    ),
    demandFactor: remembered((station: string) => serversOf(site, station)?.demandFactor ?? 1),
    layer: (station) => stations[station]!.layer,
    hasPool: (station) => stations[station]!.pool !== null,
    regionShares: regionShares(site),
    admission,
  };
  return trees.map((tree) => new Walk(figures).demand(tree));
}

function remembered<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

/** Share of the requests from each region: of all traffic alike, at the first shares each declares. */
function regionShares({ scenario, regions }: Site): number[] {
  const sums = regions.map((region) =>
    scenario.traffic.reduce((sum, traffic) => sum + (traffic.regions[0]?.shares[region] ?? 0), 0),
  );
  const total = sums.reduce((sum, share) => sum + share, 0);
  return sums.map((share) => share / total);
}
