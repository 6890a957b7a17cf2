import { expect, test } from 'vitest';
import { brokenSince } from '../../../src/analysis/chain/broken-since.ts';
import type { BudgetFinding, Timeline } from '../../../src/analysis/findings.ts';

const PHASES = [
  { name: 'calm', fromNs: 0 },
  { name: 'rush', fromNs: 2e9 },
  { name: 'after', fromNs: 6e9 },
];

/** Windows of a second with these P99 in ms; `rush` is not seen before its third second. */
const timeline = {
  fromNs: [0, 1e9, 4e9, 5e9, 6e9, 7e9],
  toNs: [1e9, 2e9, 5e9, 6e9, 7e9, 8e9],
  phase: ['calm', 'calm', 'rush', 'rush', 'after', 'after'],
  requests: [{ request: 'order', p99Ns: [30e6, 5e6, 20e6, 20e6, 5e6, 20e6] }],
} as unknown as Timeline;

const budget = (window: BudgetFinding['window'], limitMs: number) =>
  ({
    ...{ target: 'request:order', metric: 'p99', op: '<', limit: limitMs * 1e6 },
    ...{ window, countsAs: 'fail' },
  }) as BudgetFinding;

const since = (window: BudgetFinding['window'], limitMs = 10) =>
  brokenSince(budget(window, limitMs), timeline, PHASES);

test('what is broken when a phase is first seen is so since the phase began', () => {
  expect(since('rush')).toEqual({ atNs: 2e9, seenNs: 4e9 });
});

test('what breaks later is broken from that window on', () => {
  expect(since('after')).toEqual({ atNs: 7e9, seenNs: 7e9 });
  expect(since(null, 25)).toEqual({ atNs: 0, seenNs: 0 });
});

test('a budget on what comes after a phase knows nothing of what was before it', () => {
  expect(since({ kind: 'after', phase: 'rush' })?.atNs).toBe(7e9);
  expect(since({ kind: 'after', phase: 'after' })).toBeNull();
});

test('a budget that no window breaks by itself has no beginning', () => {
  expect(since('rush', 50)).toBeNull();
});
