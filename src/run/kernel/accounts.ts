/** The sums of every group over time: kept up to date event by event, and kept as a row when a window ends. */
import type { EventQueue } from '../../engine/event-queue.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';
import type { Limiting } from './limiting.ts';

export type Accounts = ReturnType<typeof makeAccounts>;

export function makeAccounts(kit: Kit, m: Machine, queue: EventQueue, limiting: Limiting) {
  const { Sum, Column, GROUP_STRIDE, TOTAL_STRIDE, SERIES_STRIDE } = kit;
  const { pushEdge } = queue;
  const { now, state, model, special } = m;
  const { groupSums: sums, groupTotals, series, windows, rowOf, weights, events } = state;
  const { scenarioTime } = m;
  const { shiftNs, pauses } = scenarioTime;
  const groups = model.groups.length;

  /** Rates of shared cores are added and taken away as real numbers; what rounding leaves is no stock. */
  const RATE_DUST = 1e-6;

  /** What a window and the totals take over from the running sums, which then start anew. */
  const CARRIED = [
    [Sum.busyNs, Column.busyNs],
    [Sum.waitingNs, Column.waitingNs],
    [Sum.arrivals, Column.arrivals],
    [Sum.starts, Column.starts],
    [Sum.departures, Column.departures],
    [Sum.rejected, Column.rejected],
    [Sum.abandoned, Column.abandoned],
  ] as const;

  /** Brings a group's time integrals up to now; call before its counts change. */
  function touch(group: number): void {
    const at = group * GROUP_STRIDE;
    const nowNs = now[0]!;
    const spanNs = nowNs - sums[at + Sum.lastNs]!;
    sums[at + Sum.busyNs] = sums[at + Sum.busyNs]! + sums[at]! * spanNs;
    sums[at + Sum.waitingNs] = sums[at + Sum.waitingNs]! + sums[at + Sum.waiting]! * spanNs;
    sums[at + Sum.lastNs] = nowNs;
  }

  /**
   * A window ends (or the warm-up does): its sums become a row of the time line and start anew. At the end of the last
   * window no request comes any more; the event after that is the end of the time allowed for draining. Each edge comes
   * before all else at its instant: a window is [from, to), and what happens at `to` belongs to the next one. True at a
   * pause, where it is decided how time goes on: then the next window is not begun.
   */
  function closeWindow(): boolean {
    if (state.windowNow >= windows.length) {
      state.drainOver = true;
      return false;
    }
    keepWindow(state.windowNow);
    if (pauses[state.windowNow + 1] !== 0) return true;
    openWindow(state.windowNow + 1);
    return false;
  }

  /** A window begins now; none is left when `index` is their number. */
  function openWindow(index: number): void {
    const window = windows[index];
    state.windowNow = index;
    state.windowDue = window === undefined || weights[index] === 0 ? -1 : index;
    state.enterRow(window === undefined ? model.phases.length : rowOf[index]!);
    const endNs = window === undefined ? scenarioTime.endNs + model.drainNs : window.toNs;
    events.clockNs[0] = endNs - shiftNs[0]!;
    pushEdge(~special.window);
  }

  /** Writes the sums of all groups into the row of `window` (none for the warm-up, -1) and clears them. */
  function keepWindow(window: number): void {
    for (let group = 0; group < groups; group++) {
      touch(group);
      const from = group * GROUP_STRIDE;
      if (window >= 0) {
        const to = (window * groups + group) * SERIES_STRIDE;
        for (const [sum, column] of CARRIED) series[to + column] = sums[from + sum]!;
        series[to + Column.waitingMax] = sums[from + Sum.waitingMax]!;
        series[to + Column.waitingEnd] = sums[from + Sum.waiting]!;
      }
      for (const [sum, column] of CARRIED) {
        const total = group * TOTAL_STRIDE + column;
        groupTotals[total] = groupTotals[total]! + sums[from + sum]!;
        sums[from + sum] = 0;
      }
      sums[from + Sum.waitingMax] = sums[from + Sum.waiting]!;
      const stock = Math.min(sums[from + Sum.busy]!, sums[from + Sum.waiting]!);
      if (stock < -RATE_DUST) state.stockMin = Math.min(state.stockMin, stock);
    }
    limiting.closeWindow(window);
  }

  return { touch, closeWindow, openWindow, keepWindow };
}
