import jStat from 'jstat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialCdf } from '../../src/stats/binomial.ts';
import type { Interval, IntervalResult } from '../../src/stats/interval.ts';
import { meanInterval } from '../../src/stats/mean-interval.ts';
import { wilsonInterval } from '../../src/stats/ratio-interval.ts';
import { sectionedInterval } from '../../src/stats/sectioning.ts';

function intervalOf(result: IntervalResult): Interval {
  if (result.kind === 'none') throw new Error(`no interval: ${result.reason}`);
  return result;
}

describe('mean over replications', () => {
  test('ten replications, worked by hand', () => {
    // Mean 5.5, variance 55/6, half-width 2.26215716·√(55/60).
    const { point, lower, upper } = intervalOf(meanInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95));
    expect(point).toBe(5.5);
    expect(upper - lower).toBeCloseTo(2 * 2.262157162798205 * Math.sqrt(55 / 60), 10);
    expect((upper + lower) / 2).toBeCloseTo(5.5, 12);
  });

  test('one replication says how many are needed', () => {
    expect(meanInterval([3], 0.95)).toEqual({
      kind: 'none',
      point: 3,
      reason: 'too-few-samples',
      samplesNeeded: 2,
    });
    expect(meanInterval([], 0.95)).toMatchObject({ kind: 'none', point: null });
  });

  test('a level is a probability', () => {
    expect(() => meanInterval([1, 2], 95)).toThrow(RangeError);
  });
});

describe('ratio', () => {
  // Brown, Cai & DasGupta 2001 use these shapes; digits from scipy.stats.binomtest.
  test.each([
    { hits: 0, trials: 10, wilson: [0, 0.2775328] },
    { hits: 1, trials: 10, wilson: [0.017876213, 0.404150027] },
    { hits: 5, trials: 10, wilson: [0.236593091, 0.763406909] },
    { hits: 10, trials: 10, wilson: [0.7224672, 1] },
    { hits: 3, trials: 1000, wilson: [0.001020784, 0.008783014] },
  ])('$hits of $trials', ({ hits, trials, wilson }) => {
    const sample = { hitCount: hits, trialCount: trials };
    const score = intervalOf(wilsonInterval(sample, 0.95));
    expect([score.lower, score.upper]).toEqual(wilson.map((x) => expect.closeTo(x, 8) as number));
  });

  test('contains the estimate, stays in [0, 1], mirrors when hits and misses are exchanged', () => {
    const counts = fc
      .tuple(fc.nat({ max: 2_000 }), fc.nat({ max: 2_000 }))
      .filter(([k, misses]) => k + misses > 0);
    fc.assert(
      fc.property(counts, ([hitCount, misses]) => {
        const trialCount = hitCount + misses;
        const { point, lower, upper } = intervalOf(wilsonInterval({ hitCount, trialCount }, 0.95));
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(lower).toBeLessThanOrEqual(point);
        expect(point).toBeLessThanOrEqual(upper);
        expect(upper).toBeLessThanOrEqual(1);
        const mirrored = intervalOf(wilsonInterval({ hitCount: misses, trialCount }, 0.95));
        expect(1 - mirrored.upper).toBeCloseTo(lower, 12);
      }),
    );
  });

  test('no trials, no interval; impossible counts are refused', () => {
    expect(wilsonInterval({ hitCount: 0, trialCount: 0 }, 0.95)).toMatchObject({ kind: 'none', point: null });
    expect(() => wilsonInterval({ hitCount: 3, trialCount: 2 }, 0.95)).toThrow(RangeError);
    expect(() => wilsonInterval({ hitCount: 0.5, trialCount: 2 }, 0.95)).toThrow(RangeError);
  });
});

test('the binomial distribution function agrees with jStat', () => {
  for (const hitCount of [-1, 0, 3, 20, 39, 40, 50]) {
    const expected = hitCount < 0 ? 0 : jStat.binomial.cdf(hitCount, 40, 0.3);
    expect(binomialCdf(hitCount, { trialCount: 40, probability: 0.3 })).toBeCloseTo(expected, 10);
  }
});

describe('sectioning', () => {
  test('centres on the pooled value and spreads around it', () => {
    const estimate = { pooledValue: 10, sectionValues: [9, 10, 12, 13] };
    // Σ(θ_r − θ)² = 1 + 0 + 4 + 9 = 14; √(14/3/4)·3.18244631
    const { point, lower, upper } = intervalOf(sectionedInterval(estimate, 0.95));
    expect(point).toBe(10);
    expect(upper - 10).toBeCloseTo(3.182446305 * Math.sqrt(14 / 12), 8);
    expect(10 - lower).toBeCloseTo(upper - 10, 12);
  });

  test('is the t interval when the pooled value is the mean of the sections', () => {
    const sectionValues = [3, 5, 4, 8];
    const batching = intervalOf(meanInterval(sectionValues, 0.9));
    expect(intervalOf(sectionedInterval({ pooledValue: 5, sectionValues }, 0.9)).upper).toBeCloseTo(
      batching.upper,
      12,
    );
  });

  test('needs two sections', () => {
    expect(sectionedInterval({ pooledValue: 4, sectionValues: [4] }, 0.95)).toEqual({
      kind: 'none',
      point: 4,
      reason: 'too-few-samples',
      samplesNeeded: 2,
    });
  });
});
