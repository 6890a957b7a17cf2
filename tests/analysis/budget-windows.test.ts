import { describe, expect, test } from 'vitest';
import { WINDOW_SUB_BITS } from '../../src/measure/histogram.ts';
import { analyse } from '../../src/analysis/analyse.ts';
import { Cause } from '../../src/model/opcodes.ts';
import type { Budget, BudgetWindow, Condition } from '../../src/scenario/types.ts';
import {
  budget,
  condition,
  groupMeasured,
  histogramOf,
  input,
  measurements,
  MS,
  requestClass,
  scenario,
  SECOND_NS as S,
} from './builders.ts';

/** Ten seconds, 100 requests each; `bad[i]` of second i fail, the others take `ms[i]`. Calm is 0 s to 5 s, peak the rest. */
function run(bad: readonly number[], ms: readonly number[] = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4]) {
  const good = bad.map((count) => 100 - count);
  const times = good.map((count, i) => histogramOf({ [(ms[i] ?? 0) * MS]: count }, WINDOW_SUB_BITS));
  const phase = (from: number) =>
    histogramOf(
      good.slice(from, from + 5).reduce<Record<number, number>>((all, count, i) => {
        const ns = (ms[from + i] ?? 0) * MS;
        return { ...all, [ns]: (all[ns] ?? 0) + count };
      }, {}),
    );
  return measurements({
    classes: [
      requestClass({
        offered: 100,
        good,
        failures: { [Cause.failed]: bad },
        times,
        phases: [phase(0), phase(5)],
      }),
    ],
    groups: [
      groupMeasured({
        arrivals: 100,
        departures: good,
        busyNs: ms.map((each) => each * 100 * MS),
        waitingJobsMax: ms,
        waitingNs: ms.map((each) => each * S),
      }),
    ],
  });
}

const BAD = [0, 0, 10, 30, 0, 0, 2, 0, 0, 8];

function judge(
  expected: Condition,
  window: BudgetWindow,
  extra: Partial<Budget> = {},
  replications = [run(BAD)],
) {
  const plan = {
    asked: replications.length,
    seeds: replications.map((_, i) => String(i)),
    stoppedBy: null,
    precision: null,
  };
  const budgets = [budget([expected], { window, ...extra })];
  return analyse(input({ replications, plan, scenario: scenario({ budgets }) })).budgets[0]!;
}

const errors = condition('errors', '<', 0.05);
const worst = (lengthNs: number, within: string | null = null): BudgetWindow => ({
  kind: 'worst',
  lengthNs,
  within,
});
const slices = (lengthNs: number, goodRatio: number, within: string | null = null): BudgetWindow => ({
  kind: 'slices',
  lengthNs,
  within,
  goodRatio,
});

describe('one stretch', () => {
  test('a range holds the windows between its edges', () => {
    expect(judge(errors, { kind: 'range', fromNs: 2 * S, toNs: 4 * S })).toMatchObject({
      value: 0.2,
      samples: 200,
      verdict: 'fail',
    });
    expect(judge(errors, { kind: 'range', fromNs: 4 * S, toNs: 6 * S }).verdict).toBe('pass');
  });

  test('after a phase is what follows its end, and nothing follows the last', () => {
    expect(judge(errors, { kind: 'after', phase: 'calm' })).toMatchObject({ value: 0.02, samples: 500 });
    expect(judge(errors, { kind: 'after', phase: 'peak' })).toMatchObject({
      verdict: 'no-data',
      noDataBecause: 'no-samples',
    });
  });

  test('percentiles of a range are those of its windows, of whole phases those of the phase', () => {
    const ms = [1, 1, 1, 1, 1, 2, 2, 16, 16, 2];
    const p90 = (window: BudgetWindow) =>
      judge(condition('p90', '<', 1e9), window, {}, [run([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], ms)]).value! / MS;
    expect(p90({ kind: 'range', fromNs: 7 * S, toNs: 9 * S })).toBeCloseTo(16, 5);
    expect(Math.abs(p90({ kind: 'range', fromNs: 5 * S, toNs: 7 * S }) / 2 - 1)).toBeLessThan(2 ** -5);
    expect(p90({ kind: 'range', fromNs: 5 * S, toNs: 10 * S })).toBe(p90('peak'));
  });

  test('figures of stations, too', () => {
    const ms = [1, 1, 1, 1, 1, 2, 2, 16, 16, 2];
    const value = (metric: string, window: BudgetWindow) =>
      judge(condition(metric, '<', 1e9), window, { target: 'station:shop' }, [run(BAD, ms)]).value;
    const range: BudgetWindow = { kind: 'range', fromNs: 6 * S, toNs: 8 * S };
    expect(value('util', range)).toBeCloseTo((0.2 + 1.6) / 4, 12);
    expect(value('queue.max', range)).toBe(16);
    expect(value('queue.mean', range)).toBe(9);
    expect(value('queue.mean', worst(3 * S, 'peak'))).toBeCloseTo(34 / 3, 12);
  });
});

