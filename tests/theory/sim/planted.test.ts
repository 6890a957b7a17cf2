/** The judge must see wrong physics: each defect is planted, and a figure of the set must fail. */
import { describe, expect, test, vi } from 'vitest';
import { Histogram } from '../../../src/measure/histogram.ts';
import { hash32, streamKey } from '../../../src/random/streams.ts';
import { caseOf, figuresOf, type Figure, type RunSpec } from '../cases/case.ts';
import { judge, type Estimate } from './judge.ts';
import { estimate } from './run-case.ts';
import { simulate } from './simulate.ts';

vi.setConfig({ testTimeout: 60_000 });

function figure(id: string, name: string): Figure {
  return figuresOf(caseOf(id)).find((each) => each.name === name)!;
}

/** The main run of a case with other replications, clock or scenario text. */
function altered(id: string, change: Partial<RunSpec>): RunSpec {
  return { ...caseOf(id).runs!['main']!, ...change };
}

function passes(id: string, spec: RunSpec, names: readonly string[]): boolean[] {
  const replications = simulate(id, spec, 'full', 'planted');
  return names.map((name) => {
    const asked = figure(id, name);
    return judge(asked, estimate(asked, replications), 'fast').passed;
  });
}

/** Numbers between 0 and 1, always the same, by the product's own hash. */
function draws(): () => number {
  const { k0, k1 } = streamKey('planted', 'draws');
  let count = 0;
  return () => (hash32(k0, k1, count++, 0) + 0.5) / 2 ** 32;
}

describe('16 cores as one that is 16 times as fast', () => {
  const clock = { lasts: '20s', warmUp: '2s' };
  const names = ['mean_sojourn', 'sojourn_p99', 'p_wait'];
  const spec = altered('S10-mmc-16-08', { clock, replications: 10 });

  test('the case itself passes', () => {
    expect(passes('S10-mmc-16-08', spec, names)).toEqual([true, true, true]);
  });

  test('the defect does not', () => {
    const scenario = spec.scenario!.replace('servers: 16', 'servers: 1').replace('10ms', '625us');
    expect(scenario).not.toBe(spec.scenario);
    expect(passes('S10-mmc-16-08', { ...spec, scenario }, names)).toEqual([false, false, false]);
  });
});

describe('service speed fixed when a job begins, under processor sharing', () => {
  const asked = figure('S45-rps-8-det', 'mean_sojourn');

  /** Sojourns in s of M/D/8-PS at 7.2/s if a job kept the speed min(1, 8/n) that it finds: always the same sample. */
  function fixedSpeedSojourns(count: number): number[] {
    const departures: number[] = [];
    const sojourns: number[] = [];
    const random = draws();
    let nowSec = 0;
    for (let job = 0; job < count; job++) {
      nowSec -= Math.log(random()) / 7.2;
      const present = departures.filter((departureSec) => departureSec > nowSec);
      departures.splice(0, departures.length, ...present);
      const sojournSec = Math.max(1, (present.length + 1) / 8);
      departures.push(nowSec + sojournSec);
      sojourns.push(sojournSec);
    }
    return sojourns;
  }

  test('is seen', () => {
    const sojourns = fixedSpeedSojourns(400_000).slice(10_000);
    const value = sojourns.reduce((sum, sojournSec) => sum + sojournSec, 0) / sojourns.length;
    const wrong: Estimate = {
      value,
      replications: [value],
      samples: sojourns.length,
      customers: sojourns.length,
      binError: 0,
    };
    expect(judge(asked, wrong, 'full').passed).toBe(false);
    expect(judge(asked, { ...wrong, value: asked.expected }, 'full').passed).toBe(true);
  });
});

describe('started empty without warm-up', () => {
  const names = ['mean_wait', 'utilization', 'wait_p95'];
  // 300 independent copies: a random split of Poisson arrivals.
  const scenario = caseOf('S26-md1-0.8')
    .runs!['main']!.scenario!.replace('0.8/s', '240/s')
    .replace('servers: 1', 'replicas: 300, balance: random, servers: 1');
  const from = (warmUp: string): RunSpec => ({ clock: { lasts: '60s', warmUp }, replications: 10, scenario });

  test('with warm-up it passes', () => {
    expect(passes('S26-md1-0.8', from('200s'), names)).toEqual([true, true, true]);
  });

  test('without it does not', () => {
    expect(passes('S26-md1-0.8', from('0s'), names)).toEqual([false, false, false]);
  });
});

test('percentiles averaged over replications are seen', () => {
  const asked = figure('S01-mm1-05', 'sojourn_p99');
  const random = draws();
  const pooled = new Histogram();
  const averages: number[] = [];
  for (let replication = 0; replication < 1000; replication++) {
    const one = new Histogram();
    for (let job = 0; job < 20; job++) one.record(Math.round(-2e9 * Math.log(random())));
    averages.push(one.quantileNs(0.99)! / 1e9);
    pooled.add(one);
  }
  const right = {
    value: pooled.quantileNs(0.99)! / 1e9,
    replications: averages,
    samples: 20_000,
    customers: 20_000,
  };
  expect(judge(asked, { ...right, binError: 2 ** -8 }, 'full').passed).toBe(true);
  const value = averages.reduce((sum, each) => sum + each, 0) / averages.length;
  expect(judge(asked, { ...right, value, binError: 2 ** -8 }, 'full').passed).toBe(false);
});

describe('a thread not held during a call', () => {
  const names = ['threads_held', 'thread_utilization', 'mean_queue_wait'];
  const spec = altered('N40-pool-held', { clock: { lasts: '60s', warmUp: '5s' }, replications: 10 });

  test('the case itself passes', () => {
    expect(passes('N40-pool-held', spec, names.slice(0, 2))).toEqual([true, true]);
  });

  test('the defect does not', () => {
    const scenario = spec
      .scenario!.replace(
        '[{ delay: { exponential: 4ms } }, { call: db }, {',
        '[{ delay: { exponential: 4ms } }, {',
      )
      .replace('path: [front.ask]', 'path: [front.ask, db]');
    expect(scenario).not.toBe(spec.scenario);
    expect(passes('N40-pool-held', { ...spec, scenario }, names)).toEqual([false, false, false]);
  });
});
