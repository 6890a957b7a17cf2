/** The sample that the anatomy of response times is made from is one of the whole run, and bounded. */
import { expect, test } from 'vitest';
import { makeSampling } from '../../src/run/kernel/sampling.ts';
import { KIT } from '../../src/run/kit.ts';
import { Samples, SAMPLES_MAX } from '../../src/run/samples.ts';

/** Numbers of the requests that are kept when so many are expected and so many come. */
function kept(expected: number, requests: number): number[] {
  const samples = new Samples({
    layers: ['app'],
    seed: 'test',
    requestsExpected: [expected],
    sampling: null,
  });
  const { open, keep, close } = makeSampling(KIT, samples);
  for (let number = 0; number < requests; number++) {
    const row = open(0, number, 0);
    if (row < 0) continue;
    keep(row, 0, 0, number);
    close(row);
  }
  return samples.finished[0]!.map((row) => row[0]!);
}

test('all requests are kept while they are few', () => {
  expect(kept(5000, 5000).length).toBe(5000);
  expect(kept(0, SAMPLES_MAX).length).toBe(SAMPLES_MAX);
});

test('of contiguous time as many are kept as of sampled time that stands for as much', () => {
  const sampling = { periodNs: 60, warmNs: 1, measuredNs: 5, weight: 12, stretches: [] };
  const samples = new Samples({ layers: ['app'], seed: 'test', requestsExpected: [12_000_000], sampling });
  const { open, keep, close } = makeSampling(KIT, samples);
  // Half of the time is contiguous, window 0, and of the other half a twelfth is simulated, in window 1.
  for (let number = 0; number < 6_500_000; number++) {
    const row = open(0, number, 0);
    if (row < 0) continue;
    keep(row, 0, number < 6_000_000 ? 0 : 1, number);
    close(row);
  }
  const rows = samples.evenRows(0, Float64Array.of(1, 12), 12).map((row) => row[0]!);
  const contiguous = rows.filter((number) => number < 6_000_000).length;
  expect(rows.length).toBeGreaterThan(1000);
  expect(Math.abs(contiguous - rows.length / 2)).toBeLessThan(4 * Math.sqrt(rows.length / 4));
});

test('ten thousand of those expected are', () => {
  expect(Math.abs(kept(500_000, 500_000).length - 10_000)).toBeLessThan(4 * 100);
});

test.each([0, 30_000])(
  'of half a million, %d of them expected, the sample is even over the run',
  (expected) => {
    const numbers = kept(expected, 500_000);
    expect(numbers.length).toBeGreaterThan(0.45 * SAMPLES_MAX);
    expect(numbers.length).toBeLessThanOrEqual(SAMPLES_MAX);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    const standardError = 500_000 / Math.sqrt(12 * numbers.length);
    expect(Math.abs(mean - 250_000)).toBeLessThan(4 * standardError);
  },
);
