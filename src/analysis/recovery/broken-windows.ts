import { growthMin } from '../../measure/growth.ts';
import { levelAfter } from '../backlog.ts';
import type { Context } from '../context.ts';
import type { RecoveryFinding } from '../findings.ts';
import { measuredClass } from '../requests.ts';
import { sumOver, type SimulatedWindow } from '../spans.ts';
import { shareAllowance } from './chance.ts';
import type { Positions } from './episode.ts';
import { covers, isBroken, promisesOf, toleratedRatio, type Promised } from './promises.ts';
import { stretchAt } from './stretch.ts';

/** Share of requests that may go wrong where no budget says so. */
const BAD_RATIO = 0.01;

/** Whether the window at a position is bad. */
export type IsBad = (position: number) => boolean;

/**
 * Tells good windows from bad ones. A window is bad when a budget about requests breaks in it, or some class has a larger
 * share of requests that are not good than before, than 1 %, and than budgets let it have: those about time look only at
 * answers that were good. Where no budget covers the window it is bad too when some queue is longer than it was at
 * the end of any window before. All by more than chance explains.
 */
export class Judge {
  readonly #context: Context;
  readonly #covering: readonly (readonly Promised[])[];
  readonly #broken: readonly boolean[];

  constructor(context: Context) {
    this.#context = context;
    const promises = promisesOf(context);
    this.#covering = context.windows.map((window) =>
      promises.filter((each) => covers(context, each, window)),
    );
    this.#broken = this.#covering.map((those, position) => {
      const stretch = stretchAt(context, position);
      return those.some((each) => isBroken(context, each, stretch));
    });
  }

  /** What the windows behind an episode are judged by. */
  judgedBy({ from, to }: Positions): RecoveryFinding['judgedBy'] {
    return this.#covering.slice(from, to).some((those) => those.length > 0) ? 'budgets' : 'service';
  }

  /** Against how it was in the windows `before`. */
  against(before: Positions): IsBad {
    const isFailing = failingMore(this.#context, before);
    const isQueueing = queueingMore(this.#context, before);
    return (position) => {
      const covering = this.#covering[position] ?? [];
      return (
        this.#broken[position] === true ||
        isFailing(stretchAt(this.#context, position), covering) ||
        (covering.length === 0 && isQueueing(position))
      );
    };
  }
}

type IsFailing = (windows: readonly SimulatedWindow[], covering: readonly Promised[]) => boolean;

/** Whether a class has more requests that are not good; class by class, since a rare one is nothing to the sum. */
function failingMore(context: Context, before: Positions): IsFailing {
  const calm = context.windows.slice(before.from, before.to);
  const classes = context.model.classes.map((_, id) => measuredClass(context, id));
  const usual = classes.map(({ offered, good }) => {
    const came = sumOver({ windows: calm }, offered);
    return Math.max(BAD_RATIO, came === 0 ? 0 : 1 - sumOver({ windows: calm }, good) / came);
  });
  return (windows, covering) =>
    classes.some(({ offered, good }, id) => {
      const came = sumOver({ windows }, offered);
      const ratio = Math.max(usual[id] ?? BAD_RATIO, toleratedRatio(covering, id));
      return came > 0 && 1 - sumOver({ windows }, good) / came > ratio + shareAllowance(ratio, came);
    });
}

function queueingMore({ states }: Context, before: Positions): IsBad {
  const longest = states.map(({ queue }) =>
    Math.max(0, queue.begins[before.from] ?? 0, ...queue.ends.slice(before.from, before.to)),
  );
  return (position) =>
    states.some(({ queue }, group) => {
      const came = (queue.arrivals[position + 1] ?? 0) - (queue.arrivals[position] ?? 0);
      return levelAfter(queue, position) - (longest[group] ?? 0) >= growthMin({ arrivals: came });
    });
}
