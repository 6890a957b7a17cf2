import { expect, test } from 'vitest';
import { sliceErrors } from '../../src/analysis/slice-errors.ts';

const group = (
  policy: string,
  simulated: number,
): { station: string; policy: string; replicas: number; simulated: number } => ({
  station: 's',
  policy,
  replicas: 100,
  simulated,
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
  expect(sliceErrors([group('random', 1), group('key-hash', 3), group('round-robin', 100)])).toEqual([]);
});
