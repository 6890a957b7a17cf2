/** The verdict on retry storms on both sides of their thresholds; tests/theory-full has the goodput of several seeds. */
import { describe, expect, test, vi } from 'vitest';
import { storm, TABLE, titleOf } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

describe.each(TABLE.map((row) => ({ row, title: titleOf(row) })))('$title', ({ row }) => {
  test.each(row.recovers)('for %d s: recovered', (dipSec) => {
    const { stability, checks } = storm({ ...row.storm, dipSec });
    expect(stability.recoveries).toMatchObject([{ status: 'recovered', judgedBy: 'service', because: null }]);
    expect(stability.run).toMatchObject({ verdict: 'backlogged', sinceNs: 20e9 });
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test.each(row.stays)('for %d s: metastable', (dipSec) => {
    const { stability, checks, stations } = storm({ ...row.storm, dipSec });
    expect(stability.recoveries).toMatchObject([
      { status: 'metastable', recoveredNs: null, goodAfterRatio: 0 },
    ]);
    expect(stability.run).toEqual({ verdict: 'metastable', sinceNs: 20e9, drainedNs: null });
    const db = stations.find(({ group, phase }) => group === 'db' && phase === null);
    expect(db?.state).toEqual({ verdict: 'overloaded', sinceNs: 20e9, drainedNs: null });
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });
});

test('a long outage without a storm is told from one: it drains, and the result says for how long', () => {
  // 800/s come with the retry, 200/s are served for 20 s: some 12,000 wait at 40 s and drain by 200/s until 100 s.
  const parts = { ratePerSec: 400, retries: 1, dip: 0.8, dipSec: 20 };
  const short = storm({ ...parts, lastsSec: 70 }).stability;
  expect(short.recoveries).toMatchObject([{ status: 'recovering', recoveredNs: null }]);
  const predictedNs = 70e9 + (short.recoveries[0]?.drainNs ?? 0);
  expect(short.run).toEqual({ verdict: 'backlogged', sinceNs: 20e9, drainedNs: null });
  const long = storm({ ...parts, lastsSec: 130 }).stability;
  const [recovery] = long.recoveries;
  expect(recovery?.status).toBe('recovered');
  const recoveredAtNs = (recovery?.toNs ?? 0) + (recovery?.recoveredNs ?? 0);
  // Answers come in time again when 1000 jobs are left, 5 s before the queue is empty; chance moves both by seconds.
  expect(predictedNs - recoveredAtNs).toBeGreaterThan(0);
  expect(predictedNs - recoveredAtNs).toBeLessThan(10e9);
});

test('with a retry budget the same dip is forgotten', () => {
  const budgets = 'errors < 1% and p99 < 1s';
  const parts = { ratePerSec: 700, retries: 3, dip: 0.8, dipSec: 2, budgets };
  expect(storm(parts).stability.recoveries).toMatchObject([{ status: 'metastable', judgedBy: 'budgets' }]);
  const { recoveries, retryLoads } = storm({ ...parts, backoff: '{ base: 1ms }, budget: 10%' }).stability;
  expect(recoveries).toMatchObject([{ status: 'recovered', judgedBy: 'budgets' }]);
  expect(retryLoads).toMatchObject([{ group: 'db', status: 'safe' }]);
  expect(retryLoads[0]?.attempts).toBeCloseTo(1.1, 9);
});
