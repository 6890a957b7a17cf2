import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erlangB, erlangC } from '../../../src/theory/erlang.ts';
import { erlangLoss } from '../../../src/theory/erlang-loss.ts';
import { finiteSource } from '../../../src/theory/finite-source.ts';
import { infiniteServerMeanJobs, infiniteServerProbability } from '../../../src/theory/infinite-server.ts';
import { mm1, mm1SojournQuantileSec } from '../../../src/theory/mm1.ts';
import {
  mmc,
  mmcSojournQuantileSec,
  mmcSojournSurvival,
  mmcWaitQuantileSec,
} from '../../../src/theory/mmc.ts';
import {
  mmck,
  mmckProbabilities,
  mmckSojournQuantileSec,
  mmckWaitQuantileSec,
  mmckWaitSurvival,
} from '../../../src/theory/mmck.ts';
import { expectClose, expectFields, expectQuantiles } from './close.ts';

const CASES = [
  {
    id: 'S09-mmc-spamcan',
    queue: { arrivalRatePerSec: 0.66, serviceRatePerSec: 1 / 6, serverCount: 4 },
    means: {
      utilization: 0.99,
      waitProbability: 0.97790518,
      meanWaitSec: 146.68578,
      meanSojournSec: 152.68578,
      meanWaitingJobs: 96.812612,
      meanJobs: 100.77261,
    },
    sojourn: { 0.5: 106.74399, 0.9: 348.15968, 0.95: 452.13175, 0.99: 693.54744, 0.999: 1038.9352 },
    wait: { 0.5: 100.62069, 0.95: 446.00846, 0.99: 687.42414 },
  },
  {
    id: 'S10-mmc-16-08',
    queue: { arrivalRatePerSec: 1280, serviceRatePerSec: 100, serverCount: 16 },
    means: {
      utilization: 0.8,
      waitProbability: 0.30488391,
      meanWaitSec: 0.00095276223,
      meanSojournSec: 0.010952762,
      meanWaitingJobs: 1.2195357,
      meanJobs: 14.019536,
    },
    sojourn: { 0.5: 0.0080185644, 0.9: 0.02431792, 0.95: 0.031253916, 0.99: 0.047349516, 0.999: 0.070375403 },
    wait: { 0.5: 0, 0.95: 0.0056497128, 0.99: 0.010679206 },
  },
  {
    id: 'S11-mmc-100-09',
    queue: { arrivalRatePerSec: 90, serviceRatePerSec: 1, serverCount: 100 },
    means: {
      utilization: 0.9,
      waitProbability: 0.21694048,
      meanWaitSec: 0.021694048,
      meanSojournSec: 1.021694,
      meanWaitingJobs: 1.9524643,
      meanJobs: 91.952464,
    },
    sojourn: { 0.5: 0.71692864, 0.9: 2.3264037, 0.95: 3.0195508, 0.99: 4.6289888, 0.999: 6.9315738 },
    wait: { 0.5: 0, 0.95: 0.14676, 0.99: 0.30770379 },
  },
];

describe('M/M/c', () => {
  test.each(CASES)('$id', ({ queue, means, sojourn, wait }) => {
    expectFields(mmc(queue), means);
    expectQuantiles((p) => mmcSojournQuantileSec(queue, p), sojourn);
    expectQuantiles((p) => mmcWaitQuantileSec(queue, p), wait);
  });

  test('with one server is M/M/1', () => {
    const queue = { arrivalRatePerSec: 0.99, serviceRatePerSec: 1, serverCount: 1 };
    expectFields(mmc(queue), { ...mm1(queue) }, 1e-13);
    expectClose(mmcSojournQuantileSec(queue, 0.999999), mm1SojournQuantileSec(queue, 0.999999), '', 1e-12);
  });

  test('is smooth where the drain rate equals the service rate', () => {
    const at = (arrivalRatePerSec: number) =>
      mmcSojournSurvival({ arrivalRatePerSec, serviceRatePerSec: 1, serverCount: 2 }, 3);
    expectClose(at(1), (at(1 - 1e-6) + at(1 + 1e-6)) / 2, '', 1e-11);
  });
});

describe('Erlang B', () => {
  test.each([
    {
      id: 'S17…S19-erlb',
      arrivalRatePerSec: 3,
      serviceMeanSec: 4,
      serverCount: 15,
      loss: 0.085729249,
      throughput: 2.7428123,
      jobs: 10.971249,
      utilization: 0.7314166,
    },
    {
      id: 'S20-erlb-200',
      arrivalRatePerSec: 190,
      serviceMeanSec: 1,
      serverCount: 200,
      loss: 0.027968164,
      throughput: 184.68605,
      jobs: 184.68605,
      utilization: 0.92343024,
    },
  ])('$id', ({ loss, throughput, jobs, utilization, ...station }) => {
    expectFields(erlangLoss(station), {
      lossProbability: loss,
      throughputPerSec: throughput,
      meanJobs: jobs,
      utilization,
    });
  });

  test('keeps its digits at 100,000 servers', () => {
    // At a = c the loss is about √(2/(πc)).
    const blocking = erlangB({ offeredLoadErlangs: 100_000, serverCount: 100_000 });
    expectClose(blocking, Math.sqrt(2 / (Math.PI * 100_000)), '', 0.003);
  });

  test('lies below Erlang C, and both fall with every further server', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.3, max: 0.99, noNaN: true }),
        (c, rho) => {
          const load = { offeredLoadErlangs: rho * c, serverCount: c };
          const withOneMore = { ...load, serverCount: c + 1 };
          expect(erlangB(load)).toBeLessThanOrEqual(erlangC(load));
          expect(erlangB(withOneMore)).toBeLessThan(erlangB(load));
          expect(erlangC(withOneMore)).toBeLessThan(erlangC(load));
        },
      ),
    );
  });
});

