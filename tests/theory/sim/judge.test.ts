import { describe, expect, test } from 'vitest';
import type { Case, Figure } from '../cases/case.ts';
import { judge, type Estimate } from './judge.ts';

const CASE: Case = {
  id: 'case',
  title: '',
  area: 'network',
  kind: 'stochastic',
  source: '',
  how: '',
  expected: {},
};

function figure(change: Partial<Figure>): Figure {
  const none = { se: null, sd: null, ci95: null, band: null };
  return {
    case: CASE,
    name: 'm',
    metric: 'm',
    expected: 100,
    unitsPerSec: 1,
    ...none,
    measure: 'm',
    ...change,
  };
}

/** Twenty replications that scatter by ± `spread` round the value. */
function measured(value: number, change: Partial<Estimate> & { readonly spread?: number } = {}): Estimate {
  const { spread = 0.1, ...rest } = change;
  const replications = Array.from({ length: 20 }, (_, index) => value + (index % 2 === 0 ? spread : -spread));
  return { value, replications, samples: 1e6, customers: 1e6, binError: 0, ...rest };
}

const passed = (of: Figure, estimate: Estimate): boolean => judge(of, estimate, 'full').passed;

describe('standard error', () => {
  const answer = figure({ se: 1 });

  test.each([
    [103.4, 1e6, true],
    [103.6, 1e6, false],
    [96.6, 1e6, true],
    [96.4, 1e6, false],
    [101.7, 4e6, true],
    [101.8, 4e6, false],
  ])('%d after %d customers: %s', (value, samples, expected) => {
    expect(passed(answer, measured(value, { samples }))).toBe(expected);
  });

  test('the bin of a histogram widens it by 2^-8 of the value', () => {
    expect(passed(answer, measured(103.85, { binError: 2 ** -8 }))).toBe(true);
    expect(passed(answer, measured(103.95, { binError: 2 ** -8 }))).toBe(false);
  });
});

describe('interval', () => {
  // t of 19 degrees of freedom at 99.9 % is 3.883, so ± 0.1 gives a half-width of 0.0891.
  test('contains the answer or not', () => {
    expect(passed(figure({}), measured(100.089))).toBe(true);
    expect(passed(figure({}), measured(100.09))).toBe(false);
  });

  test('must be narrow while that is affordable', () => {
    expect(passed(figure({}), measured(100, { spread: 1.1 }))).toBe(true);
    expect(passed(figure({}), measured(100, { spread: 1.2 }))).toBe(false);
    expect(judge(figure({}), measured(100, { spread: 1.2, customers: 9.9e7 }), 'full')).toMatchObject({
      passed: true,
      wide: true,
    });
  });

  test('of a share below 1 % may be five times as wide, of another small value not', () => {
    const share = figure({ metric: 'loss_probability', expected: 0.001 });
    expect(passed(share, measured(0.001, { spread: 5e-5 }))).toBe(true);
    expect(passed({ ...share, metric: 'mean_wait' }, measured(0.001, { spread: 5e-5 }))).toBe(false);
  });

  test('needs ten replications', () => {
    const few = { ...measured(100), replications: [100, 100] };
    expect(() => judge(figure({}), few, 'full')).toThrow(RangeError);
  });
});

test('a band of answers admits what lies inside or touches it', () => {
  const answer = figure({ band: [98, 103] });
  expect([97.8, 97.95, 100, 103.05, 103.2].map((value) => passed(answer, measured(value)))).toEqual([
    ...[false, true, true, true, false],
  ]);
});

test('95 % intervals overlap: a simulated reference', () => {
  const answer = figure({ ci95: 1 });
  expect(passed(answer, measured(101.04))).toBe(true); // its own half-width is 0.048
  expect(passed(answer, measured(101.06))).toBe(false);
});

test('deviation: the mean of twenty runs with a known scatter of one', () => {
  expect(passed(figure({ sd: 10 }), measured(107.8))).toBe(true);
  expect(passed(figure({ sd: 10 }), measured(107.9))).toBe(false);
});

test('exact: to the digits given, in the unit given', () => {
  const answer = figure({ case: { ...CASE, kind: 'exact' }, unitsPerSec: 1000 });
  expect(passed(answer, measured(0.1))).toBe(true);
  expect(passed(answer, measured(0.1001))).toBe(false);
});

test('what is too rare to be seen must not be seen', () => {
  expect(passed(figure({ expected: 1e-9 }), measured(0, { spread: 0 }))).toBe(true);
  expect(passed(figure({ expected: 1e-9 }), measured(0.01, { spread: 0 }))).toBe(false);
});
