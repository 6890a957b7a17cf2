import { isBeyondChance, isDrained, JOBS_MIN, SATURATED_UTILIZATION } from '../measure/growth.ts';
import type { Group } from '../model/model.ts';
import type { GroupMeasurements } from '../run/measurements.ts';
import { saturatedRate } from './scale.ts';
import { isAdjacent, type SimulatedWindow } from './spans.ts';

/** Share of the arrivals that must be turned away for it to count. */
export const TURNED_AWAY_RATIO_MIN = 0.01;
/** A time in which a queue grew beyond chance, until it was drained. Positions count simulated windows. */
export interface Backlog {
  /** First window of the growth. */
  readonly first: number;
  readonly sinceNs: number;
  /** Window in which it was drained; the number of windows when it never was. */
  readonly end: number;
  readonly drainedNs: number | null;
}

/** A group's queue window by window. */
export interface QueueSeries {
  readonly windows: readonly SimulatedWindow[];
  /** Waiting jobs when each window begins and when it ends. */
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  /** First of the windows that follow each other without a gap up to each one. */
  readonly firsts: readonly number[];
  /** Arrivals before each window, cumulative: one more than windows. */
  readonly arrivals: readonly number[];
  /** Saturated, and turning jobs away because there is no room or they give up. */
  readonly overrun: readonly boolean[];
}

/** Waiting jobs when the window at a position ends; when the first begins at -1. */
export function levelAfter({ begins, ends }: QueueSeries, position: number): number {
  return (position < 0 ? begins[0] : ends[position]) ?? 0;
}

export function queueSeries(
  group: Group,
  measured: GroupMeasurements,
  windows: readonly SimulatedWindow[],
): QueueSeries {
  const at = (series: Float64Array, index: number): number => series[index] ?? 0;
  const begins: number[] = [];
  const ends: number[] = [];
  const firsts: number[] = [];
  const arrivals = [0];
  const overrun: boolean[] = [];
  for (const [position, window] of windows.entries()) {
    const { index } = window;
    const isNext = isAdjacent(windows[position - 1], window);
    const came = at(measured.arrivals, index);
    const lost = at(measured.rejected, index) + at(measured.abandoned, index);
    const level = at(measured.waitingJobsEnd, index);
    const unseen = Math.max(0, level - (came - lost - at(measured.starts, index)));
    begins.push(isNext ? (ends[position - 1] ?? 0) : unseen);
    ends.push(level);
    firsts.push(isNext ? (firsts[position - 1] ?? 0) : position);
    arrivals.push((arrivals.at(-1) ?? 0) + came);
    overrun.push(
      isSaturated(group, at(measured.busyNs, index), window) && lost >= turnedAwayMin({ arrivals: came }),
    );
  }
  return { windows, begins, ends, firsts, arrivals, overrun };
}

/** Whether the group as a whole worked as fast as it can for (nearly) all of the window. */
export function isSaturated(group: Group, busyNs: number, { fromNs, toNs }: SimulatedWindow): boolean {
  const rate = saturatedRate(group);
  return rate !== null && busyNs >= SATURATED_UTILIZATION * rate * group.instanceCount * (toNs - fromNs);
}

/** Jobs that must be turned away of so many arrivals for it to count as more than a stray one. */
export function turnedAwayMin({ arrivals }: { readonly arrivals: number }): number {
  return Math.max(JOBS_MIN, TURNED_AWAY_RATIO_MIN * arrivals);
}

/**
 * Times in which the queue grew more than a queue in balance does.
 *
 * At each window end the growth over the last 1, 2, 4, 8 … windows is compared with chance (`isBeyondChance`), as far
 * back as they follow each other without a gap; a queue that is full and turns ≥ 1 % of its arrivals away while all servers
 * are busy counts at once. The backlog began at the last minimum before, from where on each window added more than one
 * standard deviation of its arrivals, and is drained when a tenth of it is left.
 */
export function findBacklogs(queue: QueueSeries): Backlog[] {
  const { windows } = queue;
  const found: Backlog[] = [];
  let position = 0;
  while (position < windows.length) {
    const first = growthBegin(queue, position);
    if (first === null) {
      position++;
      continue;
    }
    const end = drainedAt(queue, first, position);
    const since = windows[first];
    if (since === undefined) break;
    // The last end is never before what was found: later growth starts from there.
    const begin = Math.max(first, found.at(-1)?.end ?? 0);
    found.push({
      first: begin,
      sinceNs: windows[begin]?.fromNs ?? since.fromNs,
      end,
      drainedNs: windows[end]?.toNs ?? null,
    });
    position = Math.max(end, position) + 1;
  }
  return found;
}

/** First window of a growth that is significant at the end of window `position`, or null. */
function growthBegin(queue: QueueSeries, position: number): number | null {
  const { begins, ends, firsts, arrivals, overrun } = queue;
  const before = position + 1 - (firsts[position] ?? 0);
  for (let lookback = 1; lookback <= before; lookback *= 2) {
    const begin = position + 1 - lookback;
    const came = (arrivals[position + 1] ?? 0) - (arrivals[begin] ?? 0);
    const grown = (ends[position] ?? 0) - (begins[begin] ?? 0);
    if (isBeyondChance({ grown, arrivals: came })) return foot(queue, lastMinimum(begins, begin, position));
  }
  return overrun[position] === true ? position : null;
}

function lastMinimum(levels: readonly number[], from: number, to: number): number {
  let best = from;
  for (let i = from; i <= to; i++) if ((levels[i] ?? 0) <= (levels[best] ?? 0)) best = i;
  return best;
}

/** Back to where a rise began that is too slow to be told from chance at once: while a window added max(10, √A) jobs. */
function foot({ begins, ends, firsts, arrivals }: QueueSeries, from: number): number {
  let first = from;
  while (first > (firsts[from] ?? 0)) {
    const came = (arrivals[first] ?? 0) - (arrivals[first - 1] ?? 0);
    const added = (ends[first - 1] ?? 0) - (begins[first - 1] ?? 0);
    if (added < Math.max(JOBS_MIN, Math.sqrt(came))) break;
    first--;
  }
  return first;
}

/** Window at whose end the backlog that began with window `first` was drained; windows.length if never. */
function drainedAt(queue: QueueSeries, first: number, grownAt: number): number {
  const { windows, begins, ends, overrun } = queue;
  const floor = begins[first] ?? 0;
  let peak = floor;
  for (let position = first; position < windows.length; position++) {
    const level = ends[position] ?? 0;
    peak = Math.max(peak, level);
    if (position >= grownAt && isDrained(level, { floor, peak }) && overrun[position] !== true)
      return position;
  }
  return windows.length;
}
