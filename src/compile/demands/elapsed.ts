import { entryOf, type LayerTime } from './demand.ts';

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
  /** Probability that nothing was shed. */
  readonly alive: number;
}

export const INSTANT: Elapsed = { endNs: 0, answerNs: 0, layers: new Map(), waiting: 1, alive: 1 };

export function lasting(ns: number, layers: LayerTimes): Elapsed {
  return { ...INSTANT, endNs: ns, answerNs: ns, layers };
}

/** One after the other: what comes after a reply is not waited for. */
export function inSequence(steps: readonly Elapsed[]): Elapsed {
  const layers = new Map<string, LayerTime>();
  let [endNs, answerNs, waiting, alive] = [0, 0, 1, 1];
  for (const step of steps) {
    endNs += step.endNs;
    answerNs += waiting * step.answerNs;
    addTimes(layers, step.layers, waiting);
    waiting *= step.waiting;
    alive *= step.alive;
  }
  return { endNs, answerNs, layers, waiting, alive };
}

/** One of several with the given probabilities. */
export function mixed(options: readonly { readonly share: number; readonly elapsed: Elapsed }[]): Elapsed {
  const layers = new Map<string, LayerTime>();
  let [endNs, answerNs, waiting, alive] = [0, 0, 0, 0];
  for (const { share, elapsed } of options) {
    endNs += share * elapsed.endNs;
    answerNs += share * elapsed.answerNs;
    addTimes(layers, elapsed.layers, share);
    waiting += share * elapsed.waiting;
    alive += share * elapsed.alive;
  }
  return { endNs, answerNs, layers, waiting, alive };
}

export function repeated(one: Elapsed, times: number): Elapsed {
  const layers = new Map<string, LayerTime>();
  addTimes(layers, one.layers, times);
  return { ...one, endNs: one.endNs * times, answerNs: one.answerNs * times, layers };
}

export function addTimes(sum: Map<string, LayerTime>, times: LayerTimes, factor: number): void {
  for (const { layer, serviceNs, delayNs } of times.values()) {
    const entry = entryOf(sum, layer, () => ({ layer, serviceNs: 0, delayNs: 0 }));
    entry.serviceNs += factor * serviceNs;
    entry.delayNs += factor * delayNs;
  }
}
