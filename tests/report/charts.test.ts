import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { clockOf } from '../../src/report/clock.ts';
import { SPOKEN_SOURCE, timeStep, valueAxis, xTicks } from '../../src/report/charts/axis.ts';
import { inTwo } from '../../src/report/charts/kit.ts';
import { headroomChart } from '../../src/report/charts/headroom.ts';
import type { BarPlan, LinePlan, Point } from '../../src/report/charts/plan.ts';
import { POINTS_MAX, thin } from '../../src/report/charts/series.ts';
import { anatomyCharts, eventCharts, percentileCharts } from '../../src/report/charts.ts';
import { EN } from '../../src/report/texts/en.ts';
import type { Findings } from '../../src/analysis/findings.ts';
import * as examples from './example-findings.ts';
import { comparisonDocument } from './example-review.ts';

const buildCharts = (findings: Findings) => [
  ...[headroomChart(findings, EN)].filter((each) => each !== null),
  ...eventCharts(findings),
  ...anatomyCharts(findings),
  ...percentileCharts({ result: findings }),
];
const idsOf = (build: () => Findings) => buildCharts(build()).map(({ id }) => id);

describe('the set of charts', () => {
  test('is complete for a site with traffic', () => {
    expect(idsOf(examples.doubleEleven)).toEqual([
      ...['headroom', 'traffic', 'latency', 'latency-by-request', 'errors', 'utilization', 'waiting'],
      ...['anatomy', 'anatomy-kinds', 'percentiles'],
    ]);
  });

  test('leaves out what has nothing to show', () => {
    expect(idsOf(examples.singleDesk)).not.toContain('latency-by-request');
    expect(idsOf(examples.withoutData)).toEqual([]);
  });

  test('names the findings in the titles', () => {
    const titles = Object.fromEntries(
      buildCharts(examples.doubleEleven()).map(({ id, title }) => [id, title]),
    );
    expect(titles['headroom']).toBe('redis reaches its limit first: at 1.09× the peak');
    expect(titles['utilization']).toMatch(
      /^redis comes nearest to its limit: 91\.9 % used at its peak, from /,
    );
    expect(titles['latency']).toBe('P99 of create is at worst 678 ms, at 00:05:19');
    expect(titles['traffic']).toMatch(/^Traffic peaks at 1\.01M\/s at .*; up to 51\dk\/s are shed$/);
    expect(titles['anatomy-kinds']).toContain('is waiting: ');
  });

  test('a limiter that is offered twice what it admits is drawn beyond 100 %', () => {
    const base = examples.doubleEleven();
    const limiter = {
      group: 'gateway.limit',
      layer: 'gateway',
      utilizationPeak: 2.02,
      behind: [],
      factor: 0.495,
      utilizationWithoutOne: 2.06,
      utilizationGrown: 2.42,
    };
    const [chart] = buildCharts({ ...base, headroom: [limiter, ...base.headroom] });
    expect(chart).toMatchObject({ title: 'gateway.limit has no headroom left', plan: { valueMax: null } });
  });

  test('a bar has the colour that the legend gives for its utilization', () => {
    const base = examples.doubleEleven();
    const used = [0.96, 0.85, 0.849, 0.7, 0.69];
    const headroom = used.map((utilizationPeak, nth) => ({
      ...base.headroom[0]!,
      layer: `layer ${nth}`,
      utilizationPeak,
      factor: 1 / utilizationPeak,
    }));
    const [chart] = buildCharts({ ...base, headroom });
    const { series } = chart!.plan as BarPlan;
    expect(series.map(({ label, values }) => [label, values])).toEqual([
      [expect.any(String), [null, null, null, null, 0.69]],
      [expect.stringContaining('70 %'), [null, null, 0.849, 0.7, null]],
      [expect.stringContaining('85 %'), [0.96, 0.85, null, null, null]],
    ]);
    expect(new Set(series.map(({ colour }) => colour)).size).toBe(3);
  });

  test('windows too short for a P99 show the farthest percentile they hold', () => {
    const base = examples.doubleEleven();
    const requests = base.timeline.requests.map((each) => ({ ...each, p99Ns: each.p99Ns.map(() => null) }));
    const charts = buildCharts({ ...base, timeline: { ...base.timeline, requests } });
    const titleOf = (wanted: string) => charts.find(({ id }) => id === wanted)?.title;
    expect(titleOf('latency')).toBe('P95 of create is at worst 542 ms, at 00:05:19');
    expect(titleOf('latency-by-request')).toBe('The slowest class is create: P95 up to 542 ms');
  });

  test('draws the budgets of the class as level lines', () => {
    const plan = buildCharts(examples.doubleEleven()).find(({ id }) => id === 'latency')!.plan as LinePlan;
    const levels = plan.series.filter(({ isLevel }) => isLevel === true);
    expect(levels.map(({ label, points }) => [label, points.map(([, y]) => y)])).toEqual([
      ['unloaded mean', [113, 113]],
      ['budget p95 < 100ms', [100, 100]],
      ['budget p99 < 200ms', [200, 200]],
    ]);
  });

  test('keeps the time of a request: bars add up to the response time', () => {
    const findings = examples.largeSite();
    const { plan } = buildCharts(findings).find(({ id }) => id === 'anatomy')!;
    if (plan.kind !== 'bars') throw new Error('bars expected');
    const slowest = plan.series.reduce((sum, { values }) => sum + values.at(-1)!, 0);
    const response = findings.anatomy.find(({ of }) => of === 'slowest')!.responseNs / 1e6;
    expect(slowest / response).toBeCloseTo(1, 2);
    expect(plan.series).toHaveLength(8);
  });
});

