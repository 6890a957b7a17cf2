import { growthMin } from '../../measure/growth.ts';
import { levelAfter } from '../backlog.ts';
import type { Context } from '../context.ts';
import { measuredClass } from '../requests.ts';
import { sumOver, type SimulatedWindow } from '../spans.ts';
import { shareAllowance } from './chance.ts';
import type { Positions } from './episode.ts';
import { isBroken, promisesOf } from './promises.ts';
import { stretchAt } from './stretch.ts';

/** Share of requests that may go wrong where no budget says so. */
const BAD_RATIO = 0.01;

/** Whether the window at a position is bad. */
export type IsBad = (position: number) => boolean;

/** By the budgets about requests; null when there are none. */
export function brokenBudgets(context: Context): IsBad | null {
  const promises = promisesOf(context);
  if (promises.length === 0) return null;
  const known = context.windows.map((_, position) => {
    const stretch = stretchAt(context, position);
    return promises.some((each) => isBroken(context, each, stretch));
  });
  return (position) => known[position] === true;
}

/**
 * Without budgets, by how it was before: some class has a larger share of requests that are not good than before, and
 * than 1 %; or some queue is longer than it was at the end of any window before. Both by more than chance explains.
 */
export function worseThanBefore(context: Context, before: Positions): IsBad {
  const classes = context.model.classes.map((_, id) => measuredClass(context, id));
  const calm = context.windows.slice(before.from, before.to);
  const usual = classes.map(({ offered, good }) => {
    const came = sumOver({ windows: calm }, offered);
    return Math.max(BAD_RATIO, came === 0 ? 0 : 1 - sumOver({ windows: calm }, good) / came);
  });
  const longest = context.states.map(({ queue }) =>
    Math.max(0, queue.begins[before.from] ?? 0, ...queue.ends.slice(before.from, before.to)),
  );
  const isFailing = (windows: readonly SimulatedWindow[]): boolean =>
    classes.some(({ offered, good }, id) => {
      const came = sumOver({ windows }, offered);
      const ratio = usual[id] ?? BAD_RATIO;
      return came > 0 && 1 - sumOver({ windows }, good) / came > ratio + shareAllowance(ratio, came);
    });
  const isQueueing = (position: number): boolean =>
    context.states.some(({ queue }, group) => {
      const came = (queue.arrivals[position + 1] ?? 0) - (queue.arrivals[position] ?? 0);
      return levelAfter(queue, position) - (longest[group] ?? 0) >= growthMin({ arrivals: came });
    });
  return (position) => isFailing(stretchAt(context, position)) || isQueueing(position);
}
