/** Exact machines, exact traces: every instant below is worked out by hand. */
import { expect, test } from 'vitest';
import type { Measurements } from '../../src/run/measurements.ts';
import type { CallSite, Model } from '../../src/model/model.ts';
import { Run } from '../../src/run/run.ts';
import { assemble, group, regular, SECOND, Table, trace, type Instruction } from './assemble.ts';

const MS = 1e6;

function runToEnd(model: Model): Measurements {
  const run = new Run(model);
  while (run.advance(1_000) === 'more');
  return run.measurements();
}

const serve = (a: number, ms: number, c: number): Instruction => ({
  op: 'SERVE',
  a,
  c,
  d: Table.constant,
  x: ms * MS,
});
const pause = (ms: number): Instruction => ({ op: 'PAUSE', x: ms * MS });
const total = (series: Float64Array): number => series.reduce((sum, value) => sum + value, 0);

test('D/D/1 overload: arrivals every 2 ms, service 3 ms, 100 requests (case T09)', () => {
  const arrivals = Array.from({ length: 100 }, (_, i) => (i + 1) * 2 * MS);
  const result = runToEnd(
    assemble({
      lastsNs: SECOND,
      groups: [group('q')],
      sources: [trace(arrivals)],
      instructions: [serve(0, 3, 1), { op: 'END' }],
    }),
  );
  const waits = result.groups[0]!.waits[0]!;
  expect(waits.maxNs).toBe(99 * MS);
  expect(waits.meanNs()).toBe(49.5 * MS);
  expect(waits.quantileNs(0.95)! / MS).toBeCloseTo(94, 0);
  // 34 jobs in the system at once: one in service, the others wait.
  expect(result.groups[0]!.waitingJobsMax[0]).toBe(33);
  expect(result.stop).toMatchObject({ reason: 'completed', atNs: SECOND });
});

test('LIFO serves the youngest of those who wait', () => {
  const requests = [0, 1, 2, 3].map((ms) => ms * MS);
  const result = runToEnd(
    assemble({
      lastsNs: SECOND,
      groups: [group('q', { discipline: 'lifo' })],
      sources: [trace(requests)],
      instructions: [serve(0, 10, 1), { op: 'END' }],
    }),
  );
  // Served at 0, then (came at 3) at 10, (2) at 20, (1) at 30.
  expect(result.groups[0]!.waits[0]!.sumNs).toBe((0 + 7 + 18 + 29) * MS);
});

test('priority lets the important overtake, but interrupts nobody', () => {
  const model = assemble({
    lastsNs: SECOND,
    groups: [group('q', { discipline: 'priority', levels: 2 })],
    sources: [trace([0, 1 * MS, 2 * MS], [1, 1, 0])],
    classes: [
      { name: 'vip', start: 0, priority: 0, timeout: -1, value: null },
      { name: 'rest', start: 0, priority: 1, timeout: -1, value: null },
    ],
    instructions: [serve(0, 10, 1), { op: 'END' }],
  });
  const result = runToEnd(model);
  expect(result.classes[0]!.sumNs[0]).toBe((20 - 2) * MS);
  expect(result.classes[1]!.sumNs[0]).toBe((10 + (30 - 1)) * MS);
});

test('processor sharing: two jobs of 10 ms, the second 5 ms later, end at 15 and 20 ms', () => {
  const result = runToEnd(
    assemble({
      lastsNs: SECOND,
      groups: [group('cpu', { discipline: 'ps' })],
      sources: [trace([0, 5 * MS])],
      instructions: [{ op: 'SHARE', a: 0, c: 1, d: Table.constant, x: 10 * MS }, { op: 'END' }],
    }),
  );
  expect(result.classes[0]!.sumNs[0]).toBe((15 + 15) * MS);
  expect(result.groups[0]!.busyNs[0]).toBe(20 * MS);
});

