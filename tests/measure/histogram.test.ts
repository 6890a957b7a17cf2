import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binCount, binEdgeNs, binOf, Histogram, SUB_BITS } from '../../src/measure/histogram.ts';

const values = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 40 });

function histogramOf(observed: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of observed) histogram.record(value);
  return histogram;
}

test('before the cut of a share lies that share, of one histogram and of its parts together', () => {
  fc.assert(
    fc.property(values, values, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (some, others, p) => {
      const parts = [histogramOf(some), histogramOf(others)];
      const merged = histogramOf([...some, ...others]);
      const cut = merged.cutAt(p);
      expect(merged.countBefore(cut)).toBeCloseTo(p * merged.count, 9);
      expect(parts.reduce((sum, part) => sum + part.countBefore(cut), 0)).toBeCloseTo(p * merged.count, 9);
    }),
  );
});

test('equal values fall to both sides of a cut in one proportion', () => {
  const [few, many] = [histogramOf([1, 5, 5]), histogramOf([5, 5, 5, 5, 5, 5, 9])];
  const merged = histogramOf([1, 5, 5, 5, 5, 5, 5, 5, 5, 9]);
  // One below and four of the eight fives.
  const cut = merged.cutAt(0.5);
  expect(few.countBefore(cut)).toBeCloseTo(2, 12);
  expect(many.countBefore(cut)).toBeCloseTo(3, 12);
  expect(merged.cutAt(1)).toEqual({ bin: expect.any(Number) as number, fraction: 1 });
  expect(merged.countBefore(merged.cutAt(1))).toBe(10);
});

test('a rank within a fraction of an observation stays inside its bin', () => {
  const merged = new Histogram(SUB_BITS, new Float64Array(binCount(SUB_BITS)));
  merged.add(histogramOf([1000]), 9.8);
  merged.add(histogramOf([8000]), 0.4);
  merged.add(histogramOf([16_000]), 10);
  // The 10th of 20.2 is 0.2 into the 0.4 at 8,000 ns.
  expect(merged.quantileNs(0.48)).toBe(binEdgeNs(binOf(8000, SUB_BITS), SUB_BITS));
});
