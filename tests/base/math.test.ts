import fc from 'fast-check';
import jStat from 'jstat';
import { describe, expect, test } from 'vitest';
import {
  exp,
  expm1,
  gammaLn,
  gammaP,
  gammaQ,
  gammaTerm,
  ln,
  log1p,
  normalCdf,
  normalQuantile,
  pow,
} from '../../src/base/math.ts';
import { fingerprint } from '../random/fingerprint.ts';

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** Number of doubles between two of the same sign. */
function ulpsApart(a: number, b: number): number {
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer);
  const distance = Number(bits[0]! - bits[1]!);
  return Math.abs(distance);
}

/** Equal weight to every order of magnitude. */
const positive = fc
  .tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -1074, max: 1023 }))
  .map(([mantissa, exponent]) => mantissa * 2 ** exponent)
  .filter((x) => x > 0 && x < Infinity);

const nearZero = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -60, max: 0 }))
  .map(([mantissa, exponent]) => mantissa * 2 ** exponent);

describe('ln and exp agree with the platform to two units in the last place', () => {
  test('ln over all doubles', () => {
    fc.assert(
      fc.property(positive, (x) => ulpsApart(ln(x), Math.log(x)) <= 2),
      { numRuns: 5000 },
    );
  });

  test('ln near 1, where it vanishes', () => {
    fc.assert(
      fc.property(nearZero, (x) => ulpsApart(ln(1 + x / 2), Math.log(1 + x / 2)) <= 2),
      { numRuns: 2000 },
    );
  });

  test('exp over its range', () => {
    fc.assert(
      fc.property(fc.double({ min: -745, max: 709.7, noNaN: true }), (x) => {
        return ulpsApart(exp(x), Math.exp(x)) <= 2;
      }),
      { numRuns: 5000 },
    );
  });

  test('expm1 and log1p keep small arguments', () => {
    fc.assert(
      fc.property(nearZero, (x) => {
        expect(ulpsApart(expm1(x), Math.expm1(x))).toBeLessThanOrEqual(4);
        if (x > -1) expect(ulpsApart(log1p(x), Math.log1p(x))).toBeLessThanOrEqual(4);
      }),
      { numRuns: 2000 },
    );
  });

  test('pow within the bound its docstring gives', () => {
    const exponent = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), exponent, (x, y) => {
        const bound = 3e-16 * (1 + Math.abs(y * Math.log(x)));
        return relativeError(pow(x, y), x ** y) <= bound;
      }),
      { numRuns: 2000 },
    );
  });
});

test('ln, exp, expm1, log1p and pow at the ends of their ranges', () => {
  expect([ln(0), ln(-1), ln(NaN), ln(Infinity), ln(1)]).toEqual([-Infinity, NaN, NaN, Infinity, 0]);
  expect(ln(5e-324)).toBe(-744.4400719213812);
  expect(ln(Number.MAX_VALUE)).toBe(709.782712893384);
  expect([exp(-Infinity), exp(Infinity), exp(NaN), exp(0)]).toEqual([0, Infinity, NaN, 1]);
  expect([exp(710), exp(-746), exp(-745.13)]).toEqual([Infinity, 0, 5e-324]);
  expect(exp(-740)).toBe(Math.exp(-740));
  expect([expm1(-50), expm1(1000), expm1(0)]).toEqual([-1, Infinity, 0]);
  expect([log1p(-1), log1p(-2), log1p(Infinity), log1p(0)]).toEqual([-Infinity, NaN, Infinity, 0]);
  expect([pow(0, 2), pow(0, -1), pow(0, 0), pow(1, 1e300), pow(-2, 3)]).toEqual([0, Infinity, 1, 1, NaN]);
});

test('the same bits on every machine', () => {
  const arguments_ = Array.from({ length: 4000 }, (_, i) => (i + 1) / 37);
  const values = arguments_.flatMap((x) => [ln(x), exp(-x), expm1(-x), log1p(x), pow(x, 0.3), gammaLn(x)]);
  const statistics = arguments_.flatMap((x) => [
    normalCdf(-x / 10),
    normalQuantile(x / 110),
    gammaQ(x, { shape: 9.5 }),
  ]);
  expect(fingerprint(Float64Array.from([...values, ...statistics]))).toBe('72b739e9');
});

