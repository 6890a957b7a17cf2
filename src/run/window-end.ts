import type { Machine } from './machine.ts';
import { Column, GROUP_STRIDE, SERIES_STRIDE, Sum } from './state.ts';
import { touch } from './visits.ts';

/** Rates of shared cores are added and taken away as real numbers; what rounding leaves is no stock. */
const RATE_DUST = 1e-6;

/** The columns a window takes over from the running sums, which then start anew. */
const CARRIED = [
  [Sum.busyNs, Column.busyNs],
  [Sum.waitingNs, Column.waitingNs],
  [Sum.arrivals, Column.arrivals],
  [Sum.starts, Column.starts],
  [Sum.departures, Column.departures],
  [Sum.rejected, Column.rejected],
  [Sum.abandoned, Column.abandoned],
] as const;

/**
 * A window ends (or the warm-up does): its sums become a row of the time line and start anew. At the end of the last
 * window no request comes any more; the event after that is the end of the time allowed for draining. Each edge comes
 * before all else at its instant: a window is [from, to), and what happens at `to` belongs to the next one.
 */
export function closeWindow(m: Machine): void {
  const { state, model } = m;
  if (state.windowNow >= state.windows.length) {
    state.drainOver = true;
    return;
  }
  keepWindow(m, state.windowNow);
  state.windowNow++;
  const window = state.windows[state.windowNow];
  state.enterPhase(window === undefined ? model.phases.length : window.phase);
  state.events.clockNs[0] = window === undefined ? model.lastsNs + model.drainNs : window.toNs;
  state.events.pushFirst(~m.special.window);
}

/** Writes the sums of all groups into the row of `window` (none for the warm-up, -1) and clears them. */
export function keepWindow(m: Machine, window: number): void {
  const { state } = m;
  const { groupSums, series } = state;
  const groups = m.model.groups.length;
  for (let group = 0; group < groups; group++) {
    touch(state, group, m.now);
    const from = group * GROUP_STRIDE;
    if (window >= 0) {
      const to = (window * groups + group) * SERIES_STRIDE;
      for (const [sum, column] of CARRIED) series[to + column] = groupSums[from + sum]!;
      series[to + Column.waitingMax] = groupSums[from + Sum.waitingMax]!;
      series[to + Column.waitingEnd] = groupSums[from + Sum.waiting]!;
    }
    CARRIED.forEach(([sum], field) => {
      const total = group * CARRIED.length + field;
      state.groupTotals[total] = state.groupTotals[total]! + groupSums[from + sum]!;
      groupSums[from + sum] = 0;
    });
    groupSums[from + Sum.waitingMax] = groupSums[from + Sum.waiting]!;
    const stock = Math.min(groupSums[from + Sum.busy]!, groupSums[from + Sum.waiting]!);
    if (stock < -RATE_DUST) state.stockMin = Math.min(state.stockMin, stock);
  }
  m.limiting.closeWindow(window);
}
