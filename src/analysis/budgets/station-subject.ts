import { runsOf, type Measured } from '../context.ts';
import { meanOfExtremes } from '../intervals.ts';
import { phaseParts } from '../latency.ts';
import { limiterRefs } from '../limiters.ts';
import { instanceCapacity } from '../scale.ts';
import { lengthNs, maxOver, perSec, sumOver } from '../spans.ts';
import { hottestReplica, measuredGroup, utilizationOf } from '../stations.ts';
import { observedIn, sum } from './counts.ts';
import { isLatency, type Metric, type TimeMetric } from './metric.ts';
import {
  NOBODY,
  NOTHING,
  plainReading,
  ratioReading,
  timeReading,
  timesOf,
  type Question,
  type Reading,
} from './reading.ts';
import type { Stretch } from './stretch.ts';

/** Jobs that came to one station, and what of them it turned away; scaled to the site. */
interface Flow {
  readonly came: number;
  readonly shed: number;
  readonly rejected: number;
  readonly abandoned: number;
}

/**
 * Some stations together: their servers, threads and pools.
 *
 *     util         of the busiest replica of the busiest group; of the busiest group where the stretch is no whole phases
 *     queue.max    most jobs waiting at one group at one time
 *     queue.mean   jobs waiting at one group on average, of the group with most
 *     wait.p99 …   of the wait for one group, of the group with the longest
 *     p99, mean …  of wait + service at the servers
 *     throughput   jobs that left the servers, per second
 *     errors       (shed + rejected + abandoned) / jobs that came;  availability = 1 − errors
 *
 * Extremes (util, queue.max) of several replications are the mean of what each brought.
 */
export function readStations(of: Measured, stationIds: readonly number[], question: Question): Reading {
  const { metric, at, level } = question;
  const ids = groupsOf(of, stationIds);
  const serverIds = ids.filter((id) => of.model.groups[id]?.role === 'servers');
  const observed = (key: 'arrivals' | 'departures'): number =>
    sum(ids.map((id) => observedIn(of, at, (run) => measuredGroup(run, id)[key])));
  if (isLatency(metric)) {
    const parts = (run: Measured) =>
      serverIds.flatMap((id) => phaseParts(measuredGroup(run, id).sojourns, at(run).phases ?? []));
    return timeReading(timesOf(of, parts), { metric, level }, NOBODY);
  }
  if (metric.kind === 'wait') return longestWait(of, ids, { ...question, metric: metric.time });
  const [arrivals, departures] = [observed('arrivals'), observed('departures')];
  const plain = (value: number | null): Reading => plainReading(value, arrivals, departures);
  const extreme = (ofRun: (run: Measured, id: number, stretch: Stretch) => number | null): Reading =>
    plain(meanOfExtremes(runsOf(of).map((run) => highest(ids.map((id) => ofRun(run, id, at(run)))))));
  switch (metric.kind) {
    case 'util':
      return extreme(utilization);
    case 'queue.max':
      return extreme(
        (run, id, stretch) => maxOver(stretch, measuredGroup(run, id).waitingJobsMax) * scaleOf(run, id),
      );
    case 'queue.mean':
      return plain(highest(ids.map((id) => waitingMean(of, id, at(of)))));
    case 'throughput': {
      const rateOf = (key: 'arrivals' | 'departures'): number => {
        const jobs = serverIds.map((id) => sumOver(at(of), measuredGroup(of, id)[key]) * scaleOf(of, id));
        return perSec(sum(jobs), lengthNs(at(of)));
      };
      const left = rateOf('departures');
      return plainReading(left, arrivals, departures, Math.max(left, rateOf('arrivals')));
    }
    default:
      return lossReading(of, stationIds, metric, at(of), { arrivals, departures });
  }
}

function groupsOf({ model }: Measured, stationIds: readonly number[]): number[] {
  return model.groups.flatMap(({ station }, id) => (stationIds.includes(station) ? [id] : []));
}

/** Whether these stations can have such a number: servers for times and rates, a bound for utilization. */
export function stationsHave(
  { model }: Pick<Measured, 'model'>,
  stationIds: readonly number[],
  metric: Metric,
): boolean {
  const groups = model.groups.filter(({ station }) => stationIds.includes(station));
  if (metric.kind === 'util') return groups.some((group) => instanceCapacity(group) !== null);
  if (isLatency(metric) || metric.kind === 'throughput') return groups.some(({ role }) => role === 'servers');
  if (metric.kind === 'wait' || metric.kind === 'queue.max' || metric.kind === 'queue.mean')
    return groups.length > 0;
  return groups.length > 0 || model.limiters.some(({ station }) => stationIds.includes(station));
}

