/** Handing out slots, queues of waiting slots, and the ring of slots that go on now. */
import type { State } from '../state.ts';

export type SlotLists = ReturnType<typeof makeSlotLists>;

export function makeSlotLists(state: State) {
  const { ready, queueHead, queueTail, queueFirst, levels, shape } = state;
  const { next, previous, classId, flags, cause, registers, parent, epoch } = state.slots;
  const { registers: registerCount, classes, family, timers } = shape;
  const readyMask = ready.length - 1;

  /** Takes a free slot with these flags; the caller has made sure that there is one. Registers are zero. */
  function takeSlot(flag: number): number {
    let slot = state.free;
    if (slot >= 0) state.free = next[slot]!;
    else slot = state.untouched++;
    state.freeCount--;
    flags[slot] = flag;
    cause[slot] = 0;
    clearRegisters(slot * registerCount);
    if (family) parent[slot] = -1;
    return slot;
  }

  function clearRegisters(from: number): void {
    const all = registers;
    for (let i = from; i < from + registerCount; i++) all[i] = 0;
  }

  function freeSlot(slot: number): void {
    flags[slot] = 0;
    next[slot] = state.free;
    if (family) epoch[slot] = (epoch[slot]! + 1) | 0;
    state.free = slot;
    state.freeCount++;
  }

  /** The slot goes on at its `pc` at this very instant, after those already waiting to. */
  function makeReady(slot: number): void {
    ready[(state.readyHead + state.readyCount) & readyMask] = slot;
    state.readyCount++;
  }

  function takeReady(): number {
    const slot = ready[state.readyHead]!;
    state.readyHead = (state.readyHead + 1) & readyMask;
    state.readyCount--;
    return slot;
  }

  /** Puts a slot into the waiting list of its instance: at the end, or in front for LIFO. */
  function enqueue(queue: number, slot: number, inFront: boolean): void {
    const head = queueHead[queue]!;
    if (head < 0) {
      link(-1, slot);
      next[slot] = -1;
      queueHead[queue] = slot;
      queueTail[queue] = slot;
    } else if (inFront) {
      link(-1, slot);
      link(slot, head);
      next[slot] = head;
      queueHead[queue] = slot;
    } else {
      const tail = queueTail[queue]!;
      link(tail, slot);
      next[slot] = -1;
      next[tail] = slot;
      queueTail[queue] = slot;
    }
  }

  /** Without time-outs nobody leaves a list but in front. */
  function link(before: number, slot: number): void {
    if (timers) previous[slot] = before;
  }

  /** Takes the slot out of the waiting list, wherever in it it stands. */
  function unqueue(queue: number, slot: number): void {
    const after = next[slot]!;
    const before = timers ? previous[slot]! : -1;
    if (before < 0) queueHead[queue] = after;
    else next[before] = after;
    if (after < 0) queueTail[queue] = before;
    else link(before, after);
  }

  /** First waiting list of an instance that is not empty, by falling priority. Requires that somebody waits there. */
  function firstQueue(group: number, instance: number): number {
    if (levels[group] === 1) return queueFirst[instance]!;
    return firstOfMany(instance);
  }

  function firstOfMany(instance: number): number {
    let queue = queueFirst[instance]!;
    while (queueHead[queue]! < 0) queue++;
    return queue;
  }

  /** Waiting list a job of this priority belongs to. */
  function queueOf(group: number, instance: number, priority: number): number {
    const lowest = levels[group]! - 1;
    if (lowest === 0) return queueFirst[instance]!;
    return queueFirst[instance]! + (priority < lowest ? priority : lowest);
  }

  /** Class of the request that a slot belongs to. */
  function classIn(slot: number): number {
    return classes ? classId[slot]! : 0;
  }

  return { classIn, takeSlot, freeSlot, makeReady, takeReady, enqueue, unqueue, firstQueue, queueOf };
}
