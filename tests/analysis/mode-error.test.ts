/** Budgets nearer to their limits than the way of simulating errs by. */
import { expect, test } from 'vitest';
import { withModeErrors } from '../../src/analysis/budgets/mode-error.ts';
import { metricUnit } from '../../src/scenario/budget-metrics.ts';
import type { BudgetFinding, ModeFinding } from '../../src/analysis/findings.ts';

const budget = (metric: string, margin: number | null) =>
  ({ metric, margin, unit: metric === 'slices.good' ? 'ratio' : metricUnit(metric) }) as BudgetFinding;

function mode(
  slice: readonly (readonly [number, number, number])[],
  sampling: readonly [number, number, number] | null,
): ModeFinding {
  const named = ([p50, p95, p99]: readonly [number, number, number]) => ({ p50, p95, p99 });
  return {
    errors: slice.map(named),
    sampling: sampling === null ? null : { errors: named(sampling) },
  } as unknown as ModeFinding;
}

const errorOf = (metric: string, margin: number | null, of: ModeFinding) =>
  withModeErrors([budget(metric, margin)], of)[0]?.modeError;

const MODE = mode(
  [
    [0.01, 0.02, 0.03],
    [0.005, 0.06, 0.001],
  ],
  [0.04, 0.021, 0.032],
);

test('the worst of all errors of the percentile next to the judged one, where the margin is smaller', () => {
  expect(errorOf('p99', 0.0319, MODE)).toBe(0.032);
  expect(errorOf('p99.9', -0.0319, MODE)).toBe(0.032);
  expect(errorOf('p95', 0.059, MODE)).toBe(0.06);
  expect(errorOf('p90', 0.059, MODE)).toBe(0.06);
  expect(errorOf('p50', 0.039, MODE)).toBe(0.04);
  expect(errorOf('mean', 0.039, MODE)).toBe(0.04);
  expect(errorOf('max', 0.0319, MODE)).toBe(0.032);
});

test('nothing is said where the margin is larger or unknown, of shares, and of runs of every request', () => {
  expect(errorOf('p99', 0.032, MODE)).toBeUndefined();
  expect(errorOf('p99', -0.5, MODE)).toBeUndefined();
  expect(errorOf('p99', null, MODE)).toBeUndefined();
  expect(errorOf('availability', 0.0001, MODE)).toBeUndefined();
  expect(errorOf('slices.good', 0.0001, MODE)).toBeUndefined();
  expect(errorOf('p99', 0, mode([], null))).toBeUndefined();
});
