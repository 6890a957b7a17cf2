import { describe, expect, test } from 'vitest';
import { Demands } from '../../src/compile/demands.ts';
import type { Demand } from '../../src/compile/demands/demand.ts';
import { offeredPoints } from '../../src/compile/demands/offered.ts';
import { nowhere } from '../../src/compile/refusal.ts';
import { inlineRequest } from '../../src/compile/tree/inline.ts';
import { makeSite } from '../../src/compile/tree/site.ts';
import { quantileOf, unloadedTimes, type UnloadedTimes } from '../../src/compile/unloaded.ts';
import type { Scenario, Step } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import {
  call,
  constant,
  delay,
  desk,
  exponential,
  ms,
  parallel,
  pool,
  request,
  scenario,
  seconds,
  serve,
  station,
} from './build.ts';

function demandOf(from: Scenario): Demand {
  const site = makeSite(from, nowhere);
  return new Demands(site, build.NO_FILES).of([inlineRequest(site, 'r')])[0]!;
}

function unloaded(from: Scenario, draws = 20_000): UnloadedTimes {
  return unloadedTimes(from, { files: build.NO_FILES, draws })[0]!;
}

const site = (steps: readonly Step[], rest: Partial<Scenario['stations'][string]> = {}) =>
  scenario({
    stations: {
      app: station({ servers: 8, operations: { ask: steps }, ...rest }),
      db: desk({ replicas: 2, pool: pool(3), service: exponential(10 * ms) }),
      redis: desk({ service: constant(ms) }),
    },
    requests: { r: request(['app.ask']) },
  });

describe('demands', () => {
  test('visits follow probabilities and repeats; the unloaded time is their exact sum', () => {
    const steps = [
      serve(constant(2 * ms)),
      build.cache(0.75, { target: 'redis', onMiss: [call('db')] }),
      build.repeat('geometric', 3, call('redis')),
      build.choose([0.5, [delay(constant(4 * ms))]], [0.5, []]),
    ];
    const { stations, pools, layers, unloadedNs, exact } = demandOf(
      site(steps, { threads: build.threads(5) }),
    );
    expect(unloadedNs).toBe((2 + 1 + 0.25 * 10 + 3 + 2) * ms);
    expect(exact).toBe(true);
    expect(stations.get('db')).toMatchObject({ visits: 0.25, workNs: 2.5 * ms });
    expect(stations.get('redis')).toMatchObject({ visits: 4, workNs: 4 * ms });
    expect(stations.get('app')).toMatchObject({
      visits: 1,
      workNs: 2 * ms,
      threadNs: unloadedNs,
      events: 1.5,
    });
    expect(pools.get('db.pool@app')).toMatchObject({ calls: 0.25, heldNs: 2.5 * ms });
    expect(layers).toEqual([
      { layer: 'app', serviceNs: 2 * ms, delayNs: 2 * ms },
      { layer: 'redis', serviceNs: 4 * ms, delayNs: 0 },
      { layer: 'db', serviceNs: 2.5 * ms, delayNs: 0 },
    ]);
    expect(unloaded(site(steps)).meanNs).toBe(unloadedNs);
  });

  test('what comes behind a reply or is sent is work, but no response time', () => {
    const inner = [serve(constant(3 * ms)), build.reply, delay(constant(7 * ms))];
    const from = scenario({
      stations: {
        front: station({
          threads: build.threads(1),
          operations: { ask: [call('back.run'), build.send('log')] },
        }),
        back: station({ servers: 1, threads: build.threads(1), operations: { run: inner } }),
        log: desk(),
      },
      requests: { r: request(['front.ask']) },
    });
    const { stations, layers, unloadedNs } = demandOf(from);
    expect(unloadedNs).toBe(3 * ms);
    expect(layers).toEqual([{ layer: 'back', serviceNs: 3 * ms, delayNs: 0 }]);
    expect(stations.get('back')).toMatchObject({ threadNs: 10 * ms, events: 2 });
    expect(stations.get('front')).toMatchObject({ threadNs: 3 * ms });
    expect(stations.get('log')).toMatchObject({ visits: 1, workNs: ms });
    expect([...unloaded(from, 10).goodNs]).toEqual(Array(10).fill(3 * ms));
  });

  test('the mix of regions is travelled', () => {
    const from = site([serve(constant(ms))], { region: 'east' });
    const regions = [{ atNs: 0, shares: { east: 0.75, west: 0.25 } }];
    const traffic = [{ ...build.openTraffic(10, { r: 1 }), regions }];
    const demand = demandOf({ ...from, traffic, rttNs: { west: { east: 40 * ms } } });
    expect(demand.unloadedNs).toBe(11 * ms);
  });
});

