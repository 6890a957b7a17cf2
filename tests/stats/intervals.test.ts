import jStat from 'jstat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialCdf } from '../../src/stats/binomial.ts';
import type { Interval, IntervalResult } from '../../src/stats/interval.ts';
import { meanInterval } from '../../src/stats/mean-interval.ts';
import { orderStatisticInterval, orderStatisticRanks } from '../../src/stats/quantile-interval.ts';
import { sortSamples } from '../../src/stats/quantiles.ts';
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

describe('quantile of independent samples', () => {
  // Le Boudec 2010, appendix A: ranks for the median at 95 %.
  test.each([
    { count: 6, lower: 1, upper: 6 },
    { count: 10, lower: 2, upper: 9 },
    { count: 30, lower: 10, upper: 21 },
  ])('ranks for the median of $count', ({ count, lower, upper }) => {
    expect(orderStatisticRanks({ trialCount: count, probability: 0.5 }, 0.95)).toEqual({ lower, upper });
  });

  test('five samples bound no median, 72 no P95, 100 no P99: how many would', () => {
    const samples = (count: number) => sortSamples(Array.from({ length: count }, (_, i) => i));
    const needed = (count: number, probability: number) =>
      orderStatisticInterval(samples(count), probability, 0.95);
    expect(needed(5, 0.5)).toMatchObject({ kind: 'none', point: 2, samplesNeeded: 6 });
    expect(needed(71, 0.95)).toMatchObject({ kind: 'none', samplesNeeded: 72 });
    expect(needed(72, 0.95).kind).toBe('interval');
    expect(needed(100, 0.99)).toMatchObject({ kind: 'none', samplesNeeded: 368 });
    expect(needed(0, 0.99)).toMatchObject({ kind: 'none', point: null });
  });

  test('covers with at least the level, and no narrower ranks would', () => {
    const counts = fc.integer({ min: 6, max: 3_000 });
    const probability = fc.constantFrom(0.5, 0.9, 0.95, 0.99);
    fc.assert(
      fc.property(counts, probability, fc.constantFrom(0.9, 0.95, 0.99), (trialCount, p, level) => {
        const below = { trialCount, probability: p };
        const ranks = orderStatisticRanks(below, level);
        if (!ranks) return;
        const cdf = (k: number) => (k < 0 ? 0 : jStat.binomial.cdf(k, trialCount, p));
        const tail = (1 - level) / 2 + 1e-9;
        expect(cdf(ranks.lower - 1)).toBeLessThanOrEqual(tail);
        expect(1 - cdf(ranks.upper - 1)).toBeLessThanOrEqual(tail);
        expect(cdf(ranks.lower)).toBeGreaterThan(tail - 2e-9);
        expect(1 - cdf(ranks.upper - 2)).toBeGreaterThan(tail - 2e-9);
      }),
    );
  });

  test('gives samples as its ends', () => {
    const sorted = sortSamples(Array.from({ length: 1_000 }, (_, i) => i + 1));
    expect(orderStatisticInterval(sorted, 0.95, 0.95)).toEqual({
      kind: 'interval',
      point: 950,
      lower: 936,
      upper: 964,
      level: 0.95,
    });
  });

  test('the binomial distribution function agrees with jStat', () => {
    for (const hitCount of [-1, 0, 3, 20, 39, 40, 50]) {
      const expected = hitCount < 0 ? 0 : jStat.binomial.cdf(hitCount, 40, 0.3);
      expect(binomialCdf(hitCount, { trialCount: 40, probability: 0.3 })).toBeCloseTo(expected, 10);
    }
  });
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