test('a full waiting room rejects at once and the request fails as rejected', () => {
  const result = runToEnd(
    assemble({
      lastsNs: SECOND,
      groups: [group('q', { waitingRoomMax: 1 })],
      sources: [trace([0, 1 * MS, 2 * MS, 3 * MS])],
      instructions: [serve(0, 10, 1), { op: 'END' }],
    }),
  );
  expect(result.classes[0]!.good[0]).toBe(2);
  expect(result.classes[0]!.failures[2]![0]).toBe(2);
  expect(result.groups[0]!.rejected[0]).toBe(2);
});

test('a thread is held during the call behind it; whoever waits too long leaves the queue when its timer fires', () => {
  const result = runToEnd(
    assemble({
      lastsNs: SECOND,
      groups: [group('threads', { role: 'threads' })],
      sources: [trace([0, 1 * MS, 2 * MS])],
      timeoutsNs: [12 * MS],
      instructions: [
        { op: 'ACQUIRE', a: 0, c: 4, d: 0 },
        pause(10),
        { op: 'RELEASE', a: 0 },
        { op: 'END' },
        { op: 'END' },
      ],
    }),
  );
  // The first holds 0–10, the second 10–20 after waiting 9; the third gives up at 14, having waited 12.
  expect(result.groups[0]!.abandoned[0]).toBe(1);
  expect(result.classes[0]!.failures[3]![0]).toBe(1);
  expect(result.classes[0]!.sumNs[0]).toBe((10 + 19) * MS);
  expect(result.groups[0]!.waitingNs[0]).toBe((9 + 12) * MS);
});

test('a token bucket of rational rate is exact: burst 1 at 100/s passes every other request of 125/s (case R04)', () => {
  const result = runToEnd(
    assemble({
      lastsNs: 8 * SECOND,
      limiters: [
        { name: 'limit', station: 0, instanceCount: 1, tokens: 100, perNs: 1e9, burst: 1, scale: 1 },
      ],
      sources: [regular(125, 8 * SECOND)],
      instructions: [{ op: 'LIMIT', a: 0, c: 1 }, { op: 'END' }],
    }),
  );
  const offered = total(result.classes[0]!.offered);
  expect(total(result.classes[0]!.good) / offered).toBeCloseTo(0.5, 2);
  expect(total(result.limiters[0]!.shed)).toBe(total(result.classes[0]!.failures[1]!));
});

const site = (options: Partial<CallSite>): CallSite => ({
  name: 'call',
  inner: false,
  salt: 1,
  start: 0,
  timeout: -1,
  attempts: 1,
  backoff: { baseNs: 0, capNs: 0, jitter: 'none' },
  budget: -1,
  callerRegister: 0,
  station: 0,
  stream: 'call',
  ...options,
});

/** Request: CALL, RESULT, END; failed: END. Callee at 4: work of `ms` on group 0, END. */
function callingModel(
  call: Partial<CallSite>,
  arrivalsMs: readonly number[],
  ms: number,
  timeoutMs: number,
): Model {
  return assemble({
    lastsNs: SECOND,
    groups: [group('callee')],
    sources: [trace(arrivalsMs.map((at) => at * MS))],
    calls: [site({ start: 4, timeout: 0, ...call })],
    retryBudgets: [{ tokens: 1, perAttempts: 10, burst: 2, callerCount: 1 }],
    timeoutsNs: [timeoutMs * MS],
    instructions: [
      { op: 'CALL', a: 0, b: 1 },
      { op: 'RESULT', a: 0, b: 1, c: 3, d: 0 },
      { op: 'END' },
      { op: 'END' },
      serve(0, ms, 5),
      { op: 'END' },
    ],
  });
}

test('the caller leaves at its time-out, the callee works on and keeps its server busy', () => {
  const result = runToEnd(callingModel({}, [0, 1], 10, 15));
  // First: 0–10. Second waits to 10, would end at 20, its caller leaves at 16; the work is done all the same.
  expect(result.classes[0]!.good[0]).toBe(1);
  expect(result.classes[0]!.failures[4]![0]).toBe(1);
  expect(result.groups[0]!.busyNs[0]).toBe(20 * MS);
  expect(result.calls[0]).toMatchObject({ attempts: 2, retries: 0, timedOut: 1, failed: 1 });
});