describe('unloaded response times', () => {
  test('of one exponential stage have its quantiles', () => {
    const { goodNs, meanNs, exact } = unloaded(site([call('db')]));
    expect(exact).toBe(true);
    expect(meanNs).toBe(10 * ms);
    // 20,000 draws: the standard error of the median is 1/√n of the mean, of P99 √99/√n.
    expect(Math.abs(quantileOf(goodNs, 0.5)! / (10 * ms) - Math.LN2)).toBeLessThan(4 / Math.sqrt(20_000));
    expect(Math.abs(quantileOf(goodNs, 0.99)! / (10 * ms) - Math.log(100))).toBeLessThan(
      4 * Math.sqrt(99 / 20_000),
    );
  });

  test('of parallel branches are maximum or minimum, sampled', () => {
    const all = unloaded(site([parallel('all', [call('db')], [call('db')])]));
    const any = unloaded(site([parallel('any', [call('db')], [call('db')])]));
    expect([all.exact, any.exact]).toEqual([false, false]);
    // Maximum and minimum of two exponentials: means 3/2 and 1/2.
    expect(Math.abs(all.meanNs! / (10 * ms) - 1.5)).toBeLessThan(4 * Math.sqrt(1.25 / 20_000));
    expect(Math.abs(any.meanNs! / (10 * ms) - 0.5)).toBeLessThan(4 * (0.5 / Math.sqrt(20_000)));
  });

  test('a deadline cuts, a retry adds its back-off, an attempt that is late is started anew', () => {
    const patient = unloaded(site([call('redis', { timeoutNs: 2 * ms })]));
    expect(patient).toMatchObject({ exact: true, meanNs: ms });
    const never = unloaded(site([call('redis', { timeoutNs: ms / 2, retry: build.retry(3) })]));
    expect(never).toMatchObject({ exact: false, meanNs: null });
    expect(never.goodNs.length).toBe(0);
    // Forgiven: three attempts of 0.5 ms and back-offs of 1 and 2 ms.
    const forgiven = unloaded(
      site([call('redis', { timeoutNs: ms / 2, retry: build.retry(3), onFailure: 'continue' })]),
      10,
    );
    expect([...forgiven.goodNs]).toEqual(Array(10).fill(4.5 * ms));
  });

  test('failures are not good: their share is what the scenario says', () => {
    const { goodNs, draws } = unloaded(site([call('redis'), build.fail(0.25)]));
    expect(Math.abs(goodNs.length / draws - 0.75)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / draws));
    expect(new Set(goodNs)).toEqual(new Set([ms]));
  });

  test('are the same twice, and of another seed others', () => {
    const from = site([call('db')]);
    expect(unloaded(from, 100).goodNs).toEqual(unloaded(from, 100).goodNs);
    expect(unloaded({ ...from, seed: 'other' }, 100).goodNs).not.toEqual(unloaded(from, 100).goodNs);
  });
});

describe('offered rates', () => {
  const from = site([]);
  const curve = [
    { atNs: 0, ratePerSec: 10, shape: 'step', phase: null },
    { atNs: 40 * seconds, ratePerSec: 50, shape: 'step', phase: null },
    { atNs: 60 * seconds, ratePerSec: 10, shape: 'linear', phase: null },
  ] as const;

  test('are known just before and just after every bend', () => {
    const traffic = [{ ...build.openTraffic(1, { r: 1 }), curve }];
    const points = offeredPoints({ ...from, traffic }).map(({ atNs, perSec }) => [
      atNs / seconds,
      perSec.get('r'),
    ]);
    expect(points).toEqual([
      [0, 10],
      [40, 10],
      [40, 50],
      [60, 10],
      [60, 10],
      [100, 10],
    ]);
  });
});
