import type { Histogram } from '../measure/histogram.ts';
import type { Group, Model } from '../model/model.ts';
import type { GroupMeasurements } from '../run/measurements.ts';
import type { Measured } from './context.ts';
import type { LatencySummary, StationFinding } from './findings.ts';
import { instanceCapacity, stationOf } from './scale.ts';
import { peakOver } from './peaks.ts';
import { lengthNs, maxOver, perSec, sumOver, type Span } from './spans.ts';
import { stateIn } from './station-state.ts';
import { summarisePhases } from './summary.ts';

/** Every group over the whole run and over each phase, group by group. */
export function findStations(context: Measured): StationFinding[] {
  return context.model.groups.flatMap((group, index) =>
    context.spans.map((span) => stationFinding(context, { group, index }, span)),
  );
}

export function measuredGroup(
  { measurements }: Pick<Measured, 'measurements'>,
  index: number,
): GroupMeasurements {
  const measured = measurements.groups[index];
  if (measured === undefined) throw new RangeError(`group ${index} was not measured`);
  return measured;
}

function stationFinding(
  context: Measured,
  { group, index }: { readonly group: Group; readonly index: number },
  span: Span,
): StationFinding {
  const measured = measuredGroup(context, index);
  const apart = context.apart.map((each) => measuredGroup(each, index));
  const times = (of: (one: GroupMeasurements) => readonly Histogram[]): LatencySummary =>
    summarisePhases(of(measured), apart.map(of), span.phases);
  const station = stationOf(context.model, group);
  const { scale } = group;
  const durationNs = lengthNs(span);
  const total = (series: Float64Array): number => sumOver(span, series) * scale;
  const mean = (series: Float64Array): number => (durationNs === 0 ? 0 : total(series) / durationNs);
  const peak = utilizationPeak(context.model, group, measured, span);
  const utilization = utilizationOf(group, sumOver(span, measured.busyNs), durationNs);
  return {
    station: station.name,
    group: group.name,
    role: group.role,
    layer: station.layer,
    phase: span.name,
    replicas: group.role === 'pool' ? group.instanceCount * group.scale : station.replicas,
    serverCount: instanceCapacity(group) === null ? null : group.serverCount,
    arrivalsPerSec: perSec(total(measured.arrivals), durationNs),
    throughputPerSec: perSec(total(measured.departures), durationNs),
    utilization,
    utilizationPeak: peak?.utilization ?? null,
    utilizationPeakAtNs: peak?.atNs ?? null,
    utilizationHottestReplica: hottestReplica(utilization, measured, span),
    busyMean: mean(measured.busyNs),
    waitingJobsMean: mean(measured.waitingNs),
    waitingJobsMax: maxOver(span, measured.waitingJobsMax) * scale,
    rejected: total(measured.rejected),
    abandoned: total(measured.abandoned),
    wait: times(({ waits }) => waits),
    sojourn: group.role === 'servers' ? times(({ sojourns }) => sojourns) : null,
    state: stateIn(context.states[index] ?? { queue: emptyQueue, backlogs: [] }, span),
  };
}

const emptyQueue = { windows: [], begins: [], ends: [], firsts: [], arrivals: [], overrun: [] };

/**
 * Busy server-time / available server-time of all instances together; null for unlimited servers and empty spans.
 *
 *     ρ = ∫ busy dt / (instances · c · T)        c servers (for processor sharing: max R(n) cores), T length
 */
export function utilizationOf(group: Group, busyNs: number, durationNs: number): number | null {
  const capacity = instanceCapacity(group);
  if (capacity === null || durationNs === 0) return null;
  return busyNs / (group.instanceCount * capacity * durationNs);
}

function utilizationPeak(
  { windowNs }: Pick<Model, 'windowNs'>,
  group: Group,
  { arrivals, busyNs }: GroupMeasurements,
  { windows }: Span,
): { utilization: number; atNs: number } | null {
  const peak = peakOver(windows, { windowNs, arrivals, amounts: busyNs });
  const utilization = peak === null ? null : utilizationOf(group, peak.perNs, 1);
  return peak === null || utilization === null ? null : { utilization, atNs: peak.fromNs };
}

/**
 * Utilization of the replica with the most work: ρ · max(work) / mean(work), at most 1.
 *
 * Work is booked when it begins; taking its share, not its amount, keeps jobs at the edge of the span from
 * counting more than the time they took. null where no work is booked by replica (threads, pools, unlimited).
 */
export function hottestReplica(
  utilization: number | null,
  measured: GroupMeasurements,
  span: Pick<Span, 'phases'>,
): number | null {
  const first = measured.workNs[span.phases[0] ?? -1];
  if (utilization === null || first === undefined || first.length === 0) return null;
  const works = Array.from(first, (_, replica) =>
    span.phases.reduce((sum, phase) => sum + (measured.workNs[phase]?.[replica] ?? 0), 0),
  );
  const total = works.reduce((sum, work) => sum + work, 0);
  return total === 0 ? utilization : Math.min(1, (utilization * Math.max(...works) * works.length) / total);
}
