import { describe, expect, test } from 'vitest';
import { Cause } from '../../src/model/opcodes.ts';
import type { Budget, Condition } from '../../src/scenario/types.ts';
import {
  budget,
  condition,
  findingsOf,
  group,
  groupMeasured,
  histogramOf,
  limiter,
  limiterMeasured,
  measurements,
  model,
  MS,
  requestClass,
  scenario,
  station,
  type InputParts,
} from './builders.ts';

const buy = requestClass({
  offered: 200,
  good: [200, 200, 200, 200, 200, 150, 150, 150, 150, 150],
  failures: {
    [Cause.shed]: [0, 0, 0, 0, 0, 40, 40, 40, 40, 40],
    [Cause.timedOut]: [0, 0, 0, 0, 0, 10, 10, 10, 10, 10],
  },
  phases: [histogramOf({ [8 * MS]: 1000 }), histogramOf({ [8 * MS]: 700, [64 * MS]: 50 })],
});

function judge(expect: Condition | readonly Condition[], extra: Partial<Budget> = {}, more: InputParts = {}) {
  const conditions = Array.isArray(expect) ? (expect as Condition[]) : [expect as Condition];
  return findingsOf({
    measurements: measurements({ classes: [buy] }),
    ...more,
    scenario: scenario({ budgets: [budget(conditions, extra)] }),
  });
}

describe('verdicts', () => {
  const availability = (op: Condition['op'], limit: number) =>
    judge(condition('availability', op, limit), { window: 'peak' }).budgets[0];

  test('pass, with the distance to the limit', () => {
    expect(availability('>', 0.5)).toMatchObject({
      verdict: 'pass',
      value: 0.75,
      margin: 0.5,
      samples: 1000,
      unit: 'ratio',
    });
  });

  test('fail, with a negative margin', () => {
    expect(availability('>=', 0.8)).toMatchObject({ verdict: 'fail', margin: (0.75 - 0.8) / (1 - 0.8) });
  });

  test('the margin of a share with a lower limit is the part left of what may be lost', () => {
    expect(availability('>', 0.74)?.margin).toBeCloseTo(0.01 / 0.26, 12);
    expect(availability('>', 1)?.margin).toBe(-0.25);
    expect(judge(condition('throughput', '>', 50), { window: 'peak' }).budgets[0]?.margin).not.toBeNull();
  });

  test('operators are literal: a value on the limit is not below it', () => {
    expect(availability('<', 0.75)?.verdict).toBe('fail');
    expect(availability('<=', 0.75)?.verdict).toBe('pass');
    expect(availability('>', 0.75)?.verdict).toBe('fail');
    expect(availability('>=', 0.75)?.verdict).toBe('pass');
    expect(availability('==', 0.75)).toMatchObject({ verdict: 'pass', margin: null });
  });

  test('warn instead of fail where the level says so', () => {
    const { budgets, verdict } = judge(condition('availability', '>', 0.9), { level: 'warn' });
    expect(budgets[0]?.verdict).toBe('warn');
    expect(verdict.status).toBe('thin-margin');
  });

  test('no data below the samples asked for, whatever the value', () => {
    expect(judge(condition('availability', '>', 0.5), { minSamples: 2001 }).budgets[0]).toMatchObject({
      verdict: 'no-data',
      noDataBecause: 'few-samples',
      samplesNeeded: 2001,
      margin: null,
    });
    expect(judge(condition('availability', '>', 0.5), { minSamples: 2000 }).budgets[0]?.verdict).toBe('pass');
  });

  test('no data where a percentile has too few observations beyond it', () => {
    expect(judge(condition('p99', '<', 1e9), { window: 'peak' }).budgets[0]).toMatchObject({
      verdict: 'no-data',
      value: null,
      samplesNeeded: 1000,
    });
    const inTail = judge(condition('p99.9', '<', 1e9), { window: 'peak', minSamples: 20_000 });
    expect(inTail.budgets[0]?.samplesNeeded).toBe(20_000);
  });

  test('no data for a phase that the run did not reach', () => {
    const stop = { reason: 'time-limit', atNs: 3e9, runaway: null } as const;
    const { budgets, verdict } = judge(
      condition('mean', '<', 1e9),
      { window: 'peak' },
      {
        measurements: measurements({ classes: [buy], stop }),
      },
    );
    expect(budgets[0]).toMatchObject({ verdict: 'no-data', noDataBecause: 'no-samples', value: null });
    expect(verdict.status).toBe('cannot-say');
  });

  test('no data where no target has such a name', () => {
    expect(judge(condition('mean', '<', 1e9), { target: 'station:nobody' }).budgets).toMatchObject([
      { target: 'station:nobody', verdict: 'no-data' },
    ]);
  });

  test('nothing completed can never pass, and fails where it can', () => {
    const dead = requestClass({ offered: 100, failures: { [Cause.failed]: 100 } });
    const more = { measurements: measurements({ classes: [dead] }) };
    expect(judge(condition('shed', '==', 0), {}, more).budgets[0]).toMatchObject({
      verdict: 'no-data',
      noDataBecause: 'none-completed',
      value: 0,
    });
    expect(judge(condition('errors', '<', 0.5), {}, more).budgets[0]).toMatchObject({
      verdict: 'fail',
      value: 1,
    });
    expect(judge(condition('p50', '<', 1e9), {}, more).budgets[0]?.verdict).toBe('no-data');
  });

  test('requests still inside at the end could turn a pass into a failure: no data then', () => {
    const stuck = requestClass({
      offered: 110,
      good: 100,
      censored: 100,
      phases: [histogramOf({ [MS]: 500 }), histogramOf({ [MS]: 500 })],
    });
    const more = { measurements: measurements({ classes: [stuck] }) };
    expect(judge(condition('p90', '<', 10 * MS), {}, more).budgets[0]?.verdict).toBe('pass');
    expect(judge(condition('p95', '<', 10 * MS), {}, more).budgets[0]?.verdict).toBe('no-data');
    expect(judge(condition('max', '<', 10 * MS), {}, more).budgets[0]?.verdict).toBe('no-data');
    expect(judge(condition('mean', '<', 10 * MS), {}, more).budgets[0]?.verdict).toBe('no-data');
    expect(judge(condition('errors', '<', 0.05), {}, more).budgets[0]).toMatchObject({
      verdict: 'no-data',
      noDataBecause: 'still-inside',
      margin: null,
      value: 0,
    });
    expect(judge(condition('errors', '<', 0.1), {}, more).budgets[0]?.verdict).toBe('pass');
  });
});

