import { describe, expect, test } from 'vitest';
import type { CallSite } from '../../src/model/model.ts';
import type { Budget, Condition } from '../../src/scenario/types.ts';
import {
  budget,
  condition,
  findingsOf,
  group,
  groupMeasured,
  histogramOf,
  measurements,
  model,
  MS,
  requestClass,
  scenario,
  SECOND_NS as S,
  station,
} from './builders.ts';

const CALL: CallSite = {
  name: 'shop > db',
  inner: false,
  salt: 0,
  start: 0,
  timeout: -1,
  attempts: 2,
  backoff: { baseNs: 0, capNs: 0, jitter: 'none' },
  budget: -1,
  callerRegister: 0,
  station: 0,
  stream: 'shop > db',
};

const NOTHING = new Float64Array(10);

/**
 * Ten seconds, 100 requests each, all good. Two servers are busy for 1.6 s of each second; who waits for them does so for
 * 2 ms while it is calm and 6 ms in the peak, twice as long as for the threads in front. Three replicas at 2 CNY an hour.
 */
const SITE = {
  model: model({
    stations: [station('shop', { replicas: 3, pricePerReplicaHour: { amount: 2, currency: 'CNY' } })],
    groups: [group('shop'), group('shop.threads', { role: 'threads' })],
    calls: [CALL],
    classes: [{ name: 'buy', start: 0, priority: 0, timeout: -1, value: { amount: 100, currency: 'CNY' } }],
  }),
  measurements: measurements({
    classes: [requestClass({ offered: 100, good: 100 })],
    groups: [
      groupMeasured({
        arrivals: 100,
        departures: 100,
        busyNs: 1.6 * S,
        waitingNs: 3 * S,
        waits: [histogramOf({ [2 * MS]: 500 }), histogramOf({ [6 * MS]: 500 })],
      }),
      groupMeasured({
        arrivals: 100,
        departures: 100,
        busyNs: 1 * S,
        waitingNs: 1 * S,
        waits: [histogramOf({ [1 * MS]: 500 }), histogramOf({ [3 * MS]: 500 })],
      }),
    ],
    groupTotals: Array.from({ length: 2 }, () => measurements().groupTotals[0]!),
    calls: [
      {
        series: { attempts: NOTHING, retries: NOTHING, timedOut: NOTHING },
        attempts: 150,
        retries: 50,
        deniedByBudget: 0,
        timedOut: 0,
        failed: 0,
      },
    ],
  }),
};

function judge(target: string, asked: Condition, extra: Partial<Budget> = {}) {
  const budgets = [budget([asked], { target, ...extra })];
  return findingsOf({ ...SITE, scenario: scenario({ budgets }) }).budgets[0]!;
}

describe('what budgets judge beside times and shares of requests, worked out by hand', () => {
  test('the wait for the group of the station that is waited for longest', () => {
    const mean = condition('wait.mean', '<', 5 * MS);
    expect(judge('station:shop', mean)).toMatchObject({ value: 4 * MS, verdict: 'pass', unit: 'ns' });
    expect(judge('station:shop', mean, { window: 'peak' })).toMatchObject({ value: 6 * MS, verdict: 'fail' });
    expect(judge('station:shop', condition('wait.max', '<=', 6 * MS)).value).toBe(6 * MS);
    const p99 = judge('station:shop', condition('wait.p99', '<', 7 * MS)).value!;
    expect(Math.abs(p99 / (6 * MS) - 1)).toBeLessThan(1 / 256);
    expect(judge('station:shop', mean).samples).toBe(1000);
  });

  test('the mean queue: ∫ waiting dt / T, of the group with most', () => {
    expect(judge('layer:shop', condition('queue.mean', '<', 3)).value).toBe(3);
  });

  test('headroom: 1 / the utilization of the tightest group', () => {
    for (const target of ['*', 'station:shop', 'layer:shop']) {
      const { value, unit } = judge(target, condition('headroom', '>=', 1.3));
      expect([value, unit]).toEqual([expect.closeTo(1.25, 12), 'factor']);
    }
  });

  test('retry amplification: attempts / first attempts', () => {
    const asked = condition('retries.amplification', '<', 1.2);
    expect(judge('*', asked)).toMatchObject({ value: 1.5, verdict: 'fail' });
  });

  test('costs: of the replicas an hour, and of the run for 10,000 orders', () => {
    const cost = (metric: string): Condition => ({ ...condition(metric, '<', 7), currency: 'CNY' });
    expect(judge('*', cost('cost.perHour'))).toMatchObject({ value: 6, unit: 'money', currency: 'CNY' });
    expect(judge('layer:shop', cost('cost.perHour')).value).toBe(6);
    // 10 s of 6 CNY an hour are 1/60 CNY, for 1,000 orders.
    expect(judge('*', cost('cost.per10k')).value).toBeCloseTo(1 / 6, 12);
  });

  test('a figure of the whole run is that of the whole run whatever the window is by default', () => {
    const row = judge('*', condition('headroom', '>=', 1), { window: 'peak' });
    expect(row).toMatchObject({ window: null, value: expect.closeTo(1.25, 12) as number });
  });
});
