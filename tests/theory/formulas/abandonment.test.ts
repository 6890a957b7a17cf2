import { describe, expect, test } from 'vitest';
import { erlangA } from '../../../src/theory/erlang-a.ts';
import { erlangB } from '../../../src/theory/erlang.ts';
import {
  fixedPatience,
  fixedPatienceServedMeanWaitSec,
  fixedPatienceServedWaitQuantileSec,
} from '../../../src/theory/fixed-patience.ts';
import { mmc, mmcWaitQuantileSec } from '../../../src/theory/mmc.ts';
import { expectClose, expectFields } from './close.ts';

describe('Erlang A', () => {
  test('S54-erlA-1', () => {
    expectFields(erlangA({ arrivalRatePerSec: 1.2, serviceRatePerSec: 1, serverCount: 1 }, 2), {
      abandonProbability: 0.36620421,
      waitProbability: 0.76055495,
      meanWaitSec: 0.73240842,
      meanWaitingJobs: 0.87889011,
      utilization: 0.76055495,
    });
  });

  test('S55-erlA-50-over', () => {
    expectFields(erlangA({ arrivalRatePerSec: 75, serviceRatePerSec: 1, serverCount: 50 }, 1), {
      abandonProbability: 0.33336454,
      waitProbability: 0.99909607,
      meanWaitSec: 0.33336454,
      meanWaitingJobs: 25.00234,
      utilization: 0.99995319,
    });
  });

  test('with endless patience is M/M/c', () => {
    const queue = { arrivalRatePerSec: 8, serviceRatePerSec: 1, serverCount: 10 };
    const { waitProbability, meanWaitingJobs } = mmc(queue);
    expectFields(erlangA(queue, 1e12), { waitProbability, meanWaitingJobs }, 1e-9);
  });
});

describe('fixed patience', () => {
  const POOL = { arrivalRatePerSec: 2_200, serviceRatePerSec: 100, serverCount: 20 };

  test('a pool of 20 at 110 % with a 50 ms acquire time-out loses one in eleven and serves at the limit', () => {
    expectClose(fixedPatience(POOL, 0.05).abandonProbability, 0.09091, '', 1e-4);
    expectClose(fixedPatienceServedWaitQuantileSec(POOL, 0.05, 0.99), 0.04995, '', 1e-4);
  });

  test('without patience is Erlang B', () => {
    const blocking = erlangB({ offeredLoadErlangs: 22, serverCount: 20 });
    expectClose(fixedPatience(POOL, 0).abandonProbability, blocking, '', 1e-13);
  });

  test('with endless patience is M/M/c', () => {
    const queue = { arrivalRatePerSec: 8, serviceRatePerSec: 1, serverCount: 10 };
    const { waitProbability, meanWaitSec } = mmc(queue);
    expectFields(fixedPatience(queue, 500), { waitProbability, meanWaitSec, abandonProbability: 0 }, 1e-12);
    const quantile = fixedPatienceServedWaitQuantileSec(queue, 500, 0.99);
    expectClose(quantile, mmcWaitQuantileSec(queue, 0.99), '', 1e-12);
  });

  test('is smooth at full load, where its formula changes form', () => {
    const lossAt = (arrivalRatePerSec: number) => fixedPatience({ ...POOL, arrivalRatePerSec }, 0.05);
    const [below, at, above] = [1_999.999, 2_000, 2_000.001].map(lossAt);
    expectFields({ ...at! }, middle({ ...below! }, { ...above! }), 1e-9);
  });

  test('neither overflows nor vanishes far above capacity', () => {
    const flooded = fixedPatience({ ...POOL, arrivalRatePerSec: 200_000 }, 1);
    expectFields(flooded, { abandonProbability: 0.99, waitProbability: 1, utilization: 1 }, 1e-9);
    expect(fixedPatienceServedMeanWaitSec({ ...POOL, arrivalRatePerSec: 200_000 }, 1)).toBeLessThan(1);
  });

  test('the mean wait of all is made of those served and those gone', () => {
    const { abandonProbability, meanWaitSec } = fixedPatience(POOL, 0.05);
    const served = fixedPatienceServedMeanWaitSec(POOL, 0.05);
    expectClose(meanWaitSec, (1 - abandonProbability) * served + abandonProbability * 0.05, '', 1e-13);
  });
});

function middle<T extends Record<string, number>>(left: T, right: T): Record<string, number> {
  return Object.fromEntries(Object.keys(left).map((key) => [key, (left[key]! + right[key]!) / 2]));
}
