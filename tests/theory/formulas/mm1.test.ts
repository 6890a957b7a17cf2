import { describe, expect, test } from 'vitest';
import {
  mm1,
  mm1MeanWaitVarianceSec2,
  mm1SojournQuantileSec,
  mm1SojournSurvival,
  mm1WaitQuantileSec,
} from '../../../src/theory/mm1.ts';
import { shortestRemainingMeanSojournSec } from '../../../src/theory/shortest-remaining.ts';
import { expectClose, expectFields, expectQuantiles } from './close.ts';

const CASES = [
  {
    id: 'S01-mm1-05',
    queue: { arrivalRatePerSec: 0.5, serviceRatePerSec: 1 },
    means: {
      utilization: 0.5,
      meanWaitSec: 1,
      meanSojournSec: 2,
      meanWaitingJobs: 0.5,
      meanJobs: 1,
      waitProbability: 0.5,
    },
    sojourn: { 0.5: 1.3862944, 0.9: 4.6051702, 0.95: 5.9914645, 0.99: 9.2103404, 0.999: 13.815511 },
    wait: { 0.5: 0, 0.95: 4.6051702, 0.99: 7.824046 },
    meanWaitVariance: 29,
  },
  {
    id: 'S04-mm1-sixto',
    queue: { arrivalRatePerSec: 0.25, serviceRatePerSec: 1 / 3 },
    means: {
      utilization: 0.75,
      meanWaitSec: 9,
      meanSojournSec: 12,
      meanWaitingJobs: 2.25,
      meanJobs: 3,
      waitProbability: 0.75,
    },
    sojourn: { 0.5: 8.3177662, 0.9: 27.631021, 0.95: 35.948787, 0.99: 55.262042, 0.999: 82.893063 },
    wait: { 0.5: 4.8655813, 0.95: 32.496602, 0.99: 51.809857 },
    meanWaitVariance: 6777,
  },
  {
    id: 'S05-mm1-099',
    queue: { arrivalRatePerSec: 0.99, serviceRatePerSec: 1 },
    means: {
      utilization: 0.99,
      meanWaitSec: 99,
      meanSojournSec: 100,
      meanWaitingJobs: 98.01,
      meanJobs: 99,
      waitProbability: 0.99,
    },
    sojourn: { 0.5: 69.314718, 0.9: 230.25851, 0.95: 299.57323, 0.99: 460.51702, 0.999: 690.77553 },
    wait: { 0.5: 68.309684, 0.95: 298.56819, 0.99: 459.51199 },
    meanWaitVariance: 395_990_000,
  },
];

describe('M/M/1', () => {
  test.each(CASES)('$id', ({ queue, means, sojourn, wait, meanWaitVariance }) => {
    expectFields(mm1(queue), means);
    expectQuantiles((p) => mm1SojournQuantileSec(queue, p), sojourn);
    expectQuantiles((p) => mm1WaitQuantileSec(queue, p), wait);
    expectClose(mm1MeanWaitVarianceSec2(queue), meanWaitVariance);
  });

  test('a tenth of the jobs outlast the 90 % quantile', () => {
    const queue = { arrivalRatePerSec: 7, serviceRatePerSec: 9 };
    expectClose(mm1SojournSurvival(queue, mm1SojournQuantileSec(queue, 0.9)), 0.1, '', 1e-14);
  });

  test('has no steady state at saturation', () => {
    expect(() => mm1({ arrivalRatePerSec: 2, serviceRatePerSec: 2 })).toThrow(RangeError);
    expect(() => mm1({ arrivalRatePerSec: NaN, serviceRatePerSec: 2 })).toThrow(RangeError);
  });

  test('S52-srpt: shortest remaining time first halves the mean sojourn at 80 %', () => {
    const queue = { arrivalRatePerSec: 0.8, serviceRatePerSec: 1 };
    expectClose(shortestRemainingMeanSojournSec(queue), 2.3527733);
    const thousandTimesFaster = { arrivalRatePerSec: 800, serviceRatePerSec: 1000 };
    expectClose(shortestRemainingMeanSojournSec(thousandTimesFaster), 2.3527733e-3);
  });
});
