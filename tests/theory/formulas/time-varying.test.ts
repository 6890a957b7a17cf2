import { describe, expect, test } from 'vitest';
import { expectedArrivals } from '../../../src/theory/arrival-curve.ts';
import { deterministicQueue } from '../../../src/theory/deterministic-queue.ts';
import {
  sinusoidAmplitudeJobs,
  sinusoidMeanJobs,
  sinusoidMeanJobsFromEmpty,
  sinusoidPeakLagSec,
} from '../../../src/theory/sinusoid-infinite-server.ts';
import { transientQueue } from '../../../src/theory/transient-queue.ts';
import { arctangent, cosine, sine, TWO_PI } from '../../../src/theory/trigonometry.ts';
import { quantileNearestRank, sortSamples } from '../../../src/stats/quantiles.ts';
import { expectClose, expectList } from './close.ts';

describe('M(t)/M/∞', () => {
  const WAVE = { meanRatePerSec: 100, amplitudeRatio: 0.6, periodSec: 60, serviceMeanSec: 10 };
  const TIMES = [0, 5, 10, 15, 20, 25, 30, 40, 50];

  test('T01-mtminf-sin: periodic', () => {
    expectList(
      TIMES.map((timeSec) => sinusoidMeanJobs(WAVE, timeSec)),
      [700.31874, 883.55568, 1097.9938, 1286.1745, 1397.675, 1402.6188, 1299.6813, 902.00622, 602.32497],
    );
    expectClose(sinusoidAmplitudeJobs(WAVE), 414.37267);
    expectClose(sinusoidPeakLagSec(WAVE), 7.7201173);
  });

  test('T02-mtminf-empty: from empty', () => {
    const [start, ...later] = TIMES.map((timeSec) => sinusoidMeanJobsFromEmpty(WAVE, timeSec));
    expect(start).toBe(0);
    expectList(
      later,
      [458.79089, 840.36091, 1129.9123, 1302.8972, 1345.1332, 1264.8144, 889.17944, 597.60626],
    );
  });
});

describe('M(t)/M/c/K', () => {
  // The case counts in minutes; the unit of time does not matter to the equations.
  test('T04-mtmc-sin: a swell to 120 % of 20 servers', () => {
    const times = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60];
    const rate = (time: number) => 16 + 8 * sine((TWO_PI * time) / 60);
    const states = transientQueue(
      {
        pieces: [{ untilSec: 60, arrivalRatePerSecAt: rate }],
        serviceRatePerSec: 1,
        serverCount: 20,
        jobsMax: 300,
        stepSec: 0.02,
      },
      times,
    );
    expectList(
      states.map((state) => state.waitProbability),
      [
        0.53620349, 0.89664585, 0.98395085, 0.9951859, 0.99306492, 0.96018728, 0.72917829, 0.21372315,
        0.011558316, 0.00092871149, 0.013283867, 0.15413028,
      ],
    );
    // At t = 50 the case says 0.0019679568; integrated at a tolerance of 1e-12 it is 0.00196795276.
    expectList(
      states.map((state) => state.meanWaitingJobs),
      [
        3.0027722, 14.149325, 32.80303, 51.09612, 59.151517, 49.902707, 24.818948, 4.2143485, 0.14160254,
        0.0019679528, 0.016433329, 0.39622973,
      ],
    );
    expectList(
      states.map((state) => state.meanJobs),
      [
        21.082813, 33.804955, 52.75364, 71.081006, 79.126976, 69.723256, 43.063593, 16.741774, 8.5381819,
        8.7421273, 11.335455, 15.424036,
      ],
    );
  });

  test('T05-flash-step: a flash crowd against a full waiting room', () => {
    const piece = (untilSec: number, ratePerSec: number) => ({
      untilSec,
      arrivalRatePerSecAt: () => ratePerSec,
    });
    const states = transientQueue(
      {
        pieces: [piece(10, 50), piece(20, 200), piece(40, 50)],
        serviceRatePerSec: 1,
        serverCount: 100,
        jobsMax: 300,
        stepSec: 0.002,
      },
      [5, 10, 11, 12, 13, 15, 20, 21, 22, 25, 30, 40],
    );
    expectList(
      states.map((state) => state.meanJobs),
      [
        49.663103, 49.99773, 159.95762, 259.41897, 298.80541, 299, 299, 248.33334, 198.33333, 70.105618,
        50.136042, 50.000006,
      ],
    );
    expectList(
      states.slice(2, 10).map((state) => state.meanWaitingJobs),
      [59.957703, 159.41897, 198.80541, 199, 199, 148.33334, 98.333333, 0.30083267],
    );
    expectList(
      states.slice(3, 8).map((state) => state.fullProbability),
      [0.029390466, 0.49187671, 0.5, 0.5, 7.8993351e-7],
    );
    expectList(
      states.slice(3).map((state) => state.lostJobs),
      [0.53864614, 61.152214, 260.95762, 760.95762, 761.62428, 761.62429, 761.62429, 761.62429, 761.62429],
    );
  });

  test('T06-mm1-transient: how slowly M/M/1 fills at 80 %', () => {
    const states = transientQueue(
      {
        pieces: [{ untilSec: 100, arrivalRatePerSecAt: () => 0.8 }],
        serviceRatePerSec: 1,
        serverCount: 1,
        jobsMax: 250,
        stepSec: 0.02,
      },
      [1, 2, 5, 10, 20, 50, 100],
    );
    expectList(
      states.map((state) => state.meanJobs),
      [0.55155186, 0.87758383, 1.4694608, 2.0302816, 2.6476349, 3.405039, 3.7918727],
    );
    expectList(
      states.map((state) => state.waitProbability),
      [0.40260125, 0.52746971, 0.65103206, 0.71357741, 0.7551476, 0.78588208, 0.79602356],
    );
  });

  test('a time beyond the last piece is refused', () => {
    const queue = {
      pieces: [{ untilSec: 1, arrivalRatePerSecAt: () => 1 }],
      serviceRatePerSec: 1,
      serverCount: 1,
      jobsMax: 5,
      stepSec: 0.1,
    };
    expect(() => transientQueue(queue, [2])).toThrow(RangeError);
  });
});

