import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleMoments } from '../../src/stats/moments.ts';
import { mser5 } from '../../src/stats/mser.ts';
import {
  nearestRank,
  quantileNearestRank,
  quantileType7,
  sortedSamples,
  sortSamples,
} from '../../src/stats/quantiles.ts';

describe('mean and variance', () => {
  test('keep a small spread around a large mean', () => {
    expect(sampleMoments([1e15 + 1, 1e15 + 2, 1e15 + 3])).toEqual({ count: 3, mean: 1e15 + 2, variance: 1 });
  });

  test('without enough samples are not numbers', () => {
    expect(sampleMoments([])).toEqual({ count: 0, mean: NaN, variance: NaN });
    expect(sampleMoments([4])).toEqual({ count: 1, mean: 4, variance: NaN });
  });

  test('agree with the two-pass formula', () => {
    const samples = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), {
      minLength: 2,
      maxLength: 100,
    });
    fc.assert(
      fc.property(samples, (values) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
        const moments = sampleMoments(values);
        expect(Math.abs(moments.mean - mean)).toBeLessThanOrEqual(1e-9);
        expect(Math.abs(moments.variance - variance)).toBeLessThanOrEqual(1e-9 * (1 + variance));
      }),
    );
  });
});

describe('quantiles', () => {
  const FIVE = sortSamples([35, 15, 50, 20, 40]);
  const TEN = sortSamples([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);

  test('X01-quantile: nearest rank is always a sample', () => {
    expect(quantileNearestRank(FIVE, 0.4)).toBe(20);
    expect(quantileNearestRank(TEN, 0.95)).toBe(10);
    expect([0, 0.2, 1].map((p) => quantileNearestRank(FIVE, p))).toEqual([15, 15, 50]);
  });

  test('X01-quantile: type 7 interpolates', () => {
    expect(quantileType7(FIVE, 0.4)).toBeCloseTo(29, 12);
    expect(quantileType7(TEN, 0.95)).toBeCloseTo(9.55, 12);
    expect(quantileType7(TEN, 0.5)).toBe(5.5);
    expect([0, 1].map((p) => quantileType7(FIVE, p))).toEqual([15, 50]);
  });

  test('a share of exactly k samples has rank k, although 0.07·100 is above 7 in binary', () => {
    expect(nearestRank(100, 0.07)).toBe(7);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, u) => {
          const rank = Math.max(1, Math.ceil(u * count));
          expect(nearestRank(count, rank / count)).toBe(rank);
        },
      ),
    );
  });

  test('at least p of the samples are at or below the nearest-rank quantile, and fewer below', () => {
    const samples = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }); // many ties
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const quantile = quantileNearestRank(sortSamples(values), percent / 100);
        expect(100 * values.filter((value) => value <= quantile).length).toBeGreaterThanOrEqual(
          percent * values.length,
        );
        expect(100 * values.filter((value) => value < quantile).length).toBeLessThan(percent * values.length);
      }),
    );
  });

  test('no samples, no quantile; NaN has no place in an order', () => {
    expect(() => quantileNearestRank(sortSamples([]), 0.5)).toThrow(RangeError);
    expect(() => quantileType7(sortSamples([]), 0.5)).toThrow(RangeError);
    expect(() => quantileType7(TEN, 1.1)).toThrow(RangeError);
    expect(() => sortSamples([1, NaN, 2])).toThrow(RangeError);
  });

  test('what is in order already is taken as it is, and nothing else is', () => {
    const values = Float64Array.of(1, 2, 2, 5);
    expect(sortedSamples(values)).toBe(values);
    expect(sortedSamples(new Float64Array())).toHaveLength(0);
    for (const others of [[2, 1], [NaN], [1, NaN], [1, 3, 2]]) {
      expect(() => sortedSamples(Float64Array.from(others))).toThrow(RangeError);
    }
  });
});

describe('MSER-5', () => {
  /** `count` samples around a level, alike in every batch of five. */
  const ripple = (count: number, level: number) =>
    Array.from({ length: count }, (_, i) => level + (i % 5) - 2);

  test('cuts a warm-up of 50 samples off exactly', () => {
    expect(mser5([...ripple(50, 100), ...ripple(450, 500)])).toEqual({ dropCount: 50, trusted: true });
  });

  test('drops the whole batch in which the warm-up ends', () => {
    expect(mser5([...ripple(52, 100), ...ripple(448, 500)])).toEqual({ dropCount: 55, trusted: true });
  });

  test('keeps a steady series whole', () => {
    expect(mser5(new Array<number>(500).fill(4))).toEqual({ dropCount: 0, trusted: true });
  });

  test('trusts no cut in the second half', () => {
    const { dropCount, trusted } = mser5([...ripple(350, 100), ...ripple(150, 500)]);
    expect({ dropCount, trusted }).toEqual({ dropCount: 350, trusted: false });
  });

  test('a series that never settles is not trusted', () => {
    expect(mser5(Array.from({ length: 1_000 }, (_, i) => i)).trusted).toBe(false);
  });

  test('a short series is kept and not trusted; an incomplete batch does not count', () => {
    expect(mser5([])).toEqual({ dropCount: 0, trusted: false });
    expect(mser5(ripple(29, 3))).toEqual({ dropCount: 0, trusted: false });
  });

  test('agrees with the definition taken literally', () => {
    const samples = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 30, maxLength: 200 });
    fc.assert(
      fc.property(samples, (values) => {
        const means = Array.from({ length: Math.floor(values.length / 5) }, (_, batch) =>
          values.slice(5 * batch, 5 * batch + 5).reduce((sum, value) => sum + value / 5, 0),
        );
        const statistic = (drop: number) => {
          const kept = means.slice(drop);
          const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
          return kept.reduce((sum, value) => sum + (value - mean) ** 2, 0) / kept.length ** 2;
        };
        const least = Math.min(...means.slice(5).map((_, drop) => statistic(drop)));
        expect(statistic(mser5(values).dropCount / 5)).toBeCloseTo(least, 10);
      }),
    );
  });
});
