import { present } from '../base/present.ts';
import { SATURATED_UTILIZATION } from '../measure/growth.ts';
import { Cause } from '../model/opcodes.ts';
import { isSaturated } from './backlog.ts';
import type { Context } from './context.ts';
import type { BreakFinding, StationFinding } from './findings.ts';
import { intervalOf, meanOfExtremes } from './intervals.ts';
import { firstLastingLoss } from './lasting.ts';
import { lastingShedding, limiterRefs } from './limiters.ts';
import { measuredClass } from './requests.ts';
import { stationOf } from './scale.ts';
import { perSec, type SimulatedWindow } from './spans.ts';
import { measuredGroup, utilizationOf } from './stations.ts';

/** What a break says apart from the traffic at that time. */
type Break = Omit<BreakFinding, 'offeredPerSec' | 'atNs' | 'replications' | 'interval'> & {
  readonly window: SimulatedWindow;
  readonly atNs: number;
};

/** At one instant, what comes first in the path of a request is named first. */
const ORDER = ['shedding', 'pool-exhausted', 'saturated', 'room-full', 'timing-out'] as const;

/** One replication and what was found about its stations. */
export interface Replication {
  readonly context: Context;
  readonly stations: readonly StationFinding[];
}

/** Everything that reached its limit in any of the replications, each once, in order of time. */
export function findBreaks(replications: readonly Replication[]): BreakFinding[] {
  const alike = new Map<string, BreakFinding[]>();
  for (const found of replications.flatMap(breaksOf)) {
    const key = JSON.stringify([found.kind, found.name]);
    alike.set(key, [...(alike.get(key) ?? []), found]);
  }
  return [...alike.values()]
    .map((rows) => together(rows, replications.length))
    .sort((a, b) => a.atNs - b.atNs || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** What several replications found alike; of a single one to the last bit what it found. */
function together(rows: readonly BreakFinding[], replications: number): BreakFinding {
  const first = present(rows[0]);
  if (replications === 1) return first;
  const mean = (of: (row: BreakFinding) => number): number =>
    present(meanOfExtremes(rows.map(of)) ?? undefined);
  const atNs = mean((row) => row.atNs);
  return {
    ...first,
    atNs,
    value: mean(({ value }) => value),
    offeredPerSec: mean(({ offeredPerSec }) => offeredPerSec),
    replications: rows.length,
    interval:
      rows.length < replications
        ? null
        : intervalOf(
            atNs,
            rows.map((row) => row.atNs),
          ),
  };
}

function breaksOf({ context, stations }: Replication): BreakFinding[] {
  return [
    ...sheddingBreaks(context),
    ...saturationBreaks(context, stations),
    ...lossBreaks(context),
    ...timeoutBreaks(context),
  ].map(({ window, ...found }) => ({ ...found, offeredPerSec: offeredAt(context, window), replications: 1 }));
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

/** Groups that could not keep up: the first window in which one was saturated while a backlog stood before it. */
function saturationBreaks(context: Context, stations: readonly StationFinding[]): Break[] {
  return context.model.groups.flatMap((group, index): Break[] => {
    const { layer } = stationOf(context.model, group);
    const kind = group.role === 'servers' ? 'saturated' : 'pool-exhausted';
    for (const backlog of context.states[index]?.backlogs ?? []) {
      for (const window of context.windows.slice(backlog.first, backlog.end)) {
        const value = saturationIn(context, stations, index, window);
        if (value !== null) return [{ kind, name: group.name, layer, atNs: window.fromNs, value, window }];
      }
    }
    return [];
  });
}

/**
 * Utilization when all of the group was busy, or, in a group that was not, of its busiest replica when that one was busy
 * over the phase (a hot shard saturates alone; work is known by replica and phase only). null when neither was.
 */
function saturationIn(
  context: Context,
  stations: readonly StationFinding[],
  index: number,
  window: SimulatedWindow,
): number | null {
  const group = context.model.groups[index];
  if (group === undefined) return null;
  const busyNs = measuredGroup(context, index).busyNs[window.index] ?? 0;
  if (isSaturated(group, busyNs, window)) return utilizationOf(group, busyNs, window.toNs - window.fromNs);
  const phase = context.model.phases[window.phase]?.name;
  const row = stations.find((each) => each.group === group.name && each.phase === phase);
  const hottest = row?.utilizationHottestReplica ?? 0;
  const isAlone = (row?.utilization ?? 1) < SATURATED_UTILIZATION;
  return isAlone && hottest >= SATURATED_UTILIZATION ? hottest : null;
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
