import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import type { AbortFinding, Findings } from '../../src/analysis/findings.ts';
import { abortWatch } from '../../src/study/abort-watch.ts';
import { PairedStudy } from '../../src/study/paired-study.ts';
import type { ReplicationJob } from '../../src/study/replication-job.ts';
import { Study, type Replicated } from '../../src/study/replications.ts';
import type { Ready } from '../../src/study/series.ts';
import { OwnThread, type Workplace } from '../../src/study/workplace.ts';
import { compileModel } from '../../src/compile/compile.ts';
import { chooseSampling } from '../../src/compile/sampling/choose.ts';
import { EVERY_REQUEST } from '../analysis/builders.ts';
import { validScenario } from '../promises/world.ts';
import { HALF, half } from './half.ts';

interface Mode {
  readonly slice?: number;
  /** Events that may be spent: time is left out. */
  readonly events?: number;
}

function readyFor(text: string, { slice = 1, events }: Mode = {}): Ready {
  const scenario = validScenario({ text });
  const options = { slice, files: new Map<string, string>() };
  const sampling =
    events === undefined ? null : chooseSampling(scenario, { ...options, targetEvents: events }).plan;
  return {
    ...{ scenario, model: compileModel(scenario, { ...options, sampling }), sliceChoice: EVERY_REQUEST },
    ...{
      pilot: null,
      ledger: [],
      claims: [],
      advice: [],
      premises: [],
      unloaded: [],
      overrides: [],
      sizing: null,
    },
    ...{ untilNs: null, toolVersion: 'test', sha256: '', scenarioText: '' },
  };
}

const ownThread = (): Workplace => new OwnThread(() => Promise.resolve());

function replicate(ready: Ready, count = 1, workplace = ownThread()): Promise<Replicated> {
  return new Study(ready.model, workplace, abortWatch(ready)).simulate({ count, goal: null });
}

function findingsFrom(ready: Ready, { replications, ...plan }: Replicated): Findings {
  return analyse({ ...ready, replications, plan });
}

async function found(text: string, mode: Mode & { readonly count?: number } = {}): Promise<Findings> {
  const ready = readyFor(text, mode);
  return findingsFrom(ready, await replicate(ready, mode.count ?? 1));
}

/** Second at which it ends, and the value that ends it. */
async function ended(budget: string): Promise<[number | null, number | null]> {
  const { abort } = (await found(half(budget))).stop;
  return [abort === undefined ? null : abort.atNs / 1e9, abort?.value ?? null];
}

