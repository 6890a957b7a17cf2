/** An exhausted connection pool with time-outs and retries: every step is named, in causal order, with its time. */
import { describe, expect, test, vi } from 'vitest';
import type { Findings } from '../../../src/analysis/findings.ts';
import { findingsOf } from '../../promises/world.ts';

vi.setConfig({ testTimeout: 60_000 });

/**
 * Four connections of 20 ms each carry 200 queries a second. From t = 20 s on 400/s come: the pool is full within a second,
 * and its queue, 200 jobs longer each second, is longer than the 200 ms that callers wait in it after a fifth of a second.
 * Each query is then asked for once more, which takes the application past the 300 ms that the gateway gives it: that asks
 * again too.
 */
const POOL = `
scenario: pool
clock: { lasts: 60s, warmUp: 5s, window: 200ms }
traffic: { curve: [{ at: 0s, rate: 100/s }, { at: 20s, rate: 400/s, shape: step }] }
stations:
  gateway:
    operations: { proxy: [{ call: app.order, timeout: 300ms, retry: { attempts: 2 } }] }
  app:
    operations: { order: [{ call: db.query, timeout: 1s, retry: { attempts: 2 } }] }
  db:
    servers: 50
    pool: { perCaller: 4, acquireTimeout: 200ms }
    operations: { query: [{ serve: 20ms }] }
requests: { order: { path: [gateway.proxy] } }
budgets: [{ id: answers, target: "request:order", expect: [p99 < 300ms, availability > 99%] }]
`;

function shortened({ chain }: Findings): string[] {
  return chain.map(({ kind, component }) => `${kind} ${component}`);
}

describe('a pool that is too small', () => {
  const findings = findingsOf({ text: POOL });
  const { chain } = findings;

  test('pool exhausted → its queue given up → retried → callers time out → they retry → clients leave → budget broken', () => {
    expect(shortened(findings)).toEqual([
      'exhausted db.pool@app',
      'gave-up db.pool@app',
      'retrying app > db.query',
      'timed-out gateway > app.order',
      'retrying gateway > app.order',
      'client-left order',
      'budget-broken answers: availability > 99%',
    ]);
  });

  test('each step names what brought it about', () => {
    expect(chain.map(({ because }) => because)).toEqual([null, 0, 1, 2, 3, 4, 5]);
  });

  test('each step has the time of its beginning, to a window', () => {
    const seconds = chain.map(({ atNs }) => atNs / 1e9);
    const [exhausted = NaN, gaveUp = NaN, , timedOut = NaN] = seconds;
    expect(exhausted).toBe(20);
    // A fifth of a second in the queue at least, three to the caller's time-out.
    expect(gaveUp).toBeGreaterThanOrEqual(20.2);
    expect(timedOut).toBeGreaterThanOrEqual(20.2);
    expect(timedOut).toBeLessThanOrEqual(21);
    for (const [nth, at] of seconds.slice(1).entries()) {
      expect(at).toBeGreaterThanOrEqual((seconds[nth] ?? 0) - 0.4);
    }
    for (const { offeredPerSec } of chain) expect(Math.abs((offeredPerSec ?? 0) - 400)).toBeLessThan(120);
  });

  test('says how much worse retries make it: nearly every call is made twice', () => {
    const amplified = chain.filter(({ kind }) => kind === 'retrying').map(({ value }) => value ?? NaN);
    expect(amplified).toHaveLength(2);
    for (const factor of amplified) {
      expect(factor).toBeGreaterThan(1.6);
      expect(factor).toBeLessThan(2.5);
    }
  });
});

test('threads of a caller are full because what they wait for is, though a window cannot tell which came first', () => {
  const { chain } = findingsOf({
    text: `
scenario: threads
clock: { lasts: 40s, warmUp: 5s, window: 5s }
traffic: { curve: [{ at: 0s, rate: 100/s }, { at: 20s, rate: 400/s, shape: step }] }
stations:
  front: { threads: 8, operations: { ask: [{ call: app.ask }] } }
  app: { threads: 16, operations: { ask: [{ call: db }] } }
  db: { servers: 4, service: 20ms }
requests: { ask: { path: [front.ask] } }
`,
  });
  const exhausted = chain.filter(({ kind }) => kind === 'saturated' || kind === 'exhausted');
  expect(exhausted.at(-1)?.component).toBe('front.threads');
  expect(exhausted.map(({ because }) => because)).toEqual(
    exhausted.map((_, nth) => (nth === 0 ? null : nth - 1)),
  );
});

test('a disturbance is the beginning of what follows, and what retries load comes after them', () => {
  const findings = findingsOf({
    text: `
scenario: storm
clock: { lasts: 60s, warmUp: 5s }
traffic: { rate: 700/s }
stations:
  app: { operations: { order: [{ call: db, timeout: 1s, retry: { attempts: 4 } }] } }
  db: { servers: 10, service: { exponential: 10ms } }
requests: { order: { path: [app.order] } }
disturbances: [{ id: dip, at: 20s, lasts: 2s, station: db, capacity: 20% }]
`,
  });
  expect(shortened(findings)).toEqual([
    'disturbed dip',
    'saturated db',
    'timed-out app > db',
    'retrying app > db',
    'client-left order',
  ]);
  expect(findings.chain.map(({ because }) => because)).toEqual([null, 0, 1, 2, 3]);
});

test('a limiter breaks what is promised about losses, not about times; what is out of reach has no cause', () => {
  const findings = findingsOf({
    text: `
scenario: shed
clock: { lasts: 40s, warmUp: 5s }
traffic: { curve: [{ at: 0s, rate: 100/s, phase: calm }, { at: 20s, rate: 400/s, shape: step, phase: peak }] }
stations:
  web: { servers: 100, service: 20ms, limit: { rate: 200/s, burst: 20 } }
requests: { order: { path: [web] } }
budgets:
  - { id: fast, target: "request:order", window: peak, expect: p50 < 10ms }
  - { id: served, target: "*", window: peak, expect: [availability > 99%, errors < 1%] }
`,
  });
  const links = findings.chain.map(({ kind, component, because }) => [kind, component, because]);
  expect(links.filter(([kind]) => kind === 'shedding')).toHaveLength(1);
  const shedding = links.findIndex(([kind]) => kind === 'shedding');
  expect(links.filter(([kind]) => kind === 'budget-broken').sort()).toEqual([
    ['budget-broken', 'fast: p50 < 10ms', null],
    ['budget-broken', 'served: availability > 99%', shedding],
    ['budget-broken', 'served: errors < 1%', shedding],
  ]);
});

test('nothing gave way: no chain', () => {
  const calm = POOL.replace('400/s, shape: step', '110/s, shape: step');
  expect(findingsOf({ text: calm }).chain).toEqual([]);
});
