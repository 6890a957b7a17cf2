import { runsOf, type Context, type Measured } from '../context.ts';
import type { StationFinding } from '../findings.ts';
import { meanOfExtremes } from '../intervals.ts';
import { phaseParts } from '../latency.ts';
import { limiterRefs } from '../limiters.ts';
import { instanceCapacity } from '../scale.ts';
import { lengthNs, maxOver, perSec, spanNamed, sumOver, type Span } from '../spans.ts';
import { measuredGroup } from '../stations.ts';
import { observedIn, sum } from './counts.ts';
import { isLatency, type Metric } from './metric.ts';
import { latencyReading, NOTHING, plainReading, ratioReading, type Reading } from './reading.ts';

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
 *     util         of the busiest replica of the busiest group, over the budget's window
 *     queue.max    most jobs waiting at one group at one time; of several replications the mean of what each brought
 *     p99, mean …  of wait + service at the servers
 *     throughput   jobs that left the servers, per second
 *     errors       (shed + rejected + abandoned) / jobs that came;  availability = 1 − errors
 */
export function readStations(
  context: Context,
  findings: readonly StationFinding[],
  stationIds: readonly number[],
  metric: Metric,
  span: Span,
): Reading {
  const ids = context.model.groups.flatMap(({ station }, id) => (stationIds.includes(station) ? [id] : []));
  const serverIds = ids.filter((id) => context.model.groups[id]?.role === 'servers');
  const observed = (key: 'arrivals' | 'departures'): number =>
    sum(ids.map((id) => observedIn(context, span, (run) => measuredGroup(run, id)[key])));
  const [arrivals, departures] = [observed('arrivals'), observed('departures')];
  if (isLatency(metric)) {
    const parts = (of: Measured) =>
      serverIds.flatMap((id) => phaseParts(measuredGroup(of, id).sojourns, span.phases));
    return latencyReading({ pooled: parts(context), ofEach: context.apart.map(parts) }, metric, 0);
  }
  const { came, shed, rejected, abandoned } = addFlows(stationIds.map((id) => flowOf(context, id, span)));
  const share = (part: number): Reading =>
    ratioReading({ part, whole: came, samples: arrivals, completed: departures });
  switch (metric.kind) {
    case 'util':
      return plainReading(
        utilization(
          findings,
          ids.map((id) => context.model.groups[id]?.name),
          span,
        ),
        arrivals,
        departures,
      );
    case 'queue.max':
      return plainReading(
        meanOfExtremes(runsOf(context).map((run) => queueMax(run, ids, span.name))),
        arrivals,
        departures,
      );
    case 'throughput': {
      const left = sum(
        serverIds.map((id) => sumOver(span, measuredGroup(context, id).departures) * scaleOf(context, id)),
      );
      return plainReading(perSec(left, lengthNs(span)), arrivals, departures);
    }
    case 'errors':
      return share(shed + rejected + abandoned);
    case 'availability':
      return share(came - shed - rejected - abandoned);
    case 'shed':
      return share(shed);
    case 'timeouts':
      return share(abandoned);
    default:
      return NOTHING;
  }
}

/** Whether these stations can have such a number: servers for times and rates, a bound for utilization. */
export function stationsHave({ model }: Context, stationIds: readonly number[], metric: Metric): boolean {
  const groups = model.groups.filter(({ station }) => stationIds.includes(station));
  if (metric.kind === 'util') return groups.some((group) => instanceCapacity(group) !== null);
  if (isLatency(metric) || metric.kind === 'throughput') return groups.some(({ role }) => role === 'servers');
  return groups.length > 0 || model.limiters.some(({ station }) => stationIds.includes(station));
}

/** The whole-group figure hides a hot shard, the busiest replica cannot be told for threads: the higher of both. */
function utilization(
  findings: readonly StationFinding[],
  names: readonly (string | undefined)[],
  span: Span,
): number | null {
  const values = findings
    .filter(({ group, phase }) => phase === span.name && names.includes(group))
    .flatMap((row) =>
      row.utilization === null ? [] : [Math.max(row.utilization, row.utilizationHottestReplica ?? 0)],
    );
  return values.length === 0 ? null : Math.max(...values);
}

function queueMax(run: Measured, ids: readonly number[], phase: string | null): number | null {
  const span = spanNamed(run, phase);
  const values = ids.map((id) => maxOver(span, measuredGroup(run, id).waitingJobsMax) * scaleOf(run, id));
  return values.length === 0 ? null : Math.max(...values);
}

/** A job passes limiters, threads and servers one after the other: the most that came to any of them came in all. */
function flowOf(context: Context, station: number, span: Span): Flow {
  const limiters = limiterRefs(context).filter(({ limiter }) => limiter.station === station);
  const asked = limiters.map(({ measured, limiter }) => sumOver(span, measured.asked) * limiter.scale);
  const shed = limiters.map(({ measured, limiter }) => sumOver(span, measured.shed) * limiter.scale);
  const groups = context.model.groups.flatMap((group, id) => (group.station === station ? [id] : []));
  const total = (id: number, key: 'arrivals' | 'rejected' | 'abandoned'): number =>
    sumOver(span, measuredGroup(context, id)[key]) * scaleOf(context, id);
  return {
    came: Math.max(0, ...asked, ...groups.map((id) => total(id, 'arrivals'))),
    shed: sum(shed),
    rejected: sum(groups.map((id) => total(id, 'rejected'))),
    abandoned: sum(groups.map((id) => total(id, 'abandoned'))),
  };
}

function scaleOf({ model }: Pick<Context, 'model'>, id: number): number {
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