test('retries wait base × 2^(n−1), at most the cap, and count attempts', () => {
  const result = runToEnd(
    callingModel({ attempts: 4, backoff: { baseNs: 4 * MS, capNs: 6 * MS, jitter: 'none' } }, [0], 100, 10),
  );
  // Attempts at 0, 14, 30, 46; each leaves after 10 ms; the callee's single server is busy with orphans throughout.
  expect(result.calls[0]).toMatchObject({ attempts: 4, retries: 3, timedOut: 4, failed: 1 });
  expect(result.groups[0]!.arrivals[0]).toBe(4);
  expect(result.totals.inside).toBe(0);
});

test('a retry budget lets pass what was earned and no more', () => {
  // Ten requests, all fail. The full budget pays two retries; 10 % of the eight others never add up to a third.
  const arrivals = Array.from({ length: 10 }, (_, i) => i * 50);
  const result = runToEnd(callingModel({ attempts: 2, budget: 0 }, arrivals, 1000, 10));
  expect(result.calls[0]!.retries).toBe(2);
  expect(result.calls[0]!.deniedByBudget).toBe(8);
});

test('parallel branches: all waits for the slowest, any for the fastest success', () => {
  for (const [join, endsMs] of [
    ['all', 30],
    ['any', 10],
  ] as const) {
    const result = runToEnd(
      assemble({
        lastsNs: SECOND,
        sources: [trace([0])],
        forks: [{ starts: [4, 6], counts: [1, 1], join, salt: 1 }],
        instructions: [
          { op: 'FORK', a: 0, b: 1 },
          { op: 'JOINED', a: 0, b: 1, c: 3 },
          { op: 'END' },
          { op: 'END' },
          pause(10),
          { op: 'END' },
          pause(30),
          { op: 'END' },
        ],
      }),
    );
    expect(result.classes[0]!.sumNs[0]).toBe(endsMs * MS);
    expect(result.totals).toMatchObject({ started: 1, ended: 1, inside: 0 });
  }
});

test('the end-to-end deadline settles the request once; a success after it is late, not good', () => {
  const result = runToEnd(
    assemble({
      lastsNs: SECOND,
      sources: [trace([0])],
      timeoutsNs: [5 * MS],
      classes: [{ name: 'request', start: 0, priority: 0, timeout: 0, value: null }],
      instructions: [pause(9), { op: 'END' }],
    }),
  );
  const [requests] = result.classes;
  expect([requests!.good[0], requests!.late[0], requests!.failures[4]![0]]).toEqual([0, 1, 1]);
});

test('loops turn as often as told, and each turn draws anew', () => {
  const result = runToEnd(
    assemble({
      lastsNs: SECOND,
      groups: [group('q')],
      sources: [trace([0])],
      instructions: [
        { op: 'LOOP', b: 1, c: 0 },
        { op: 'SERVE', a: 0, c: 3, d: Table.exponential, x: MS },
        { op: 'NEXT', a: 1, b: 1, c: 0, d: 5 },
        { op: 'END' },
      ],
    }),
  );
  expect(result.groups[0]!.departures[0]).toBe(5);
  const distinct = result.groups[0]!.sojourns[0]!.counts.filter((count) => count > 0).length;
  expect(distinct).toBeGreaterThan(3);
});

test('a queue that runs away stops the run, with the station and the second it began', () => {
  const run = new Run(
    assemble({
      lastsNs: 100 * SECOND,
      windowNs: SECOND,
      groups: [group('slow')],
      sources: [regular(1000, 100 * SECOND)],
      instructions: [serve(0, 10, 1), { op: 'END' }],
    }),
    { slotsMax: 8192 },
  );
  while (run.advance(10_000) === 'more');
  const { stop, totals, classes } = run.measurements();
  expect(stop.reason).toBe('runaway');
  expect(stop.runaway).toMatchObject({ group: 0, sinceNs: 0 });
  expect(totals.started).toBe(totals.ended + totals.inside);
  expect(classes[0]!.censored).toBe(totals.inside);
});
