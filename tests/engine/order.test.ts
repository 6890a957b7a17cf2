/**
 * The order of all pops beside that of a plain binary heap, as a hash: long schedules of hard mixes, with as many pending
 * events as a run has.
 */
import { describe, expect, test } from 'vitest';
import { keyed, Queue } from './queue.ts';

interface Pending {
  readonly timeNs: number;
  readonly id: number;
}

/** The textbook's heap over (time, order of pushing). */
class PlainHeap {
  readonly #items: Pending[] = [];
  nowNs = 0;

  get length(): number {
    return this.#items.length;
  }

  push(timeNs: number, id: number): void {
    const items = this.#items;
    const event = { timeNs, id };
    let at = items.push(event) - 1;
    for (let up = (at - 1) >> 1; at > 0 && isBefore(event, items[up]!); up = (at - 1) >> 1) {
      items[at] = items[up]!;
      at = up;
    }
    items[at] = event;
  }

  pop(): number {
    const items = this.#items;
    const first = items[0]!;
    const last = items.pop()!;
    if (items.length > 0) {
      let at = 0;
      for (let child = 1; child < items.length; child = 2 * at + 1) {
        if (child + 1 < items.length && isBefore(items[child + 1]!, items[child]!)) child++;
        if (!isBefore(items[child]!, last)) break;
        items[at] = items[child]!;
        at = child;
      }
      items[at] = last;
    }
    this.nowNs = first.timeNs;
    return first.id;
  }
}

/** Ids count the pushes. */
function isBefore(a: Pending, b: Pending): boolean {
  return a.timeNs < b.timeNs || (a.timeNs === b.timeNs && a.id < b.id);
}

type Schedule = Pick<PlainHeap, 'push' | 'pop' | 'length' | 'nowNs'>;

/** Delays in ns for two uniform draws. */
const MIXES: Readonly<Record<string, (u: number, v: number) => number>> = {
  'ties: multiples of 1 ms': (u) => Math.floor(u * 20) * 1e6,
  'bimodal: half 100 µs, half 1 s': (_, v) => (v < 0.5 ? 1e5 : 1e9),
  'log-uniform over seven decades': (u) => Math.floor(10 ** (2 + 7 * u)),
  'bursts: nine of ten at once': (u, v) => (v < 0.9 ? 0 : Math.floor(u * 1e8)),
};

/** FNV-1a over the words of ids and times: 32 bits, in which any two orders agree with probability 2^-32. */
class OrderHash {
  #hash = 0x811c9dc5;
  pops = 0;

  add(id: number, timeNs: number): void {
    for (const word of [id, timeNs >>> 0, Math.floor(timeNs / 2 ** 32)])
      this.#hash = Math.imul(this.#hash ^ word, 0x01000193);
    this.pops++;
  }

  get value(): string {
    return `${(this.#hash >>> 0).toString(16)} after ${this.pops}`;
  }
}

/** Fills to `size`, holds it, empties; three times, so that it grows from nothing on what it learnt before. */
function orderOf(queue: Schedule, delay: (u: number, v: number) => number, size: number): string {
  const hash = new OrderHash();
  let id = 0;
  let nowNs = 0;
  const push = (): void => {
    queue.push(nowNs + delay(keyed(id, 1), keyed(id, 2)), id);
    id++;
  };
  const pop = (): void => {
    const popped = queue.pop();
    nowNs = queue.nowNs;
    hash.add(popped, nowNs);
  };
  for (let turn = 0; turn < 3; turn++) {
    for (let i = 0; i < size; i++) push();
    for (let i = 0; i < size; i++) {
      pop();
      push();
    }
    while (queue.length > 0) pop();
  }
  return hash.value;
}

describe.each(Object.entries(MIXES))('%s', (_, delay) => {
  test.each([1, 2, 13, 33, 1000, 100_000])('%i pending: the order is that of a plain heap', (size) => {
    const expected = orderOf(new PlainHeap(), delay, size);
    expect(orderOf(new Queue(), delay, size)).toBe(expected);
    expect(expected).toMatch(new RegExp(` after ${6 * size}$`));
  });
});

test('the hash tells two orders of one tie apart', () => {
  const [one, other] = [new OrderHash(), new OrderHash()];
  one.add(1, 5e9);
  one.add(2, 5e9);
  other.add(2, 5e9);
  other.add(1, 5e9);
  expect(one.value).not.toBe(other.value);
});
