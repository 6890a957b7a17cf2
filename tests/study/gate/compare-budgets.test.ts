import { describe, expect, test } from 'vitest';
import type { BaselineBudget } from '../../../src/study/gate/baseline.ts';
import { compareBudgets, type Sides, type Tolerances } from '../../../src/study/gate/compare-budgets.ts';
import { relativeWorsening, worsening } from '../../../src/study/gate/direction.ts';
import type { Acceptance, BudgetChange } from '../../../src/study/gate/gate-check.ts';

const TOLERANCES: Tolerances = {
  confidence: 0.99,
  tolerance: 0.03,
  floors: { ns: 1e6, ratio: 1e-4, perSec: 1, count: 1, factor: 0.01, money: 0 },
};

/** A P99 of 100 ms and a little in each of five replications. */
const NOISE = [-2e6, 1e6, 0, 3e6, -2e6];

function number(value: number, parts: Partial<BaselineBudget> = {}): BaselineBudget {
  const ofEach = NOISE.map((noise) => value + noise);
  const name = { id: 'quick', target: 'request:buy', metric: 'p99', window: null };
  return { ...name, unit: 'ns', value, interval: null, ofEach, ...parts };
}

function changeOf(
  before: BaselineBudget | null,
  after: BaselineBudget,
  sides: Partial<Sides> = {},
): BudgetChange {
  const all = { before: before === null ? [] : [before], after: [after], arePaired: true, accepted: [] };
  const [change] = compareBudgets({ ...all, limits: new Map(), ...sides }, TOLERANCES).values();
  return change!;
}

const share = (value: number, metric = 'availability'): BaselineBudget => {
  const ofEach = [0, 1e-6, -1e-6, 2e-6, -2e-6].map((noise) => value + noise);
  return number(value, { metric, unit: 'ratio', ofEach });
};

describe('a change is a regression', () => {
  test('where it is significant, above the tolerance and above the floor', () => {
    expect(changeOf(number(100e6), number(110e6))).toMatchObject({
      verdict: 'regressed',
      difference: 10e6,
      worseBy: 0.1,
      adjustedPValue: 0,
    });
  });

  test('and not where one of the three is missing', () => {
    const scattered = number(110e6, { ofEach: [80e6, 150e6, 100e6, 120e6, 100e6] });
    expect(changeOf(number(100e6), scattered).verdict).toBe('within-noise');
    expect(changeOf(number(100e6), number(102e6)).verdict).toBe('within-tolerance');
    const tiny = (value: number) => number(value, { ofEach: NOISE.map((noise) => value + noise / 1e3) });
    expect(changeOf(tiny(2e6), tiny(2.9e6)).verdict).toBe('within-tolerance');
  });

  test('at the tolerance itself it is none', () => {
    expect(changeOf(number(100e6), number(103e6)).verdict).toBe('within-tolerance');
    expect(changeOf(number(100e6), number(103.1e6)).verdict).toBe('regressed');
  });

  test('for the worse only: of availability, throughput and good slices less is worse', () => {
    expect(changeOf(number(100e6), number(90e6)).verdict).toBe('improved');
    expect(changeOf(share(0.999), share(0.998)).verdict).toBe('regressed');
    expect(changeOf(share(0.998), share(0.999)).verdict).toBe('improved');
    expect(changeOf(share(0.99, 'slices.good'), share(0.98, 'slices.good')).verdict).toBe('regressed');
    expect(changeOf(share(0.6, 'util'), share(0.7, 'util')).verdict).toBe('regressed');
  });
});

describe('what cannot be told', () => {
  test('without pairs, a value, or a value of each replication', () => {
    expect(changeOf(number(100e6), number(150e6), { arePaired: false }).verdict).toBe('unknown');
    expect(changeOf(number(100e6), number(150e6, { value: null })).verdict).toBe('unknown');
    const missing = number(150e6, { ofEach: [...NOISE.slice(1).map(() => 150e6), null] });
    expect(changeOf(number(100e6), missing).verdict).toBe('unknown');
    expect(changeOf(number(100e6, { ofEach: [] }), number(150e6, { ofEach: [] })).verdict).toBe('unknown');
  });

  test('equal to the last digit needs no test; new has nothing before', () => {
    expect(changeOf(number(100e6), number(100e6))).toMatchObject({ verdict: 'equal', difference: 0 });
    expect(changeOf(number(100e6, { ofEach: [] }), number(100e6, { ofEach: [] })).verdict).toBe('equal');
    expect(changeOf(null, number(100e6))).toMatchObject({ verdict: 'new', before: null });
  });
});

test('all that is not equal is considered together (Holm)', () => {
  // p = 0.005 of this one alone: no longer so among ten of its kind.
  const ofEach = [100e6, 104e6, 101e6, 103e6, 107e6];
  const one = (index: number, value: number, values: readonly number[]): BaselineBudget =>
    number(value, { id: `b${index}`, ofEach: values });
  const pairs = (count: number) => ({
    before: Array.from({ length: count }, (_, i) => one(i, 97e6, [97e6, 97e6, 97e6, 97e6, 97e6])),
    after: Array.from({ length: count }, (_, i) => one(i, 103e6, ofEach)),
    arePaired: true,
    accepted: [],
    limits: new Map(),
  });
  const pOf = (count: number) =>
    [...compareBudgets(pairs(count), TOLERANCES).values()][0]?.adjustedPValue ?? 1;
  expect(pOf(10)).toBeCloseTo(10 * pOf(1), 10);
});

test('limits of a budget go before those of the command line', () => {
  const limits = new Map([['quick', { maxRelative: 0.2, floor: { ns: 5e6 } }]]);
  expect(changeOf(number(100e6), number(110e6), { limits })).toMatchObject({
    verdict: 'within-tolerance',
    tolerance: 0.2,
    floor: 5e6,
  });
  const noFloor = new Map([['quick', { maxRelative: 0.01, floor: {} }]]);
  expect(changeOf(number(100e6), number(110e6), { limits: noFloor })).toMatchObject({ floor: 1e6 });
});

test('what is accepted passes up to the tolerance beyond it', () => {
  const { id, target, metric, window } = number(0);
  const how = { reason: 'wanted', by: null, date: '2025-11-11' };
  const accepted: Acceptance[] = [{ id, target, metric, window, value: 110e6, ...how }];
  expect(changeOf(number(100e6), number(112e6), { accepted })).toMatchObject({
    verdict: 'accepted',
    accepted: { reason: 'wanted' },
  });
  expect(changeOf(number(100e6), number(115e6), { accepted }).verdict).toBe('regressed');
});

describe('how much worse', () => {
  test.each([
    ['p99', 'ns', 100, 110, 10, 0.1],
    ['throughput', 'perSec', 100, 90, 10, 0.1],
    ['availability', 'ratio', 0.999, 0.998, 0.001, 1],
    ['errors', 'ratio', 0.001, 0.002, 0.001, 1],
    ['headroom', 'factor', 2, 1.5, 0.5, 0.25],
    ['p99', 'ns', 0, 10, 10, Infinity],
    ['p99', 'ns', 0, 0, 0, 0],
  ] as const)('%s in %s from %d to %d', (metric, unit, before, after, size, relative) => {
    expect(worsening(metric, before, after)).toBeCloseTo(size, 12);
    const found = relativeWorsening(metric, unit, before, after);
    if (Number.isFinite(relative)) expect(found).toBeCloseTo(relative, 9);
    else expect(found).toBe(relative);
  });
});
