import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventLists } from '../../src/engine/event-lists.ts';
import { keyed, Queue, queueOver } from './queue.ts';

function popAll(queue: Queue): { id: number; timeNs: number }[] {
  const popped = [];
  while (queue.length > 0) {
    const id = queue.pop();
    popped.push({ id, timeNs: queue.nowNs });
  }
  return popped;
}

test('pops any schedule in time order, ties in scheduling order', () => {
  // A small range of times on purpose: ties are the hard case.
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 300 }), (timesNs) => {
      const queue = new Queue();
      timesNs.forEach((timeNs, id) => {
        queue.push(timeNs, id);
      });
      const expected = timesNs
        .map((timeNs, id) => ({ id, timeNs }))
        .sort((a, b) => a.timeNs - b.timeNs || a.id - b.id);
      expect(popAll(queue)).toEqual(expected);
    }),
  );
});

test('keeps the order while pushes and pops alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 400 }), (commands) => {
      const queue = new Queue();
      const model: { id: number; timeNs: number }[] = [];
      let nowNs = 0;
      commands.forEach((delayNs, id) => {
        if (delayNs >= 0) {
          queue.push(nowNs + delayNs, id);
          model.push({ id, timeNs: nowNs + delayNs });
        } else if (model.length > 0) {
          model.sort((a, b) => a.timeNs - b.timeNs || a.id - b.id);
          const next = model.shift()!;
          expect(queue.pop()).toBe(next.id);
          expect(queue.nowNs).toBe(next.timeNs);
          nowNs = next.timeNs;
        }
      });
      expect(queue.length).toBe(model.length);
    }),
  );
});

test('holds times near 2^53 ns exactly', () => {
  const queue = new Queue();
  const late = 2 ** 53 - 1;
  queue.push(late, 1);
  queue.push(late - 1, 2);
  expect(popAll(queue)).toEqual([
    { id: 2, timeNs: late - 1 },
    { id: 1, timeNs: late },
  ]);
});

test('the edge comes before all others at its instant, whenever it was pushed and whatever the tier', () => {
  for (const pending of [1, 100, 5000]) {
    const queue = new Queue();
    // Everybody is due at one of ten instants; an edge, from 10,000 on, comes in the midst of those of each.
    for (let id = 0; id < pending; id++) queue.push((id % 10) * 1e6, id);
    queue.push(0, 10_000, true);
    for (let id = pending; id < 2 * pending; id++) queue.push((id % 10) * 1e6, id);
    const popped: { id: number; timeNs: number }[] = [];
    while (queue.length > 0) {
      const id = queue.pop();
      popped.push({ id, timeNs: queue.nowNs });
      if (id >= 10_000 && id < 10_010) queue.push((id - 10_000 + 1) * 1e6, id + 1, true);
    }
    for (let instant = 0; instant < 10; instant++) {
      const ids = popped.filter(({ timeNs }) => timeNs === instant * 1e6).map(({ id }) => id);
      const others = Array.from({ length: 2 * pending }, (_, id) => id).filter((id) => id % 10 === instant);
      expect(ids).toEqual([10_000 + instant, ...others]);
    }
    expect(popped.at(-1)).toEqual({ id: 10_010, timeNs: 10e6 });
  }
});

test('refuses a second edge while one is pending', () => {
  const queue = new Queue();
  queue.push(5, 1, true);
  expect(() => {
    queue.push(6, 2, true);
  }).toThrow(RangeError);
  expect(queue.pop()).toBe(1);
  queue.push(6, 2, true);
  expect(queue.length).toBe(1);
});

/** A mix of delays: [name, delay in ns for draw u]. */
const MIXES: readonly (readonly [string, (u: number, v: number) => number])[] = [
  ['ties: multiples of 1 ms', (u) => Math.floor(u * 20) * 1e6],
  ['bimodal: 100 µs and 1 s', (u, v) => Math.floor(u * (v < 0.5 ? 1e5 : 1e9))],
  ['log-uniform over seven decades', (u) => Math.floor(10 ** (2 + 7 * u))],
  ['all at once', () => 0],
  ['even', () => 1000],
  // Nothing is known of the first buckets' width but one event that is far off: they are too wide by far.
  ['1 µs, and one event in 30 s', (u) => (u < 0.0003 ? 3e10 : Math.floor(u * 2000))],
];

