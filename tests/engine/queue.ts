import { EventLists } from '../../src/engine/event-lists.ts';
import { makeEventQueue, type EventQueue } from '../../src/engine/event-queue.ts';
import { makeNearEvents } from '../../src/engine/near-events.ts';

/** A queue with its lists, which are made longer now and then, as a run does. */
export class Queue {
  lists = new EventLists(512, 0);
  #queue = queueOver(this.lists);

  push(timeNs: number, id: number, isEdge = false): void {
    if (this.lists.length > this.lists.capacity / 2) {
      this.lists = this.lists.withRoom(this.lists.capacity * 4);
      this.#queue = queueOver(this.lists);
    }
    this.lists.clockNs[0] = timeNs;
    if (isEdge) this.#queue.pushEdge(id);
    else this.#queue.push(id);
  }

  pop(): number {
    return this.#queue.pop();
  }

  get nowNs(): number {
    return this.lists.clockNs[0]!;
  }

  get length(): number {
    return this.lists.length;
  }
}

export function queueOver(lists: EventLists): EventQueue {
  return makeEventQueue(lists, makeNearEvents(lists));
}

/** Uniform in [0, 1), for event n and one of several draws. */
export function keyed(n: number, word: number): number {
  let x = Math.imul(n ^ word, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 4294967296;
}
