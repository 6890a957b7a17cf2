import type { SpecialIds } from './special.ts';
import type { State } from './state.ts';

/** Which of a slot's two timers: of its life (a call's or the request's deadline) or of the queue it waits in. */
export const TimerKind = { life: 0, queue: 1 } as const;

/**
 * True timers that cost next to nothing when they do not fire. Time-outs of one length expire in the order they were
 * set, so each (length, kind) is one doubly linked list; only its oldest timer is in the future event list. Setting and
 * cancelling are O(1) and leave nothing behind; an event whose timer was cancelled re-arms the list's new head.
 */
export class Timers {
  readonly #lengthsNs: Float64Array;
  readonly #special: SpecialIds;
  /** Index: queue × 2 + kind. Entries of the lists are slot × 2 + kind. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #armed: Uint8Array;

  constructor(lengthsNs: readonly number[], special: SpecialIds) {
    this.#lengthsNs = Float64Array.from(lengthsNs);
    this.#special = special;
    this.#head = new Int32Array(lengthsNs.length * 2).fill(-1);
    this.#tail = new Int32Array(lengthsNs.length * 2).fill(-1);
    this.#armed = new Uint8Array(lengthsNs.length * 2);
  }

  set(state: State, slot: number, kind: number, queue: number, now: Float64Array): void {
    const { timerNext, timerPrevious, timerQueue, timerNs } = state.slots;
    const list = queue * 2 + kind;
    const entry = slot * 2 + kind;
    const tail = this.#tail[list]!;
    timerNs[entry] = now[0]! + this.#lengthsNs[queue]!;
    timerQueue[entry] = queue;
    timerNext[entry] = -1;
    timerPrevious[entry] = tail;
    if (tail < 0) this.#head[list] = entry;
    else timerNext[tail] = entry;
    this.#tail[list] = entry;
    if (this.#armed[list] === 0) this.#arm(state, list, entry);
  }

  /** Harmless when the timer is not set. */
  cancel(state: State, slot: number, kind: number): void {
    const { timerNext, timerPrevious, timerQueue } = state.slots;
    const entry = slot * 2 + kind;
    const queue = timerQueue[entry]!;
    if (queue < 0) return;
    const list = queue * 2 + kind;
    const next = timerNext[entry]!;
    const previous = timerPrevious[entry]!;
    if (previous < 0) this.#head[list] = next;
    else timerNext[previous] = next;
    if (next < 0) this.#tail[list] = previous;
    else timerPrevious[next] = previous;
    timerQueue[entry] = -1;
  }

  /** Handles the event of a list: the slot whose timer fires now (removed from the list), or -1 when none is due. */
  expire(state: State, queue: number, kind: number, now: Float64Array): number {
    const list = queue * 2 + kind;
    this.#armed[list] = 0;
    const head = this.#head[list]!;
    if (head < 0) return -1;
    const due = state.slots.timerNs[head]! <= now[0]!;
    if (due) this.cancel(state, head >> 1, kind);
    const next = this.#head[list]!;
    if (next >= 0) this.#arm(state, list, next);
    return due ? head >> 1 : -1;
  }

  #arm(state: State, list: number, entry: number): void {
    this.#armed[list] = 1;
    state.events.clockNs[0] = state.slots.timerNs[entry]!;
    const base = (list & 1) === TimerKind.life ? this.#special.lifeTimers : this.#special.queueTimers;
    state.events.push(~(base + (list >> 1)));
  }
}
