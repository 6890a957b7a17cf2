import { expect, test } from 'vitest';
import { pool } from '../../src/analysis/pool.ts';
import { analyse } from '../../src/analysis/analyse.ts';
import { Cause } from '../../src/model/opcodes.ts';
import { renderJson } from '../../src/report/json.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import {
  budget,
  condition,
  groupMeasured,
  histogramOf,
  input,
  limiter,
  limiterMeasured,
  measurements,
  model,
  requestClass,
  scenario,
  SECOND_NS,
  type InputParts,
} from './builders.ts';

const MS = 1e6;

/** Two phases: `good` requests of `ms` each in the first, of twice that in the second. */
function replication(good: number, ms: number): Measurements {
  const phases = [histogramOf({ [ms * MS]: 5 * good }), histogramOf({ [2 * ms * MS]: 5 * good })];
  return measurements({
    classes: [requestClass({ offered: 1000, good, phases })],
    groups: [
      groupMeasured({ arrivals: 1000, starts: 1000, departures: 1000, busyNs: (good / 1000) * SECOND_NS }),
    ],
  });
}

function findings(...replications: Measurements[]) {
  return findingsWith({}, ...replications);
}

function findingsWith(extra: InputParts, ...replications: Measurements[]) {
  const seeds = replications.map((_, index) => `s${index}`);
  const plan = { asked: replications.length, seeds, stoppedBy: null, precision: null };
  return analyse(input({ ...extra, replications, plan }));
}

/** What one budget says of several replications. */
function judged(
  target: string,
  expected: ReturnType<typeof condition>,
  replications: readonly Measurements[],
  extra: InputParts = {},
) {
  const budgets = [budget([expected], { target })];
  return findingsWith({ ...extra, scenario: scenario({ budgets }) }, ...replications).budgets[0];
}

test('one replication stays what it is', () => {
  const only = replication(900, 10);
  expect(pool([only])).toBe(only);
});

test('counts are those of the average run, percentiles those of all observations', () => {
  const { requests, verdict } = findings(replication(900, 10), replication(1000, 20), replication(950, 30));
  const [whole] = requests;
  expect(whole).toMatchObject({ offered: 10_000, good: 9500, availability: 0.95 });
  expect(whole?.latency.samples).toBe(28_500);
  expect(verdict.good).toBe(9500);
});

test('an interval is t times the spread over the root of their number, cut where no value can be', () => {
  const { requests, stations } = findings(replication(900, 10), replication(1000, 10), replication(950, 10));
  // Availability 0.9, 1, 0.95: s = 0.05, t(2) = 4.302653; 0.95 ± 4.302653 · 0.05 / √3
  expect(requests[0]?.intervals?.availability?.[0]).toBeCloseTo(0.95 - (4.30265273 * 0.05) / Math.sqrt(3), 8);
  expect(requests[0]?.intervals?.availability?.[1]).toBe(1);
  // Of 2 servers: half of that.
  expect(stations[0]?.intervals?.utilization?.[0]).toBeCloseTo(
    0.475 - (4.30265273 * 0.025) / Math.sqrt(3),
    8,
  );
});

test('a single run has no intervals at all', () => {
  const { requests, stations, timeline, worst } = findings(replication(900, 10));
  expect(requests[0]).not.toHaveProperty('intervals');
  expect(stations[0]).not.toHaveProperty('intervals');
  expect(timeline.requests[0]).not.toHaveProperty('bands');
  expect(worst[0]).not.toHaveProperty('interval');
});

