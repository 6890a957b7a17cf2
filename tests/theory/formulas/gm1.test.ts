import { describe, test } from 'vitest';
import {
  deterministicInterarrival,
  erlangInterarrival,
  gm1,
  gm1SojournQuantileSec,
  gm1WaitQuantileSec,
  hyperexponentialInterarrival,
} from '../../../src/theory/gm1.ts';
import { mm1 } from '../../../src/theory/mm1.ts';
import { roundRobinServer } from '../../../src/theory/round-robin.ts';
import { balancedBranches } from '../../../src/theory/service-moments.ts';
import { expectFields, expectQuantiles } from './close.ts';

const CASES = [
  {
    id: 'S36-dm1-05',
    interarrival: deterministicInterarrival(2),
    means: {
      waitProbability: 0.20318787,
      meanWaitSec: 0.25500097,
      meanSojournSec: 1.255001,
      utilization: 0.5,
      meanJobs: 0.62750049,
    },
    sojourn: { 0.5: 0.86990039, 0.95: 3.7596469, 0.99: 5.7794931 },
    wait: { 0.5: 0, 0.95: 1.7596469, 0.99: 3.7794931 },
  },
  {
    id: 'S37-dm1-08',
    interarrival: deterministicInterarrival(1.25),
    means: {
      waitProbability: 0.6286298,
      meanWaitSec: 1.6927308,
      meanSojournSec: 2.6927308,
      utilization: 0.8,
      meanJobs: 2.1541847,
    },
    sojourn: { 0.5: 1.8664588, 0.95: 8.0667007, 0.99: 12.400484 },
    wait: { 0.5: 0.61645879, 0.95: 6.8167007, 0.99: 11.150484 },
  },
  {
    id: 'S38-e2m1',
    interarrival: erlangInterarrival({ phaseCount: 2, meanSec: 1.25 }),
    means: {
      waitProbability: 0.73985295,
      meanWaitSec: 2.8439798,
      meanSojournSec: 3.8439798,
      utilization: 0.8,
      meanJobs: 3.0751838,
    },
    sojourn: { 0.5: 2.6644437, 0.95: 11.515534, 0.99: 17.702181 },
    wait: { 0.5: 1.5062379, 0.95: 10.357328, 0.99: 16.543975 },
  },
  {
    id: 'S39-h2m1',
    interarrival: hyperexponentialInterarrival(balancedBranches({ meanSec: 1.25, scv: 4 })),
    means: {
      waitProbability: 0.90757166,
      meanWaitSec: 9.8191928,
      meanSojournSec: 10.819193,
      utilization: 0.8,
      meanJobs: 8.6553542,
    },
    sojourn: { 0.5: 7.499293, 0.95: 32.411405, 0.99: 49.824224 },
    wait: { 0.5: 6.4500179, 0.95: 31.36213, 0.99: 48.774949 },
  },
];

describe('G/M/1', () => {
  test.each(CASES)('$id', ({ interarrival, means, sojourn, wait }) => {
    const queue = { interarrival, serviceRatePerSec: 1 };
    expectFields(gm1(queue), means);
    expectQuantiles((p) => gm1SojournQuantileSec(queue, p), sojourn);
    expectQuantiles((p) => gm1WaitQuantileSec(queue, p), wait);
  });

  test('with exponential gaps is M/M/1, at light load and next to saturation', () => {
    for (const utilization of [1e-6, 0.5, 0.999999]) {
      const interarrival = erlangInterarrival({ phaseCount: 1, meanSec: 1 / utilization });
      const exact = mm1({ arrivalRatePerSec: utilization, serviceRatePerSec: 1 });
      expectFields(gm1({ interarrival, serviceRatePerSec: 1 }), { ...exact }, 1e-8);
    }
  });
});

describe('round robin', () => {
  test.each([
    {
      id: 'L01-rr-2',
      serverCount: 2,
      rate: 1.6,
      waitProbability: 0.73985295,
      meanSojournSec: 3.8439798,
      meanWaitSec: 2.8439798,
      sojourn: { 0.5: 2.6644437, 0.95: 11.515534, 0.99: 17.702181 },
    },
    {
      id: 'L02-rr-4',
      serverCount: 4,
      rate: 3.2,
      waitProbability: 0.69394472,
      meanSojournSec: 3.2673836,
      meanWaitSec: 2.2673836,
      sojourn: { 0.5: 2.2647777, 0.95: 9.7882065, 0.99: 15.046858 },
    },
    {
      id: 'L03-rr-10',
      serverCount: 10,
      rate: 9,
      waitProbability: 0.82333018,
      meanSojournSec: 5.6602764,
      meanWaitSec: 4.6602764,
      sojourn: { 0.5: 3.9234046, 0.95: 16.956673, 0.99: 26.066536 },
    },
  ])('$id', ({ serverCount, rate, sojourn, waitProbability, meanSojournSec, meanWaitSec }) => {
    const server = roundRobinServer({ arrivalRatePerSec: rate, serviceRatePerSec: 1, serverCount });
    expectFields(gm1(server), { waitProbability, meanSojournSec, meanWaitSec });
    expectQuantiles((p) => gm1SojournQuantileSec(server, p), sojourn);
  });
});
