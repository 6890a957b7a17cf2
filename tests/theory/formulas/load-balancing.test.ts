import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinShortestQueue } from '../../../src/theory/join-shortest-queue.ts';
import { mm1, mm1SojournQuantileSec } from '../../../src/theory/mm1.ts';
import { mmc } from '../../../src/theory/mmc.ts';
import { powerOfDMeanSojournSec, powerOfDSojournQuantileSec } from '../../../src/theory/power-of-d.ts';
import { optimalSplitPerSec, splitMeanSojournSec } from '../../../src/theory/static-split.ts';
import { shardShares, zipfShares } from '../../../src/theory/zipf.ts';
import { expectClose, expectList, expectQuantiles } from './close.ts';

test('L01…L03: what a shared queue would reach', () => {
  const sojourn = (arrivalRatePerSec: number, serverCount: number) =>
    mmc({ arrivalRatePerSec, serviceRatePerSec: 1, serverCount }).meanSojournSec;
  expectList([sojourn(1.6, 2), sojourn(3.2, 4), sojourn(9, 10)], [2.7777778, 1.7455406, 1.6687315]);
});

test('L05-random-4: random split', () => {
  const split = { arrivalRatePerSec: 3.2, serviceRatesPerSec: [1, 1, 1, 1] };
  expectClose(splitMeanSojournSec(split, [0.25, 0.25, 0.25, 0.25]), 5);
  const server = { arrivalRatePerSec: 0.8, serviceRatePerSec: 1 };
  expectQuantiles((p) => mm1SojournQuantileSec(server, p), { 0.95: 14.978661, 0.99: 23.025851 });
});

describe('join the shortest queue', () => {
  test('L06-jsq-2', () => {
    const law = joinShortestQueue({
      arrivalRatePerSec: 1.6,
      serviceRatePerSec: 1,
      serverCount: 2,
      jobsMax: 70,
    });
    expectClose(law.meanSojournSec, 2.9557366);
    expectClose(law.allBusyProbability, 0.69416478);
    expectQuantiles(law.sojournQuantileSec, { 0.5: 2.117914, 0.95: 8.6102529, 0.99: 13.084398 });
  });

  // Cut at 14 jobs a server instead of 24 to stay fast: 3,060 states. What is lost shows in the fourth digit.
  test('L09-jsq-4, coarsely', () => {
    const law = joinShortestQueue({
      arrivalRatePerSec: 3.2,
      serviceRatePerSec: 1,
      serverCount: 4,
      jobsMax: 14,
    });
    expectClose(law.meanSojournSec, 1.9531342, '', 1e-4);
    expectClose(law.allBusyProbability, 0.54839546, '', 1e-4);
    expectQuantiles(law.sojournQuantileSec, { 0.5: 1.4245705, 0.95: 5.5990194, 0.99: 8.3763106 }, 1e-3);
  });

  test('with one server is M/M/1', () => {
    const law = joinShortestQueue({
      arrivalRatePerSec: 0.5,
      serviceRatePerSec: 1,
      serverCount: 1,
      jobsMax: 60,
    });
    expectClose(law.meanSojournSec, 2, '', 1e-12);
  });
});

describe('power of d choices', () => {
  test.each([
    {
      id: 'L11-pod2-0.8',
      choices: 2,
      utilization: 0.8,
      mean: 1.9473634,
      sojourn: { 0.5: 1.5328508, 0.95: 5.1806418, 0.99: 7.3738642 },
    },
    {
      id: 'L14-pod3-09',
      choices: 3,
      utilization: 0.9,
      mean: 2.027856,
      sojourn: { 0.5: 1.6471901, 0.95: 5.189483, 0.99: 7.3093827 },
    },
  ])('$id', ({ choices, utilization, mean, sojourn }) => {
    const model = { choices, utilization, serviceRatePerSec: 1 };
    expectClose(powerOfDMeanSojournSec(model), mean);
    expectQuantiles((p) => powerOfDSojournQuantileSec(model, p), sojourn);
  });

  test('one choice is M/M/1', () => {
    const mean = powerOfDMeanSojournSec({ choices: 1, utilization: 0.75, serviceRatePerSec: 2 });
    expectClose(mean, mm1({ arrivalRatePerSec: 1.5, serviceRatePerSec: 2 }).meanSojournSec, '', 1e-12);
  });

  test('L24-pod2-n100-0.9: a hundred servers are near the limit', () => {
    const limit = powerOfDMeanSojournSec({ choices: 2, utilization: 0.9, serviceRatePerSec: 1 });
    expectClose(limit, 2.6427618, 'simulated', 0.02);
    expect(limit).toBeLessThan(2.6427618);
  });
});

describe('static split', () => {
  const FAST_AND_SLOW = { arrivalRatePerSec: 10, serviceRatesPerSec: [8, 4, 2] };

  test('L15-weighted', () => {
    expectClose(splitMeanSojournSec(FAST_AND_SLOW, [0.6, 0.3, 0.1]), 0.7);
  });

  test('L16-optimal-split', () => {
    const rates = optimalSplitPerSec(FAST_AND_SLOW);
    expectList(rates, [6.1876726, 2.718491, 1.0938363]);
    expectClose(
      splitMeanSojournSec(
        FAST_AND_SLOW,
        rates.map((rate) => rate / 10),
      ),
      0.67426407,
    );
  });

  test('leaves slow servers out at low load', () => {
    expectList(
      optimalSplitPerSec({ arrivalRatePerSec: 1, serviceRatesPerSec: [1, 100, 1] }),
      [0, 1, 0],
      1e-12,
    );
  });

  test('no split of the same stream is faster', () => {
    const rates = fc.array(fc.double({ min: 0.5, max: 10, noNaN: true }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(rates, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (serviceRatesPerSec, load) => {
        const capacity = serviceRatesPerSec.reduce((sum, rate) => sum + rate, 0);
        const split = { arrivalRatePerSec: load * capacity, serviceRatesPerSec };
        const optimal = optimalSplitPerSec(split).map((rate) => rate / split.arrivalRatePerSec);
        const proportional = serviceRatesPerSec.map((rate) => rate / capacity);
        expectClose(
          optimal.reduce((sum, share) => sum + share, 0),
          1,
          'shares',
          1e-9,
        );
        const best = splitMeanSojournSec(split, optimal);
        expect(best).toBeLessThanOrEqual(splitMeanSojournSec(split, proportional) * (1 + 1e-9));
      }),
    );
  });
});

describe('Zipf', () => {
  test('L20-zipf-shards: a hot shard', () => {
    const keys = zipfShares({ keyCount: 1_000, exponent: 1 });
    expectClose(keys[0]!, 0.13359213);
    expectList(
      shardShares(keys, 8),
      [0.22065754, 0.15118902, 0.1266005, 0.11341682, 0.10490363, 0.098794307, 0.09410445, 0.090333731],
    );
  });

  test('X09-zipf: the head', () => {
    const keys = zipfShares({ keyCount: 1_000, exponent: 1.1 });
    const top = (count: number) => keys.slice(0, count).reduce((sum, share) => sum + share, 0);
    expectList([top(1), top(10), top(100)], [0.17944215, 0.48093281, 0.76765783]);
  });

  test('exponent 0 makes all keys alike', () => {
    expectList(zipfShares({ keyCount: 4, exponent: 0 }), [0.25, 0.25, 0.25, 0.25]);
  });
});
