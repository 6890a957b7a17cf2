/** Mistakes that other simulators make about time-outs, retries and the end of a run. */
import { describe, expect, test } from 'vitest';
import { findingsOf } from './world.ts';

const trace = (instants: readonly number[]): Record<string, string> => ({
  'arrivals.csv': ['at', ...instants, ''].join('\n'),
});

describe('time-outs are timers', () => {
  const text = `
scenario: timers
clock: { lasts: 100ms, warmUp: 0s, window: 100ms }
traffic: { trace: { csv: arrivals.csv } }
stations:
  front: { operations: { go: [{ call: desk, timeout: 15ms }] } }
  desk: { servers: 1, service: 40ms }
requests: { view: { path: [front.go] } }
`;

  test('who waits too long for a thread leaves the queue when the timer fires, not when its turn would come', () => {
    const queue = text.replace(
      '{ servers: 1, service: 40ms }',
      '{ servers: 1, service: 40ms, threads: { count: 1, acquireTimeout: 15ms } }',
    );
    const set = ['requests.view.path=[desk]'];
    const { stations, requests, checks } = findingsOf({ text: queue, set, files: trace([0, 0.001, 0.002]) });
    const threads = stations.find(({ role, phase }) => role === 'threads' && phase === null);
    // Two wait 15 ms each; at their turn, 40 and 80 ms, they would have waited 39 + 78.
    expect(threads?.abandoned).toBe(2);
    expect(threads?.waitingJobsMean).toBeCloseTo((15 + 15) / 100, 9);
    expect(requests[0]?.failures).toMatchObject({ abandoned: 2 });
    expect(requests[0]).toMatchObject({ offered: 3, good: 1 });
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('who leaves does not stop the work: it is done, and seen to be wasted', () => {
    const { stations, calls, requests } = findingsOf({ text, files: trace([0, 0.001]) });
    const desk = stations.find(({ group, phase }) => group === 'desk' && phase === null);
    expect(calls[0]).toMatchObject({ attempts: 2, timedOut: 2 });
    expect(requests[0]).toMatchObject({ offered: 2, good: 0, failures: { timedOut: 2 } });
    // Both callers are gone after 16 ms; the desk works until 80.
    expect(desk?.utilization).toBeCloseTo(0.8, 9);
    expect(desk?.throughputPerSec).toBe(20);
    expect(requests[0]?.goodPerSec).toBe(0);
  });

  test('a client that has left gets a late answer, which is no good one', () => {
    const set = ['requests.view={ path: [desk], timeout: 15ms }'];
    const { requests } = findingsOf({ text, set, files: trace([0]) });
    expect(requests[0]).toMatchObject({ offered: 1, good: 0, completedPerSec: 10, goodPerSec: 0 });
  });
});

describe('a retry budget bounds retries however they come', () => {
  /** A thousand requests within a millisecond, whose calls all fail at once. */
  const burst = trace(Array.from({ length: 1000 }, (_, index) => index / 1e6));
  const site = (retry: string): string => `
scenario: burst
clock: { lasts: 1s, warmUp: 0s, window: 1s }
traffic: { trace: { csv: arrivals.csv } }
stations:
  front: { operations: { go: [{ call: desk.lose, retry: ${retry} }] } }
  desk: { servers: unlimited, operations: { lose: [{ delay: 5ms }, { fail: 100% }] } }
requests: { view: { path: [front.go] } }
`;
  const callOf = (retry: string) => findingsOf({ text: site(retry), files: burst }).calls[0]!;

  test('a burst of 1000 failures spends what is saved up and not one retry more', () => {
    expect(callOf('{ attempts: 4, budget: { ratio: 10%, burst: 20 } }')).toMatchObject({
      attempts: 1020,
      retries: 20,
      deniedByBudget: 1000,
      failed: 1000,
    });
  });

  test('retries that wait in their back-off are paid for already', () => {
    for (const base of ['1us', '100ms']) {
      const call = callOf(
        `{ attempts: 4, backoff: { base: ${base}, jitter: none }, budget: { ratio: 10%, burst: 20 } }`,
      );
      expect(call.retries, `back-off ${base}`).toBe(20);
    }
  });

  test('without a budget every failure is repeated', () => {
    expect(callOf('{ attempts: 4 }')).toMatchObject({ attempts: 4000, retries: 3000, deniedByBudget: 0 });
  });

  test('spread over time, first attempts earn their share', () => {
    const spread = trace(Array.from({ length: 100 }, (_, index) => index / 100));
    const { calls } = findingsOf({
      text: site('{ attempts: 9, budget: { ratio: 10%, burst: 2 } }'),
      files: spread,
    });
    // Two saved up; the first request earns nothing more, as the budget is full; each other one earns a tenth.
    expect(calls[0]!.retries).toBeLessThanOrEqual(2 + 0.1 * 100);
    expect(calls[0]!.retries).toBeGreaterThanOrEqual(11);
  });
});

describe('the end of a run', () => {
  const text = `
scenario: horizon
clock: { lasts: 100ms, warmUp: 0s, window: 100ms }
traffic: { trace: { csv: arrivals.csv } }
stations: { desk: { servers: 1, service: 400ms } }
requests: { view: { path: [desk] } }
`;
  const files = trace(Array.from({ length: 100 }, (_, index) => index / 1000));

  test('whoever is inside at the horizon is waited for, and counted with all of their time', () => {
    const { requests, stop } = findingsOf({ text, files });
    // The n-th of 100 leaves after n × 400 ms: the last one 40 s after the horizon.
    expect(stop.reason).toBe('completed');
    expect(requests[0]).toMatchObject({ offered: 100, good: 100, censored: 0 });
    expect(requests[0]?.latency.maxNs).toBeGreaterThan(39e9);
  });

  test('whoever is still inside when waiting ends is censored: offered, and neither good nor failed', () => {
    const { requests, stop } = findingsOf({ text, files, set: ['stations.desk.service=1s'] });
    const { offered, good, censored, failures, availability } = requests[0]!;
    expect(stop).toMatchObject({ reason: 'drain-limit', truncated: false });
    expect(offered).toBe(100);
    expect(censored).toBeGreaterThan(30);
    expect(Object.values(failures).every((count) => count === 0)).toBe(true);
    expect(good + censored).toBe(100);
    expect(availability).toBeCloseTo(good / 100, 12);
  });
});

describe('the seed', () => {
  const text = `
scenario: seeds
clock: { lasts: 1s, warmUp: 0s }
traffic: { rate: 100/s }
stations: { desk: { servers: 1, service: { exponential: 1ms } } }
requests: { view: { path: [desk] } }
`;
  const of = (...set: string[]) => findingsOf({ text, set });

  test('is always the same one unless said, and the result names it', () => {
    const first = of();
    expect(first.scenario.seed).toBe('hongfeng');
    expect(of()).toEqual(first);
    expect(of('seed=hongfeng')).toEqual(first);
  });

  test('0 is a seed like any other: not the clock, not the default', () => {
    const zero = of('seed=0');
    expect(zero.scenario.seed).toBe('0');
    expect(of('seed=0')).toEqual(zero);
    expect(of('seed="0"')).toEqual(zero);
    const means = [zero, of(), of('seed=1'), of('seed=00')].map(
      ({ requests }) => requests[0]!.latency.meanNs,
    );
    expect(new Set(means).size).toBe(4);
  });
});

test('calls are counted in the measured time: neither in the warm-up nor while the run drains', () => {
  const { calls } = findingsOf({
    text: `
scenario: measured
clock: { lasts: 10s, warmUp: 5s, window: 1s }
traffic: { rate: 10/s, arrivals: deterministic }
stations:
  front: { operations: { go: [{ call: desk, timeout: 2500ms }] } }
  desk: { servers: unlimited, service: 1h }
requests: { view: { path: [front.go] } }
`,
  });
  // Ten a second from −4.9 s on; each leaves after 2.5 s, those of the last 2.5 s behind the end.
  expect(calls).toMatchObject([{ attempts: 100, timedOut: 100, failed: 100, retries: 0 }]);
});