describe('normal distribution', () => {
  // 40-digit arithmetic (mpmath, erfc).
  test.each([
    { z: -37, p: 5.72557122252457682e-300 },
    { z: -10, p: 7.61985302416052607e-24 },
    { z: -5, p: 2.86651571879193912e-7 },
    { z: -1, p: 0.158655253931457051 },
    { z: 0, p: 0.5 },
    { z: 0.5, p: 0.691462461274013104 },
    { z: 2, p: 0.977249868051820793 },
  ])('Φ($z) and its inverse', ({ z, p }) => {
    expect(relativeError(normalCdf(z), p)).toBeLessThan(2e-13);
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-15 * (1 + Math.abs(z) * 4));
  });

  test.each([
    { p: 2 ** -33, z: -6.33795775455378925 },
    { p: 1e-10, z: -6.3613409024040562 },
    { p: 0.001, z: -3.09023230616781354 },
    { p: 0.025, z: -1.95996398454005424 },
    { p: 0.975, z: 1.95996398454005424 },
  ])('quantile at $p', ({ p, z }) => {
    expect(relativeError(normalQuantile(p), z)).toBeLessThan(2e-15);
  });

  test('the quantile inverts the distribution function in the whole lower tail', () => {
    fc.assert(
      fc.property(fc.double({ min: -690, max: -0.7, noNaN: true }), (lnP) => {
        return relativeError(normalCdf(normalQuantile(exp(lnP))), exp(lnP)) < 1e-12;
      }),
    );
  });

  test('is infinite at 0 and 1 and refuses anything beyond', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    for (const p of [-1e-9, 1.0001, NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});

describe('gamma functions', () => {
  // 40-digit arithmetic (mpmath).
  test.each([
    { x: 0.001, value: 6.90717888538385368 },
    { x: 0.5, value: 0.572364942924700087 },
    { x: 3.7, value: 1.42807232666538792 },
    { x: 100, value: 359.134205369575399 },
    { x: 1e6, value: 12815504.5691476117 },
  ])('ln Γ($x)', ({ x, value }) => {
    expect(Math.abs(gammaLn(x) - value)).toBeLessThan(1e-14 * Math.max(1, value));
    expect(relativeError(jStat.gammaln(x), value)).toBeLessThan(1e-9);
  });

  test('ln Γ(n + 1) is ln n! and vanishes at 1 and 2', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      factorial *= n;
      expect(Math.abs(gammaLn(n + 1) - ln(factorial))).toBeLessThan(2e-14);
    }
    expect(() => gammaLn(0)).toThrow(RangeError);
  });

  // 40-digit arithmetic (mpmath).
  test.each([
    { shape: 0.01, x: 3, p: 0.999867028643429845, q: 0.000132971356570155482 },
    { shape: 0.5, x: 0.1, p: 0.345279153981422971, q: 0.654720846018577029 },
    { shape: 2.5, x: 4, p: 0.843764372422277673, q: 0.156235627577722327 },
    { shape: 10, x: 30, p: 0.999992878249137184, q: 7.12175086281557709e-6 },
    { shape: 100, x: 150, p: 0.999994075459664516, q: 5.92454033548391583e-6 },
    { shape: 1000, x: 900, p: 0.000549902265711782923, q: 0.999450097734288217 },
    { shape: 1e6, x: 1_003_000, p: 0.998638259353782409, q: 0.00136174064621759148 },
  ])('P($shape, $x) and Q, each with its own precision', ({ shape, x, p, q }) => {
    expect(relativeError(gammaP(x, { shape }), p)).toBeLessThan(1e-13);
    expect(relativeError(gammaQ(x, { shape }), q)).toBeLessThan(1e-13);
  });

  test('Q of a whole shape k is the Poisson probability of fewer than k, the sum of its terms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 1e-3, max: 120, noNaN: true }),
        (k, x) => {
          let sum = exp(-x);
          for (let n = 1; n < k; n++) sum += gammaTerm(x, { shape: n });
          expect(relativeError(gammaQ(x, { shape: k }), sum)).toBeLessThan(1e-12);
        },
      ),
    );
  });

  test('P and Q agree with jStat and add up to 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 80, noNaN: true }),
        fc.double({ min: 1e-3, max: 120, noNaN: true }),
        (shape, x) => {
          const p = gammaP(x, { shape });
          expect(Math.abs(p - jStat.lowRegGamma(shape, x))).toBeLessThan(1e-9);
          expect(Math.abs(p + gammaQ(x, { shape }) - 1)).toBeLessThan(1e-15);
        },
      ),
    );
  });

  test('ends: P(a, 0) = 0, Q(a, ∞) = 0', () => {
    expect([gammaP(0, { shape: 3 }), gammaQ(0, { shape: 3 })]).toEqual([0, 1]);
    expect([gammaP(Infinity, { shape: 3 }), gammaQ(Infinity, { shape: 3 })]).toEqual([1, 0]);
  });
});
