import { describe, expect, test } from 'vitest';
import { Cause } from '../../src/model/opcodes.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import type { Budget } from '../../src/scenario/types.ts';
import {
  budget,
  condition,
  findingsOf,
  measurements,
  model,
  requestClass,
  scenario,
  SECOND_NS,
  station,
} from './builders.ts';

const good = requestClass({
  offered: [10, 10, 10, 10, 10, 10, 10, 10, 50, 10],
  good: [10, 10, 10, 10, 10, 10, 10, 10, 40, 10],
  failures: { [Cause.failed]: [0, 0, 0, 0, 0, 0, 0, 0, 10, 0] },
});

function verdictOf(budgets: readonly Budget[], stop: Partial<Measurements['stop']> = {}) {
  const completed = { reason: 'completed', atNs: 10 * SECOND_NS, runaway: null } as const;
  return findingsOf({
    scenario: scenario({ budgets }),
    measurements: measurements({ classes: [good], stop: { ...completed, ...stop } }),
  }).verdict;
}

const wide = budget([condition('errors', '<', 0.5)], { id: 'wide' });
const thin = budget([condition('errors', '<', 0.075)], { id: 'thin' });
const broken = budget([condition('errors', '<', 0.01)], { id: 'broken' });
const worse = budget([condition('errors', '<', 0.001)], { id: 'worse' });
const unknown = budget([condition('p99', '<', 1e9)], { id: 'unknown' });

describe('status', () => {
  test('holds when all pass with room to spare; the thinnest decides', () => {
    expect(verdictOf([wide])).toMatchObject({ status: 'holds', decidingBudget: 0 });
  });

  test('thin margin below a tenth of the limit', () => {
    expect(verdictOf([wide, thin])).toMatchObject({ status: 'thin-margin', decidingBudget: 1 });
  });

  test('does not hold when one is broken; the worst decides', () => {
    expect(verdictOf([wide, broken, worse, unknown])).toMatchObject({
      status: 'does-not-hold',
      decidingBudget: 2,
    });
  });

  test('cannot say without data, nor for a run that was cut short', () => {
    expect(verdictOf([wide, unknown])).toMatchObject({ status: 'cannot-say', decidingBudget: 1 });
    expect(verdictOf([wide], { reason: 'interrupted', atNs: 9 * SECOND_NS })).toMatchObject({
      status: 'cannot-say',
    });
  });

  test('a runaway queue does not hold, whatever the budgets saw before', () => {
    const runaway = { group: 0, sinceNs: 3 * SECOND_NS, waitingJobs: 1000 };
    expect(verdictOf([wide], { reason: 'runaway', atNs: 9 * SECOND_NS, runaway }).status).toBe(
      'does-not-hold',
    );
  });

  test('a run that ended in its warm-up measured nothing, not even zeros', () => {
    const runaway = { group: 0, sinceNs: 0, waitingJobs: 1000 };
    const stop = { reason: 'runaway', atNs: -SECOND_NS, runaway } as const;
    const findings = findingsOf({
      scenario: scenario({ budgets: [wide] }),
      measurements: measurements({ classes: [good], stop }),
    });
    expect(findings).toMatchObject({ requests: [], stations: [], stop: { runaway: { sinceNs: null } } });
    expect(findings.budgets[0]).toMatchObject({ verdict: 'no-data', noDataBecause: 'no-samples' });
    expect(findings.verdict).toMatchObject({ status: 'does-not-hold', availability: null });
  });

  test('a budget of level warn breaks nothing', () => {
    expect(verdictOf([wide, { ...broken, level: 'warn' }]).status).toBe('holds');
    expect(verdictOf([{ ...unknown, level: 'warn' }, wide]).status).toBe('holds');
    expect(verdictOf([{ ...broken, level: 'warn' }]).status).toBe('thin-margin');
    expect(verdictOf([{ ...unknown, level: 'warn' }]).status).toBe('cannot-say');
  });

  test('the margin of an availability is what is left of what it may lose', () => {
    const availability = (limit: number) => budget([condition('availability', '>', limit)]);
    expect(verdictOf([availability(0.8)]).status).toBe('holds'); // 0.9286: lost 7 % of 20 % allowed
    expect(verdictOf([availability(0.925)]).status).toBe('thin-margin'); // lost 7.1 % of 7.5 % allowed
  });
});

test('totals are of the whole site, the peak of its busiest window', () => {
  const busy = requestClass({ offered: [1e3, 1e3, 1e3, 1e3, 1e3, 1e3, 1e3, 5e3, 1e3, 1e3], good: 500 });
  const { verdict } = findingsOf({
    model: model({ slice: 10 }),
    measurements: measurements({ classes: [busy] }),
  });
  expect(verdict).toMatchObject({
    offered: 140_000,
    good: 50_000,
    availability: 5 / 14,
    offeredPeakPerSec: 50_000,
  });
});

describe('cost', () => {
  const CNY = { amount: 3600, currency: 'CNY' };
  const USD = { amount: 2, currency: 'USD' };
  const value = { amount: 100, currency: 'CNY' };
  const priced = (stations: Parameters<typeof model>[0]) =>
    findingsOf({
      model: model({ classes: [{ name: 'buy', start: 0, priority: 0, timeout: -1, value }], ...stations }),
      measurements: measurements({ classes: [good] }),
    }).cost;

  test('is per currency and layer, and per order', () => {
    const stations = [
      station('a', { layer: 'app', replicas: 2, pricePerReplicaHour: CNY }),
      station('b', { layer: 'app', replicas: 1, pricePerReplicaHour: CNY }),
      station('c', { layer: 'data', replicas: 3, pricePerReplicaHour: USD }),
      station('d', { layer: 'data', replicas: 9 }),
    ];
    expect(priced({ stations, layers: ['app', 'data'] })).toEqual([
      {
        currency: 'CNY',
        perHour: 10_800,
        byLayer: [{ layer: 'app', replicas: 3, perHour: 10_800 }],
        unpriced: ['d'],
        duringRun: 30,
        per10kOrders: (30 / 130) * 10_000,
        orders: 130,
        orderValue: { amount: 13_000, currency: 'CNY' },
      },
      {
        currency: 'USD',
        perHour: 6,
        byLayer: [{ layer: 'data', replicas: 3, perHour: 6 }],
        unpriced: ['d'],
        duringRun: 6 / 360,
        per10kOrders: (6 / 360 / 130) * 10_000,
        orders: 130,
        orderValue: { amount: 13_000, currency: 'CNY' },
      },
    ]);
  });

  test('without prices there is none', () => {
    expect(priced({})).toEqual([]);
  });
});