describe('the worst stretch', () => {
  test('slides window by window, inside its phase', () => {
    expect(judge(errors, worst(2 * S))).toMatchObject({ value: 0.2, verdict: 'fail' });
    expect(judge(errors, worst(3 * S))).toMatchObject({ value: 40 / 300 });
    expect(judge(errors, worst(2 * S, 'peak'))).toMatchObject({ value: 0.04, verdict: 'pass' });
    expect(judge(condition('availability', '>', 0.9), worst(2 * S)).value).toBe(0.8);
    expect(judge(condition('goodput', '>', 90), worst(2 * S)).value).toBe(80);
  });

  test('of percentiles and means comes from the windows of the stretch', () => {
    const ms = [1, 1, 1, 1, 1, 2, 2, 16, 16, 2];
    const none = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const value = (metric: string, window: BudgetWindow) =>
      judge(condition(metric, '<', 1e9), window, {}, [run(none, ms)]).value! / MS;
    expect(value('p90', worst(2 * S))).toBeCloseTo(16, 5);
    expect(value('p50', worst(3 * S))).toBeGreaterThan(15);
    expect(value('mean', worst(4 * S))).toBeCloseTo(9, 9);
    expect(value('max', worst(2 * S, 'calm'))).toBe(1);
  });

  test('of several replications is the mean of each one’s worst, wherever it lies', () => {
    const early = run([40, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const late = run([0, 0, 0, 0, 0, 0, 0, 0, 0, 20]);
    const row = judge(errors, worst(S), {}, [early, late]);
    expect(row.value).toBeCloseTo(0.3, 12);
    expect(row.interval?.[0]).toBe(0);
    expect(row).toMatchObject({ verdict: 'inconclusive', countsAs: 'fail' });
  });

  test('minSamples counts in every stretch', () => {
    expect(judge(errors, worst(2 * S), { minSamples: 201 })).toMatchObject({
      verdict: 'no-data',
      noDataBecause: 'few-samples',
      samples: 200,
    });
    expect(judge(errors, worst(3 * S), { minSamples: 201 }).value).toBe(40 / 300);
  });

  test('a stretch in which nothing was answered keeps no time', () => {
    const outage = [run([0, 0, 0, 100, 100, 0, 0, 0, 0, 0])];
    const p50 = condition('p50', '<', 1e9);
    expect(judge(p50, worst(2 * S), {}, outage)).toMatchObject({
      verdict: 'no-data',
      noDataBecause: 'none-completed',
    });
    expect(judge(p50, worst(3 * S), {}, outage).verdict).toBe('pass');
    expect(judge(condition('p50', '<', MS), worst(2 * S), {}, outage).verdict).toBe('fail');
    expect(judge(p50, slices(S, 0.5), {}, outage)).toMatchObject({ value: 0.8, verdict: 'pass' });
  });

  test('longer than its phase is no data', () => {
    expect(judge(errors, worst(6 * S, 'peak'))).toMatchObject({ verdict: 'no-data', value: null });
  });
});

describe('slices', () => {
  test('the share of those that keep the condition must reach what is asked for', () => {
    expect(judge(errors, slices(S, 0.7))).toMatchObject({
      metric: 'slices.good',
      text: errors.text,
      unit: 'ratio',
      op: '>=',
      limit: 0.7,
      value: 0.7,
      verdict: 'pass',
    });
    expect(judge(errors, slices(S, 0.71)).verdict).toBe('fail');
  });

  test('lie at multiples of their length since t = 0, and end where their phase does', () => {
    // 0–2, 2–4 (20 %), 4–6, 6–8, 8–10; within calm 4–5, within peak 5–6
    expect(judge(errors, slices(2 * S, 0.5)).value).toBe(4 / 5);
    expect(judge(errors, slices(2 * S, 0.5, 'calm')).value).toBe(2 / 3);
    expect(judge(errors, slices(2 * S, 0.5, 'peak')).value).toBe(1);
  });

  test('of too few requests say nothing', () => {
    expect(judge(errors, slices(2 * S, 0.5, 'calm'), { minSamples: 150 }).value).toBe(1 / 2);
    expect(judge(errors, slices(2 * S, 0.5, 'calm'), { minSamples: 500 }).verdict).toBe('no-data');
  });
});
