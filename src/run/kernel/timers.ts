import type { EventQueue } from '../../engine/event-queue.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';

export type TimerLists = ReturnType<typeof makeTimerLists>;

/**
 * True timers that cost next to nothing when they do not fire. Time-outs of one length expire in the order they were
 * set, so each (length, kind) is one doubly linked list; only its oldest timer is in the future event list. Setting and
 * cancelling are O(1) and leave nothing behind; an event whose timer was cancelled re-arms the list's new head.
 */
export function makeTimerLists(kit: Kit, m: Machine, queue: EventQueue) {
  const { TimerKind } = kit;
  const { push } = queue;
  const { now, state, special } = m;
  const { lengthsNs, heads, tails, armed } = m.timeouts;
  const { timerNext, timerPrevious, timerQueue, timerNs } = state.slots;
  const { clockNs } = state.events;

  function set(slot: number, kind: number, length: number): void {
    const list = length * 2 + kind;
    const entry = slot * 2 + kind;
    const tail = tails[list]!;
    timerNs[entry] = now[0]! + lengthsNs[length]!;
    timerQueue[entry] = length + 1;
    timerNext[entry] = -1;
    timerPrevious[entry] = tail;
    if (tail < 0) heads[list] = entry;
    else timerNext[tail] = entry;
    tails[list] = entry;
    if (armed[list] === 0) arm(list, entry);
  }

  /** Harmless when the timer is not set. */
  function cancel(slot: number, kind: number): void {
    const entry = slot * 2 + kind;
    const length = timerQueue[entry]! - 1;
    if (length < 0) return;
    const list = length * 2 + kind;
    const next = timerNext[entry]!;
    const previous = timerPrevious[entry]!;
    if (previous < 0) heads[list] = next;
    else timerNext[previous] = next;
    if (next < 0) tails[list] = previous;
    else timerPrevious[next] = previous;
    timerQueue[entry] = 0;
  }

  /** Handles the event of a list: the slot whose timer fires now (removed from the list), or -1 when none is due. */
  function expire(length: number, kind: number): number {
    const list = length * 2 + kind;
    armed[list] = 0;
    const head = heads[list]!;
    if (head < 0) return -1;
    const due = timerNs[head]! <= now[0]!;
    if (due) cancel(head >> 1, kind);
    const next = heads[list]!;
    if (next >= 0) arm(list, next);
    return due ? head >> 1 : -1;
  }

  function arm(list: number, entry: number): void {
    armed[list] = 1;
    clockNs[0] = timerNs[entry]!;
    const base = (list & 1) === TimerKind.life ? special.lifeTimers : special.queueTimers;
    push(~(base + (list >> 1)));
  }

  return { set, cancel, expire };
}
