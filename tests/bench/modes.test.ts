/** What `npm run bench:modes` computes, on numbers made by hand and on a run of seconds. */
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { casesOf, SIZES, type ModeCase } from '../../bench/modes/cases.ts';
import { compareModes, modesOf } from '../../bench/modes/compare.ts';
import { errorsOf } from '../../bench/modes/errors.ts';
import { scenarioOf, simulate, type JobResult } from '../../bench/modes/job.ts';
import { partOf } from '../../bench/modes/part.ts';
import { seriesOf, type Series } from '../../bench/modes/series.ts';
import { tableOf } from '../../bench/modes/table.ts';
import { makeContext } from '../../src/analysis/context.ts';
import { findSampling } from '../../src/analysis/sampling.ts';
import { group, groupMeasured, measurements, model, requestClass } from '../analysis/builders.ts';

// Some million events, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const S = 1e9;
const MINUTE_NS = 60 * S;
const NONE: Series = { p50: {}, p95: {}, p99: {}, utilization: {}, notGood: {} };

function caseOf(id: string): ModeCase {
  return casesOf(SIZES).find((each) => each.id === id)!;
}

describe('errors', () => {
  test('are relative for percentiles and differences for shares, over all stretches of all runs', () => {
    const reference = { ...NONE, p99: { 'buy 0': 100, 'buy 1': 200 }, utilization: { shop: 0.5 } };
    const runs = [
      { ...NONE, p99: { 'buy 0': 110, 'buy 1': 190 }, utilization: { shop: 0.48 } },
      { ...NONE, p99: { 'buy 0': 101, 'buy 1': 260 }, utilization: { shop: 0.51 } },
    ];
    const { p99, utilization } = errorsOf(runs.map((run) => ({ reference, run })));
    // +10, −5, +1 and +30 %
    expect(p99!.pairs).toBe(4);
    expect(p99!.median).toBeCloseTo(0.05, 12);
    expect(p99!.p90).toBeCloseTo(0.3, 12);
    expect(p99!.worst).toBeCloseTo(0.3, 12);
    expect(p99!.meanSigned).toBeCloseTo(0.09, 12);
    expect(utilization!.worst).toBeCloseTo(0.02, 12);
    expect(utilization!.meanSigned).toBeCloseTo(-0.005, 12);
  });

  test('are those of what both runs have; without any there are none', () => {
    const reference = { ...NONE, p50: { 'buy 0': 100, 'buy 1': 100 } };
    const run = { ...NONE, p50: { 'buy 1': 100, 'buy 2': 5 }, p95: { 'buy 1': 7 } };
    const { p50, p95 } = errorsOf([{ reference, run }]);
    expect(p50).toEqual({ pairs: 1, median: 0, p90: 0, worst: 0, meanSigned: 0 });
    expect(p95).toBeNull();
  });
});

describe('what is compared of a run', () => {
  const windows = [
    { fromNs: 0, toNs: 5 * S, phase: 0, weight: 1 },
    { fromNs: 5 * S, toNs: 6 * S, phase: 0, weight: 5 },
    { fromNs: 6 * S, toNs: 10 * S, phase: 0, weight: 0 },
    { fromNs: 10 * S, toNs: 20 * S, phase: 0, weight: 1 },
  ];
  const measured = measurements({
    windows,
    stop: { reason: 'completed', atNs: 20 * S, runaway: null },
    classes: [requestClass({ offered: [100, 20, 7, 0], good: [90, 19, 7, 0] })],
    groups: [groupMeasured({ busyNs: [4 * S, 1 * S, 9 * S, 5 * S] })],
  });
  const series = seriesOf(model({ groups: [group('shop')] }), measured, 10 * S);

  test('counts a window for what it stands for', () => {
    expect(series.notGood).toEqual({ 'buy 0': 1 - (90 + 5 * 19) / (100 + 5 * 20) });
    // two servers: (4 + 5·1) of 20 server-seconds, then 5 of 20
    expect(series.utilization).toEqual({ 'shop 0': 9 / 20, 'shop 1': 5 / 20 });
  });

  test('has no percentile where there are too few samples', () => {
    expect([series.p50, series.p95, series.p99]).toEqual([{}, {}, {}]);
  });
});

describe('a part of a scenario', () => {
  const whole = { fromNs: 0, lastsNs: null, speedUp: 1, warmUpNs: S, unitNs: S };

  test('keeps the rates, runs through them faster and begins where it is told to', () => {
    const [midnight, decay] = ['double-11', 'double-11-decay'].map((id) => scenarioOf(caseOf(id)));
    expect(midnight!.clock).toMatchObject({ lastsNs: 12 * S, windowNs: S });
    const points = midnight!.traffic.flatMap((each) => (each.model === 'open' ? each.curve : []));
    expect(points.map(({ atNs, ratePerSec }) => [atNs / S, ratePerSec])).toEqual([
      [0, 1e5],
      [2, 1e5],
      [7, 1e6],
      [12, 1e6],
    ]);
    const later = decay!.traffic.flatMap((each) => (each.model === 'open' ? each.curve : []));
    expect(later.map(({ atNs, ratePerSec }) => [atNs, ratePerSec])).toEqual([
      [0, 1e6],
      [7200e9 - 3233.333e9, 1e5],
    ]);
  });

  test('is refused where something else than a curve would have to be moved', () => {
    const [storm, smoke] = ['retry-storm', 'smoke'].map((id) => scenarioOf(caseOf(id)));
    expect(() => partOf(storm!, { ...whole, speedUp: 2 })).toThrow(RangeError);
    expect(() => partOf(smoke!, { ...whole, speedUp: 2 })).toThrow(RangeError);
    const desks = scenarioOf(caseOf('twenty-desks'));
    expect(() => partOf(desks, { ...whole, fromNs: S })).toThrow(RangeError);
  });
});