test.each(MIXES)('hold model, %s: the order of all pops is that of a sorted list', (_, delay) => {
  for (const pending of [3, 100, 5000]) {
    const queue = new Queue();
    const expected: { timeNs: number; sequence: number }[] = [];
    let sequence = 0;
    const schedule = (nowNs: number): void => {
      const timeNs = nowNs + delay(keyed(sequence, 1), keyed(sequence, 2));
      queue.push(timeNs, sequence);
      expected.push({ timeNs, sequence: sequence++ });
    };
    for (let i = 0; i < pending; i++) schedule(0);
    const popped: number[] = [];
    // Grow, hold, shrink: through every change of tier.
    for (let step = 0; step < 20_000; step++) {
      if (queue.length === 0) break;
      popped.push(queue.pop());
      const nowNs = queue.nowNs;
      const births = step < 2_000 ? 2 : step < 12_000 ? 1 : 0;
      for (let i = 0; i < births; i++) schedule(nowNs);
    }
    while (queue.length > 0) popped.push(queue.pop());
    const order = expected
      .sort((a, b) => a.timeNs - b.timeNs || a.sequence - b.sequence)
      .map((event) => event.sequence);
    expect(popped).toEqual(order);
  }
});

test('however events crowd at one instant, those far off are laid anew only as often as pops pay for it', () => {
  const queue = new Queue();
  const PENDING = 20_000;
  for (let id = 0; id < PENDING; id++) queue.push(1e9 + keyed(id, 1) * 1e10, id);
  let layings = 0;
  let laid = NaN;
  let pops = 0;
  const watch = (): void => {
    const { laidPops } = queue.lists;
    if (laidPops === laid) return;
    laid = laidPops;
    layings++;
  };
  // Bursts of a thousand at one instant, each event of which brings one more at once.
  for (let burst = 1; burst <= 50; burst++) {
    for (let id = 0; id < 1000; id++) queue.push(burst * 1e6, PENDING + id);
    for (let id = 0; id < 2000; id++, pops++) {
      queue.pop();
      if (id < 1000) queue.push(queue.nowNs, PENDING + 1000 + id);
      watch();
    }
  }
  expect(queue.length).toBe(PENDING);
  expect(layings).toBeLessThan((8 * pops) / PENDING + 10);
});

test('there are half as many buckets as pending events at least, however many these are', () => {
  const queue = new Queue();
  const PENDING = 300_000;
  for (let id = 0; id < PENDING; id++) queue.push(Math.floor(keyed(id, 1) * 1e9), id);
  // Until the buckets that were laid first are used up.
  for (let id = 0; id < PENDING; id++) {
    queue.pop();
    queue.push(queue.nowNs + Math.floor(keyed(id, 2) * 1e9), id);
  }
  expect(queue.lists.bucketCount).toBeGreaterThanOrEqual(PENDING / 2);
});

/** A queue of eight events, which is all it has room for. */
function fullQueue() {
  const lists = new EventLists(8, 0);
  const { push, pop } = queueOver(lists);
  const schedule = (timeNs: number): void => {
    lists.clockNs[0] = timeNs;
    push(timeNs);
  };
  for (const timeNs of [8, 3, 6, 1, 4, 7, 2, 5]) schedule(timeNs);
  return { schedule, pop };
}

test('refuses one more event than it has room for', () => {
  const { schedule } = fullQueue();
  expect(() => {
    schedule(9);
  }).toThrow(RangeError);
});

test('gives the place of the event popped last to the next one', () => {
  const { schedule, pop } = fullQueue();
  expect(pop()).toBe(1);
  schedule(9);
  expect(Array.from({ length: 8 }, () => pop())).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});
