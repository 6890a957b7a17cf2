import { isAdjacent, lengthNs as standingNs, sumOver, type SimulatedWindow } from './spans.ts';

/**
 * Arrivals that a stretch of time must hold before it can be called a peak. A window with ten arrivals is full or empty
 * by chance; with 1,000 and exponential service the utilization varies by √(2/1000) = 4.5 % of itself.
 */
export const PEAK_ARRIVALS_MIN = 1000;

/** Per-window series of one run, and the scenario's window length. */
export interface PeakSearch {
  readonly windowNs: number;
  readonly arrivals: ArrayLike<number>;
  /** What is to be highest per time, e.g. busy server-ns. */
  readonly amounts: ArrayLike<number>;
}

/**
 * The highest mean of a quantity over any stretch of whole windows that holds enough arrivals and is at least half a
 * window long (a sliver that a phase boundary cuts off is no peak). Stretches are as short as that allows: single windows
 * where traffic is high; they never reach over a gap. A window is as long as the time it stands for. With too few arrivals
 * in all, the whole is the only stretch. null without windows.
 */
export function peakOver(
  windows: readonly SimulatedWindow[],
  { windowNs, arrivals, amounts }: PeakSearch,
): { perNs: number; fromNs: number } | null {
  let best: { perNs: number; fromNs: number } | null = null;
  let came = 0;
  let amount = 0;
  let lengthNs = 0;
  let first = 0;
  for (const [position, window] of windows.entries()) {
    if (position > 0 && !isAdjacent(windows[position - 1], window)) {
      [came, amount, lengthNs, first] = [0, 0, 0, position];
    }
    came += arrivals[window.index] ?? 0;
    amount += window.weight * (amounts[window.index] ?? 0);
    lengthNs += standingNs({ windows: [window] });
    for (let oldest = windows[first]; oldest !== undefined && first < position; oldest = windows[++first]) {
      const fewer = came - (arrivals[oldest.index] ?? 0);
      const shorterNs = lengthNs - standingNs({ windows: [oldest] });
      if (fewer < PEAK_ARRIVALS_MIN || 2 * shorterNs < windowNs) break;
      came = fewer;
      amount -= oldest.weight * (amounts[oldest.index] ?? 0);
      lengthNs = shorterNs;
    }
    const isEnough = came >= PEAK_ARRIVALS_MIN && 2 * lengthNs >= windowNs;
    const perNs = amount / lengthNs;
    if (isEnough && (best === null || perNs > best.perNs)) {
      best = { perNs, fromNs: windows[first]?.fromNs ?? window.fromNs };
    }
  }
  const [begin] = windows;
  if (best !== null || begin === undefined) return best;
  return { perNs: sumOver({ windows }, amounts) / standingNs({ windows }), fromNs: begin.fromNs };
}
