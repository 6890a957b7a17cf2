import { describe, expect, test } from 'vitest';
import { md1kLossProbability, md1WaitQuantileSec, md1WaitSurvival } from '../../../src/theory/md1.ts';
import { mg1, mg1FcfsWaitDeviationSec, mg1LcfsWaitDeviationSec } from '../../../src/theory/mg1.ts';
import { batchArrivals, vacationMeanWaitSec } from '../../../src/theory/mg1-variants.ts';
import { mm1SojournQuantileSec, mm1WaitQuantileSec } from '../../../src/theory/mm1.ts';
import { mmck } from '../../../src/theory/mmck.ts';
import { mph1Sojourn, mph1Wait } from '../../../src/theory/mph1.ts';
import {
  erlangPhases,
  parallelPhases,
  phaseMeanSec,
  phaseQuantileSec,
  seriesPhases,
} from '../../../src/theory/phase-type.ts';
import {
  balancedBranches,
  deterministicMoments,
  erlangMoments,
  exponentialMoments,
  hyperexponentialMoments,
  lognormalMoments,
} from '../../../src/theory/service-moments.ts';
import { expectClose, expectFields, expectQuantiles } from './close.ts';

const SCV_4 = balancedBranches({ meanSec: 1, scv: 4 });
const ERLANG_4 = { phaseCount: 4, meanSec: 1 };

describe('Pollaczek–Khinchine', () => {
  test.each([
    {
      id: 'S25-md1-0.5',
      rate: 0.5,
      service: deterministicMoments(1),
      wait: 0.5,
      queue: 0.25,
      jobs: 0.75,
      deviation: 0.76376262,
    },
    {
      id: 'S26-md1-0.8',
      rate: 0.8,
      service: deterministicMoments(1),
      wait: 2,
      queue: 1.6,
      jobs: 2.4,
      deviation: 2.3094011,
    },
    {
      id: 'S28-me4-1',
      rate: 0.8,
      service: erlangMoments(ERLANG_4),
      wait: 2.5,
      queue: 2,
      jobs: 2.8,
      deviation: 2.9580399,
    },
    {
      id: 'S29-mh2-1',
      rate: 0.8,
      service: hyperexponentialMoments(SCV_4),
      wait: 10,
      queue: 8,
      jobs: 8.8,
      deviation: 13.416408,
    },
    {
      id: 'S30-mln1-scv1',
      rate: 0.7,
      service: lognormalMoments({ meanSec: 1, scv: 1 }),
      wait: 2.3333333,
      queue: 1.6333333,
      jobs: 2.3333333,
      deviation: 3.4156503,
    },
    {
      id: 'S50-lifo, served in order',
      rate: 0.8,
      service: exponentialMoments(1),
      wait: 4,
      queue: 3.2,
      jobs: 4,
      deviation: 4.8989795,
    },
  ])('$id', ({ rate, service, wait, queue, jobs, deviation }) => {
    const station = { arrivalRatePerSec: rate, service };
    expectFields(mg1(station), {
      utilization: rate,
      waitProbability: rate,
      meanWaitSec: wait,
      meanSojournSec: wait + 1,
      meanWaitingJobs: queue,
      meanJobs: jobs,
    });
    expectClose(mg1FcfsWaitDeviationSec(station), deviation);
  });

  test('S50-lifo: last come first served spreads the same mean wait', () => {
    const station = { arrivalRatePerSec: 0.8, service: exponentialMoments(1) };
    expectClose(mg1LcfsWaitDeviationSec(station), 13.56466);
  });

  test('S59-vac-exp: vacations add their mean residual life', () => {
    const queue = { arrivalRatePerSec: 0.6, service: exponentialMoments(1) };
    expectClose(vacationMeanWaitSec(queue, exponentialMoments(0.5)), 2);
  });

  test('S63-batch-geom: batches of 4 on average', () => {
    const batch = {
      batchRatePerSec: 0.2,
      batchJobsMean: 4,
      batchJobsSecond: 28,
      service: exponentialMoments(1),
    };
    expectFields(batchArrivals(batch), {
      utilization: 0.8,
      meanJobs: 16,
      meanSojournSec: 20,
      meanWaitSec: 19,
    });
  });
});

