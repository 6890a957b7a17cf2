import { expect, test } from 'vitest';
import { sliceErrors, type ThinnedGroup } from '../../src/analysis/slice-errors.ts';

const group = (policy: ThinnedGroup['policy'], simulated: number, backgroundRatio = 0): ThinnedGroup => ({
  station: 's',
  policy,
  replicas: 100,
  simulated,
  backgroundRatio,
});

test('a thinned group carries the error measured for the next smaller slice', () => {
  const errors = sliceErrors([
    group('round-robin', 12),
    group('least-connections', 10),
    group('power-of-d', 7),
  ]);
  expect(errors.map(({ p99 }) => p99)).toEqual([0.004, 0.004, 0.01]);
});

test('random choice and groups kept whole have none', () => {
  expect(
    sliceErrors([
      group('random', 1),
      group('key-hash', 3),
      group('source-hash', 3),
      group('round-robin', 100),
    ]),
  ).toEqual([]);
});

test('background visits add what their noise does to waits of constant service, kept whole or not', () => {
  const errors = sliceErrors([
    group('key-hash', 4, 0.25),
    group('key-hash', 100, 9),
    group('round-robin', 12, 0.24),
  ]);
  expect(errors.map(({ p50, p99 }) => [p50, p99])).toEqual([
    [0.25 / 4, 0.25 / 4],
    [9 / 100, 9 / 100],
    [0.012 + 0.02, 0.004 + 0.02],
  ]);
});
