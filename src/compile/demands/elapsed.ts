import type { Repeat } from '../tree/nodes.ts';
import { entryOf, type LayerTime } from './demand.ts';
import { chanceThroughout, expectedTurns } from './turns.ts';

/** Expected time of some steps, by the layer it is spent in. */
export type LayerTimes = ReadonlyMap<string, LayerTime>;

/** What some steps take, and what is left of the two when they are done. */
export interface Elapsed {
  /** Expected time until the last step ends, and until the caller is answered. */
  readonly endNs: number;
  readonly answerNs: number;
  /** `answerNs` by layer. */
  readonly layers: LayerTimes;
  /** Probability that the caller still waits; falls at a reply. */
  readonly waiting: number;
}

export const INSTANT: Elapsed = { endNs: 0, answerNs: 0, layers: new Map(), waiting: 1 };

export function lasting(ns: number, layers: LayerTimes): Elapsed {
  return { ...INSTANT, endNs: ns, answerNs: ns, layers };
}

/** One after the other: what comes after a reply is not waited for. */
export function inSequence(steps: readonly Elapsed[]): Elapsed {
  const layers = new Map<string, LayerTime>();
  let [endNs, answerNs, waiting] = [0, 0, 1];
  for (const step of steps) {
    endNs += step.endNs;
    answerNs += waiting * step.answerNs;
    addTimes(layers, step.layers, waiting);
    waiting *= step.waiting;
  }
  return { endNs, answerNs, layers, waiting };
}

/** One of several with the given probabilities. */
export function mixed(options: readonly { readonly share: number; readonly elapsed: Elapsed }[]): Elapsed {
  const layers = new Map<string, LayerTime>();
  let [endNs, answerNs, waiting] = [0, 0, 0];
  for (const { share, elapsed } of options) {
    endNs += share * elapsed.endNs;
    answerNs += share * elapsed.answerNs;
    addTimes(layers, elapsed.layers, share);
    waiting += share * elapsed.waiting;
  }
  return { endNs, answerNs, layers, waiting };
}

/** Turn after turn: the caller waits for no turn behind the one that replies. */
export function repeated(one: Elapsed, repeat: Pick<Repeat, 'law' | 'mean'>): Elapsed {
  const layers = new Map<string, LayerTime>();
  const waitedTurns = expectedTurns(repeat, one.waiting);
  addTimes(layers, one.layers, waitedTurns);
  return {
    endNs: one.endNs * repeat.mean,
    answerNs: one.answerNs * waitedTurns,
    layers,
    waiting: chanceThroughout(repeat, one.waiting),
  };
}

export function addTimes(sum: Map<string, LayerTime>, times: LayerTimes, factor: number): void {
  for (const { layer, serviceNs, delayNs } of times.values()) {
    const entry = entryOf(sum, layer, () => ({ layer, serviceNs: 0, delayNs: 0 }));
    entry.serviceNs += factor * serviceNs;
    entry.delayNs += factor * delayNs;
  }
}
