import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundedNumber, type BaselineBudget } from '../../../src/study/gate/baseline.ts';
import { parseBaseline } from '../../../src/study/gate/parse-baseline.ts';

const one = (value: number, unit: BaselineBudget['unit']): BaselineBudget => ({
  ...{ id: 'b', target: '*', metric: 'availability', window: null, unit, value },
  interval: [value, null],
  ofEach: [value, null],
});

test('numbers keep four digits; shares near 1 those of what is missing', () => {
  expect(roundedNumber(one(123_456_789, 'ns'))).toMatchObject({
    value: 123_500_000,
    ofEach: [123_500_000, null],
  });
  expect(roundedNumber(one(0.9995312345, 'ratio')).value).toBe(0.9995312);
  expect(roundedNumber(one(0.123456, 'ratio')).value).toBe(0.1235);
});

test('rounding is of no effect on what is rounded, and keeps the order', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      const round = (value: number): number => roundedNumber(one(value, 'ratio')).value ?? NaN;
      expect(round(round(a))).toBe(round(a));
      if (a <= b) expect(round(a)).toBeLessThanOrEqual(round(b));
    }),
  );
});

const WHOLE = {
  $schema: 'urn:hongfeng:baseline:1',
  schemaVersion: 1,
  tool: { name: 'hongfeng', version: '1' },
  scenario: { id: 'site', sha256: 'ab' },
  conditions: { seeds: ['s'], untilNs: null, slice: 1, isSampled: false },
  budgets: [one(1, 'ratio')],
  cost: { CNY: 12 },
  accepted: [
    { id: 'b', target: '*', metric: 'p99', window: null, value: 1, reason: 'r', by: null, date: 'd' },
  ],
};

test('a whole file is read; every value that is not what it must be is named', () => {
  expect(parseBaseline(JSON.stringify(WHOLE)).ok).toBe(true);
  const broken: [unknown, string][] = [
    [{ ...WHOLE, budgets: {} }, 'budgets'],
    [{ ...WHOLE, budgets: [{ ...WHOLE.budgets[0], value: '1' }] }, 'budgets[0].value'],
    [{ ...WHOLE, budgets: [{ ...WHOLE.budgets[0], unit: 'ms' }] }, 'budgets[0].unit'],
    [{ ...WHOLE, budgets: [{ ...WHOLE.budgets[0], ofEach: [1, '2'] }] }, 'budgets[0].ofEach[1]'],
    [{ ...WHOLE, conditions: { ...WHOLE.conditions, seeds: 's' } }, 'conditions.seeds'],
    [{ ...WHOLE, cost: { CNY: '12' } }, 'cost'],
    [{ ...WHOLE, accepted: [{ ...WHOLE.accepted[0], reason: null }] }, 'accepted[0].reason'],
    [{ ...WHOLE, accepted: null }, 'accepted'],
  ];
  for (const [value, path] of broken) {
    expect(parseBaseline(JSON.stringify(value))).toEqual({ ok: false, problem: { kind: 'malformed', path } });
  }
});

test('no JSON whatever makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      parseBaseline(JSON.stringify(value));
      parseBaseline(JSON.stringify({ ...WHOLE, budgets: value, accepted: value }));
    }),
  );
});
