import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileNearestRank, sortSamples } from '../../src/stats/quantiles.ts';
import { woodruffInterval, type ClusterCounts } from '../../src/stats/woodruff.ts';

/** 1 … n, whose quantile function is p·n. */
const evenly = (count: number, probability: number) => ({
  probability,
  point: probability * count,
  quantileAt: (p: number) => p * count,
});

const counts = (...pairs: [below: number, total: number][]): ClusterCounts[] =>
  pairs.map(([below, total]) => ({ below, total }));

const ends = (...parameters: Parameters<typeof woodruffInterval>) => {
  const result = woodruffInterval(...parameters);
  if (result.kind === 'none') throw new Error(result.reason);
  return [result.lower, result.upper];
};

describe("Woodruff's interval", () => {
  test('three clusters of one size: the t interval of the mean share, read off the distribution', () => {
    // Shares 0.88, 0.9, 0.92: s = 0.02, t(2) = 4.302653.
    const halfWidth = (4.302652729696 * 0.02) / Math.sqrt(3);
    const [lower, upper] = ends(evenly(300, 0.9), counts([88, 100], [90, 100], [92, 100]), 0.95);
    expect(lower).toBeCloseTo(300 * (0.9 - halfWidth), 8);
    expect(upper).toBeCloseTo(300 * (0.9 + halfWidth), 8);
  });

  test('clusters of different sizes count by their size', () => {
    // Share 0.9 of 400; e = 88 − 0.9·100, 182 − 0.9·200, 90 − 0.9·100 = −2, 2, 0; √(3/2 · 8)/400.
    const halfWidth = (4.302652729696 * Math.sqrt(12)) / 400;
    const [lower, upper] = ends(evenly(400, 0.9), counts([88, 100], [182, 200], [90, 100]), 0.95);
    expect(lower).toBeCloseTo(400 * (0.9 - halfWidth), 8);
    expect(upper).toBeCloseTo(400 * (0.9 + halfWidth), 8);
  });

  test('counts that all stand for as many others change nothing', () => {
    const few = counts([88, 100], [182, 200], [90, 100]);
    const many = few.map(({ below, total }) => ({ below: 7.5 * below, total: 7.5 * total }));
    expect(ends(evenly(400, 0.9), many, 0.95)).toEqual(
      ends(evenly(400, 0.9), few, 0.95).map((end) => expect.closeTo(end, 9) as number),
    );
  });

  test('a cluster with nothing in it is a cluster', () => {
    const [lower] = ends(evenly(200, 0.5), counts([40, 100], [60, 100]), 0.95);
    const [wider] = ends(evenly(200, 0.5), counts([40, 100], [60, 100], [0, 0]), 0.95);
    // √(2 · 200)/200 · 12.706 is beyond 0.5, √(1.5 · 200)/200 · 4.303 is not.
    expect(lower).toBe(-Infinity);
    expect(wider).toBeCloseTo(200 * (0.5 - (4.302652729696 * Math.sqrt(300)) / 200), 8);
  });

  test('has no upper end beyond what the samples support, and no lower one below the first', () => {
    const spread = counts([98, 100], [100, 100], [99, 100]);
    expect(ends(evenly(300, 0.99), spread, 0.95)[1]).toBe(Infinity);
    const supported = (p: number) => (p > 0.995 ? null : 300 * p);
    const narrow = counts([990, 1000], [987, 1000], [993, 1000]);
    expect(ends({ ...evenly(300, 0.99), quantileAt: supported }, narrow, 0.95)[1]).toBe(Infinity);
    expect(ends(evenly(300, 0.99), narrow, 0.95)[1]).toBeLessThan(300);
    expect(ends(evenly(300, 0.01), counts([0, 100], [2, 100], [1, 100]), 0.95)[0]).toBe(-Infinity);
  });

  test('one cluster says how many are needed', () => {
    expect(woodruffInterval(evenly(100, 0.5), counts([50, 100]), 0.95)).toEqual({
      ...{ kind: 'none', point: 50, reason: 'too-few-samples', samplesNeeded: 2 },
    });
    expect(() => woodruffInterval(evenly(100, 0.5), counts([50, 100], [50, 100]), 95)).toThrow(RangeError);
  });

  test('holds its point, whatever the samples, and does not mind a stretched scale', () => {
    const cluster = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(cluster, { minLength: 2, maxLength: 6 }), (clusters) => {
        const intervalOf = (stretch: (value: number) => number) => {
          const sorted = sortSamples(clusters.flat().map(stretch));
          const point = quantileNearestRank(sorted, 0.6);
          const each = clusters.map((values) => ({
            below: values.filter((value) => stretch(value) <= point).length,
            total: values.length,
          }));
          const quantileAt = (p: number) => quantileNearestRank(sorted, p);
          return { point, ends: ends({ probability: 0.6, point, quantileAt }, each, 0.95) };
        };
        const plain = intervalOf((value) => value);
        expect(plain.ends[0]).toBeLessThanOrEqual(plain.point);
        expect(plain.ends[1]).toBeGreaterThanOrEqual(plain.point);
        const cubed = intervalOf((value) => value ** 3);
        expect(cubed.ends).toEqual(plain.ends.map((end) => end ** 3));
      }),
    );
  });
});