describe('metrics of requests', () => {
  const value = (metric: string, window: string | null = 'peak', target = 'request:buy') =>
    judge(condition(metric, '<', 1e12), { window, target }).budgets[0]?.value;

  test('shares are of offered requests; errors are all that did not get a good answer in time', () => {
    expect(value('errors')).toBe(0.25);
    expect(value('shed')).toBe(0.2);
    expect(value('timeouts')).toBe(0.05);
    expect(value('availability')).toBe(0.75);
    expect(value('errors', null)).toBe(0.125);
  });

  test('percentiles, mean and maximum are of good answers', () => {
    expect(value('mean')).toBe((700 * 8 * MS + 50 * 64 * MS) / 750);
    expect(value('max')).toBe(64 * MS);
    expect(value('p50')).toBeCloseTo(8 * MS, -5);
    expect(value('p97')).toBeCloseTo(64 * MS, -6);
  });

  test('throughput is of completed requests per second', () => {
    expect(value('throughput')).toBe(150);
  });

  test('* is the whole site as one row', () => {
    expect(value('availability', 'peak', '*')).toBe(0.75);
  });
});

describe('metrics of stations', () => {
  const site = {
    model: model({
      stations: [
        station('shop', { layer: 'app' }),
        station('db', { layer: 'data' }),
        station('disk', { layer: 'data' }),
      ],
      layers: ['app', 'data'],
      groups: [
        group('shop', { serverCount: 4 }),
        group('shop.threads', { role: 'threads', serverCount: 10 }),
        group('db', { station: 1 }),
        group('disk', { station: 2, serverCount: 0x7fffffff }),
      ],
      limiters: [limiter('shop.limit')],
      operations: [{ name: 'shop.buy', station: 0 }],
    }),
    measurements: measurements({
      classes: [buy],
      groups: [
        groupMeasured({
          arrivals: 100,
          departures: 90,
          busyNs: 1e9,
          waitingJobsMax: 3,
          sojourns: [histogramOf({ [4 * MS]: 100 }), histogramOf({ [16 * MS]: 100 })],
        }),
        groupMeasured({
          arrivals: 160,
          departures: 100,
          rejected: 20,
          abandoned: 40,
          busyNs: 9e9,
          waitingJobsMax: 7,
        }),
        groupMeasured({ arrivals: 10, departures: 10, busyNs: 0.5e9 }),
        groupMeasured({ arrivals: 10, departures: 10, busyNs: 0.5e9 }),
      ],
      limiters: [limiterMeasured(200, 40)],
      operations: [
        {
          failures: Float64Array.of(10, 30),
          sojourns: [histogramOf({ [2 * MS]: 90 }), histogramOf({ [4 * MS]: 70 })],
        },
      ],
    }),
  };
  const rows = (metric: string, target: string) =>
    judge(condition(metric, '<', 1e12), { target, window: 'peak' }, site).budgets.map((row) => [
      row.target,
      row.value,
    ]);

  test('utilization is that of the busiest group; what cannot be utilized is no row of a pattern', () => {
    expect(rows('util', 'station:*')).toEqual([
      ['station:shop', 0.9],
      ['station:db', 0.25],
    ]);
    expect(rows('util', 'station:disk')).toEqual([['station:disk', null]]);
    expect(rows('util', 'layer:data')).toEqual([['layer:data', 0.25]]);
    expect(rows('util', '*')).toEqual([['*', 0.9]]);
  });

  test('patterns match anywhere in a name', () => {
    expect(rows('util', 'station:*b').map(([target]) => target)).toEqual(['station:db']);
    expect(rows('util', 'station:s*p').map(([target]) => target)).toEqual(['station:shop']);
  });

  test('queues, losses and times of a station', () => {
    expect(rows('queue.max', 'station:shop')).toEqual([['station:shop', 7]]);
    expect(rows('errors', 'station:shop')).toEqual([['station:shop', 0.5]]);
    expect(rows('shed', 'layer:app')).toEqual([['layer:app', 0.2]]);
    expect(rows('timeouts', 'station:shop')).toEqual([['station:shop', 0.2]]);
    expect(rows('throughput', 'station:shop')).toEqual([['station:shop', 90]]);
    expect(rows('mean', 'station:shop')).toEqual([['station:shop', 16 * MS]]);
  });

  test('services and operations are judged as their callers see them', () => {
    expect(rows('errors', 'service:shop')).toEqual([['service:shop', 0.3]]);
    expect(rows('mean', 'operation:shop.*')).toEqual([['operation:shop.buy', 4 * MS]]);
    expect(rows('throughput', 'operation:shop.buy')).toEqual([['operation:shop.buy', 14]]);
    expect(rows('mean', 'service:db')).toEqual([['service:db', null]]);
  });
});

describe('out of reach', () => {
  const unloaded = [
    { request: 'buy', goodNs: new Float64Array(1000).fill(20 * MS), meanNs: 20 * MS, parts: [] },
  ];
  const reach = (metric: string, limit: number, op: Condition['op'] = '<') =>
    judge(condition(metric, op, limit), {}, { unloaded }).budgets[0]?.outOfReach;

  test('is a limit that even an empty system breaks', () => {
    expect(reach('p95', 10 * MS)).toBe(true);
    expect(reach('p95', 30 * MS)).toBe(false);
    expect(reach('mean', 20 * MS)).toBe(true);
    expect(reach('mean', 20 * MS, '<=')).toBe(false);
    expect(reach('availability', 2, '>')).toBe(false);
  });
});
