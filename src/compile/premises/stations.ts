/** What is true of a station whatever the rates: who comes to it, and what its servers are. */
import { cvOf } from '../../random/distributions.ts';
import type { JobKind } from '../../model/premises.ts';
import { UNLIMITED } from '../../model/model.ts';
import type { DistributionSpec } from '../../scenario/types.ts';
import type { Files } from '../parts/csv.ts';
import { distributionOf, isConstant, meanNsOf } from '../parts/distributions.ts';
import { remembered } from '../parts/remembered.ts';
import { serversOf, type Servers } from '../parts/stations.ts';
import type { StationSlice } from '../slices/plan-types.ts';
import type { RequestTree } from '../tree/nodes.ts';
import type { Site } from '../tree/site.ts';
import { visitsMost } from './copies.ts';
import { journeyOf, type JobArrival } from './journeys.ts';
import { splittingOf, type Splitting } from './split.ts';

export type ServiceLaw = Pick<JobKind, 'law' | 'meanNs' | 'scv'>;

export interface ServedStation {
  readonly name: string;
  readonly servers: Servers;
  readonly replicas: number;
  /** Jobs that take no time are left out. */
  readonly arrivals: readonly JobArrival[];
  readonly splitting: Splitting;
  readonly hasBackground: boolean;
  /** Request class that may come more than once, or null. */
  readonly returning: string | null;
  readonly lawOf: (arrival: JobArrival) => ServiceLaw;
}

/** Stations with servers of their own, by name. */
export function servedStations(
  site: Site,
  trees: readonly RequestTree[],
  { slices, files }: { slices: readonly StationSlice[]; files: Files },
): ReadonlyMap<string, ServedStation> {
  const { stations } = site.scenario;
  const servers = remembered((name: string) => serversOf(site, name));
  const law = serviceLaws(site, files);
  const atStation = (spec: DistributionSpec, name: string): ServiceLaw => {
    const reference = law(spec);
    return { ...reference, meanNs: reference.meanNs * (servers(name)?.demandFactor ?? 1) };
  };
  const journeys = trees.flatMap((tree) =>
    journeyOf(tree, {
      meanNs: (spec, name) => atStation(spec, name).meanNs,
      queues: (name) => servers(name)?.serverCount !== UNLIMITED,
      hasPool: (name) => stations[name]!.pool !== null,
      hasThreads: (name) => stations[name]!.threads !== null,
    }),
  );
  const callerReplicas = (caller: string | null): number =>
    caller === null ? 1 : stations[caller]!.replicas;
  const served = slices.flatMap((slice): [string, ServedStation][] => {
    const name = slice.station;
    const own = servers(name);
    if (own === null) return [];
    const arrivals = journeys.filter(
      (each) => each.station === name && each.perRequest > 0 && law(each.time).meanNs > 0,
    );
    const station = {
      name,
      servers: own,
      replicas: slice.replicas,
      arrivals,
      splitting: splittingOf(stations[name]!, { slice, arrivals, callerReplicas }),
      hasBackground: slice.backgroundRatio > 0,
      returning: trees.find(({ nodes }) => visitsMost(nodes, name) > 1)?.name ?? null,
      lawOf: ({ time }: JobArrival) => atStation(time, name),
    };
    return [[name, station]];
  });
  return new Map(served);
}

/** On the reference machine. */
function serviceLaws(site: Site, files: Files): (spec: DistributionSpec) => ServiceLaw {
  return remembered((spec: DistributionSpec): ServiceLaw => {
    const distribution = distributionOf(spec, { files, position: site.position, path: ['stations'] });
    const meanNs = meanNsOf(distribution);
    if (isConstant(distribution)) return { law: 'constant', meanNs, scv: 0 };
    const cv = cvOf(distribution);
    return { law: distribution.family === 'exponential' ? 'exponential' : 'general', meanNs, scv: cv * cv };
  });
}