describe('the end of a run whose times are known', () => {
  test.each([
    // 100 k / (1000 + 200 k): 18.75 % for k = 3, 22.2 % for k = 4
    ['target: "*", expect: errors < 20%, abort: { after: 0s }', 14, 400 / 1800],
    ['target: "request:customer", expect: availability > 80%, abort: { after: 0s }', 14, 1400 / 1800],
    ['target: "station:desk", expect: errors.rejected < 20%, abort: { after: 0s }', 14, 400 / 1800],
    ['target: "*", expect: errors == 0%, abort: { after: 0s }', 11, 100 / 1200],
    // Every second one from the first moment of the phase on.
    ['target: "*", expect: errors < 20%, window: rush, abort: { after: 0s }', 11, 0.5],
    ['target: "*", expect: errors < 20%, window: rush, abort: { after: 5s }', 15, 0.5],
    ['target: "*", expect: errors < 20%, window: { from: 8s, to: 20s }, abort: { after: 0s }', 11, 100 / 400],
    ['target: "*", expect: errors < 20%, window: { after: calm }, abort: { after: 0s }', 11, 0.5],
    // [9 s, 11 s) has lost 100 of 300, [10 s, 12 s) half.
    ['target: "*", expect: errors < 40%, window: { worst: 2s }, abort: { after: 0s }', 12, 0.5],
    // One slice of six is 83 %; of 5 s one of three 67 %, two of four 50 %.
    ['target: "*", expect: errors < 40%, window: { slices: 2s, good: 90% }, abort: { after: 0s }', 12, 5 / 6],
    ['target: "*", expect: errors < 40%, window: { slices: 5s, good: 60% }, abort: { after: 0s }', 20, 0.5],
    // Broken from the first request on, which is not looked at before.
    ['target: "*", expect: p50 < 5ms, abort: { after: 3s }', 3, 8e6],
    ['target: "*", expect: [p50 < 1s, mean < 5ms], abort: { after: 3s }', 3, 8e6],
    ['target: "*", expect: throughput > 150/s, abort: { after: 7s }', 7, 100],
    ['target: "*", expect: p50 < 5ms, minSamples: 451, abort: { after: 0s }', 5, 8e6],
  ])('%s', async (budget, atSeconds, value) => {
    const [at, measured] = await ended(budget.replace('minSamples: 451, ', ''));
    if (budget.includes('minSamples')) {
      const own = half(budget).replace('minSamples: 10, ', '');
      expect((await found(own)).stop.abort?.atNs).toBe(atSeconds * 1e9);
      return;
    }
    expect(at).toBe(atSeconds);
    expect(Math.abs(measured! / value - 1)).toBeLessThan(0.01); // one request more or less at an edge
  });

  test.each([
    'target: "*", expect: errors < 60%, abort: { after: 0s }',
    'target: "*", expect: errors < 20%, level: off, abort: { after: 0s }',
    'target: "station:desk", expect: errors.abandoned == 0%, abort: { after: 0s }',
  ])('it goes on to its end: %s', async (budget) => {
    expect(await ended(budget)).toEqual([null, null]);
  });

  test.each(['goodput > 90/s', 'throughput > 90/s', 'availability > 90%', 'p50 < 1.6s', 'mean < 1.6s'])(
    'those inside are not lost, their answer is yet to come: %s',
    async (condition) => {
      const slow = half(`target: "*", expect: ${condition}, window: calm, abort: { after: 0s }`)
        .replace('servers: 1', 'servers: 1000')
        .replace('8ms', '1500ms');
      const { stop, budgets } = await found(slow);
      expect([stop.reason, budgets[0]?.verdict]).toEqual(['completed', 'pass']);
    },
  );

  test('who has been inside for longer than a limit does not keep a time from breaking it', async () => {
    // Twice as much work as there are servers: half of all are inside, and the median of the others is no median.
    const crowded = half('target: "*", expect: p50 < 100ms, abort: { after: 0s }')
      .replace('waitingRoom: 0', 'waitingRoom: unlimited')
      .replace('8ms', '20ms');
    const { abort } = (await found(crowded)).stop;
    // Who came in the last second may yet be in time. Of 150 answers each takes 10 ms more, the median 20 + 75 × 10 ms.
    expect(abort).toMatchObject({ atNs: 3e9 });
    expect(abort?.value).toBeGreaterThan(750e6);
    expect(abort?.value).toBeLessThan(790e6);
  });

  test('a warning ends nothing', async () => {
    const { stop, budgets } = await found(
      half('target: "*", expect: errors < 60%, warn: errors < 20%, abort: { after: 0s }'),
    );
    expect(stop.abort).toBeUndefined();
    expect(budgets.map(({ verdict }) => verdict)).toEqual(['pass', 'warn']);
  });
});

