/** Five replications of the twelve minutes around midnight leave time out, but not where their limiter begins to shed. */
import { expect, test, vi } from 'vitest';
import { prepare } from '../../src/cli/prepare.ts';
import { load, scenarioOf } from './shipped.ts';

// 20,000 requests of each class are drawn, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

test('the limiter of the plan is followed from before it may begin to shed until it surely does', () => {
  const file = 'double-11.yaml';
  const options = { mode: 'auto', slice: null, replications: 5 } as const;
  const { mode, model } = prepare(load(file), scenarioOf(file), new Map(), options);
  expect(mode).toMatchObject({ mode: 'sampled', slice: 10 });
  // 500k/s come 133.3 s behind the beginning of the ramp at 120 s; the buckets last 8 s longer.
  const whole = model.sampling?.stretches.filter(({ weight }) => weight === 1) ?? [];
  expect(whole.some(({ fromNs, toNs }) => fromNs <= 250e9 && toNs >= 265e9)).toBe(true);
  // Deep in the plateau it sheds for sure, and time is left out again.
  expect(whole.some(({ fromNs, toNs }) => fromNs <= 600e9 && toNs >= 600e9)).toBe(false);
});