describe('M/D/1 waits', () => {
  test.each([
    { id: 'S25-md1-0.5', rate: 0.5, wait: { 0.95: 2.0506384, 0.99: 3.336256 } },
    { id: 'S26-md1-0.8', rate: 0.8, wait: { 0.5: 1.2759399, 0.95: 6.620325, 0.99: 10.355887 } },
  ])('$id', ({ rate, wait }) => {
    const queue = { arrivalRatePerSec: rate, serviceTimeSec: 1 };
    expectClose(md1WaitSurvival(queue, 0), rate, 'P(wait > 0)');
    expectQuantiles((p) => md1WaitQuantileSec(queue, p), wait);
  });

  test('fall exponentially far out, where the alternating series has lost every digit', () => {
    const survivals = [20, 30, 40].map((t) =>
      md1WaitSurvival({ arrivalRatePerSec: 0.8, serviceTimeSec: 1 }, t),
    );
    expectClose(survivals[1]! / survivals[0]!, survivals[2]! / survivals[1]!, '', 1e-6);
  });

  test('R19-tb-poisson: a bucket of 50 tokens loses as M/D/1/50 does', () => {
    expectClose(md1kLossProbability({ arrivalRatePerSec: 100, serviceTimeSec: 0.01 }, 50), 0.010033445);
  });

  test('one place is Erlang B, whatever the service', () => {
    const loss = mmck({
      arrivalRatePerSec: 3,
      serviceRatePerSec: 2,
      serverCount: 1,
      jobsMax: 1,
    }).lossProbability;
    expectClose(md1kLossProbability({ arrivalRatePerSec: 3, serviceTimeSec: 0.5 }, 1), loss, '', 1e-14);
  });
});

describe('M/PH/1', () => {
  test.each([
    {
      id: 'S28-me4-1',
      service: erlangPhases(ERLANG_4),
      wait: { 0.5: 1.5502322, 0.95: 8.4319071, 0.99: 13.242206 },
      sojourn: { 0.5: 2.5942301, 0.95: 9.4762188, 0.99: 14.286518 },
    },
    {
      id: 'S29-mh2-1',
      service: parallelPhases(SCV_4),
      wait: { 0.5: 4.8089194, 0.95: 37.296392, 0.99: 60.012607 },
      sojourn: { 0.5: 6.0021225, 0.95: 38.494106, 0.99: 61.210321 },
    },
  ])('$id', ({ service, wait, sojourn }) => {
    const queue = { arrivalRatePerSec: 0.8, service };
    expectQuantiles((p) => phaseQuantileSec(mph1Wait(queue), p), wait);
    expectQuantiles((p) => phaseQuantileSec(mph1Sojourn(queue), p), sojourn);
  });

  test('has the mean wait of Pollaczek and Khinchine', () => {
    const queue = { arrivalRatePerSec: 0.8, service: parallelPhases(SCV_4) };
    expectClose(phaseMeanSec(mph1Wait(queue)), 10, 'wait', 1e-12);
    expectClose(phaseMeanSec(mph1Sojourn(queue)), 11, 'sojourn', 1e-12);
  });

  test('with one phase is M/M/1', () => {
    const queue = { arrivalRatePerSec: 0.8, service: seriesPhases([1]) };
    const mm1 = { arrivalRatePerSec: 0.8, serviceRatePerSec: 1 };
    expectClose(phaseQuantileSec(mph1Wait(queue), 0.999), mm1WaitQuantileSec(mm1, 0.999), 'wait', 1e-12);
    expectClose(
      phaseQuantileSec(mph1Sojourn(queue), 0.999),
      mm1SojournQuantileSec(mm1, 0.999),
      'sojourn',
      1e-12,
    );
  });
});

describe('X06-h2: two branches with balanced means', () => {
  test('have the mean and variation asked for', () => {
    const [often, seldom] = balancedBranches({ meanSec: 1, scv: 4 });
    expectClose(often!.probability, 0.88729833);
    expectClose(often!.ratePerSec, 1.7745967);
    expectClose(seldom!.ratePerSec, 0.22540333);
    expectQuantiles((p) => phaseQuantileSec(parallelPhases(SCV_4), p), { 0.95: 3.7148818, 0.99: 10.745891 });
    expectFields(hyperexponentialMoments(SCV_4), { meanSec: 1, secondSec2: 5 }, 1e-14);
  });

  test('cannot vary less than an exponential', () => {
    expect(() => balancedBranches({ meanSec: 1, scv: 0.9 })).toThrow(RangeError);
  });
});
