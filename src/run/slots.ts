/** Handing out slots, queues of waiting slots, and the ring of slots that go on now. */
import { Flag } from './slot-fields.ts';
import type { State } from './state.ts';

/** Takes a slot off the free list; the caller has made sure that there is one. Registers are zero. */
export function takeSlot(state: State, registers: number): number {
  const { slots } = state;
  const slot = state.free;
  state.free = slots.next[slot]!;
  state.freeCount--;
  state.alive++;
  slots.flags[slot] = Flag.used;
  slots.cause[slot] = 0;
  slots.window[slot] = -1;
  slots.row[slot] = -1;
  for (let i = slot * registers; i < (slot + 1) * registers; i++) slots.registers[i] = 0;
  if (state.shape.family) slots.parent[slot] = -1;
  return slot;
}

export function freeSlot(state: State, slot: number): void {
  const { slots } = state;
  slots.flags[slot] = 0;
  slots.next[slot] = state.free;
  if (state.shape.family) slots.epoch[slot] = (slots.epoch[slot]! + 1) | 0;
  state.free = slot;
  state.freeCount++;
  state.alive--;
}

/** The slot goes on at its `pc` at this very instant, after those already waiting to. */
export function makeReady(state: State, slot: number): void {
  state.ready[(state.readyHead + state.readyCount) & (state.ready.length - 1)] = slot;
  state.readyCount++;
}

export function takeReady(state: State): number {
  const slot = state.ready[state.readyHead]!;
  state.readyHead = (state.readyHead + 1) & (state.ready.length - 1);
  state.readyCount--;
  return slot;
}

/** Puts a slot into the waiting list of its instance: at the end, or in front for LIFO. */
export function enqueue(state: State, queue: number, slot: number, inFront: boolean): void {
  const { next, previous } = state.slots;
  const { queueHead, queueTail } = state;
  const head = queueHead[queue]!;
  if (head < 0) {
    next[slot] = -1;
    previous[slot] = -1;
    queueHead[queue] = slot;
    queueTail[queue] = slot;
  } else if (inFront) {
    next[slot] = head;
    previous[slot] = -1;
    previous[head] = slot;
    queueHead[queue] = slot;
  } else {
    const tail = queueTail[queue]!;
    next[slot] = -1;
    previous[slot] = tail;
    next[tail] = slot;
    queueTail[queue] = slot;
  }
}

/** Takes the slot out of the waiting list, wherever in it it stands. */
export function unqueue(state: State, queue: number, slot: number): void {
  const { next, previous } = state.slots;
  const after = next[slot]!;
  const before = previous[slot]!;
  if (before < 0) state.queueHead[queue] = after;
  else next[before] = after;
  if (after < 0) state.queueTail[queue] = before;
  else previous[after] = before;
}

/** First waiting list of an instance that is not empty, by falling priority. Requires that somebody waits there. */
export function firstQueue(state: State, instance: number): number {
  let queue = state.queueFirst[instance]!;
  while (state.queueHead[queue]! < 0) queue++;
  return queue;
}

/** Waiting list a job of this priority belongs to. */
export function queueOf(state: State, group: number, instance: number, priority: number): number {
  const lowest = state.levels[group]! - 1;
  return state.queueFirst[instance]! + (priority < lowest ? priority : lowest);
}