/** Shares of what came that was turned away. */
function lossReading(
  of: Measured,
  stationIds: readonly number[],
  metric: Metric,
  stretch: Stretch,
  { arrivals, departures }: { readonly arrivals: number; readonly departures: number },
): Reading {
  const { came, shed, rejected, abandoned } = addFlows(stationIds.map((id) => flowOf(of, id, stretch)));
  const share = (part: number): Reading =>
    ratioReading({ part, whole: came, samples: arrivals, completed: departures });
  switch (metric.kind) {
    case 'errors':
      return share(shed + rejected + abandoned);
    case 'availability':
      return share(came - shed - rejected - abandoned);
    case 'shed':
      return share(shed);
    case 'timeouts':
      return share(abandoned);
    case 'cause': {
      const parts: Readonly<Partial<Record<typeof metric.cause, number>>> = { shed, rejected, abandoned };
      return share(parts[metric.cause] ?? 0);
    }
    default:
      return NOTHING;
  }
}

/** Of several groups the one that waits longest; a group that nobody came to does not count. */
function longestWait(
  of: Measured,
  ids: readonly number[],
  { metric, at, level }: Question<TimeMetric>,
): Reading {
  const readings = ids.map((id) => {
    const parts = (run: Measured) => phaseParts(measuredGroup(run, id).waits, at(run).phases ?? []);
    return timeReading(timesOf(of, parts), { metric, level }, NOBODY);
  });
  return readings.reduce(
    (longest, each) => ((each.value ?? -1) > (longest.value ?? -1) ? each : longest),
    readings[0] ?? NOTHING,
  );
}

/** The whole-group figure hides a hot shard, the busiest replica cannot be told for threads: the higher of both. */
function utilization(run: Measured, id: number, stretch: Stretch): number | null {
  const group = run.model.groups[id];
  if (group === undefined) return null;
  const measured = measuredGroup(run, id);
  const whole = utilizationOf(group, sumOver(stretch, measured.busyNs), lengthNs(stretch));
  const { phases } = stretch;
  const hottest = phases === null ? null : hottestReplica(whole, measured, { phases });
  return whole === null ? null : Math.max(whole, hottest ?? 0);
}

function waitingMean(of: Measured, id: number, stretch: Stretch): number | null {
  const lastsNs = lengthNs(stretch);
  return lastsNs === 0
    ? null
    : (sumOver(stretch, measuredGroup(of, id).waitingNs) * scaleOf(of, id)) / lastsNs;
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** A job passes limiters, threads and servers one after the other: the most that came to any of them came in all. */
function flowOf(of: Measured, station: number, stretch: Stretch): Flow {
  const limiters = limiterRefs(of).filter(({ limiter }) => limiter.station === station);
  const asked = limiters.map(({ measured, limiter }) => sumOver(stretch, measured.asked) * limiter.scale);
  const shed = limiters.map(({ measured, limiter }) => sumOver(stretch, measured.shed) * limiter.scale);
  const groups = of.model.groups.flatMap((group, id) => (group.station === station ? [id] : []));
  const total = (id: number, key: 'arrivals' | 'rejected' | 'abandoned'): number =>
    sumOver(stretch, measuredGroup(of, id)[key]) * scaleOf(of, id);
  return {
    came: Math.max(0, ...asked, ...groups.map((id) => total(id, 'arrivals'))),
    shed: sum(shed),
    rejected: sum(groups.map((id) => total(id, 'rejected'))),
    abandoned: sum(groups.map((id) => total(id, 'abandoned'))),
  };
}

function scaleOf({ model }: Measured, id: number): number {
  return model.groups[id]?.scale ?? 1;
}

function addFlows(flows: readonly Flow[]): Flow {
  const total = (key: keyof Flow): number => sum(flows.map((flow) => flow[key]));
  return {
    came: total('came'),
    shed: total('shed'),
    rejected: total('rejected'),
    abandoned: total('abandoned'),
  };
}
