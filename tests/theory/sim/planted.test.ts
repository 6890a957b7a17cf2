/** The judge must see wrong physics: each defect is planted, and a figure of the set must fail. */
import { describe, expect, test } from 'vitest';
import { caseOf, figuresOf, type Figure, type RunSpec } from '../cases/case.ts';
import { judge, type Estimate } from './judge.ts';
import { estimate } from './run-case.ts';
import { simulate } from './simulate.ts';

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

  /** Sojourns in s of M/D/8-PS at 7.2/s if a job kept the speed min(1, 8/n) that it finds: a deterministic sample. */
  function fixedSpeedSojourns(count: number): number[] {
    const departures: number[] = [];
    const sojourns: number[] = [];
    let nowSec = 0;
    let state = 1;
    for (let job = 0; job < count; job++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      nowSec -= Math.log((state + 0.5) / 2 ** 32) / 7.2;
      const present = departures.filter((departureSec) => departureSec > nowSec);
      departures.splice(0, departures.length, ...present);
      const sojournSec = Math.max(1, (present.length + 1) / 8);
      departures.push(nowSec + sojournSec);
      sojourns.push(sojournSec);
    }
    return sojourns;
  }

  test('is seen', () => {
    const sojourns = fixedSpeedSojourns(100_000).slice(10_000);
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

test('started empty without warm-up is seen', () => {
  const spec = altered('S26-md1-0.8', { clock: { lasts: '60s', warmUp: '0s' }, replications: 1500 });
  expect(passes('S26-md1-0.8', spec, ['mean_wait', 'utilization', 'wait_p95'])).toEqual([
    false,
    false,
    false,
  ]);
});

test('percentiles averaged over replications are seen', () => {
  const spec = altered('S01-mm1-05', { clock: { lasts: '100s', warmUp: '100s' }, replications: 500 });
  const asked = figure('S01-mm1-05', 'sojourn_p99.9');
  const right = estimate(asked, simulate('S01-mm1-05', spec, 'full', 'planted'));
  expect(judge(asked, right, 'full').passed).toBe(true);
  const value = right.replications.reduce((sum, each) => sum + each, 0) / right.replications.length;
  expect(judge(asked, { ...right, value }, 'full').passed).toBe(false);
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
