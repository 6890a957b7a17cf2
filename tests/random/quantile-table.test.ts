import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Distribution, lawOf } from '../../src/random/distributions.ts';
import type { Law } from '../../src/random/laws/law.ts';
import { buildTable, sampleTable, TABLE_LENGTH, tableMean } from '../../src/random/quantile-table.ts';
import { hash32, streamKey } from '../../src/random/streams.ts';
import { anyDistribution, EXAMPLES } from './examples.ts';
import { fingerprint } from './fingerprint.ts';

const DRAWS = 2 ** 32;
const EXPONENTIAL: Distribution = { family: 'exponential', mean: 1 };

/** A way to turn a draw into a sample with the law's own mean. */
type Sampler = (draw32: number) => number;

const samplerOf = (distribution: Distribution): Sampler => {
  const table = buildTable(distribution);
  const { mean } = lawOf(distribution);
  return (draw32) => mean * sampleTable(table, 0, draw32);
};

/** Largest relative error of a quantile at survival probabilities from `v` down to 1e-6. */
function quantileError(sample: Sampler, law: Law, v: number): number {
  let worst = 0;
  for (let i = 0; i < 10_000; i++) {
    const draw = Math.floor(v * (1e-6 / v) ** (i / 10_000) * DRAWS);
    const exact = law.quantile((draw + 0.5) / DRAWS);
    worst = Math.max(worst, Math.abs(sample(draw) / exact - 1));
  }
  return worst;
}

/** Standard score of the number of keyed draws that exceed the exact quantile at survival v. */
function tailScore(sample: Sampler, law: Law, v: number): number {
  const { k0, k1 } = streamKey('tail', 'service');
  const exact = law.quantile(v);
  const draws = 1_000_000;
  let above = 0;
  for (let i = 0; i < draws; i++) if (sample(hash32(k0, k1, i, 0)) > exact) above++;
  return (above - draws * v) / Math.sqrt(draws * v * (1 - v));
}

/** √n times the largest distance between the empirical distribution of n keyed draws and the law. */
function kolmogorovSmirnov(sample: Sampler, law: Law): number {
  const { k0, k1 } = streamKey('ks', 'service');
  const n = 100_000;
  const samples = Float64Array.from({ length: n }, (_, i) => sample(hash32(k0, k1, i, 1))).sort();
  let worst = 0;
  samples.forEach((x, i) => {
    const below = 1 - law.survival(x);
    worst = Math.max(worst, Math.abs(below - i / n), Math.abs(below - (i + 1) / n));
  });
  return worst * Math.sqrt(n);
}

/** Two-sided 99.99 % band of a normal score; the same of the Kolmogorov–Smirnov statistic. */
const SCORE_MAX = 3.8906;
const KS_MAX = 2.2253;

describe.each(EXAMPLES)('$title', ({ distribution, errorFromP50, errorFromP90 }) => {
  const law = lawOf(distribution);
  const sample = samplerOf(distribution);

  test('quantiles are as exact as stated', () => {
    expect(quantileError(sample, law, 0.5)).toBeLessThanOrEqual(errorFromP50);
    expect(quantileError(sample, law, 0.1)).toBeLessThanOrEqual(errorFromP90);
  });

  test('the mean is exact', () => {
    expect(Math.abs(tableMean(buildTable(distribution)) - 1)).toBeLessThan(1e-12);
  });

  test('draws have no bias at P99.9', () => {
    if (law.cv > 0) expect(Math.abs(tailScore(sample, law, 0.001))).toBeLessThan(SCORE_MAX);
  });

  test('draws follow the law', () => {
    if (law.cv > 0) expect(kolmogorovSmirnov(sample, law)).toBeLessThan(KS_MAX);
  });
});

describe('these tests find', () => {
  const law = lawOf(EXPONENTIAL);
  /** Node i at survival i/cells, linear between: the obvious table. */
  const uniformCells = (cells: number): Sampler => {
    const nodes = Array.from({ length: cells + 1 }, (_, i) => law.quantile(Math.max(i / cells, 2 ** -33)));
    return (draw32) => {
      const at = (draw32 / DRAWS) * cells;
      const cell = Math.floor(at);
      return nodes[cell]! + (at - cell) * (nodes[cell + 1]! - nodes[cell]!);
    };
  };

  test('64 uniform cells, by the tail', () => {
    expect(Math.abs(tailScore(uniformCells(64), law, 0.001))).toBeGreaterThan(SCORE_MAX);
  });

  test('1024 uniform cells, by the quantiles', () => {
    expect(quantileError(uniformCells(1024), law, 0.1)).toBeGreaterThan(0.1);
  });

  test('a scale that is 3 % off, by the distribution', () => {
    const exact = samplerOf(EXPONENTIAL);
    expect(kolmogorovSmirnov((draw32) => 1.03 * exact(draw32), law)).toBeGreaterThan(KS_MAX);
  });

  test('nodes at exact quantiles, by the mean', () => {
    const nodes = buildTable(EXPONENTIAL);
    for (let node = 9 * 128; node < TABLE_LENGTH; node++) {
      const start = 2 ** ((node >> 7) - 1) * (1 + (node & 127) / 128);
      nodes[node] = law.quantile(Math.min(1, (start + 0.5) / DRAWS));
    }
    expect(Math.abs(tableMean(nodes) - 1)).toBeGreaterThan(1e-6);
  });
});