test('T09-dd1-overload: each request waits one millisecond longer than the last', () => {
  const trace = deterministicQueue({ interarrivalSec: 2, serviceTimeSec: 3, requestCount: 100 });
  const sorted = sortSamples(trace.waitsSec);
  expect(trace.lastDepartureSec).toBe(300);
  expect(trace.jobsMax).toBe(34);
  expect(trace.waitsSec.at(-1)).toBe(99);
  expect(trace.waitsSec.reduce((sum, wait) => sum + wait, 0) / 100).toBe(49.5);
  expect([0.5, 0.95, 0.99].map((p) => quantileNearestRank(sorted, p))).toEqual([49, 94, 98]);
});

test('D/D/1 below capacity never waits', () => {
  const trace = deterministicQueue({ interarrivalSec: 3, serviceTimeSec: 3, requestCount: 5 });
  expect(trace).toEqual({ waitsSec: [0, 0, 0, 0, 0], lastDepartureSec: 15, jobsMax: 1 });
});

test('T11-nhpp-1m: expected arrivals of the Double 11 curve', () => {
  const pieces = [
    expectedArrivals({ kind: 'linear', durationSec: 10, fromPerSec: 0, toPerSec: 1e6 }),
    expectedArrivals({ kind: 'constant', durationSec: 60, ratePerSec: 1e6 }),
    expectedArrivals({
      kind: 'exponential',
      durationSec: 300,
      fromPerSec: 1e6,
      towardsPerSec: 1e5,
      timeConstantSec: 30,
    }),
  ];
  expectList(pieces, [5e6, 6e7, 56_998_774]);
  const total = pieces.reduce((sum, arrivals) => sum + arrivals, 0);
  expectClose(total, 121_998_770);
  expectClose(Math.sqrt(total), 11_045.306, 'standard deviation');
});

describe('trigonometry', () => {
  test('sine and cosine are within 3e-16 of the platform, whichever way it rounds', () => {
    for (let k = -4_000; k <= 4_000; k++) {
      const x = k * 0.01 + k * k * k * 1e-6;
      expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(3e-16);
      expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(3e-16);
    }
  });

  test('whole turns and quarters', () => {
    expect(sine(0)).toBe(0);
    expect(cosine(0)).toBe(1);
    expect(sine(TWO_PI / 4)).toBe(1);
    expect(cosine(TWO_PI / 2)).toBe(-1);
  });

  test('arctangent', () => {
    for (const x of [-1e9, -3, -1, -1e-3, 0, 1e-12, 0.1, 1, 2.5, 1e6]) {
      expectClose(arctangent(x), Math.atan(x), `arctan ${x}`, 1e-15);
    }
  });

  test('an angle too large to reduce is refused', () => {
    expect(() => sine(1e7)).toThrow(RangeError);
    expect(() => cosine(Infinity)).toThrow(RangeError);
  });
});