test('the percentiles of the class in focus stand beside those of the last review, under another name', () => {
  const result = examples.doubleEleven();
  const [alone] = percentileCharts({ result });
  const [beside] = percentileCharts({ result, comparison: comparisonDocument() });
  expect(beside!.plan.series.slice(0, -1)).toEqual(alone!.plan.series);
  expect(beside!.plan.series.at(-1)).toMatchObject({ label: 'create, before', line: 'dashed' });
  expect(beside!.plan.series.at(-1)!.points.map(([, ms]) => ms)).toEqual([60, 100]);
});

describe('thinning', () => {
  const columns = fc.array(fc.option(fc.integer({ min: -1000, max: 1000 })), {
    minLength: 601,
    maxLength: 3000,
  });
  const windowsAround = (middles: readonly number[]) => ({
    from: middles.map((at) => at - 0.5),
    to: middles.map((at) => at + 0.5),
  });
  const thinned = (ys: readonly (number | null)[]) => thin(windowsAround(ys.map((_, index) => index)), ys);
  const values = (points: readonly Point[]) => points.flatMap(([, y]) => (y === null ? [] : [y]));

  test('keeps the highest and the lowest value, the order of time, and a bound', () => {
    fc.assert(
      fc.property(columns, (ys) => {
        const points = thinned(ys);
        const all = ys.filter((y) => y !== null);
        expect(points.length).toBeLessThanOrEqual(POINTS_MAX);
        expect(points.map(([x]) => x)).toEqual(points.map(([x]) => x).toSorted((a, b) => a - b));
        expect(Math.max(...values(points))).toBe(Math.max(...all));
        expect(Math.min(...values(points))).toBe(Math.min(...all));
        for (const [x, y] of points) expect(y).toBe(ys[x]);
      }),
    );
  });

  test('a stretch without data stays a gap', () => {
    const ys = Array.from({ length: 1200 }, (_, index) => (index >= 400 && index < 800 ? null : 1));
    expect(thinned(ys).filter(([, y]) => y === null).length).toBeGreaterThan(50);
  });

  test('short columns are left alone', () => {
    expect(thin(windowsAround([1, 2]), [3, null])).toEqual([
      [1, 3],
      [2, null],
    ]);
  });

  test('time that was not simulated is a gap, unless it is too short to be seen', () => {
    const windows = windowsAround([1, 2, 60, 61]);
    expect(thin(windows, [3, 4, 5, 6])).toEqual([
      [1, 3],
      [2, 4],
      [2.5, null],
      [59.5, null],
      [60, 5],
      [61, 6],
    ]);
    expect(thin(windowsAround([1, 2.1, 400, 401]), [3, 4, 5, 6]).filter(([, y]) => y === null)).toHaveLength(
      2,
    );
  });

  test('a gap between thinned points is a gap', () => {
    const middles = Array.from({ length: 1200 }, (_, index) => (index < 600 ? index : index + 5000));
    const points = thin(
      windowsAround(middles),
      middles.map(() => 1),
    );
    expect(points.filter(([, y]) => y === null).map(([x]) => x)).toEqual([599.5, 5599.5]);
  });
});

