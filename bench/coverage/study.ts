/** One study: replications of one model and the intervals that the product makes of them. */
import { makeContext, type AnalysisInput } from '../../src/analysis/context.ts';
import type { Interval } from '../../src/analysis/findings.ts';
import { pool } from '../../src/analysis/pool.ts';
import { requestsWithIntervals, stationsWithIntervals } from '../../src/analysis/replicated.ts';
import { findRequests } from '../../src/analysis/requests.ts';
import { findStations } from '../../src/analysis/stations.ts';
import { Study } from '../../src/study/replications.ts';
import type { Workplace } from '../../src/study/workplace.ts';
import type { Compiled } from './compile.ts';
import type { Configuration } from './configurations.ts';

/** Replications of a study: few, as is usual; the t quantile of four degrees of freedom makes up for it. */
export const REPLICATIONS = 5;

export const MEASURES = ['mean wait', 'P95', 'P99', 'utilization'] as const;
export type Measure = (typeof MEASURES)[number];

/** A value with its interval; times in ns. */
export interface Estimate {
  readonly value: number | null;
  readonly interval: Interval | null;
}

export type Estimates = Readonly<Record<Measure, Estimate>>;

export interface StudyOptions {
  readonly seed: string;
  readonly replications: number;
  readonly workplace: Workplace;
}

/** @throws {Error} when a replication does not come to its end. */
export async function estimate(
  configuration: Configuration,
  { model }: Compiled,
  { seed, replications, workplace }: StudyOptions,
): Promise<Estimates> {
  const study = new Study({ ...model, seed }, workplace);
  const done = await study.simulate({ count: replications, goal: null });
  if (done.replications.some(({ stop }) => stop.reason !== 'completed'))
    throw new Error(`${configuration.id}, seed ${seed}: a replication did not end`);
  return estimatesOf(configuration.group, { model, replications: done.replications });
}

/**
 * Of the whole run: response times of the only class; wait and utilization of one group. The rows are those of the
 * result, made by the functions that `analyse` calls; what else it finds out would take most of the time.
 */
export function estimatesOf(
  group: string,
  { model, replications }: Pick<AnalysisInput, 'model' | 'replications'>,
): Estimates {
  const input = { model, unloaded: [] };
  const each = replications.map((measurements) => makeContext(input, measurements));
  const pooled = makeContext(input, pool(replications), each);
  const requests = requestsWithIntervals(findRequests(pooled), each.map(findRequests), 1);
  const stations = stationsWithIntervals(findStations(pooled), each.map(findStations));
  const response = requests.find(({ phase }) => phase === null)?.latency;
  const station = stations.find((row) => row.phase === null && row.group === group);
  if (response === undefined || station === undefined) throw new Error(`nothing was found of ${group}`);
  const { wait, utilization, intervals } = station;
  return {
    'mean wait': { value: wait.meanNs, interval: wait.intervals?.meanNs ?? null },
    P95: { value: response.p95Ns, interval: response.intervals?.p95Ns ?? null },
    P99: { value: response.p99Ns, interval: response.intervals?.p99Ns ?? null },
    utilization: { value: utilization, interval: intervals?.utilization ?? null },
  };
}
