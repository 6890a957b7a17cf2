import { describe, expect, test } from 'vitest';
import type { BudgetFinding, Findings } from '../../../src/analysis/findings.ts';
import { isBeyondDoubt, loadPoint } from '../../../src/study/capacity/load-point.ts';
import { boundOf, isMonotone } from '../../../src/study/capacity/bound.ts';
import { doubleEleven } from '../../report/example-findings.ts';

const base = doubleEleven();
const [some] = base.budgets;
if (some === undefined) throw new Error('the example has no budget');
const budget = (extra: Partial<BudgetFinding>): BudgetFinding => ({
  ...some,
  ...{
    id: 'b',
    op: '<',
    limit: 100,
    value: 50,
    interval: [45, 55],
    verdict: 'pass',
    countsAs: 'pass',
    margin: 0.5,
  },
  ...{ noDataBecause: null },
  ...extra,
});

const calm: Findings = {
  ...base,
  stop: { ...base.stop, reason: 'completed', runaway: null },
  stability: { ...base.stability, run: { ...base.stability.run, verdict: 'stable' } },
  stations: [],
};
const pointOf = (
  budgets: readonly BudgetFinding[],
  extra: Partial<Findings> = {},
  multiplier = 1,
  perLoad = 1,
) =>
  loadPoint(
    { ...calm, budgets, ...extra },
    { multiplier, budgets: new Set(['b', 'c']), busiestPhase: null, perLoad },
  );

const BROKEN = budget({ value: 120, interval: [110, 130], verdict: 'fail', countsAs: 'fail', margin: -0.2 });
const DOUBTFUL = budget({ value: 98, interval: [90, 106], verdict: 'inconclusive', margin: 0.02 });

describe('a load', () => {
  test.each([
    ['holds, all intervals inside', [budget({})], 'holds', true],
    ['holds, one interval across its limit', [budget({}), DOUBTFUL], 'holds', false],
    ['broken for sure', [BROKEN, DOUBTFUL], 'broken', true],
    [
      'broken by the value alone',
      [budget({ value: 103, interval: [95, 110], margin: -0.03 })],
      'broken',
      false,
    ],
    ['without intervals the values decide', [budget({ interval: null })], 'holds', true],
    [
      'too few observations',
      [budget({ value: null, verdict: 'no-data', noDataBecause: 'few-samples', margin: null })],
      'cannot-say',
      false,
    ],
    [
      'nothing ever answered',
      [budget({ value: null, verdict: 'no-data', noDataBecause: 'none-completed', margin: null })],
      'broken',
      true,
    ],
    ['budgets not asked for', [{ ...BROKEN, id: 'other' }], 'holds', true],
  ] as const)('%s', (_, budgets, verdict, isSure) => {
    expect(pointOf(budgets)).toMatchObject({ verdict, isSure, isUnstable: false });
  });

  test('a queue that grows without end breaks it, in some replications without certainty', () => {
    const stop = { ...calm.stop, reason: 'runaway' as const };
    const ranAway = (count: number) => ({ ...calm.replications, ranAway: { count, of: 5 } });
    const all = pointOf([budget({})], { stop, replications: ranAway(5) });
    expect(all).toMatchObject({ verdict: 'broken', isSure: true, isUnstable: true });
    expect(pointOf([budget({})], { stop, replications: ranAway(2) })).toMatchObject({ isSure: false });
  });
});

describe('the bound', () => {
  const range = { from: 0.1, to: 5, precision: 0.01 };
  const of = (...points: ReturnType<typeof pointOf>[]) => boundOf(points, range, { hasIntervals: true });
  const holds = (multiplier: number) => pointOf([budget({})], {}, multiplier);
  const doubt = (multiplier: number) => pointOf([DOUBTFUL], {}, multiplier);
  const broken = (multiplier: number) => pointOf([BROKEN], {}, multiplier);

  test('lies between the last load that holds and the first that breaks; its interval between the sure ones', () => {
    const bound = of(holds(1), doubt(1.2), broken(1.21));
    expect(bound).toMatchObject({ kind: 'bound', multiplier: 1.2, beyond: 1.21, interval: [1, 1.21] });
    expect(bound.budget).toMatchObject({ id: 'b', value: 120, breaks: true, isSure: true });
    expect(boundOf([doubt(1), broken(2)], range, { hasIntervals: false })).toMatchObject({
      interval: [null, null],
    });
  });

  test('is said to be elsewhere when the range ends first', () => {
    expect(of(holds(1), holds(5))).toMatchObject({ kind: 'still-holding', multiplier: 5 });
    expect(of(broken(0.1), broken(1))).toMatchObject({ kind: 'infeasible', multiplier: 0.1 });
    expect(of(holds(1))).toMatchObject({ kind: 'cannot-say' });
    expect(of()).toMatchObject({ kind: 'cannot-say', multiplier: null, budget: null });
  });

  test('a load that holds beyond one that does not is told', () => {
    expect(isMonotone([holds(1), broken(2)])).toBe(true);
    expect(isMonotone([holds(1), broken(2), holds(3)])).toBe(false);
  });
});

describe('a load with fewer replications than asked for', () => {
  test('is not sure of what has no interval, though its value decides', () => {
    const alone = budget({ interval: null });
    expect(pointOf([alone], {}, 1, 5)).toMatchObject({ verdict: 'holds', isSure: false });
    expect(pointOf([alone], {}, 1, 1)).toMatchObject({ verdict: 'holds', isSure: true });
    const runaway = { group: 'desk', sinceNs: 0, waitingJobs: 9 };
    const grows = { stop: { ...calm.stop, reason: 'runaway', runaway } } as const;
    expect(pointOf([alone], grows, 1, 5)).toMatchObject({
      verdict: 'broken',
      isSure: false,
      isUnstable: true,
    });
    expect(pointOf([alone], grows, 1, 1)).toMatchObject({ verdict: 'broken', isSure: true });
  });

  test.each<[string, BudgetFinding, boolean]>([
    ['by more than twice its interval', budget({ value: 120, interval: [111, 140], margin: -0.2 }), true],
    ['by less', budget({ value: 120, interval: [109, 131], margin: -0.2 }), false],
    ['below a lower limit', budget({ op: '>', value: 50, interval: [20, 70], margin: -0.5 }), true],
    ['hardly below it', budget({ op: '>', value: 50, interval: [40, 80], margin: -0.5 }), false],
    ['with an open end', budget({ value: 300, interval: [250, null], margin: -2 }), true],
    ['not at all', budget({}), false],
  ])('is broken beyond doubt when a budget is beyond its limit %s', (_, row, isFar) => {
    expect(isBeyondDoubt(pointOf([row], {}, 1, 5))).toBe(isFar);
  });
});
