import { expect, test } from 'vitest';
import { decodeHistogram, encodeHistogram } from '../../src/analysis/encode-histogram.ts';
import { mergeHistograms, samplesFor, supportsQuantile } from '../../src/analysis/latency.ts';
import { summarise } from '../../src/analysis/summary.ts';
import { summariseUnloaded, unloadedQuantileNs } from '../../src/analysis/unloaded.ts';
import { Histogram } from '../../src/measure/histogram.ts';
import fc from 'fast-check';
import { histogramOf, MS } from './builders.ts';

test('a percentile needs ten observations beyond it', () => {
  expect(summarise(histogramOf({ [MS]: 999 })).p99Ns).toBeNull();
  expect(summarise(histogramOf({ [MS]: 1000 })).p99Ns).not.toBeNull();
  expect(supportsQuantile(9999, 0.999)).toBe(false);
  expect(supportsQuantile(10_000, 0.999)).toBe(true);
});

test.each([0.5, 0.9, 0.95, 0.99, 0.999, 0.9999])('P%d: what it needs is just enough', (p) => {
  expect(supportsQuantile(samplesFor(p), p)).toBe(true);
  expect(supportsQuantile(samplesFor(p) - 1, p)).toBe(false);
});

test('without load, too: 9,999 draws give a P99 and no P99.9', () => {
  const goodNs = Float64Array.from({ length: 9999 }, (_, index) => index + 1);
  expect(summariseUnloaded({ goodNs, meanNs: 5000 })).toMatchObject({
    samples: 9999,
    p99Ns: 9900,
    p999Ns: null,
  });
  expect(unloadedQuantileNs(goodNs.subarray(0, 19), 0.5)).toBeNull();
  expect(unloadedQuantileNs(goodNs.subarray(0, 20), 0.5)).toBe(10);
});

test('nothing observed is no data, never zero', () => {
  expect(summarise(new Histogram())).toEqual({
    samples: 0,
    meanNs: null,
    p50Ns: null,
    p90Ns: null,
    p95Ns: null,
    p99Ns: null,
    p999Ns: null,
    maxNs: null,
  });
});

test('a percentile of two phases is that of all observations, not the mean of two percentiles', () => {
  const merged = mergeHistograms([histogramOf({ [10 * MS]: 900 }), histogramOf({ [100 * MS]: 100 })]);
  const { p90Ns, p95Ns } = summarise(merged);
  expect(p90Ns).toBeLessThan(10.1 * MS);
  expect(p95Ns).toBeGreaterThan(99 * MS);
});

test('an encoded histogram decodes to the same counts', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { maxLength: 50 }), (values) => {
      const histogram = new Histogram();
      for (const value of values) histogram.record(value);
      const decoded = decodeHistogram(encodeHistogram(histogram));
      expect([...decoded.counts]).toEqual([...histogram.counts]);
      expect([decoded.sumNs, decoded.maxNs]).toEqual([histogram.sumNs, histogram.maxNs]);
    }),
  );
});

test('bins that do not exist are refused', () => {
  const encoded = { subBits: 8, count: 1, observations: 1, sumNs: 1, maxNs: 1, runs: [[1e6, [1]]] as const };
  expect(() => decodeHistogram(encoded)).toThrow(RangeError);
});