describe('what an aborted run tells', () => {
  const ABORTED = half('target: "*", expect: errors < 20%, abort: { after: 10s }').concat(
    '  - { id: late, target: "*", expect: errors < 90%, window: late }\n',
    '  - { id: calm, target: "*", expect: errors < 1%, window: calm, minSamples: 10 }\n',
  );

  test('which budget ended it, when, and that nothing holds', async () => {
    const { stop, verdict, budgets } = await found(ABORTED);
    expect(stop).toMatchObject({ reason: 'aborted', atNs: 14e9, truncated: true, runaway: null });
    expect(stop.abort).toMatchObject({ id: 'fast', target: '*', metric: 'errors', op: '<', limit: 0.2 });
    expect(verdict).toMatchObject({ status: 'does-not-hold', decidingBudget: 0 });
    expect(budgets.map(({ id, verdict: judged, noDataBecause }) => [id, judged, noDataBecause])).toEqual([
      ['fast', 'fail', null],
      ['late', 'no-data', 'aborted'],
      ['calm', 'pass', null],
    ]);
  });

  test('the time up to there, as a run until then has it, and nothing after it', async () => {
    const { timeline, requests, checks } = await found(ABORTED);
    const until = await found(ABORTED.replace('lasts: 60s', 'lasts: 14s').replace(/, abort: .*? }/, ''));
    expect(timeline).toEqual(until.timeline);
    expect(requests).toEqual(until.requests);
    expect(requests[0]).toMatchObject({ offered: 1799, censored: 0 });
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('what would break later than the first is not looked for', async () => {
    const two = half('target: "*", expect: errors < 20%, abort: { after: 30s }').concat(
      '  - { id: sooner, target: "*", expect: errors < 30%, minSamples: 10, abort: { after: 0s } }\n',
    );
    // 100 k / (1000 + 200 k) = 30 % at k = 7.5
    expect((await found(two)).stop.abort).toMatchObject({ id: 'sooner', atNs: 18e9 });
  });
});

/** What is random: the desk is overloaded from 20 s on. */
const RANDOM = HALF.replace('arrivals: deterministic', 'noise: { cv: 10%, correlation: 2s }')
  .replace('constant: 8ms', 'exponential: 8ms')
  .replace('waitingRoom: 0', 'waitingRoom: 20, replicas: 8')
  .replaceAll(/rate: (\d+)/g, (_, rate: string) => `rate: ${Number(rate) * 8}`);
const random = (budget: string): string => `${RANDOM}budgets:\n  - { id: fast, minSamples: 10, ${budget} }\n`;
const OVERLOADED = 'target: "*", expect: errors < 20%, abort: { after: 10s }';

describe('replications', () => {
  test('all end where the first does', async () => {
    const ready = readyFor(random(OVERLOADED));
    const { replications, abort } = await replicate(ready, 5);
    expect(abort?.atNs).toBeGreaterThan(10e9);
    expect(replications.map(({ stop }) => stop)).toEqual(
      Array(5).fill({ reason: 'aborted', atNs: abort?.atNs, runaway: null }),
    );
    const last = replications[0]!.windows.findIndex(({ toNs }) => toNs === abort?.atNs);
    for (const { classes } of replications) {
      const { offered } = classes[0]!;
      expect(offered.slice(0, last + 1).every((count) => count > 0)).toBe(true);
      expect(offered.slice(last + 1).every((count) => count === 0)).toBe(true);
    }
  });

  test.each([
    ['exact', {}],
    ['sliced', { slice: 2 }],
  ])('%s: nothing changes where none ends', async (_, mode) => {
    const watched = readyFor(random(OVERLOADED.replace('20%', '99%')), mode);
    const unwatched = readyFor(random(OVERLOADED.replace('20%', '99%').replace(/, abort: .*/, '')), mode);
    const before = await replicate(unwatched, 2);
    expect(await replicate(watched, 2)).toEqual(before);
    expect(JSON.stringify(findingsFrom(watched, await replicate(watched, 2)))).toBe(
      JSON.stringify(findingsFrom(unwatched, before)),
    );
  });

  test('a slice of the site ends about when the site does', async () => {
    const at = async (mode: Mode): Promise<number> =>
      (await found(random(OVERLOADED), mode)).stop.abort!.atNs / 1e9;
    const exact = await at({});
    expect(exact).toBeGreaterThan(12);
    expect(Math.abs((await at({ slice: 2 })) - exact)).toBeLessThanOrEqual(2);
  });

  test.each([
    ['errors < 20%', 0.2],
    ['errors == 0%', 0],
  ])(
    '%s: where not all together bear it out, it is put off, and in the end they go on to theirs',
    async (condition, limit) => {
      const ready = readyFor(random(OVERLOADED.replace('errors < 20%', condition)));
      const jobs: ReplicationJob[] = [];
      const inner = ownThread();
      const workplace: Workplace = {
        simulate: (job) => {
          jobs.push(job);
          return inner.simulate(job);
        },
        close: () => inner.close(),
      };
      const asked: [atNs: number, value: number][] = [];
      const doubtOf = ({ atNs, value }: AbortFinding): Promise<number> => {
        asked.push([atNs, value]);
        return Promise.resolve(0.05);
      };
      const watch = { ...abortWatch(ready)!, doubtOf };
      const all = await new Study(ready.model, workplace, watch).simulate({ count: 2, goal: null });
      expect(all).toEqual(await new Study(ready.model, inner).simulate({ count: 2, goal: null }));
      const [first, second, third] = asked.map(([, value]) => value);
      expect(asked).toHaveLength(3);
      expect([first! > limit, second! > limit + 0.05, third! > limit + 0.1]).toEqual([true, true, true]);
      expect(jobs.map(({ abortAtNs = null }) => abortAtNs)).toEqual([
        ...asked.flatMap(([atNs]) => [null, atNs]),
        ...[null, null],
      ]);
    },
  );

  test.each(['<', '=='] as const)(
    '%s: all together bear it out with the whole interval, or are so far from it',
    async (op) => {
      const ready = readyFor(random(OVERLOADED));
      const replicated = await replicate(ready, 5);
      const { abort } = replicated;
      const [row] = findingsFrom(ready, replicated).budgets;
      expect(row?.verdict).toBe('fail');
      const doubt = (limit: number): Promise<number> => {
        const text = `errors ${op} ${(limit * 100).toFixed(6)}%`;
        const other = readyFor(random(OVERLOADED.replace('errors < 20%', text)));
        return abortWatch(other)!.doubtOf({ ...abort!, op, limit, text }, replicated);
      };
      const [lower] = row!.interval!;
      expect(await doubt(lower * 0.999)).toBe(0);
      const missing = 1.25 * (row!.value! - lower + Math.max(0, abort!.value - row!.value!));
      expect(await doubt(lower * 1.001)).toBeCloseTo(missing, 10);
    },
  );

  test('what they do not bear out is never no distance away', async () => {
    // One replication has no interval, and so many samples there are not.
    const none = random(OVERLOADED.replace('errors < 20%', 'errors == 0%'));
    const ready = readyFor(none);
    const replicated = await replicate(ready, 1);
    const { abort } = replicated;
    expect(abort).toMatchObject({ op: '==', limit: 0 });
    const few = readyFor(none.replace('minSamples: 10', 'minSamples: 100000'));
    expect(await abortWatch(few)!.doubtOf(abort!, replicated)).toBeCloseTo(0.1 * abort!.value, 10);
  });
});

describe('a run sampled in time', () => {
  const LONG = `
scenario: hour
clock: { lasts: 3600s, warmUp: 10s, window: 10s }
traffic: { curve: [ { at: 0s, rate: 500/s }, { at: 1800s, rate: 500/s }, { at: 2400s, rate: 1500/s } ] }
stations:
  desk: { servers: 4, discipline: fcfs, service: { exponential: 4ms }, waitingRoom: 50 }
requests:
  customer: { path: [desk] }
budgets:
  - { id: fast, target: "*", expect: errors < 1%, minSamples: 10, abort: { after: 60s } }
`;

  test('ends at the end of what was measured, about when the whole one does', async () => {
    const exact = (await found(LONG)).stop;
    const sampled = await found(LONG, { events: 500_000, count: 5 });
    expect(sampled.stop).toMatchObject({ reason: 'aborted', truncated: true });
    expect(Math.abs(sampled.stop.atNs - exact.atNs)).toBeLessThanOrEqual(120e9);
    const weights = sampled.timeline.weight;
    expect(Math.max(...weights)).toBeGreaterThan(1);
    expect(sampled.timeline.toNs.at(-1)).toBeLessThanOrEqual(sampled.stop.atNs);
    expect(sampled.checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('counts from the beginning of the time of its budget, not from where that is first measured', async () => {
    // Broken from the first request on; nothing is left out of the first 30 s but their beginning.
    const at = async (after: string): Promise<number> => {
      const text = LONG.replace('errors < 1%', 'mean < 1ms').replace('after: 60s', `after: ${after}`);
      return (await found(text, { events: 500_000 })).stop.atNs / 1e9;
    };
    const first = await at('0s');
    expect(first).toBeGreaterThan(0);
    expect(await at(`${first}s`)).toBe(first);
    expect(await at(`${first + 1}s`)).toBeGreaterThan(first);
  });

  test('is the run it would be without a watch where none ends it', async () => {
    const loose = LONG.replace('errors < 1%', 'errors < 99%');
    const watched = await replicate(readyFor(loose, { events: 500_000 }), 2);
    expect(watched).toEqual(
      await replicate(readyFor(loose.replace(/, abort: .*?}/, ''), { events: 500_000 }), 2),
    );
  });
});

test('of two scenarios side by side what ends the second ends the first at the same instant', async () => {
  const after = readyFor(random(OVERLOADED));
  const before = { ...readyFor(RANDOM).model };
  const study = new PairedStudy({ before, after: after.model }, ownThread(), abortWatch(after));
  const found = await study.simulateApart(5);
  expect(found.after.abort?.atNs).toBeGreaterThan(0);
  expect(found.before.replications).toEqual(found.after.replications);
});
