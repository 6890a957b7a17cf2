import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holmAdjusted } from '../../src/stats/holm.ts';

const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("Holm's correction", () => {
  test('worked by hand', () => {
    // Sorted 0.005·4, 0.01·3, 0.03·2, 0.04·1 = 0.02, 0.03, 0.06, 0.04; the last may not fall below the one before.
    expect(holmAdjusted([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holmAdjusted([0.6, 0.7])).toEqual([1, 1]);
    expect(holmAdjusted([])).toEqual([]);
  });

  test('lies between each value and its Bonferroni correction, and keeps their order', () => {
    fc.assert(
      fc.property(probabilities, (pValues) => {
        const adjusted = holmAdjusted(pValues);
        pValues.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, pValues.length * p));
          pValues.forEach((other, j) => {
            if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
      }),
    );
  });

  test('rejects what the step-down procedure rejects', () => {
    fc.assert(
      fc.property(probabilities, fc.constantFrom(0.01, 0.05, 0.2), (pValues, level) => {
        const sorted = [...pValues].sort((a, b) => a - b);
        const kept = sorted.findIndex((p, rank) => p * (pValues.length - rank) > level);
        const rejected = holmAdjusted(pValues).filter((p) => p <= level).length;
        expect(rejected).toBe(kept === -1 ? pValues.length : kept);
      }),
    );
  });

  test('takes probabilities only', () => {
    expect(() => holmAdjusted([0.5, 1.1])).toThrow(RangeError);
    expect(() => holmAdjusted([NaN])).toThrow(RangeError);
  });
});
