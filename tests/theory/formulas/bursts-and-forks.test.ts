import { describe, test } from 'vitest';
import {
  harmonicNumber,
  slowestMeanSec,
  slowestQuantileSec,
  slowRequestProbability,
} from '../../../src/theory/fan-out.ts';
import {
  forkJoin2MeanSec,
  forkJoin2QuantileSec,
  forkJoinMeanApproximationSec,
} from '../../../src/theory/fork-join.ts';
import { mm1 } from '../../../src/theory/mm1.ts';
import { mmppQueue } from '../../../src/theory/mmpp.ts';
import { expectClose, expectFields } from './close.ts';

describe('MMPP/M/1', () => {
  test('S64-mmpp-1: bursts', () => {
    const queue = {
      arrivalRatesPerSec: [1.8, 0.2],
      switchRatesPerSec: [
        [0, 0.05],
        [0.05, 0],
      ],
      serviceRatePerSec: 1.25,
    };
    expectFields(mmppQueue(queue), {
      meanArrivalRatePerSec: 1,
      utilization: 0.8,
      meanJobs: 22.871297,
      meanSojournSec: 22.871297,
      waitProbability: 0.93457406,
    });
  });

  test('is M/M/1 when all phases arrive alike', () => {
    const switchRatesPerSec = [
      [0, 2, 1],
      [0.5, 0, 0.25],
      [3, 1, 0],
    ];
    const queue = { arrivalRatesPerSec: [3, 3, 3], switchRatesPerSec, serviceRatePerSec: 4 };
    const { meanJobs, waitProbability, utilization } = mm1({ arrivalRatePerSec: 3, serviceRatePerSec: 4 });
    expectFields(mmppQueue(queue), { meanJobs, waitProbability, utilization }, 1e-11);
  });
});

describe('fork–join', () => {
  const HALF = { arrivalRatePerSec: 0.5, serviceRatePerSec: 1 };

  test('S66-fj2-05: two branches', () => {
    expectClose(forkJoin2MeanSec(HALF), 2.875);
    expectClose(forkJoin2QuantileSec(HALF, 0.5, 60), 2.3002069);
    expectClose(forkJoin2QuantileSec(HALF, 0.95, 60), 7.2715635);
    expectClose(forkJoin2QuantileSec(HALF, 0.99, 60), 10.551755);
  });

  test.each([
    { id: 'S74-fj-5', branchCount: 5, simulated: 9.902744 },
    { id: 'S75-fj-10', branchCount: 10, simulated: 12.049406 },
    { id: 'S76-fj-100', branchCount: 100, simulated: 19.317148 },
  ])('$id: the approximation is within 5 % of a simulation', ({ branchCount, simulated }) => {
    const branch = { arrivalRatePerSec: 0.8, serviceRatePerSec: 1 };
    expectClose(forkJoinMeanApproximationSec(branch, branchCount), simulated, '', 0.05);
  });

  test('the approximation is exact for two branches', () => {
    expectClose(forkJoinMeanApproximationSec(HALF, 2), 2.875, '', 1e-14);
  });
});

describe('fan-out', () => {
  test('S69-fanout-100: the slowest of a hundred', () => {
    const fanOut = { branchCount: 100, branchMeanSec: 0.01 };
    expectClose(slowestMeanSec(fanOut), 0.051873775);
    expectClose(slowestQuantileSec(fanOut, 0.5), 0.049751468);
    expectClose(slowestQuantileSec(fanOut, 0.95), 0.075756219);
    expectClose(slowestQuantileSec(fanOut, 0.99), 0.092053697);
  });

  test('S70-tail-at-scale', () => {
    expectClose(slowRequestProbability(100, 0.01), 0.63396766);
    expectClose(slowRequestProbability(2_000, 0.0001), 0.18127743);
  });

  test('harmonic numbers', () => {
    expectClose(harmonicNumber(4), 25 / 12, '', 1e-15);
  });
});