test('a replication with few samples counts by them in the interval of a percentile', () => {
  const few = measurements({
    classes: [requestClass({ offered: 1, good: 1, phases: [histogramOf({ 5: 20 }), histogramOf({})] })],
  });
  const { requests } = findings(replication(900, 10), few);
  const { p50Ns, p99Ns, intervals } = requests[0]?.latency ?? {};
  expect(p99Ns).toBeCloseTo(20 * MS, -5);
  // e = ±0.2 of 9,020: the share is 99 % ± 12.706 · √(2 · 0.08)/9,020.
  expect(intervals?.p99Ns).toEqual([p99Ns, p99Ns]);
  // Half of the others took 10 ms and half 20, so a few more or less at 5 ns matter.
  expect(intervals?.p50Ns?.[0]).toBeLessThanOrEqual(p50Ns ?? 0);
  expect(intervals?.p50Ns?.[1]).toBeGreaterThan(19 * MS);
});

/** One phase of requests that took 1 … 100 ms, so many of each; the other phase is empty. */
function spread(...ofEach: ((ms: number) => number)[]) {
  return findings(
    ...ofEach.map((of) => {
      const took = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [(i + 1) * MS, of(i + 1)]));
      return measurements({
        classes: [requestClass({ offered: 1000, good: 1000, phases: [histogramOf(took), histogramOf({})] })],
      });
    }),
  );
}

test('a percentile has the interval of the share below it', () => {
  // Of 980, 1,000 and 1,020 requests 900 took up to 90 ms: e = 900 − 0.9·n = 18, 0, −18, and the share is
  // 0.9 ± 4.302653 · √(3/2 · 648)/3,000 = 0.9 ± 0.0447: between the 2,566th of 3,000 and the 2,835th.
  const { requests } = spread(...[8, 10, 12].map((slow) => (ms: number) => (ms > 90 ? slow : 10)));
  const [lower, upper] = requests[0]?.latency.intervals?.p90Ns ?? [];
  expect(lower).toBeCloseTo(86 * MS, -6);
  expect(upper).toBeCloseTo(95 * MS, -6);
});

test('where too few lie beyond it, a percentile has no upper end', () => {
  const { requests, timeline } = spread(...[0, 10, 20].map((slow) => (ms: number) => (ms > 99 ? slow : 10)));
  const { p99Ns, intervals } = requests[0]?.latency ?? {};
  expect(p99Ns).toBeLessThan(101 * MS);
  expect(intervals?.p99Ns?.[0]).toBeLessThan(p99Ns ?? 0);
  expect(intervals?.p99Ns?.[1]).toBeNull();
  expect(intervals?.p50Ns?.[1]).toBeLessThan(60 * MS);
  expect(JSON.parse(renderJson({ ...analyse(input()), requests }))).toMatchObject({ requests });
  expect(timeline.requests[0]?.bands?.p99Ns.lower).toHaveLength(timeline.fromNs.length);
});

