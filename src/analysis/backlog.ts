import type { Group } from '../model/model.ts';
import type { GroupMeasurements } from '../run/measurements.ts';
import { saturatedRate } from './scale.ts';
import type { SimulatedWindow } from './spans.ts';

/** A server is never idle for longer than this share of a window when it is saturated. */
export const SATURATED_UTILIZATION = 0.99;
/** Growth of a queue counts when it exceeds this many standard deviations of a Poisson count of the arrivals. */
const GROWTH_DEVIATIONS = 5;
/** Fewer jobs than this are no backlog and no loss. */
export const JOBS_MIN = 10;
/** Share of the arrivals that must be turned away for it to count. */
export const TURNED_AWAY_RATIO_MIN = 0.01;
/** A backlog is drained when this share of what had gathered is left. */
const DRAINED_RATIO = 0.1;

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
  /** Waiting jobs before the first window, then at the end of each. */
  readonly levels: readonly number[];
  /** Arrivals before each window, cumulative: one more than windows. */
  readonly arrivals: readonly number[];
  /** Saturated, and turning jobs away because there is no room or they give up. */
  readonly overrun: readonly boolean[];
}

export function queueSeries(
  group: Group,
  measured: GroupMeasurements,
  windows: readonly SimulatedWindow[],
): QueueSeries {
  const at = (series: Float64Array, index: number): number => series[index] ?? 0;
  const levels: number[] = [];
  const arrivals = [0];
  const overrun: boolean[] = [];
  for (const window of windows) {
    const { index } = window;
    const came = at(measured.arrivals, index);
    const lost = at(measured.rejected, index) + at(measured.abandoned, index);
    const level = at(measured.waitingJobsEnd, index);
    if (levels.length === 0) levels.push(Math.max(0, level - (came - lost - at(measured.starts, index))));
    levels.push(level);
    arrivals.push((arrivals.at(-1) ?? 0) + came);
    overrun.push(
      isSaturated(group, at(measured.busyNs, index), window) && lost >= turnedAwayMin({ arrivals: came }),
    );
  }
  return { windows, levels, arrivals, overrun };
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

/** Jobs by which a queue must change while so many arrive for it to be more than chance: max(10, 5·√A). */
export function growthMin({ arrivals }: { readonly arrivals: number }): number {
  return Math.max(JOBS_MIN, GROWTH_DEVIATIONS * Math.sqrt(arrivals));
}

/**
 * Times in which the queue grew more than a queue in balance does.
 *
 * At each window end the growth over the last 1, 2, 4, 8 … windows is compared with what arrivals at random could
 * pile up in that time were the servers just fast enough:
 *
 *     G = q(end) − q(begin)  ≥  max(10 jobs, 5·√A)        A = arrivals in between
 *
 * √A is the standard deviation of a Poisson count of mean A. A steady deficit of d jobs/s grows G as d·t and √A as
 * √t, so any lasting overload is found; a queue that is full and turns ≥ 1 % of its arrivals away while all servers
 * are busy counts at once. The backlog began at the last minimum before, from where on each window added more than one
 * standard deviation of its arrivals, and is drained when a tenth of it is left.
 */
export function findBacklogs(queue: QueueSeries): Backlog[] {
  const { windows, levels } = queue;
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
  return levels.length === 0 ? [] : found;
}

/** First window of a growth that is significant at the end of window `position`, or null. */
function growthBegin({ levels, arrivals, overrun }: QueueSeries, position: number): number | null {
  const level = levels[position + 1] ?? 0;
  for (let lookback = 1; lookback <= position + 1; lookback *= 2) {
    const begin = position + 1 - lookback;
    const came = (arrivals[position + 1] ?? 0) - (arrivals[begin] ?? 0);
    if (level - (levels[begin] ?? 0) >= growthMin({ arrivals: came })) {
      return foot({ levels, arrivals }, lastMinimum(levels, begin, position));
    }
  }
  return overrun[position] === true ? position : null;
}

function lastMinimum(levels: readonly number[], from: number, to: number): number {
  let best = from;
  for (let i = from; i <= to; i++) if ((levels[i] ?? 0) <= (levels[best] ?? 0)) best = i;
  return best;
}

/** Back to where a rise began that is too slow to be told from chance at once: while a window added max(10, √A) jobs. */
function foot({ levels, arrivals }: Pick<QueueSeries, 'levels' | 'arrivals'>, from: number): number {
  let first = from;
  while (first > 0) {
    const came = (arrivals[first] ?? 0) - (arrivals[first - 1] ?? 0);
    const added = (levels[first] ?? 0) - (levels[first - 1] ?? 0);
    if (added < Math.max(JOBS_MIN, Math.sqrt(came))) break;
    first--;
  }
  return first;
}

/** Window at whose end the backlog that began with window `first` was drained; windows.length if never. */
function drainedAt({ windows, levels, overrun }: QueueSeries, first: number, grownAt: number): number {
  const floor = levels[first] ?? 0;
  let peak = floor;
  for (let position = first; position < windows.length; position++) {
    const level = levels[position + 1] ?? 0;
    peak = Math.max(peak, level);
    const isLow = level <= floor + DRAINED_RATIO * (peak - floor);
    if (position >= grownAt && isLow && overrun[position] !== true) return position;
  }
  return windows.length;
}
