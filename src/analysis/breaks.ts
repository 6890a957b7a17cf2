import { Cause } from '../model/opcodes.ts';
import { isSaturated, SATURATED_UTILIZATION } from './backlog.ts';
import type { Context } from './context.ts';
import type { BreakFinding, StationFinding } from './findings.ts';
import { firstLastingLoss } from './lasting.ts';
import { lastingShedding, limiterRefs } from './limiters.ts';
import { measuredClass } from './requests.ts';
import { stationOf } from './scale.ts';
import { perSec, type SimulatedWindow } from './spans.ts';
import { measuredGroup, utilizationOf } from './stations.ts';

/** What a break says apart from the traffic at that time. */
type Break = Omit<BreakFinding, 'offeredPerSec' | 'atNs'> & {
  readonly window: SimulatedWindow;
  readonly atNs: number;
};

/** At one instant, what comes first in the path of a request is named first. */
const ORDER = ['shedding', 'pool-exhausted', 'saturated', 'room-full', 'timing-out'] as const;

/** Everything that reached its limit, each once, in order of time. */
export function findBreaks(context: Context, stations: readonly StationFinding[]): BreakFinding[] {
  return [
    ...sheddingBreaks(context),
    ...saturationBreaks(context, stations),
    ...lossBreaks(context),
    ...timeoutBreaks(context),
  ]
    .sort((a, b) => a.atNs - b.atNs || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map(({ window, ...found }) => ({ ...found, offeredPerSec: offeredAt(context, window) }));
}

/** Requests of all classes due in the window, per second of the site. */
export function offeredAt(
  { model, measurements }: Context,
  { index, fromNs, toNs }: SimulatedWindow,
): number {
  const offered = measurements.classes.reduce((sum, each) => sum + (each.offered[index] ?? 0), 0);
  return perSec(offered * model.slice, toNs - fromNs);
}

function sheddingBreaks(context: Context): Break[] {
  return limiterRefs(context).flatMap((ref) => {
    const begin = lastingShedding(context, ref);
    if (begin === null) return [];
    const { window, atNs } = begin;
    const value = (ref.measured.shed[window.index] ?? 0) / (ref.measured.asked[window.index] ?? 1);
    return [{ kind: 'shedding', name: ref.limiter.name, layer: ref.layer, atNs, value, window }];
  });
}

/**
 * Groups that could not keep up: within a backlog, the first window in which all of the group was busy, or its
 * busiest replica was over the phase (a hot shard saturates alone).
 */
function saturationBreaks(context: Context, stations: readonly StationFinding[]): Break[] {
  const { model } = context;
  return model.groups.flatMap((group, index): Break[] => {
    const measured = measuredGroup(context, index);
    const hottest = (phase: number): number =>
      stations.find((row) => row.group === group.name && row.phase === model.phases[phase]?.name)
        ?.utilizationHottestReplica ?? 0;
    for (const backlog of context.states[index]?.backlogs ?? []) {
      for (const window of context.windows.slice(backlog.first, backlog.end)) {
        const busyNs = measured.busyNs[window.index] ?? 0;
        const whole = utilizationOf(group, busyNs, window.toNs - window.fromNs) ?? 0;
        const value = isSaturated(group, busyNs, window) ? whole : hottest(window.phase);
        if (value < SATURATED_UTILIZATION && !isSaturated(group, busyNs, window)) continue;
        const kind = group.role === 'servers' ? 'saturated' : 'pool-exhausted';
        const { layer } = stationOf(model, group);
        return [{ kind, name: group.name, layer, atNs: window.fromNs, value, window }];
      }
    }
    return [];
  });
}

/** Groups whose waiting room was full, and pools and threads whose callers gave up waiting. */
function lossBreaks(context: Context): Break[] {
  return context.model.groups.flatMap((group, index) => {
    const measured = measuredGroup(context, index);
    const { layer } = stationOf(context.model, group);
    const found = (kind: 'room-full' | 'timing-out', lost: Float64Array): Break[] => {
      const window = firstLastingLoss(context, { came: measured.arrivals, lost });
      if (window === null) return [];
      const value = (lost[window.index] ?? 0) / (measured.arrivals[window.index] ?? 1);
      return [{ kind, name: group.name, layer, atNs: window.fromNs, value, window }];
    };
    return [...found('room-full', measured.rejected), ...found('timing-out', measured.abandoned)];
  });
}

/** Request classes whose clients or callers gave up; these belong to no layer. */
function timeoutBreaks(context: Context): Break[] {
  return context.model.classes.flatMap(({ name }, index): Break[] => {
    const { offered, failures } = measuredClass(context, index);
    const lost = failures[Cause.timedOut] ?? [];
    const window = firstLastingLoss(context, { came: offered, lost });
    if (window === null) return [];
    const value = (lost[window.index] ?? 0) / (offered[window.index] ?? 1);
    return [{ kind: 'timing-out', name, layer: '', atNs: window.fromNs, value, window }];
  });
}