describe('the modes of a case', () => {
  test('are those the product allows, and it says why there are no others', () => {
    expect(modesOf(caseOf('double-11-async'))).toEqual({
      modes: [2, 5, 10].map((slice) => ({ slice, rung: null })),
      obstacles: [],
    });
    const storm = modesOf(caseOf('retry-storm'));
    expect(storm.modes).toEqual([]);
    expect(storm.obstacles).toEqual([
      expect.stringContaining('db would keep 1 of 1 replicas'),
      'sampling would leave nothing out',
    ]);
  });
});

describe('the committed table', () => {
  const page = readFileSync('docs/modes.md', 'utf8');
  const sections = page.split(/^### /m).slice(1);

  test('has all cases', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual(
      casesOf(SIZES).map(({ title }) => title),
    );
  });

  test.each([6, 12, 30])(
    'is what a report states, rounded up to 0.1 %%, when a second counts %i times',
    (weight) => {
      const row = sections
        .at(-1)!
        .split('\n')
        .find((line) => line.startsWith(`| sampled, counts ${weight} times |`))!;
      const medians = row
        .split(' | ')
        .slice(2, 5)
        .map((cell) => Number(cell.split(' / ')[0]));
      const plan = { periodNs: MINUTE_NS, warmNs: S, measuredNs: MINUTE_NS / weight, weight, stretches: [] };
      const found = findSampling(
        makeContext(
          { model: model({ sampling: plan }) },
          measurements({ sampling: { extensions: 0 }, windows: [] }),
        ),
      );
      const { p50, p95, p99 } = found!.errors!;
      expect([p50, p95, p99].map((error) => (error * 100).toFixed(1))).toEqual(
        medians.map((median) => (Math.ceil(median * 10) / 10).toFixed(1)),
      );
    },
  );
});

describe('a minute of twenty desks', async () => {
  const jobs: string[] = [];
  const tiny: ModeCase = { ...caseOf('twenty-desks'), lastsNs: MINUTE_NS, seeds: 1, slices: [4] };
  const comparison = await compareModes(tiny, (modeCase, mode, seed) => {
    jobs.push(`${mode.slice} ${mode.rung ?? 'all'} ${seed}`);
    return Promise.resolve(JSON.parse(JSON.stringify(simulate(modeCase, mode, seed))) as JobResult);
  });

  test('is simulated in every mode, with another seed than the reference', () => {
    const modes = [
      '1 all',
      '4 all',
      ...[1, 4].flatMap((k) => ['longest', 'middle', 'shortest'].map((r) => `${k} ${r}`)),
    ];
    expect(jobs).toEqual(['1 all 0', ...modes.map((mode) => `${mode} 1`)]);
  });

  test('costs what the mode promises: 1/4 of the requests, 12, 6 and 2.5 seconds of 60', () => {
    expect(comparison.rows.map(({ weight }) => weight)).toEqual([1, 1, 6, 12, 30, 6, 12, 30]);
    const warmUp = 2 / 62;
    const promised = [1, 1 / 4, ...[1, 1 / 4].flatMap((k) => [12, 6, 2.5].map((s) => k * (s / 62 + warmUp)))];
    comparison.rows.forEach(({ cost }, index) => {
      expect(cost / promised[index]!).toBeGreaterThan(0.9);
      expect(cost / promised[index]!).toBeLessThan(1.1);
    });
  });

  test('errs by no more than chance does: 37.5 to 41 % of utilization, waits of a few per cent of the requests', () => {
    for (const { errors } of comparison.rows) {
      expect(errors.p50!.worst).toBeLessThan(0.15);
      expect(errors.utilization!.worst).toBeLessThan(0.05);
      expect(errors.notGood).toMatchObject({ pairs: 1, worst: 0 });
    }
    // An exponential P99 of n requests has a relative standard error of √(0.01·0.99/n)/(0.01·ln 100): four of them, twice.
    const chance = (n: number): number => (8 * Math.sqrt(0.0099 / n)) / (0.01 * Math.log(100));
    expect(comparison.rows[1]!.errors.p99!.worst).toBeLessThan(chance(180_000 / 4));
  });

  test('is a row of the table each', () => {
    const lines = tableOf(comparison).trimEnd().split('\n');
    expect(lines[2]).toMatch(/^Reference: exact, [\d,]+ events\. By stretches of 60 s; one run a mode\.$/);
    expect(lines.slice(6).map((line) => line.split(' | ')[0])).toEqual([
      '| exact, another seed',
      '| sliced 1/4',
      '| sampled, counts 6 times',
      '| sampled, counts 12 times',
      '| sampled, counts 30 times',
      '| sliced 1/4, sampled, counts 6 times',
      '| sliced 1/4, sampled, counts 12 times',
      '| sliced 1/4, sampled, counts 30 times',
    ]);
    expect(new Set(lines.slice(4).map((line) => line.split('|').length)).size).toBe(1);
  });
});
