import { describe, expect, test } from 'vitest';
import { expectation, exploreChain, steadyState } from '../../../src/theory/ctmc.ts';
import { finiteSource } from '../../../src/theory/finite-source.ts';
import { closedHeldThreads, openHeldThreads } from '../../../src/theory/held-threads.ts';
import { mmck } from '../../../src/theory/mmck.ts';
import { nestedThreads } from '../../../src/theory/nested-calls.ts';
import { expectClose, expectFields, expectList } from './close.ts';

describe('threads held during a downstream call', () => {
  test('N40-pool-held: 16 threads starve behind 4 connections', () => {
    const model = {
      arrivalRatePerSec: 180,
      threadCount: 16,
      waitingRoomMax: 32,
      beforeMeanSec: 0.004,
      connectionCount: 4,
      databaseMeanSec: 0.02,
      afterMeanSec: 0.002,
    };
    const means = openHeldThreads(model);
    expectFields(means, {
      lossProbability: 0.00086807213,
      throughputPerSec: 179.84375,
      meanResponseSec: 0.063436177,
      meanQueueWaitSec: 0.010826984,
      meanDatabaseSec: 0.046609193,
      meanHeldThreads: 9.4614344,
      threadUtilization: 0.59133965,
      databaseUtilization: 0.89921874,
    });
    expectClose(means.meanDatabaseSec - model.databaseMeanSec, 0.026609193, 'wait for a connection');
    expectClose(means.throughputPerSec, 180 * (1 - means.lossProbability), 'flow balance', 1e-9);
  });

  test.each([
    {
      id: 'N43-closed-held',
      model: {
        population: 50,
        thinkMeanSec: 1,
        threadCount: 10,
        beforeMeanSec: 0.05,
        connectionCount: 4,
        databaseMeanSec: 0.1,
      },
      means: {
        throughputPerSec: 38.227545,
        meanResponseSec: 0.30795739,
        meanQueueWaitSec: 0.0780896,
        threadUtilization: 0.87872813,
        databaseUtilization: 0.95568862,
      },
    },
    {
      id: 'N44-closed-held',
      model: {
        population: 200,
        thinkMeanSec: 2,
        threadCount: 20,
        beforeMeanSec: 0.02,
        connectionCount: 5,
        databaseMeanSec: 0.05,
      },
      means: {
        throughputPerSec: 93.168652,
        meanResponseSec: 0.14664478,
        meanQueueWaitSec: 0.012718926,
        threadUtilization: 0.62388456,
        databaseUtilization: 0.93168652,
      },
    },
  ])('$id', ({ model, means }) => {
    expectFields(closedHeldThreads({ ...model, afterMeanSec: 0 }), means);
  });

  test('with a thread for every user only the connections limit', () => {
    const closed = { population: 12, thinkMeanSec: 1, connectionCount: 3, databaseMeanSec: 0.4 };
    const means = closedHeldThreads({ ...closed, threadCount: 12, beforeMeanSec: 1e-9, afterMeanSec: 0 });
    const repair = finiteSource({ population: 12, thinkMeanSec: 1, serviceMeanSec: 0.4, serverCount: 3 });
    expectClose(means.throughputPerSec, repair.throughputPerSec);
    expect(means.meanQueueWaitSec).toBe(0);
  });
});

test('N45-nested-limit: threads of nested synchronous tiers', () => {
  const tiers = [
    { ownSec: 0.002, callCount: 1 },
    { ownSec: 0.005, callCount: 1 },
    { ownSec: 0.02, callCount: 0 },
  ];
  expectList(nestedThreads(10_000, tiers), [270, 250, 200], 1e-12);
  expectList(
    nestedThreads(100, [
      { ownSec: 1, callCount: 3 },
      { ownSec: 2, callCount: 0 },
    ]),
    [700, 600],
    1e-12,
  );
});

describe('Markov chains', () => {
  const queue = { arrivalRatePerSec: 5, serviceRatePerSec: 2, serverCount: 3, jobsMax: 12 };
  const transitionsFrom = ([n = 0]: readonly number[]) => [
    { to: [n + 1], ratePerSec: n < queue.jobsMax ? queue.arrivalRatePerSec : 0 },
    { to: [n - 1], ratePerSec: Math.min(n, queue.serverCount) * queue.serviceRatePerSec },
  ];

  test('the steady state of a birth–death chain is its product form', () => {
    const chain = exploreChain([4], transitionsFrom);
    expect(chain.states).toHaveLength(13);
    const probabilities = steadyState(chain);
    expectClose(
      expectation(chain, probabilities, ([n = 0]) => n),
      mmck(queue).meanJobs,
      '',
      1e-12,
    );
  });

  test('a chain that was not truncated is refused', () => {
    const endless = ([n = 0]: readonly number[]) => [{ to: [n + 1], ratePerSec: 1 }];
    expect(() => exploreChain([0], endless, 1_000)).toThrow(RangeError);
  });
});
