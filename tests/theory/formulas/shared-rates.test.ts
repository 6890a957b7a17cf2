import { expect, test } from 'vitest';
import { sharedMeanJobs } from '../../../src/theory/processor-sharing.ts';
import { relaxationSec } from '../../../src/theory/relaxation.ts';
import { sharedRatesMeanJobs } from '../../../src/theory/shared-rates.ts';

test.each([1, 2, 8])('with a rate of min(n, %i) it is the plain shared station', (serverCount) => {
  const station = { arrivalRatePerSec: 0.8 * serverCount, serviceMeanSec: 1 };
  const rates = Array.from({ length: serverCount }, (_, index) => index + 1);
  expect(sharedRatesMeanJobs({ ...station, rates })).toBeCloseTo(
    sharedMeanJobs({ ...station, serverCount }),
    12,
  );
});

test('one core with two threads and yield 1.25: p_n = p_1·r^(n−1), r = 0.9/1.25', () => {
  const p1 = 0.9;
  const r = 0.9 / 1.25;
  const norm = 1 + p1 / (1 - r);
  const jobs = p1 / ((1 - r) * (1 - r)) / norm;
  const rates = [1, 1.25];
  expect(sharedRatesMeanJobs({ arrivalRatePerSec: 0.9, serviceMeanSec: 1, rates })).toBeCloseTo(jobs, 12);
});

test('a rate that falls with contention must still be above the load at any number of jobs', () => {
  const rates = [1, 1.5, 1.2];
  expect(sharedRatesMeanJobs({ arrivalRatePerSec: 1.1, serviceMeanSec: 1, rates })).toBeGreaterThan(0);
  expect(() => sharedRatesMeanJobs({ arrivalRatePerSec: 1.3, serviceMeanSec: 1, rates })).toThrow(RangeError);
});

test('relaxation: service alone without a queue, Odoni and Roth with one', () => {
  const exponential = { serviceMeanSec: 2, arrivalScv: 1, serviceScv: 1 };
  expect(relaxationSec({ ...exponential, serverCount: Infinity, utilization: 0 })).toBe(2);
  // 2/(2.8·(1 − 0.8)²) services at ρ = 0.64
  const single = relaxationSec({ ...exponential, serverCount: 1, utilization: 0.64 });
  expect(single).toBeCloseTo(2 * (1 + 2 / (2.8 * 0.04)), 9);
  expect(() => relaxationSec({ ...exponential, serverCount: 1, utilization: 1 })).toThrow(RangeError);
});