test('peaks are what one run is expected to bring, not the peak of the average run', () => {
  const busy = (...ratios: number[]) =>
    measurements({
      groups: [groupMeasured({ arrivals: 2000, busyNs: ratios.map((each) => each * 2 * SECOND_NS) })],
    });
  const { stations } = findings(
    busy(0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
    busy(0.1, 0.7, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
  );
  expect(stations[0]?.utilizationPeak).toBeCloseTo(0.8, 12);
});

test('a break says in how many replications it happened, and when on average', () => {
  const limited = (window: number | null) =>
    measurements({
      classes: [requestClass({ offered: 1000 })],
      limiters: [
        limiterMeasured(
          1000,
          Array.from({ length: 10 }, (_, i) => (i === window ? 200 : 0)),
        ),
      ],
    });
  const replications = [limited(4), limited(6), limited(null)];
  const seeds = ['a', 'b', 'c'];
  const { breaks, limiters } = analyse(
    input({
      model: model({ limiters: [limiter('gate')] }),
      replications,
      plan: { asked: 3, seeds, stoppedBy: null, precision: null },
    }),
  );
  expect(breaks).toMatchObject([
    { kind: 'shedding', name: 'gate', atNs: 5e9, replications: 2, interval: null },
  ]);
  expect(limiters[0]).toMatchObject({
    ...{ firstShedNs: 5e9, replications: 2, shedRatio: (200 * 2) / 3 / 10_000 },
    intervals: { firstShedNs: null },
  });
});

test('a law that any replication breaks is reported', () => {
  const broken = measurements({ totals: { started: 5, ended: 4, inside: 0, events: 0, stockMin: 0 } });
  const { checks } = findings(measurements(), broken);
  expect(checks.filter(({ holds }) => !holds)).toMatchObject([
    { law: 'every-request-ended', of: '*', left: 5 },
  ]);
});

test('the headroom of a limiter is that of the peaks each replication brought', () => {
  const asked = (window: number) =>
    measurements({
      limiters: [
        limiterMeasured(
          Array.from({ length: 10 }, (_, i) => (i === window ? 2000 : 1000)),
          0,
        ),
      ],
    });
  const { headroom, limiters } = analyse(
    input({
      model: model({ limiters: [limiter('gate', { tokens: 4000 })] }),
      replications: [asked(2), asked(7)],
      plan: { asked: 2, seeds: ['a', 'b'], stoppedBy: null, precision: null },
    }),
  );
  expect(limiters[0]?.askedPeakPerSec).toBe(2000);
  expect(headroom.find(({ group }) => group === 'gate')?.factor).toBe(2);
});

test('the longest queue of a budget is that of the row: the mean of what each replication brought', () => {
  const queued = (at: number, jobs: number) =>
    measurements({
      groups: [
        groupMeasured({
          arrivals: 1000,
          departures: 1000,
          waitingJobsMax: Array.from({ length: 10 }, (_, i) => (i === at ? jobs : 10)),
        }),
      ],
    });
  const replications = [queued(2, 40), queued(7, 60)];
  const found = judged('station:shop', condition('queue.max', '<', 45), replications);
  expect(found).toMatchObject({ value: 50, verdict: 'inconclusive', countsAs: 'fail' });
  expect(found?.value).toBe(findings(...replications).stations[0]?.waitingJobsMax);
});

test('requests still inside are counted over as many replications as those that ended', () => {
  const stuck = measurements({
    classes: [
      requestClass({
        offered: 110,
        good: 100,
        phases: [histogramOf({ [MS]: 500 }), histogramOf({ [MS]: 500 })],
      }),
    ],
  });
  for (const metric of ['p95', 'mean', 'max']) {
    for (const replications of [[stuck], [stuck, stuck, stuck, stuck, stuck]]) {
      const found = judged('request:buy', condition(metric, '<', 10 * MS), replications);
      expect(found).toMatchObject({ verdict: 'no-data', noDataBecause: 'still-inside' });
    }
  }
});

test('where every request ended, none is still inside: not even a trace of one', () => {
  // Means of three that no binary fraction is: offered − good − shed of them is 5e-13, not 0.
  const counts = [
    [1000, 899],
    [1001, 900],
    [1003, 907],
  ] as const;
  const replications = counts.map(([offered, good]) =>
    measurements({
      classes: [
        requestClass({
          offered: offered,
          good: good,
          failures: { [Cause.shed]: offered - good },
          phases: [histogramOf({ [MS]: 500 }), histogramOf({ [MS]: 500 })],
        }),
      ],
    }),
  );
  const { requests } = findings(...replications);
  expect(requests.map(({ censored }) => censored)).toEqual([0, 0, 0]);
  expect(judged('request:buy', condition('max', '<', 10 * MS), replications)).toMatchObject({
    verdict: 'pass',
  });
});

test('the observations behind a number are those of all replications, whatever the number', () => {
  const one = measurements({
    classes: [requestClass({ offered: 100, good: 90, late: 5, failures: { [Cause.shed]: 10 } })],
    groups: [groupMeasured({ arrivals: 100, departures: 90 })],
  });
  const samples = (target: string, metric: string, replications: readonly Measurements[]) =>
    judged(target, condition(metric, '>', 0), replications)?.samples;
  for (const [target, metric, each] of [
    ['request:buy', 'availability', 1000],
    ['request:buy', 'throughput', 950],
    ['station:shop', 'util', 1000],
    ['station:shop', 'queue.max', 1000],
  ] as const) {
    expect(samples(target, metric, [one])).toBe(each);
    expect(samples(target, metric, [one, one, one])).toBe(3 * each);
  }
});

test('failures of an operation are compared with the answers of the same replications', () => {
  const called = (failed: number) =>
    measurements({
      operations: [
        { failures: Float64Array.of(failed, 0), sojourns: [histogramOf({ [MS]: 100 }), histogramOf({})] },
      ],
    });
  const site = { model: model({ operations: [{ name: 'shop.buy', station: 0 }] }) };
  const read = (metric: string) =>
    judged('operation:shop.buy', condition(metric, '>', 0), [called(10), called(30)], site);
  expect(read('errors')).toMatchObject({ value: 40 / 240, samples: 240 });
  expect(read('availability')?.value).toBe(200 / 240);
  // 100 answers in 10 s, in the one as in the other.
  expect(read('throughput')).toMatchObject({ value: 10, interval: [10, 10] });
});

test('the longest time is the mean of the longest of each replication, in rows and budgets', () => {
  const took = (ms: number) =>
    measurements({
      classes: [
        requestClass({
          offered: 100,
          good: 100,
          phases: [histogramOf({ [MS]: 500, [ms * MS]: 1 }), histogramOf({ [2 * MS]: 500 })],
        }),
      ],
    });
  const replications = [took(10), took(20), took(60)];
  const { latency } = findings(...replications).requests[0]!;
  expect(latency.maxNs).toBe(30 * MS);
  // s = 26.46 ms: wider than the value, so it begins at 0.
  const upper = 30 * MS + 4.30265273 * Math.sqrt(700 / 3) * MS;
  expect(latency.intervals?.maxNs?.[0]).toBe(0);
  expect(latency.intervals?.maxNs?.[1]).toBeCloseTo(upper, -2);
  const found = judged('request:buy', condition('max', '<', 40 * MS), replications);
  expect(found).toMatchObject({
    value: 30 * MS,
    interval: latency.intervals?.maxNs,
    verdict: 'inconclusive',
    countsAs: 'pass',
  });
  expect(judged('request:buy', condition('max', '<', 40 * MS), [took(60)])?.value).toBe(60 * MS);
});

test('a station is behind a limiter that shed in any replication', () => {
  const shedding = (shed: number) =>
    measurements({
      groups: [groupMeasured({ arrivals: 1000, busyNs: SECOND_NS })],
      limiters: [
        limiterMeasured(
          1000,
          Array.from({ length: 10 }, (_, i) => (i > 5 ? shed : 0)),
        ),
      ],
    });
  const site = {
    model: model({
      limiters: [limiter('gate')],
      fronts: { stations: { shop: ['gate'] }, pools: {}, limiters: {} },
    }),
  };
  const behind = (...sheds: number[]) =>
    findingsWith(site, ...sheds.map(shedding)).headroom.find(({ group }) => group === 'shop')?.behind;
  expect(behind(0, 0, 0, 0, 20)).toEqual(['gate']);
  expect(behind(0, 0)).toEqual([]);
});

test('the first to break is the earliest of what broke in most replications', () => {
  const limited = (gate: number | null, shop: number) =>
    measurements({
      limiters: [gate, shop].map((window) =>
        limiterMeasured(
          1000,
          Array.from({ length: 10 }, (_, i) => (i === window ? 200 : 0)),
        ),
      ),
    });
  const site = { model: model({ limiters: [limiter('gate'), limiter('shop.limit')] }) };
  const { breaks, verdict } = findingsWith(site, limited(2, 6), limited(null, 6), limited(null, 6));
  expect(breaks.map(({ name }) => name)).toEqual(['gate', 'shop.limit']);
  expect(verdict.firstBreak).toMatchObject({ name: 'shop.limit', atNs: 6e9, replications: 3 });
});
