import jStat from 'jstat';
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { pairedDifference, type ReplicatedValue } from '../../src/stats/paired.ts';
import { unpairedDifference } from '../../src/stats/welch.ts';

const LEVEL = 0.95;
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const replicated = (...values: number[]): ReplicatedValue => ({ pooledValue: meanOf(values), values });

describe('a difference of sides that do not pair', () => {
  test("is Welch's t test, with Satterthwaite's degrees of freedom", () => {
    const before = replicated(10, 12, 14, 16);
    const after = replicated(20, 21, 22);
    // s² = 20/3 of 4, and 1 of 3: SE² = 5/3 + 1/3 = 2; ν = 4 / ((5/3)²/3 + (1/3)²/2) = 4.0755; t = 8/√2.
    const degrees = 4 / (25 / 9 / 3 + 1 / 9 / 2);
    const { interval, pValue } = unpairedDifference(before, after, LEVEL);
    expect(pValue).toBeCloseTo(2 * (1 - jStat.studentt.cdf(8 / Math.SQRT2, degrees)), 9);
    const halfWidth = jStat.studentt.inv(0.975, degrees) * Math.SQRT2;
    expect(interval).toMatchObject({ kind: 'interval', point: 8 });
    if (interval.kind !== 'interval') throw new Error('no interval');
    expect(interval.lower).toBeCloseTo(8 - halfWidth, 6);
    expect(interval.upper).toBeCloseTo(8 + halfWidth, 6);
  });

  test('drowns in what both sides have in common, which pairs would show', () => {
    const before = replicated(10, 20, 30, 40);
    const after = replicated(11, 21.1, 31, 40.9);
    expect(pairedDifference(before, after, LEVEL).pValue).toBeLessThan(0.001);
    expect(unpairedDifference(before, after, LEVEL).pValue).toBeGreaterThan(0.5);
  });

  test('covers the true one, of sides of other spreads and numbers, in 95 % of all cases', () => {
    const uniform = seedrandom('welch');
    const normal = (mean: number, deviation: number): number =>
      jStat.normal.inv(uniform.double() || 0.5, mean, deviation);
    const STUDIES = 4000;
    let covered = 0;
    for (let study = 0; study < STUDIES; study++) {
      const before = replicated(...Array.from({ length: 5 }, () => normal(100, 10)));
      const after = replicated(...Array.from({ length: 9 }, () => normal(103, 2)));
      const { interval } = unpairedDifference(before, after, LEVEL);
      if (interval.kind === 'interval' && interval.lower <= 3 && 3 <= interval.upper) covered++;
    }
    // Four standard errors of a share of 95 %.
    expect(covered / STUDIES).toBeGreaterThan(0.936);
    expect(covered / STUDIES).toBeLessThan(0.964);
  });

  test('needs two replications of each', () => {
    expect(unpairedDifference(replicated(1), replicated(2, 3), LEVEL)).toMatchObject({
      interval: { kind: 'none', point: 1.5 },
      pValue: null,
    });
  });

  test('of sides without any spread is certain', () => {
    expect(unpairedDifference(replicated(1, 1), replicated(2, 2, 2), LEVEL).pValue).toBe(0);
    expect(unpairedDifference(replicated(1, 1), replicated(1, 1, 1), LEVEL).pValue).toBe(1);
  });
});
