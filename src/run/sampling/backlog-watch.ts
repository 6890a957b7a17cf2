import { isBeyondChance, isDrained, SATURATED_UTILIZATION } from '../../measure/growth.ts';
import { UNLIMITED, type Group } from '../../model/model.ts';
import type { Machine } from '../machine.ts';
import { Column, GROUP_STRIDE, Sum, TOTAL_STRIDE } from '../state.ts';

/** What was seen of one group each time the run looked, the engine's clock having gone on without a break. */
interface Seen {
  /** Waiting jobs, and arrivals since the run began. */
  readonly levels: number[];
  readonly arrivals: number[];
  /** Busy server-ns since the run began, at the last look. */
  busyNs: number;
  /** A backlog that is not yet drained. */
  backlog: { readonly floor: number; peak: number } | null;
}

/**
 * Tells, window by window ended, whether any group has a backlog: its queue has grown beyond chance over the last 1, 2, 4,
 * 8 … looks and is not yet drained, or all its servers were busy since the last look, which is a stretch ago: within a long
 * contiguous one it is the queue that tells.
 */
export class BacklogWatch {
  readonly #machine: Machine;
  readonly #seen: readonly Seen[];
  #lookedNs: number;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#lookedNs = machine.now[0]!;
    this.#seen = machine.model.groups.map(() => ({ levels: [], arrivals: [], busyNs: 0, backlog: null }));
  }

  /** Looks at every group, right after a window has ended. */
  look(): boolean {
    const nowNs = this.#machine.now[0]!;
    const spanNs = nowNs - this.#lookedNs;
    this.#lookedNs = nowNs;
    let isAny = false;
    this.#machine.model.groups.forEach((group, index) => {
      if (this.#lookAt(group, index, spanNs)) isAny = true;
    });
    return isAny;
  }

  #lookAt(group: Group, index: number, spanNs: number): boolean {
    const { groupSums, groupTotals } = this.#machine.state;
    const seen = this.#seen[index]!;
    const { levels, arrivals } = seen;
    const totals = index * TOTAL_STRIDE;
    const level = groupSums[index * GROUP_STRIDE + Sum.waiting]!;
    const busyNs = groupTotals[totals + Column.busyNs]! - seen.busyNs;
    seen.busyNs = groupTotals[totals + Column.busyNs]!;
    levels.push(level);
    arrivals.push(groupTotals[totals + Column.arrivals]!);
    const saturated = isSaturated(group, busyNs, spanNs);
    const floor = floorOf(levels, arrivals);
    if (seen.backlog === null && floor !== null) seen.backlog = { floor, peak: level };
    if (seen.backlog === null) return saturated;
    seen.backlog.peak = Math.max(seen.backlog.peak, level);
    if (saturated || !isDrained(level, seen.backlog)) return true;
    seen.backlog = null;
    levels.splice(0, levels.length - 1);
    arrivals.splice(0, arrivals.length - 1);
    return false;
  }
}

/** Level from which the queue has grown beyond chance, or null. */
function floorOf(levels: readonly number[], arrivals: readonly number[]): number | null {
  const last = levels.length - 1;
  for (let lookback = 1; lookback <= last; lookback *= 2) {
    const begin = last - lookback;
    const grown = levels[last]! - levels[begin]!;
    if (isBeyondChance({ grown, arrivals: arrivals[last]! - arrivals[begin]! })) return levels[begin]!;
  }
  return null;
}

function isSaturated(group: Group, busyNs: number, spanNs: number): boolean {
  if (group.serverCount === UNLIMITED || spanNs === 0) return false;
  const rate = group.rates?.at(-1) ?? group.serverCount;
  return busyNs >= SATURATED_UTILIZATION * rate * group.instanceCount * spanNs;
}
