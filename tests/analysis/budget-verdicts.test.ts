import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { sideOf } from '../../src/analysis/budgets/conditions.ts';
import { Cause } from '../../src/model/opcodes.ts';
import type { Budget, Condition } from '../../src/scenario/types.ts';
import { budget, condition, findingsOf, input, measurements, requestClass, scenario } from './builders.ts';

/** Replications of which each answers so many of 1,000 requests a second. */
function judge(goods: readonly number[], expect: Condition, extra: Partial<Budget> = {}) {
  const replications = goods.map((good) =>
    measurements({
      classes: [requestClass({ offered: 1000, good, failures: { [Cause.failed]: 1000 - good } })],
    }),
  );
  const plan = { asked: goods.length, seeds: goods.map(String), stoppedBy: null, precision: null };
  const budgets = [budget([expect], extra)];
  const findings = analyse(input({ replications, plan, scenario: scenario({ budgets }) }));
  return { row: findings.budgets[0]!, verdict: findings.verdict };
}

describe('a verdict is that of the interval', () => {
  // 99 % ± t(2, 97.5 %) · 0.1 % / √3 = 98.75 % to 99.25 %
  const goods = [989, 990, 991];

  test('wholly inside passes, wholly outside fails', () => {
    expect(judge(goods, condition('availability', '>', 0.987)).row).toMatchObject({
      verdict: 'pass',
      countsAs: 'pass',
    });
    expect(judge(goods, condition('availability', '>', 0.993))).toMatchObject({
      row: { verdict: 'fail', countsAs: 'fail' },
      verdict: { status: 'does-not-hold' },
    });
    expect(judge(goods, condition('availability', '>', 0.993), { level: 'warn' }).row).toMatchObject({
      verdict: 'warn',
      countsAs: 'warn',
    });
  });

  test('one that reaches across the limit counts as what the value says, on either side', () => {
    expect(judge(goods, condition('availability', '>', 0.989))).toMatchObject({
      row: { verdict: 'inconclusive', countsAs: 'pass', value: 0.99 },
      verdict: { status: 'thin-margin', decidingBudget: 0 },
    });
    expect(judge(goods, condition('availability', '>', 0.991))).toMatchObject({
      row: { verdict: 'inconclusive', countsAs: 'fail', value: 0.99 },
      verdict: { status: 'does-not-hold', decidingBudget: 0 },
    });
    expect(judge(goods, condition('availability', '>', 0.991), { level: 'warn' })).toMatchObject({
      row: { verdict: 'inconclusive', countsAs: 'warn' },
      verdict: { status: 'thin-margin' },
    });
  });

  test('is as wide as the confidence asked for', () => {
    const at = (confidence: number) =>
      judge(goods, condition('availability', '>', 0.9882), { confidence }).row;
    expect(at(0.95)).toMatchObject({ verdict: 'inconclusive', confidence: 0.95 });
    expect(at(0.8)).toMatchObject({ verdict: 'pass', confidence: 0.8 });
  });

  test('a single replication has none: its value decides', () => {
    const only = judge([990], condition('availability', '>', 0.9899)).row;
    expect(only).toMatchObject({ verdict: 'pass', countsAs: 'pass' });
    expect(only.interval).toBeUndefined();
    expect(judge([990], condition('availability', '>', 0.9901)).row.verdict).toBe('fail');
  });

  test('no data counts as no data', () => {
    expect(judge(goods, condition('availability', '>', 0.5), { minSamples: 1e9 })).toMatchObject({
      row: { verdict: 'no-data', countsAs: 'no-data' },
      verdict: { status: 'cannot-say' },
    });
  });
});

test('which side of a limit an interval lies on', () => {
  const side = (op: Condition['op'], lower: number, upper: number | null) =>
    sideOf({ op, limit: 5 }, [lower, upper]);
  expect([side('<', 3, 4.9), side('<', 3, 5), side('<', 5, 6)]).toEqual(['inside', 'across', 'outside']);
  expect([side('<=', 3, 5), side('<=', 5, 6), side('<=', 5.1, 6)]).toEqual(['inside', 'across', 'outside']);
  expect([side('>=', 5, 6), side('>=', 4, 5), side('>=', 4, 4.9)]).toEqual(['inside', 'across', 'outside']);
  expect([side('==', 5, 5), side('==', 4, 6), side('==', 4, 5), side('==', 6, 7)]).toEqual([
    ...['inside', 'across', 'across', 'outside'],
  ]);
  expect([side('<', 3, null), side('<', 6, null), side('>', 6, null)]).toEqual([
    ...['across', 'outside', 'inside'],
  ]);
});

test('conditions under warn: are warnings, and a budget that is off is not there', () => {
  const warn = [condition('availability', '>', 0.999)];
  const classes = [requestClass({ offered: 100, good: 99, failures: { [Cause.shed]: 1 } })];
  const findings = (extra: Partial<Budget>) => {
    const budgets = [budget([condition('availability', '>', 0.9)], { warn, ...extra })];
    return findingsOf({ measurements: measurements({ classes }), scenario: scenario({ budgets }) });
  };
  expect(findings({}).budgets.map(({ text, level, verdict }) => [text, level, verdict])).toEqual([
    ['availability > 0.9', 'error', 'pass'],
    ['availability > 0.999', 'warn', 'warn'],
  ]);
  expect(findings({ level: 'off' }).budgets).toEqual([]);
});
