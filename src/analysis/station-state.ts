import { isBeyondChance } from '../measure/growth.ts';
import type { Group } from '../model/model.ts';
import type { GroupMeasurements } from '../run/measurements.ts';
import { findBacklogs, queueSeries, type Backlog, type QueueSeries } from './backlog.ts';
import type { StationState } from './findings.ts';
import type { SimulatedWindow, Span } from './spans.ts';

/** A queue within this share of its highest level is not draining. */
const STILL_HIGH_RATIO = 0.9;

/** Fewer windows than this of growth do not say that it would never end. */
const GROWING_WINDOWS_MIN = 10;

export interface GroupStates {
  readonly queue: QueueSeries;
  readonly backlogs: readonly Backlog[];
}

export function groupStates(
  group: Group,
  measured: GroupMeasurements | undefined,
  windows: readonly SimulatedWindow[],
): GroupStates {
  if (measured === undefined) throw new RangeError(`group ${group.name} was not measured`);
  const queue = queueSeries(group, measured, windows);
  return { queue, backlogs: findBacklogs(queue) };
}

/**
 * Whether the station kept up in a span of time.
 *
 * *overloaded*: at the end of the span a backlog is still there and not draining (its queue is within 10 % of its
 * highest level, or jobs are being turned away by saturated servers). *backlogged*: there was a backlog, but it
 * was drained or draining at the end. *stable*: there was none. See `findBacklogs` for what a backlog is.
 */
export function stateIn({ queue, backlogs }: GroupStates, span: Span): StationState {
  const first = queue.windows.findIndex(({ index }) => index === span.windows[0]?.index);
  const last = queue.windows.findIndex(({ index }) => index === span.windows.at(-1)?.index);
  const inside = backlogs.filter((backlog) => backlog.first <= last && backlog.end >= first);
  const earliest = inside[0];
  const latest = inside.at(-1);
  if (earliest === undefined || latest === undefined) {
    return { verdict: 'stable', sinceNs: null, drainedNs: null };
  }
  if (latest.end > last && isStillHigh(queue, latest, last)) {
    return { verdict: 'overloaded', sinceNs: latest.sinceNs, drainedNs: null };
  }
  return { verdict: 'backlogged', sinceNs: earliest.sinceNs, drainedNs: latest.drainedNs };
}

/**
 * Whether a queue grew without bound for as long as it was seen: in the second half of its last backlog by more than
 * chance explains, for ten windows at least. A queue that is full, or as long as its users are many, grows no more.
 */
export function growsToEnd({ queue, backlogs }: GroupStates): boolean {
  const { begins, ends, firsts, arrivals } = queue;
  const [latest, last] = [backlogs.at(-1), ends.length - 1];
  if (latest === undefined || latest.drainedNs !== null) return false;
  const first = Math.max(latest.first, firsts[last] ?? 0);
  if (last + 1 - first < GROWING_WINDOWS_MIN) return false;
  const middle = first + Math.floor((last + 1 - first) / 2);
  const grown = (ends[last] ?? 0) - (begins[middle] ?? 0);
  return isBeyondChance({ grown, arrivals: (arrivals[last + 1] ?? 0) - (arrivals[middle] ?? 0) });
}

function isStillHigh({ begins, ends, overrun }: QueueSeries, { first }: Backlog, last: number): boolean {
  const peak = Math.max(begins[first] ?? 0, ...ends.slice(first, last + 1));
  return overrun[last] === true || (ends[last] ?? 0) >= STILL_HIGH_RATIO * peak;
}