describe('any distribution', () => {
  test('has the exact mean and samples that fall as draws rise', () => {
    const draw = fc
      .tuple(fc.integer({ min: 0, max: DRAWS - 1 }), fc.integer({ min: 0, max: 31 }))
      .map(([word, shift]) => word >>> shift);
    fc.assert(
      fc.property(anyDistribution, fc.array(draw, { maxLength: 200 }), (distribution, draws) => {
        const table = buildTable(distribution);
        expect(Math.abs(tableMean(table) - 1)).toBeLessThan(1e-9);

        const ordered = [...draws, ...draws.map((each) => Math.min(each + 1, DRAWS - 1))].sort(
          (a, b) => a - b,
        );
        const samples = ordered.map((each) => sampleTable(table, 0, each));
        samples.forEach((each, i) => {
          expect(each).toBeGreaterThanOrEqual(0);
          if (i > 0) expect(each).toBeLessThanOrEqual(samples[i - 1]!);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('stays within a cell of where its quantile function jumps', () => {
    const points = [
      { p: 0, value: 1 },
      { p: 0.9, value: 1 },
      { p: 0.9, value: 100 },
      { p: 1, value: 100 },
    ];
    const sample = samplerOf({ family: 'quantiles', points });
    expect(sample(Math.floor(0.1 * (1 + 1 / 128) * DRAWS))).toBeCloseTo(1, 12);
    expect(sample(Math.floor(0.1 * (1 - 1 / 128) * DRAWS))).toBeCloseTo(100, 12);
  });

  test('goes through given quantiles to 1 %', () => {
    const points = [
      { p: 0, value: 1 },
      { p: 0.5, value: 10 },
      { p: 0.9, value: 50 },
      { p: 0.99, value: 200 },
      { p: 0.999, value: 500 },
      { p: 1, value: 1000 },
    ];
    const sample = samplerOf({ family: 'quantiles', points });
    for (const { p, value } of points.slice(1, -1)) {
      expect(Math.abs(sample(Math.round((1 - p) * DRAWS)) / value - 1)).toBeLessThan(0.01);
    }
  });
});

describe('the ends', () => {
  const table = buildTable(EXPONENTIAL);

  test('draw 0 is the mean of the topmost 2^-32', () => {
    expect(sampleTable(table, 0, 0)).toBeCloseTo(32 * Math.LN2 + 1, 10);
  });

  test('draws 1 to 255 have a node each, exact to 1e-9 but for the first few', () => {
    const law = lawOf(EXPONENTIAL);
    for (let draw = 1; draw < 256; draw++) {
      const exact = law.quantile((draw + 0.5) / DRAWS);
      expect(Math.abs(sampleTable(table, 0, draw) / exact - 1)).toBeLessThan(0.005 / draw ** 2);
    }
  });

  test('the last draw is next to the lower bound', () => {
    expect(sampleTable(table, 0, DRAWS - 1)).toBeGreaterThan(0);
    expect(sampleTable(table, 0, DRAWS - 1)).toBeLessThan(1e-5);
  });

  test('constants are exact for every draw', () => {
    const constant = buildTable({ family: 'constant', mean: 7 });
    for (const draw of [0, 1, 2, 127, 128, 12345, 2 ** 31, DRAWS - 1]) {
      expect(sampleTable(constant, 0, draw)).toBe(1);
    }
  });
});

test('draws may be signed, and tables may lie anywhere', () => {
  const table = buildTable(EXPONENTIAL);
  const tables = new Float64Array(3 * TABLE_LENGTH).fill(NaN);
  tables.set(table, TABLE_LENGTH);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: DRAWS - 1 }), (draw) => {
      const sample = sampleTable(table, 0, draw);
      expect(sampleTable(table, 0, draw | 0)).toBe(sample);
      expect(sampleTable(tables, TABLE_LENGTH, draw)).toBe(sample);
    }),
  );
});

test('the same tables on every machine', () => {
  const prints = EXAMPLES.map(({ distribution }) => fingerprint(buildTable(distribution)));
  expect(prints.join(' ')).toBe(
    '8796eb8a fb376a82 0fb3d90f 99f13cdc 824ae5f3 9252c408 ce92d18e b5b50e98 ff278e6e d19349c0 ' +
      '5664d42d ccc2551f 013bc14c 9d0e36be 5bdec653 8e3ddec6 92d22f26 4db4d96f 740ab2f2 33df92d3',
  );
  const { k0, k1 } = streamKey('1', 'service');
  const exponential = buildTable(EXPONENTIAL);
  expect([0, 1, 2].map((i) => sampleTable(exponential, 0, hash32(k0, k1, i, 0)))).toEqual([
    1.5503100437749417, 0.40441222594911763, 0.1514862774730643,
  ]);
});
