/** Even arrivals and constant service: queues are straight lines, so that every instant is known beforehand. */
import { describe, expect, test, vi } from 'vitest';
import type { Findings, RecoveryFinding } from '../../../src/analysis/findings.ts';
import { verdictSentences } from '../../../src/report/sentences.ts';
import { EN } from '../../../src/report/texts/en.ts';
import { findingsOf, type World } from '../../promises/world.ts';

vi.setConfig({ testTimeout: 60_000 });

/** 500/s, capacity 1000/s, windows of 200 ms. */
const SITE = `
scenario: site
clock: { lasts: 30s, warmUp: 0s, window: 200ms }
traffic: { rate: 500/s, arrivals: deterministic }
stations:
  db: { servers: 1, service: 1ms }
requests: { ask: { path: [db] } }
budgets: [{ id: b, target: '*', expect: p99 < 100ms }]
disturbances: [{ id: dip, at: 10s, lasts: 2s, station: db, capacity: 0% }]
`;

function run(...set: string[]): Findings {
  const world: World = { text: SITE, set };
  const findings = findingsOf(world);
  expect(findings.checks.filter(({ holds }) => !holds)).toEqual([]);
  return findings;
}

const recoveries = (...set: string[]): readonly RecoveryFinding[] => run(...set).stability.recoveries;

describe('recovered', () => {
  test('1000 jobs wait at 12 s and drain by 500/s: answers take less than 100 ms from 13.8 s on', () => {
    const [found] = recoveries();
    expect(found).toMatchObject({
      status: 'recovered',
      judgedBy: 'budgets',
      stations: ['db'],
      capacityRatio: 0,
    });
    expect(found).toMatchObject({ fromNs: 10e9, toNs: 12e9, recoveredNs: 1.8e9, drainNs: null });
    expect(found?.offeredBeforePerSec).toBeCloseTo(500, 6);
  });

  test('without budgets: when the queue is as before, but for 10 jobs', () => {
    const [found] = recoveries('budgets=[]');
    expect(found).toMatchObject({ status: 'recovered', judgedBy: 'service' });
    // 10 to 50 jobs count as chance with 100 arrivals a window.
    expect(found?.recoveredNs).toBeGreaterThanOrEqual(1.8e9);
    expect(found?.recoveredNs).toBeLessThanOrEqual(2e9);
  });

  test('only when three good windows in a row say so', () => {
    expect(recoveries('clock.lasts=14.4s')).toMatchObject([{ status: 'recovered', recoveredNs: 1.8e9 }]);
    expect(recoveries('clock.lasts=14.2s')).toMatchObject([{ status: 'recovering', recoveredNs: null }]);
  });

  test('at once, when nothing breaks behind it', () => {
    expect(recoveries('disturbances[0].capacity=80%')).toMatchObject([
      { status: 'recovered', recoveredNs: 0 },
    ]);
  });

  test('whatever breaks later under a load that was not there before', () => {
    const set =
      'traffic={ curve: [{ at: 0s, rate: 500/s }, { at: 20s, rate: 1500/s, shape: step }], arrivals: deterministic }';
    const { stability } = run(set);
    expect(stability.recoveries).toMatchObject([{ status: 'recovered', recoveredNs: 1.8e9 }]);
    expect(stability.run).toMatchObject({ verdict: 'overloaded', sinceNs: 20e9 });
  });

  test('each of two, the first up to where the second begins', () => {
    const two =
      'disturbances=[{ id: one, at: 10s, lasts: 2s, station: db, capacity: 0% }, { id: two, at: 20s, lasts: 1s, station: db, capacity: 50% }]';
    expect(recoveries(two)).toMatchObject([
      { disturbance: 'one', status: 'recovered', recoveredNs: 1.8e9 },
      { disturbance: 'two', status: 'recovered', recoveredNs: 0 },
    ]);
  });
});

describe('two at once', () => {
  const SECOND_STATION = 'stations={ db: { servers: 1, service: 1ms }, cache: { servers: 1, service: 1ms } }';
  const both = (at: string): readonly RecoveryFinding[] =>
    recoveries(
      SECOND_STATION,
      'requests.ask.path=[db, cache]',
      `disturbances=[{ id: one, at: 10s, lasts: 2s, station: db, capacity: 0% }, { id: two, at: ${at}, lasts: 1s, station: cache, capacity: 50% }]`,
    );

  test.each([
    ['at the same time', '10s', 1.8e9],
    ['one inside the other', '11s', 1.8e9],
    // Windows end at 14.2 s and 14.4 s: 1000 jobs are left at 12.5 s.
    ['overlapping', '11.5s', 1.9e9],
    ['touching', '12s', 1.8e9],
  ])('%s: one outcome, from the end of the last', (_, at, recoveredNs) => {
    const [one, two] = both(at);
    expect(one).toMatchObject({ disturbance: 'one', others: ['two'], status: 'recovered' });
    expect(two).toMatchObject({ disturbance: 'two', others: ['one'], status: 'recovered' });
    expect([one?.recoveredNs, two?.recoveredNs]).toEqual([recoveredNs, recoveredNs]);
  });
});

