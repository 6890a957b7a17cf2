/** The bench's cases run tiny here, so that they cannot rot, and their results may not change unnoticed. */
import { describe, expect, test } from 'vitest';
import { CASES, IN_FLIGHT, modelOf } from '../../bench/cases.ts';
import { PEER_CASES } from '../../bench/peers/cases.ts';
import { digestOf } from '../../bench/digest.ts';
import { limitRow, median, printRows, scaledFloorNs, speedRow } from '../../bench/rows.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import { Run } from '../../src/run/run.ts';

const TINY = 20_000;

/** Hash of the results of a tiny run. A change that means to change results writes the new ones here. */
const DIGESTS: Readonly<Record<string, string>> = {
  w1: '6323670695f53cdd',
  w2: 'fb5a47ec3d2abf46',
  w3: '6b17e7b3bcc8e157',
  w4: '184fb352ef5afd94',
  'w1-timeout': '6323670695f53cdd', // that of w1: a time-out that does not fire changes nothing
  fleet: '296c0bec45e36a39',
  'in-flight': 'a0f2235a741b7384',
};

function runTiny(each: (typeof CASES)[number], seed?: string): Measurements {
  const model = modelOf(each, TINY);
  const run = new Run(seed === undefined ? model : { ...model, seed });
  while (run.advance(100_000) === 'more');
  return run.measurements();
}

describe.each([...CASES, IN_FLIGHT])('case $id', (each) => {
  const measurements = runTiny(each);

  test('gives the results it always gave', () => {
    expect(digestOf(measurements)).toBe(DIGESTS[each.id]);
  });

  test('sends the requests it is named for, and all of them end', () => {
    const { started, ended, inside } = measurements.totals;
    expect(started).toBeGreaterThan(TINY * 0.97);
    expect(started).toBeLessThan(TINY * 1.03);
    expect({ ended, inside }).toEqual({ ended: started, inside: 0 });
    expect(measurements.stop.reason).toBe('completed');
  });
});

test('the digest tells results apart', () => {
  const w1 = CASES[0]!;
  const digests = [runTiny(w1), runTiny(w1), runTiny(w1, 'another seed')].map(digestOf);
  expect(digests[1]).toBe(digests[0]);
  expect(digests[2]).not.toBe(digests[0]);
});

test('floors are in proportion to the yardstick; without one they stand as they are', () => {
  expect(scaledFloorNs(300, 90)).toBe(600);
  expect(scaledFloorNs(300, null)).toBe(300);
});

test('a row is over exactly when it exceeds its floor', () => {
  const row = (nsPerRequest: number) => speedRow('w1', { nsPerRequest, yardstickNs: 45, floorNs: 300 }).ok;
  expect([row(299), row(300), row(301)]).toEqual([true, true, false]);
  expect(speedRow('fleet', { nsPerRequest: 1e9, yardstickNs: 45, floorNs: null }).ok).toBeNull();
  expect(limitRow('memory', 101, 100, String).ok).toBe(false);
});

test('the median of an even number of rounds lies between the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

test('prints a table whose verdicts can be read', () => {
  const rows = [
    speedRow('w1', { nsPerRequest: 250, yardstickNs: 50, floorNs: 300 }),
    limitRow('garbage collection', 0.04, 0.03, (share) => `${share * 100} %`),
  ];
  expect(printRows(rows)).toBe(
    [
      '                    measured     yardstick   floor',
      'w1                    250 ns  50 ns (×5.0)  300 ns    ok',
      'garbage collection       4 %                   3 %  OVER',
      '',
    ].join('\n'),
  );
});

test('what peers are compared with is what theory says', () => {
  const [w1, w2, w3, w4] = PEER_CASES;
  expect(w1!.meanUs).toBeCloseTo(50, 9); // S/(1 − ρ)
  expect(w2!.meanUs).toBeCloseTo(87.28, 1); // five M/M/4: 1 + C(4, 3.2)/(4·0.2) service times each
  expect(w3!.meanUs).toBeCloseTo(1000 / 0.3, 6);
  expect(w4!.meanUs).toBeNull();
  expect(CASES.map(({ id }) => id)).toEqual(expect.arrayContaining(PEER_CASES.map(({ id }) => id)));
});
