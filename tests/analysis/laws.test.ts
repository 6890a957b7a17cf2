import { expect, test } from 'vitest';
import type { GroupTotals, Measurements } from '../../src/run/measurements.ts';
import { BALANCED, findingsOf, measurements, requestClass } from './builders.ts';

const SOUND: GroupTotals = {
  arrivals: 100,
  departures: 80,
  rejected: 5,
  abandoned: 3,
  waiting: 8,
  busy: 4,
  busyNs: 7e15,
  heldNs: 7e15,
  waitingNs: 3e15,
  waitedNs: 3e15,
};

function broken(extra: Partial<Measurements>) {
  return findingsOf({ measurements: measurements(extra) })
    .checks.filter(({ holds }) => !holds)
    .map(({ law, of }) => `${law} of ${of}`);
}

test('a sound run breaks none, rounding of large sums included', () => {
  const classes = [requestClass({ offered: 3, good: 2, failures: { 1: 1 } })];
  const totals = { started: 40, ended: 38, inside: 2, events: 1, stockMin: 0 };
  expect(broken({ groupTotals: [{ ...SOUND, heldNs: 7e15 + 4e6 }], classes, totals })).toEqual([]);
});

test('one job too many breaks flow balance', () => {
  expect(broken({ groupTotals: [{ ...SOUND, arrivals: 101 }] })).toEqual(['flow-balance of shop']);
});

test('time that jobs held servers but stations did not see breaks the utilization law', () => {
  expect(broken({ groupTotals: [{ ...SOUND, heldNs: 7e15 + 8e6 }] })).toEqual(['utilization-law of shop']);
});

test("time that jobs waited but stations did not see breaks Little's law", () => {
  expect(broken({ groupTotals: [{ ...SOUND, waitedNs: 0 }] })).toEqual(['littles-law of shop']);
});

test('a counter that went below zero is found', () => {
  expect(broken({ totals: { started: 0, ended: 0, inside: 0, events: 0, stockMin: -1 } })).toEqual([
    'no-negative-stock of *',
  ]);
});

test('a request that vanished is found, of all and by class', () => {
  expect(broken({ totals: { started: 9, ended: 7, inside: 1, events: 0, stockMin: 0 } })).toEqual([
    'every-request-ended of *',
  ]);
  expect(broken({ classes: [requestClass({ offered: 5, good: 4, censored: 9 })] })).toEqual([
    'every-request-ended of buy',
  ]);
});

test('time of a sampled request that no layer accounts for is found', () => {
  const rows = [Float64Array.of(100, 10, 20, 30, 40), Float64Array.of(100, 10, 20, 30, 39)];
  expect(broken({ samples: [{ rowLength: 5, share: 1, rows }], groupTotals: [BALANCED] })).toEqual([
    'time-adds-up of buy',
  ]);
});