describe('M/M/c/K', () => {
  const OVERLOAD = { arrivalRatePerSec: 150, serviceRatePerSec: 1, serverCount: 100, jobsMax: 150 };

  test('S15-mmck-overload', () => {
    expectFields(mmck(OVERLOAD), {
      lossProbability: 0.33333333,
      throughputPerSec: 100,
      utilization: 1,
      meanJobs: 148,
      meanWaitingJobs: 48,
      acceptedMeanWaitSec: 0.48,
      acceptedMeanSojournSec: 1.48,
      acceptedWaitProbability: 1,
    });
    expectQuantiles((p) => mmckSojournQuantileSec(OVERLOAD, p), {
      0.5: 1.1758613,
      0.95: 3.4784464,
      0.99: 5.0878844,
    });
    expectQuantiles((p) => mmckWaitQuantileSec(OVERLOAD, p), {
      0.5: 0.47732561,
      0.95: 0.6051525,
      0.99: 0.66321264,
    });
  });

  test('without waiting room is Erlang B', () => {
    const queue = { arrivalRatePerSec: 9, serviceRatePerSec: 1, serverCount: 10, jobsMax: 10 };
    expectClose(mmck(queue).lossProbability, erlangB({ offeredLoadErlangs: 9, serverCount: 10 }), '', 1e-13);
    expect(mmckWaitQuantileSec(queue, 0.9999)).toBe(0);
    expectClose(mmckSojournQuantileSec(queue, 0.5), Math.LN2, '', 1e-12);
  });

  test('with a long waiting room is M/M/c', () => {
    const queue = { arrivalRatePerSec: 8, serviceRatePerSec: 1, serverCount: 10 };
    const long = { ...queue, jobsMax: 200 };
    expectClose(mmck(long).meanJobs, mmc(queue).meanJobs, '', 1e-12);
    expectClose(mmckWaitQuantileSec(long, 0.99), mmcWaitQuantileSec(queue, 0.99), '', 1e-12);
    expectClose(mmckSojournQuantileSec(long, 0.99), mmcSojournQuantileSec(queue, 0.99), '', 1e-12);
    expectClose(mmckWaitSurvival(long, 0), mmc(queue).waitProbability, '', 1e-12);
  });

  test('does not overflow at a hundredfold overload of 1,000 places', () => {
    const probabilities = mmckProbabilities({ ...OVERLOAD, arrivalRatePerSec: 10_000, jobsMax: 1_000 });
    expectClose(probabilities.at(-1)!, 0.99, '', 1e-12);
    expectClose(
      probabilities.reduce((sum, p) => sum + p, 0),
      1,
      '',
      1e-12,
    );
  });
});

test('S21-mminf-sixto: an unlimited number of servers', () => {
  const station = { arrivalRatePerSec: 0.25, serviceMeanSec: 0.25 };
  expectClose(infiniteServerMeanJobs(station), 0.0625);
  expectClose(infiniteServerProbability(station, 0), 0.93941306);
  expectClose(infiniteServerProbability(station, 1), 0.058713316);
});

describe('M/M/c//N', () => {
  test('S23-mm1kk-sixto', () => {
    const station = { population: 2, thinkMeanSec: 4, serviceMeanSec: 0.25, serverCount: 1 };
    expectFields(finiteSource(station), {
      throughputPerSec: 0.46896552,
      meanSojournSec: 0.26470588,
      meanJobs: 0.12413793,
      utilization: 0.11724138,
      emptyProbability: 0.88275862,
    });
  });

  test.each([
    {
      id: 'N15-zhou-4-2',
      population: 4,
      serverCount: 2,
      throughput: 0.66207951,
      response: 1.0415704,
      jobs: 0.68960245,
    },
    {
      id: 'N17-zhou-10-3',
      population: 10,
      serverCount: 3,
      throughput: 1.6391404,
      response: 1.1007586,
      jobs: 1.8042979,
    },
    {
      id: 'N19-zhou-9-4',
      population: 9,
      serverCount: 4,
      throughput: 1.4975611,
      response: 1.0097715,
      jobs: 1.5121945,
    },
  ])('$id', ({ population, serverCount, throughput, response, jobs }) => {
    expectFields(finiteSource({ population, serverCount, thinkMeanSec: 5, serviceMeanSec: 1 }), {
      throughputPerSec: throughput,
      utilization: throughput / serverCount,
      meanSojournSec: response,
      meanJobs: jobs,
    });
  });
});