describe('values as the page writes them', () => {
  interface Spoken {
    clock(startSeconds: number | null, seconds: number): string;
    quantity(unit: string, value: number): string;
    x(kind: string, startSeconds: number | null, at: number): string;
  }
  const spoken = runInNewContext(SPOKEN_SOURCE) as Spoken;

  test('times are as the tables have them', () => {
    const withClock = clockOf({ from: '2025-11-10T23:58:00+08:00', lastsNs: 720e9 });
    const without = clockOf({ from: null, lastsNs: 7200e9 });
    const seconds = [0, 59.5, 120, 261.5, 4000];
    expect(seconds.map((each) => spoken.clock(86_280, each))).toEqual(
      seconds.map((each) => withClock(each * 1e9)),
    );
    expect(seconds.map((each) => spoken.clock(null, each))).toEqual(
      seconds.map((each) => without(each * 1e9)),
    );
  });

  test.each([
    ['ms', 0.25, '250 µs'],
    ['ms', 214.4, '214 ms'],
    ['ms', 1500, '1.5 s'],
    ['perSec', 1e6, '1M/s'],
    ['perSec', 12_345, '12.3k/s'],
    ['share', 0.919, '91.9 %'],
    ['count', 0, '0'],
  ])('%s %d is %s', (unit, value, text) => {
    expect(spoken.quantity(unit, value)).toBe(text);
  });

  test.each([
    ['load', 1.2, '1.2×'],
    ['nines', 0, '0 %'],
    ['nines', 2, '99 %'],
    ['nines', 5, '99.999 %'],
    ['time', 61, 't+01:01'],
  ])('on the axis of %s %d is %s', (kind, at, text) => {
    expect(spoken.x(kind, null, at)).toBe(text);
  });
});

describe('axes', () => {
  test.each([
    ['order (1.20×)', '"order (1.20×)"'],
    ['order-database-primary (1.20×)', '["order-database-primary ","(1.20×)"]'],
    ['order-database-and-its-replicas (1.20×)', '["order-database-and-its-","replicas (1.20×)"]'],
    ['订'.repeat(25), `["${'订'.repeat(24)}","订"]`],
    ['x'.repeat(60), `["${'x'.repeat(30)}","${'x'.repeat(30)}"]`],
  ])('a label is broken where there is room for 24 signs: %s', (label, lines) => {
    const pen = { measureText: (text: string) => ({ width: text.length }) };
    expect(JSON.stringify(inTwo(pen as Parameters<typeof inTwo>[0], label, 24))).toBe(lines);
  });

  test('time is never crowded', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e7, noNaN: true }), (length) => {
        expect(length / timeStep(length)).toBeLessThanOrEqual(9.01);
      }),
    );
  });

  const logPlan = (from: number, to: number): LinePlan => ({
    kind: 'lines',
    unit: 'ms',
    scale: 'log',
    valueMax: null,
    startSeconds: null,
    xMax: 10,
    bands: [],
    series: [
      {
        label: 'P99',
        colour: 0,
        line: 'solid',
        points: [
          [0, from],
          [10, to],
        ],
      },
    ],
  });

  test.each([
    [1, 10],
    [13, 21],
    [100, 102],
    [0.001, 1e6],
  ])('a log axis from %d to %d has ticks, and few, all of them inside', (from, to) => {
    const { ticks, min, max } = valueAxis(logPlan(from, to));
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(12);
    for (const { at } of ticks) {
      expect(at).toBeGreaterThanOrEqual(min * 0.999);
      expect(at).toBeLessThanOrEqual(max * 1.001);
    }
    expect(min).toBeLessThan(from);
    expect(max).toBeGreaterThan(to);
  });

  test('every nine takes as much room', () => {
    const ticks = xTicks({ ...logPlan(1, 2), xKind: 'nines', xMax: 3.2 });
    expect(ticks.map(({ text }) => text)).toEqual(['0 %', '90 %', '99 %', '99.9 %']);
  });
});
