import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventHeap } from '../../src/engine/event-heap.ts';

function popAll(heap: EventHeap): { id: number; timeNs: number }[] {
  const popped = [];
  while (heap.length > 0) {
    const id = heap.pop();
    popped.push({ id, timeNs: heap.clockNs[0]! });
  }
  return popped;
}

function push(heap: EventHeap, timeNs: number, id: number): void {
  heap.clockNs[0] = timeNs;
  heap.push(id);
}

test('pops any schedule in time order, ties in scheduling order', () => {
  // A small range of times on purpose: ties are the hard case.
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 300 }), (timesNs) => {
      const heap = new EventHeap(4);
      timesNs.forEach((timeNs, id) => {
        push(heap, timeNs, id);
      });
      const expected = timesNs.map((timeNs, id) => ({ id, timeNs })).sort((a, b) => a.timeNs - b.timeNs || a.id - b.id);
      expect(popAll(heap)).toEqual(expected);
    }),
  );
});

test('keeps the order while pushes and pops alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 400 }), (commands) => {
      const heap = new EventHeap(1);
      const model: { id: number; timeNs: number }[] = [];
      let nowNs = 0;
      commands.forEach((delayNs, id) => {
        if (delayNs >= 0) {
          push(heap, nowNs + delayNs, id);
          model.push({ id, timeNs: nowNs + delayNs });
        } else if (model.length > 0) {
          model.sort((a, b) => a.timeNs - b.timeNs || a.id - b.id);
          const next = model.shift()!;
          expect(heap.peekTimeNs()).toBe(next.timeNs);
          expect(heap.pop()).toBe(next.id);
          nowNs = next.timeNs;
        }
      });
      expect(heap.length).toBe(model.length);
    }),
  );
});

test('holds times near 2^53 ns exactly', () => {
  const heap = new EventHeap();
  const late = 2 ** 53 - 1;
  push(heap, late, 1);
  push(heap, late - 1, 2);
  expect(popAll(heap)).toEqual([
    { id: 2, timeNs: late - 1 },
    { id: 1, timeNs: late },
  ]);
  expect(heap.peekTimeNs()).toBe(Infinity);
});
