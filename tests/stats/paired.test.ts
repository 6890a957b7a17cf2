import jStat from 'jstat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holmAdjusted } from '../../src/stats/holm.ts';
import { meanInterval } from '../../src/stats/mean-interval.ts';
import { pairedDifference, type ReplicatedValue } from '../../src/stats/paired.ts';

const LEVEL = 0.95;
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const replicated = (...values: number[]): ReplicatedValue => ({ pooledValue: meanOf(values), values });

describe('a paired difference', () => {
  test('of means is the t interval of the differences', () => {
    const before = replicated(10, 20, 30, 40);
    const after = replicated(11, 22, 31.5, 42.5);
    const { interval, pValue } = pairedDifference(before, after, LEVEL);
    const expected = meanInterval([1, 2, 1.5, 2.5], LEVEL);
    if (interval.kind !== 'interval' || expected.kind !== 'interval') throw new Error('no interval');
    expect(interval.point).toBeCloseTo(1.75, 12);
    expect(interval.lower).toBeCloseTo(expected.lower, 12);
    expect(interval.upper).toBeCloseTo(expected.upper, 12);
    // t = 1.75 / (0.6454972 / 2) = 5.4222
    expect(pValue).toBeCloseTo(2 * (1 - jStat.studentt.cdf(5.42217668469038, 3)), 9);
  });

  test('of percentiles is centred on the pooled difference', () => {
    const before = { pooledValue: 10, values: [9, 10, 12] };
    const after = { pooledValue: 13, values: [11, 14, 15] };
    // d = 2, 4, 3 around 3: √((1 + 1 + 0)/2/3) = 0.57735; t = 5.19615
    const { interval, pValue } = pairedDifference(before, after, LEVEL);
    expect(interval).toMatchObject({ kind: 'interval', point: 3 });
    expect(pValue).toBeCloseTo(2 * (1 - jStat.studentt.cdf(5.196152422706632, 2)), 9);
  });

  test('is nothing at all between equals: exactly 0, p = 1', () => {
    const side = { pooledValue: 0.1 + 0.2, values: [0.1, 0.7, 1 / 3] };
    const { interval, pValue } = pairedDifference(side, structuredClone(side), LEVEL);
    expect(interval).toEqual({ kind: 'interval', point: 0, lower: 0, upper: 0, level: LEVEL });
    expect(pValue).toBe(1);
  });

  test('that is the same in every replication is certain', () => {
    const { interval, pValue } = pairedDifference(replicated(1, 2, 3), replicated(6, 7, 8), LEVEL);
    expect(interval).toMatchObject({ point: 5, lower: 5, upper: 5 });
    expect(pValue).toBe(0);
  });

  test('needs two replications, and as many on both sides', () => {
    const { interval, pValue } = pairedDifference(replicated(1), replicated(3), LEVEL);
    expect(interval).toMatchObject({ kind: 'none', point: 2, samplesNeeded: 2 });
    expect(pValue).toBeNull();
    expect(() => pairedDifference(replicated(1, 2), replicated(1), LEVEL)).toThrow(RangeError);
  });

  test('keeps the digits of a tiny p-value', () => {
    // One degree of freedom is Cauchy: p = 2/π·atan(1/t); differences 1 ± 1e-9, t = 1e9.
    const { pValue } = pairedDifference(replicated(0, 0), replicated(1 - 1e-9, 1 + 1e-9), LEVEL);
    expect(pValue! / ((2 / Math.PI) * 1e-9)).toBeCloseTo(1, 6);
  });

  test('p agrees with jStat, and falls below 5 % exactly where the interval leaves out 0', () => {
    const sections = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(sections, fc.double({ min: -50, max: 50, noNaN: true }), (values, pooledValue) => {
        const count = values.length;
        const squares = values.reduce((sum, value) => sum + (value - pooledValue) ** 2, 0);
        const t = Math.abs(pooledValue) / Math.sqrt(squares / (count - 1) / count);
        fc.pre(Number.isFinite(t) && squares > 1e-6);
        const nothing = { pooledValue: 0, values: values.map(() => 0) };
        const { interval, pValue } = pairedDifference(nothing, { pooledValue, values }, LEVEL);
        if (interval.kind !== 'interval') throw new Error('no interval');
        expect(pValue).toBeCloseTo(2 * (1 - jStat.studentt.cdf(t, count - 1)), 7);
        fc.pre(Math.abs(pValue! - 0.05) > 1e-9);
        expect(pValue! < 0.05).toBe(interval.lower > 0 || interval.upper < 0);
      }),
    );
  });
});

describe('Holm', () => {
  test('by hand: the smallest times 4, the next times 3, never falling', () => {
    // 0.01·4, 0.02·3, 0.022·2 = 0.044 raised to 0.06, 0.3·1
    const adjusted = holmAdjusted([0.3, 0.02, 0.01, 0.022]);
    [0.3, 0.06, 0.04, 0.06].forEach((expected, i) => {
      expect(adjusted[i]).toBeCloseTo(expected, 15);
    });
  });

  test('ends at 1, keeps 0, and has nothing to do without tests', () => {
    expect(holmAdjusted([0.9, 0.6])).toEqual([1, 1]);
    expect(holmAdjusted([0, 1])).toEqual([0, 1]);
    expect(holmAdjusted([])).toEqual([]);
    expect(() => holmAdjusted([NaN])).toThrow(RangeError);
  });

  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

  test('rejects what the step-down procedure rejects: going up, until the first p above α/(m − j + 1)', () => {
    fc.assert(
      fc.property(pValues, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (all, alpha) => {
        const ascending = [...all].sort((a, b) => a - b);
        const first = ascending.findIndex((pValue, rank) => (all.length - rank) * pValue > alpha);
        const rejected = first < 0 ? ascending.length : first;
        expect(holmAdjusted(all).filter((adjusted) => adjusted <= alpha)).toHaveLength(rejected);
      }),
    );
  });

  test('lies between the p-value itself and Bonferroni, and keeps their order', () => {
    fc.assert(
      fc.property(pValues, (all) => {
        const adjusted = holmAdjusted(all);
        all.forEach((pValue, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(pValue);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, all.length * pValue));
          all.forEach((other, j) => {
            if (pValue < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
      }),
    );
  });
});
