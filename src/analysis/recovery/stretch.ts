/** Some windows together: which to judge at once, and the totals of all requests and all queues over them. */
import { levelAfter } from '../backlog.ts';
import type { Context } from '../context.ts';
import { REQUESTS_MIN } from './chance.ts';
import { lengthNs, perSec, sumOver, type SimulatedWindow } from '../spans.ts';

/**
 * The window at a position, and where too few requests came in it those before it, as far back as it takes and no
 * disturbance begins or ends.
 */
export function stretchAt(context: Context, position: number): readonly SimulatedWindow[] {
  const { windows, model, measurements } = context;
  const edges = new Set(model.disturbances.flatMap(({ fromNs, toNs }) => [fromNs, toNs]));
  let first = position;
  let came = 0;
  for (;;) {
    const window = windows[first];
    if (window === undefined) return [];
    came += measurements.classes.reduce((sum, { offered }) => sum + (offered[window.index] ?? 0), 0);
    if (came >= REQUESTS_MIN || first === 0 || edges.has(window.fromNs)) break;
    first--;
  }
  return windows.slice(first, position + 1);
}

export interface Totals {
  /** Simulated counts; `offeredPerSec` is of the site. */
  readonly offered: number;
  readonly good: number;
  readonly offeredPerSec: number;
}

export function totalsOver({ model, measurements }: Context, windows: readonly SimulatedWindow[]): Totals {
  const sum = (key: 'offered' | 'good'): number =>
    measurements.classes.reduce((total, each) => total + sumOver({ windows }, each[key]), 0);
  const offered = sum('offered');
  return { offered, good: sum('good'), offeredPerSec: perSec(offered * model.slice, lengthNs({ windows })) };
}

/** Jobs waiting anywhere at the end of window `position`; before the first at -1. */
export function waitingAfter({ states }: Context, position: number): number {
  return states.reduce((sum, { queue }) => sum + levelAfter(queue, position), 0);
}

/** Jobs that came to any queue in windows [from, to). */
export function arrivalsIn({ states }: Context, from: number, to: number): number {
  return states.reduce(
    (sum, { queue }) => sum + ((queue.arrivals[to] ?? 0) - (queue.arrivals[from] ?? 0)),
    0,
  );
}
