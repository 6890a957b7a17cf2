import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ln, normalQuantile } from '../../src/base/math.ts';
import { hash32, streamKey } from '../../src/random/streams.ts';
import { batchMeans, BATCHES_MIN, type BatchMeans } from '../../src/stats/batch-means.ts';
import { studentTTwoSided } from '../../src/stats/student-t.ts';

/** Uniform on (0, 1): draw n of series k. */
function uniforms(name: string, series: number): (n: number) => number {
  const { k0, k1 } = streamKey('batch means', name);
  return (n) => (hash32(k0, k1, n, series) + 0.5) / 4294967296;
}

const ones = (count: number): number[] => new Array<number>(count).fill(1);

/** Whether θ̂ ± t·SE covers the truth at 95 %. */
function covers({ value, standardError, batchCount }: BatchMeans, truth: number): boolean {
  if (value === null || standardError === null) throw new Error('no standard error');
  return Math.abs(value - truth) <= studentTTwoSided(0.95, batchCount - 1) * standardError;
}

describe('by hand', () => {
  test('twelve equal batches, neighbours unlike: s/√B', () => {
    const values = [3, 7, 1, 8, 2, 9, 4, 6, 1, 5, 2, 4];
    const mean = 52 / 12;
    const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 11;
    const found = batchMeans({ numerators: values, denominators: ones(12) });
    expect(found).toEqual({ value: mean, standardError: expect.any(Number) as number, batchCount: 12 });
    expect(found.standardError).toBeCloseTo(Math.sqrt(variance / 12), 12);
  });

  test('a ratio whose parts always stand in it has no spread, and so no standard error', () => {
    const denominators = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const numerators = denominators.map((each) => 2 * each);
    expect(batchMeans({ numerators, denominators })).toEqual({
      value: 2,
      standardError: null,
      batchCount: 0,
    });
  });

  test('too few batches, nothing observed, and a trend have none either', () => {
    const few = ones(BATCHES_MIN - 1).map((_, index) => index % 2);
    expect(batchMeans({ numerators: few, denominators: ones(few.length) }).standardError).toBeNull();
    expect(batchMeans({ numerators: [0, 0], denominators: [0, 0] }).value).toBeNull();
    const trend = ones(100).map((_, index) => index);
    expect(batchMeans({ numerators: trend, denominators: ones(100) })).toEqual({
      value: 49.5,
      standardError: null,
      batchCount: 0,
    });
  });
});

test('units of numerator and denominator only scale the answer', () => {
  const series = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 10,
    maxLength: 80,
  });
  fc.assert(
    fc.property(series, fc.constantFrom(2, 1024, 1 / 4), (pairs, factor) => {
      const numerators = pairs.map(([y]) => y);
      const denominators = pairs.map(([, x]) => x);
      const plain = batchMeans({ numerators, denominators });
      const scaled = batchMeans({ numerators: numerators.map((y) => y * factor), denominators });
      expect(scaled.value).toBe((plain.value ?? NaN) * factor);
      expect(scaled.standardError).toBe(plain.standardError === null ? null : plain.standardError * factor);
    }),
  );
});

describe('coverage of 95 % intervals', () => {
  /** x_i = φx_{i−1} + e_i with mean 0, begun in its steady state. */
  function autoregressive(phi: number, series: number, length: number): number[] {
    const uniform = uniforms('ar', series);
    let x = normalQuantile(uniform(length)) / Math.sqrt(1 - phi * phi);
    return Array.from({ length }, (_, i) => (x = phi * x + normalQuantile(uniform(i))));
  }

  test.each([
    { phi: 0, length: 200, least: 0.92 },
    { phi: 0.5, length: 600, least: 0.9 },
    { phi: 0.9, length: 2000, least: 0.88 },
    { phi: -0.5, length: 300, least: 0.92 },
  ])('AR(1), φ = $phi, $length values', ({ phi, length, least }) => {
    const found = Array.from({ length: 400 }, (_, k) =>
      batchMeans({ numerators: autoregressive(phi, k, length), denominators: ones(length) }),
    );
    const given = found.filter(({ standardError }) => standardError !== null);
    expect(given.length).toBeGreaterThanOrEqual(0.98 * found.length);
    const hits = given.filter((each) => covers(each, 0)).length;
    expect(hits / given.length, `${hits} of ${given.length} cover`).toBeGreaterThan(least);
  });

  test('mean wait of M/M/1 at 70 %, as Σ wait / Σ jobs over windows of 200 service times', () => {
    const [trials, windows, span, rho] = [300, 120, 200, 0.7];
    let hits = 0;
    for (let k = 0; k < trials; k++) {
      const gap = uniforms('gaps', k);
      const service = uniforms('service', k);
      const numerators = new Array<number>(windows).fill(0);
      const denominators = new Array<number>(windows).fill(0);
      // Lindley: w' = max(0, w + s − a), begun in the steady state by a wait of the stationary law.
      let wait = Math.max(0, -ln(uniforms('start', k)(0) / rho) / (1 - rho));
      let at = 0;
      for (let i = 0; at < windows * span; i++) {
        const window = Math.floor(at / span);
        numerators[window] = numerators[window]! + wait;
        denominators[window] = denominators[window]! + 1;
        const next = -ln(gap(i)) / rho;
        wait = Math.max(0, wait - ln(service(i)) - next);
        at += next;
      }
      if (covers(batchMeans({ numerators, denominators }), rho / (1 - rho))) hits++;
    }
    expect(hits / trials, `${hits} of ${trials} cover`).toBeGreaterThan(0.9);
  });
});
