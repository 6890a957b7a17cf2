import jStat from 'jstat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta, incompleteBetaInverse } from '../../src/stats/incomplete-beta.ts';
import { studentTCdf, studentTQuantile, studentTTwoSided } from '../../src/stats/student-t.ts';

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe('Student t quantile', () => {
  // Any printed table; more digits from SciPy.
  test.each([
    { probability: 0.975, degreesOfFreedom: 1, t: 12.706204736174694 },
    { probability: 0.975, degreesOfFreedom: 2, t: 4.302652729749462 },
    { probability: 0.975, degreesOfFreedom: 9, t: 2.262157162798205 },
    { probability: 0.95, degreesOfFreedom: 9, t: 1.833112932656237 },
    { probability: 0.9995, degreesOfFreedom: 9, t: 4.780912585931217 },
    { probability: 0.975, degreesOfFreedom: 30, t: 2.0422724563012378 },
    { probability: 0.975, degreesOfFreedom: 1e6, t: 1.959966356814107 },
    { probability: 0.975, degreesOfFreedom: Infinity, t: 1.959963984540054 },
  ])('$probability at $degreesOfFreedom degrees of freedom', ({ probability, degreesOfFreedom, t }) => {
    expect(relativeError(studentTQuantile(probability, degreesOfFreedom), t)).toBeLessThan(1e-10);
    expect(studentTQuantile(1 - probability, degreesOfFreedom)).toBeCloseTo(-t, 8);
  });

  test('is Cauchy at one degree of freedom, far into the tail', () => {
    for (const tail of [1e-12, 1e-6, 0.001, 0.2, 0.3, 0.49, 0.4999999]) {
      // tan(π(½ − tail)) = 1/tan(π·tail)
      const cauchy = 1 / Math.tan(Math.PI * tail);
      expect(relativeError(-studentTQuantile(tail, 1), cauchy)).toBeLessThan(1e-8);
    }
  });

  test('agrees with jStat, also at broken degrees of freedom', () => {
    for (const degreesOfFreedom of [1, 1.5, 2, 3.7, 5, 10, 29, 100, 1_000]) {
      for (const probability of [0.001, 0.025, 0.2, 0.4, 0.6, 0.9, 0.975, 0.9995]) {
        const expected = jStat.studentt.inv(probability, degreesOfFreedom);
        expect(relativeError(studentTQuantile(probability, degreesOfFreedom), expected)).toBeLessThan(1e-6);
      }
    }
  });

  test('undoes the distribution function', () => {
    const probabilities = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    const degrees = fc.double({ min: 0.5, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(probabilities, degrees, (probability, degreesOfFreedom) => {
        const t = studentTQuantile(probability, degreesOfFreedom);
        expect(studentTCdf(t, degreesOfFreedom)).toBeCloseTo(probability, 11);
      }),
    );
  });

  test('two-sided factor of a 95 % interval over ten replications', () => {
    expect(studentTTwoSided(0.95, 9)).toBeCloseTo(2.26215716, 8);
  });

  test('is zero at the median and refuses what has no quantile', () => {
    expect(studentTQuantile(0.5, 7)).toBe(0);
    expect(() => studentTQuantile(1, 7)).toThrow(RangeError);
    expect(() => studentTQuantile(0.9, 0)).toThrow(RangeError);
  });
});

describe('incomplete beta', () => {
  // Computed with 30 digits by mpmath.
  test.each([
    { a: 0.5, b: 0.5, x: 0.001, value: 0.0201350416333774912 },
    { a: 2.5, b: 0.5, x: 0.5, value: 0.0755868184216124379 },
    { a: 10, b: 10, x: 0.3, value: 0.0325533568813009479 },
    { a: 300, b: 2, x: 0.99, value: 0.196163576285143026 },
    { a: 40, b: 900, x: 0.05, value: 0.869128212167314818 },
  ])('I($x; $a, $b)', ({ a, b, x, value }) => {
    expect(relativeError(incompleteBeta(x, { a, b }), value)).toBeLessThan(2e-13);
  });

  test('agrees with jStat', () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [1, 3],
      [2.5, 0.5],
      [10, 10],
      [300, 2],
      [40, 900],
    ] as const) {
      for (const x of [0.001, 0.05, 0.3, 0.5, 0.8, 0.99]) {
        expect(incompleteBeta(x, { a, b })).toBeCloseTo(jStat.ibeta(x, a, b), 7);
      }
    }
  });

  test('is a polynomial for whole shapes: I_x(2, 2) = 3x² − 2x³', () => {
    for (const x of [0, 0.1, 0.25, 0.5, 0.9, 1]) {
      expect(incompleteBeta(x, { a: 2, b: 2 })).toBeCloseTo(3 * x * x - 2 * x * x * x, 14);
    }
  });

  test('converges at the shapes a million samples need', () => {
    // The median of a large beta is near its mean.
    expect(incompleteBeta(0.99, { a: 990_000, b: 10_000 })).toBeCloseTo(0.5, 2);
  });

  test('its inverse keeps the digits of a tiny result', () => {
    // I_x(½, 1) = √x
    expect(relativeError(incompleteBetaInverse(1e-9, { a: 0.5, b: 1 }), 1e-18)).toBeLessThan(1e-12);
    expect(incompleteBetaInverse(0, { a: 2, b: 3 })).toBe(0);
    expect(incompleteBetaInverse(1, { a: 2, b: 3 })).toBe(1);
  });
});