test('a site that stays down, or a queue that grows to the end, holds no budget', () => {
  const loose = 'budgets[0].expect=p50 < 1h';
  expect(run(loose).verdict.status).toBe('holds');
  const overloaded = run(loose, 'disturbances=[]', 'traffic.rate=1100/s');
  expect(overloaded.budgets).toMatchObject([{ verdict: 'pass' }]);
  expect(overloaded.verdict).toMatchObject({ status: 'does-not-hold', decidingBudget: null });
  expect(verdictSentences(overloaded, EN)[0]).toBe('A queue grows without end, so nothing holds.');
  const bounded = ['disturbances=[]', 'traffic.rate=1100/s', 'stations.db.waitingRoom=100'];
  expect(run(loose, ...bounded).verdict.status).toBe('holds');
});

describe('not recovered', () => {
  test('recovering: 600 still wait at the end and drain by 200/s', () => {
    // 800/s come; 1600 jobs wait at 12 s.
    const [found] = recoveries('traffic.rate=800/s', 'clock.lasts=17s');
    expect(found).toMatchObject({ status: 'recovering', recoveredNs: null });
    expect(Math.abs((found?.drainNs ?? 0) / 1e9 - 3)).toBeLessThan(0.1);
  });

  test('overloaded: the load has become more than it was before', () => {
    const set =
      'traffic={ curve: [{ at: 0s, rate: 500/s }, { at: 12s, rate: 1200/s, shape: step }], arrivals: deterministic }';
    const [found] = recoveries(set);
    expect(found).toMatchObject({ status: 'overloaded', recoveredNs: null });
    expect(found?.offeredAfterPerSec).toBeCloseTo(1200, 6);
  });

  test('overloaded: a queue grew before', () => {
    // Answers take 1 s when the dip begins and 3.2 s when it ends.
    const set = ['traffic.rate=1100/s', 'budgets[0].expect=p99 < 2.5s', 'clock.window=1s'];
    expect(recoveries(...set)).toMatchObject([{ status: 'overloaded' }]);
  });
});

describe('unknown', () => {
  const because = (...set: string[]): unknown => {
    const [found] = recoveries(...set);
    expect(found).toMatchObject({ status: 'unknown', recoveredNs: null });
    return found?.because;
  };

  test('from the first instant on there is nothing to compare with', () => {
    expect(because('disturbances[0].at=0s')).toBe('nothing-before');
  });

  test('what was bad before cannot become good again', () => {
    expect(because('budgets[0].expect=p50 < 100us')).toBe('bad-before');
  });

  test('one second behind it is too short for never', () => {
    expect(because('clock.lasts=13s')).toBe('too-short');
  });

  test('a disturbance that outlasts the run', () => {
    expect(because('disturbances[0].lasts=1h')).toBe('too-short');
  });
});

test('a stray failure among few requests is not a relapse', () => {
  const set = [
    'traffic.rate=3/s',
    'clock={ lasts: 500s, warmUp: 0s, window: 1s }',
    'stations.db={ servers: 1, operations: { run: [{ serve: 1ms }, { fail: 2% }] } }',
    'requests.ask.path=[db.run]',
    'budgets[0].expect=errors < 5%',
  ];
  expect(recoveries(...set)).toMatchObject([{ status: 'recovered', recoveredNs: 0 }]);
});

test('shared cores recover as a single queue does', () => {
  const [found] = recoveries('stations.db.discipline=ps', 'budgets=[]');
  expect(found).toMatchObject({ status: 'recovered' });
  expect(Math.abs((found?.recoveredNs ?? 0) - 1.9e9)).toBeLessThan(0.11e9);
});

describe('what budgets do not see', () => {
  /** 700/s at capacity 1000/s; callers leave after 1 s and come again three times. */
  const stormy = (...set: string[]): Findings =>
    findingsOf({
      text: `
scenario: storm
clock: { lasts: 60s, warmUp: 5s }
traffic: { curve: [
  { at: 0s, rate: 800/s, phase: early }, { at: 10s, rate: 800/s, phase: rest }, { at: 60s, rate: 800/s }],
  mix: { order: 87.5%, look: 12.5% } }
stations:
  app: { operations: { order: [{ call: db, timeout: 1s, retry: { attempts: 4 } }] } }
  db: { servers: 10, service: { exponential: 10ms } }
  page: { servers: 10, service: { exponential: 1ms } }
requests: { order: { path: [app.order] }, look: { path: [page] } }
disturbances: [{ id: dip, at: 20s, lasts: 2s, station: db, capacity: 20% }]
budgets: [{ id: b, target: '*', expect: p95 < 5s }]
`,
      set,
    });
  const storm = (...set: string[]): RecoveryFinding | undefined => stormy(...set).stability.recoveries[0];

  test('a budget about another phase: judged by how it was', () => {
    expect(storm('budgets[0].window=early', 'budgets[0].expect=errors < 1% and p99 < 1s')).toMatchObject({
      status: 'metastable',
      judgedBy: 'service',
    });
  });

  test('a budget about times, which only answers have: a class that fails is bad all the same', () => {
    expect(storm()).toMatchObject({ status: 'metastable', judgedBy: 'budgets' });
    expect(stormy().budgets).toMatchObject([{ verdict: 'pass' }]);
    expect(stormy().verdict).toMatchObject({ status: 'does-not-hold', decidingBudget: null });
    expect(verdictSentences(stormy(), EN)[0]).toContain('the site stays down');
  });

  test('what a budget about errors allows every class is not bad', () => {
    expect(storm('budgets[0].expect=errors < 100%')).toMatchObject({ status: 'recovered', recoveredNs: 0 });
  });

  test('a class that fails is not outweighed by the others', () => {
    expect(storm('budgets[0].expect=errors < 90%')).toMatchObject({ status: 'metastable' });
  });
});
