import { expect, test } from 'vitest';
import { intervalOf, SHARE, shareInterval } from '../../src/analysis/intervals.ts';

test('what no replication saw may still happen: as often as Wilson (1927) allows with no hit in all trials', () => {
  const z = 1.959963984540054;
  const [low, high] = shareInterval(0, [0, 0, 0, 0, 0], 1000)!;
  expect(low).toBe(0);
  expect(high).toBeCloseTo((z * z) / (1000 + z * z), 12);
});

test('what always happened mirrors it', () => {
  const [none, all] = [shareInterval(0, [0, 0], 500)!, shareInterval(1, [1, 1], 500)!];
  expect(all[1]).toBe(1);
  expect(all[0]).toBeCloseTo(1 - none[1]!, 12);
});

test('part of a trial is none, and without a whole one nothing is known', () => {
  expect(shareInterval(0, [0, 0], 100.9)).toEqual(shareInterval(0, [0, 0], 100));
  expect(shareInterval(0, [0, 0], 0.5)).toBeNull();
});

test('as soon as one replication differs, their differences are the interval', () => {
  const ofEach = [0, 0.002, 0];
  expect(shareInterval(0.0007, ofEach, 1000)).toEqual(intervalOf(0.0007, ofEach, SHARE));
});

test('replications that agree on another share have an interval of no width: a limiter admits exactly half', () => {
  expect(shareInterval(0.5, [0.5, 0.5], 1000)).toEqual([0.5, 0.5]);
});
