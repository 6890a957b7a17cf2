import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import type { CapacityDocument } from '../../src/study/capacity-document.ts';
import { fakeIo, LONG, run, type FakeIo, type FakeOptions } from './fake-io.ts';

/** M/M/2 per replica: two replicas of it hold some 1.3 times their traffic. */
const DESK = `scenario: desk
clock: { lasts: 30s, warmUp: 2s }
traffic: { rate: 500/s }
stations:
  desk: { servers: 2, replicas: 2, service: { exponential: 5ms } }
requests:
  buy: { path: [desk] }
budgets:
  - { id: tail, target: "request:buy", expect: p99 < 50ms }
`;
const FAST = ['--precision', '10%'];

function withSite(text: string, options: FakeOptions = {}): FakeIo {
  const io = fakeIo(options);
  io.writeText('site.yaml', text);
  return io;
}

const capacity = (io: FakeIo, ...options: string[]) => run(io, 'capacity', 'site.yaml', ...options);

async function foundOf(io: FakeIo, ...options: string[]): Promise<CapacityDocument> {
  const { stdout, stderr } = await capacity(io, '--json', ...options);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as CapacityDocument;
}

describe('capacity', () => {
  test('says up to which load it holds, what breaks then and the curve, in 80 columns; writes capacity.json', async () => {
    const io = withSite(DESK);
    const { code, stdout, stderr } = await capacity(io, ...FAST, '--without', 'desk:1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/\n✓ HOLDS UP TO ×1\.[1-4]\d* THE TRAFFIC\n/);
    expect(stdout).toMatch(
      /At ×1\.[2-5]\d* tail breaks: P99 of buy is \d+\.\d ms, and it must be < 50\.0 ms\./,
    );
    expect(stdout).toMatch(/Nearest its limit there: desk, \d\d\.\d % used/);
    expect(stdout).toMatch(/KNEE CURVE {2}P99 of buy/);
    expect(stdout).toMatch(/✗ {2}desk −1 of 2 +BROKEN +×0\.\d+/);
    expect(io.names()).toEqual(['reports/desk/capacity.json', 'site.yaml']);
    expect(await foundOf(withSite(DESK), ...FAST, '--without', 'desk:1')).toEqual(
      JSON.parse(io.readText('reports/desk/capacity.json')),
    );
  });

  test('the bound is where the loads say so, with an interval around it; peak and plan go with the multiplier', async () => {
    const { bound, points, replications, search, plannedPeakPerSec } = await foundOf(withSite(DESK), ...FAST);
    if (bound.kind !== 'bound') throw new Error(bound.kind);
    const [lower, upper] = bound.interval;
    expect(lower).toBeLessThanOrEqual(bound.multiplier);
    expect(upper).toBeGreaterThanOrEqual(bound.beyond);
    expect(bound.beyond).toBeLessThanOrEqual(bound.multiplier * 1.1);
    expect(replications).toMatchObject({ perLoad: 5, stoppedBy: null });
    expect(search).toEqual({
      ...{ from: 0.1, to: 5, precision: 0.1, holdNs: null, scaled: null },
      ...{ budgets: ['tail'], outOfReach: [], notHeld: [] },
    });
    const used = (multiplier: number) =>
      points.find((each) => each.multiplier === multiplier)?.tightest?.utilizationPeak ?? 0;
    expect(used(1) / used(0.5)).toBeCloseTo(2, 1);
    expect(bound.offeredPeakPerSec / (plannedPeakPerSec ?? 0)).toBeCloseTo(bound.multiplier, 1);
    expect(points.find(({ multiplier }) => multiplier === bound.multiplier)?.verdict).toBe('holds');
    expect(points.find(({ multiplier }) => multiplier === bound.beyond)?.verdict).toBe('broken');
  });

  test('half of the replicas hold half of the load', async () => {
    const { bound, without } = await foundOf(withSite(DESK), ...FAST, '--without', 'desk:1');
    const [half] = without;
    expect(half?.taken).toEqual([{ layer: 'desk', count: 1, of: 2 }]);
    expect(half?.atOne?.verdict).toBe('broken');
    const ratio = (half?.bound?.multiplier ?? 0) / (bound.multiplier ?? 1);
    expect(ratio).toBeGreaterThan(0.38);
    expect(ratio).toBeLessThan(0.55);
  });

  test('a load is what the scenario says with traffic.scale', async () => {
    const { points } = await foundOf(withSite(DESK), '--from', '0.9', '--to', '1.2', ...FAST);
    const { stdout } = await run(withSite(DESK), 'run', 'site.yaml', '--json', '--set', 'traffic.scale=1.2');
    const { requests } = JSON.parse(stdout) as { requests: { latency: { p99Ns: number } }[] };
    const point = points.find(({ multiplier }) => multiplier === 1.2);
    expect(point?.requests[0]?.p99Ns).toBe(requests[0]?.latency.p99Ns);
  });

  test('no result depends on -j or the clock', async () => {
    const first = await foundOf(withSite(DESK, { stepMs: 1 }), ...FAST, '-j', '1');
    expect(await foundOf(withSite(DESK, { stepMs: 500 }), ...FAST, '-j', '2')).toEqual(first);
  });

  test('a budget that no load can meet is set aside, and named; asked for, nothing holds: exit code 96', async () => {
    const text = DESK.replace(
      'expect: p99',
      'expect: p99 < 1h }\n  - { id: never, target: "request:buy", expect: p50',
    );
    const io = withSite(text.replace('p50 < 50ms', 'p50 < 1ms'));
    const { stdout, code } = await capacity(io, ...FAST, '--to', '1x');
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('STILL HOLDS AT ×1 THE TRAFFIC');
    expect(stdout).toContain('Set aside: never.');
    const asked = await capacity(withSite(io.readText('site.yaml')), ...FAST, '--budgets', 'never');
    expect(asked.code).toBe(96);
    expect(asked.stdout).toContain('✗ DOES NOT HOLD AT ×0.1 THE TRAFFIC');
  });

  test('Ctrl-C and --time-limit end it with what is known by then: exit code 105', async () => {
    const io = withSite(LONG.replace('p95 < 1s', 'p95 < 10ms'), {
      onPause: (self, count) => {
        if (count === 40) self.interrupt();
      },
    });
    const { code, stdout } = await capacity(io, '-j', '1', '--reps', '2');
    expect(code).toBe(105);
    expect(stdout).toContain('Stopped before the search came to its end.');
    const early = withSite(LONG, {
      onPause: (self) => {
        self.interrupt();
      },
    });
    const nothing = await capacity(early, '-j', '1');
    expect([nothing.code, nothing.stdout]).toEqual([105, '']);
    expect(nothing.stderr).toContain('nothing to tell');
  });
});

/** Rises to its peak, of which the desk is 69 % of its capacity. */
const RISING = `scenario: rising
clock: { lasts: 60s, warmUp: 2s }
traffic:
  curve:
    - { at: 0s, rate: 100/s, phase: before }
    - { at: 20s, rate: 100/s, phase: ramp }
    - { at: 40s, rate: 500/s, shape: linear, phase: peak }
    - { at: 60s, rate: 500/s }
  mix: { buy: 40%, look: 60% }
stations:
  desk: { servers: 2, replicas: 2, service: { exponential: 5ms } }
requests:
  buy: { path: [desk] }
  look: { path: [desk] }
budgetDefaults: { minSamples: 100 }
budgets:
  - { id: tail, target: "request:buy", window: peak, expect: p95 < 40ms }
  - { id: early, target: "request:buy", window: before, expect: p95 < 1us }
`;

describe('what is multiplied, and for how long', () => {
  const atOne = ['--from', '1x', '--to', '1.0001x', '--reps', '2'];

  test('--hold keeps the planned peak for so long: its rate, mix and phase; other phases are not judged', async () => {
    const found = await foundOf(withSite(RISING), '--hold', '30s', ...atOne);
    expect(found.search).toMatchObject({ holdNs: 30e9, scaled: null, budgets: ['tail'], notHeld: ['early'] });
    expect(found.scenario.lastsNs).toBe(30e9);
    expect(found.phases).toEqual([{ name: 'peak', fromNs: 0, toNs: 30e9 }]);
    const [point] = found.points;
    expect(point?.offeredPerSec).toBeGreaterThan(480);
    expect(point?.offeredPerSec).toBeLessThan(520);
    const { stdout } = await capacity(withSite(RISING), '--hold', '30s', ...atOne);
    expect(stdout).toContain('Each load was held for 30s');
    expect(stdout).toContain('Not judged: early');
  });

  test('--scale multiplies one class alone', async () => {
    const held = ['--hold', '30s', '--precision', '10%', '--reps', '2'];
    const [whole, part] = [
      await foundOf(withSite(RISING), ...held),
      await foundOf(withSite(RISING), ...held, '--scale', 'request:buy'),
    ];
    const of = (found: CapacityDocument, multiplier: number) =>
      found.points.find((each) => each.multiplier === multiplier)?.offeredPerSec ?? Number.NaN;
    // 40 % of 500/s, halved; all of it, halved.
    expect(of(whole, 0.5) / 250).toBeCloseTo(1, 1);
    expect(of(part, 0.5) / 400).toBeCloseTo(1, 1);
    expect(part.search.scaled).toEqual(['buy']);
    // What holds is the same load of the desk: m of all, 1 + 2.5·(m − 1) of two fifths.
    const [all, alone] = [whole.bound.multiplier ?? 0, part.bound.multiplier ?? 0];
    expect(alone / (1 + 2.5 * (all - 1))).toBeGreaterThan(0.85);
    expect(alone / (1 + 2.5 * (all - 1))).toBeLessThan(1.15);
  });

  test('a class whose share of its source changes has no one multiple, unless the peak is held', async () => {
    const text = RISING.replace(
      'mix: { buy: 40%, look: 60% }',
      'mix: [{ at: 0s, shares: { buy: 40%, look: 60% } }, { at: 30s, shares: { buy: 50%, look: 50% } }]',
    );
    const io = withSite(text);
    const refused = await capacity(io, '--scale', 'request:buy', ...atOne);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('changes with time');
    const { points } = await foundOf(withSite(text), '--scale', 'request:buy', '--hold', '20s', ...atOne);
    expect(points.length).toBe(2);
  });

  test('disturbances have their time in the curve, which is not replayed', async () => {
    const text = `${RISING}disturbances:\n  - { id: slow, at: 50s, lasts: 2s, station: desk, capacity: 50% }\n`;
    const { code, stderr } = await capacity(withSite(text), '--hold', '30s');
    expect(code, stderr).toBe(2);
    expect(stderr).toContain("--set 'disturbances=[]'");
  });
});

const USERS = DESK.replace('{ rate: 500/s }', '{ closed: { users: 100, think: { exponential: 200ms } } }');

test('users alone have no peak to hold', async () => {
  const { code, stdout, stderr } = await capacity(withSite(USERS), '--hold', '30s');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('--hold holds the peak of a curve, and closed users have none');
  expect(stderr).toContain('leave --hold out');
});

test('the planned peak of users is told from ×1 alone: they answer to how long they wait', async () => {
  const range = ['--to', '0.9x', '--from', '0.8x', '--reps', '2'];
  const found = await foundOf(withSite(USERS), ...range);
  expect(found.plannedPeakPerSec).toBeNull();
  expect(found.points.length).toBeGreaterThan(0);
  const { stdout } = await capacity(withSite(USERS), ...range);
  expect(stdout).not.toContain('planned are');
  expect((await foundOf(withSite(DESK), ...range)).plannedPeakPerSec).toBeGreaterThan(450);
});

describe('what a load costs', () => {
  /** Broken so surely beyond what it holds that two replications tell. */
  const SHEDDING = DESK.replace('service: {', 'waitingRoom: 20, service: {')
    .replace('rate: 500/s', 'rate: 750/s')
    .replace('lasts: 30s', 'lasts: 100s')
    .replace('p99 < 50ms', 'availability > 99%');

  test('beyond what broke two replications do where they leave no doubt, unless --reps asks for more', async () => {
    const range = [...FAST, '--from', '0.5x', '--to', '1.5x'];
    const { points, bound } = await foundOf(withSite(SHEDDING), ...range);
    const beyond = points.find(({ multiplier }) => multiplier === 1.2);
    expect(bound.multiplier).toBeLessThan(1.1);
    expect(beyond).toMatchObject({ replications: 2, verdict: 'broken', isSure: true });
    const others = points.filter(({ multiplier }) => multiplier < 1.2);
    expect(new Set(others.map(({ replications }) => replications))).toEqual(new Set([5]));
    const asked = await foundOf(withSite(SHEDDING), ...range, '--reps', '5');
    expect(new Set(asked.points.map(({ replications }) => replications))).toEqual(new Set([5]));
    // What is said of the bound is the same.
    expect(asked.bound).toEqual(bound);
  });
});

describe('what cannot be searched', () => {
  test.each([
    [['--without', 'dsk:1'], 'a layer with a similar name exists: "desk"'],
    [['--without', 'desk:2'], 'leaves nothing of desk, which has 2 replicas'],
    [['--without', 'desk:x'], '--without needs LAYER:COUNT'],
    [['--without', 'desk:1,desk:1'], 'names desk twice'],
    [['--budgets', 'tial'], 'one of a similar name exists: "tail"'],
    [['--from', '2x', '--to', '1x'], '--from 2x must be less than --to 1x'],
    [['--to', '3s'], '--to must be a multiple of the traffic'],
    [['--precision', '0.001%'], '--precision must lie between'],
    [['--hold', '60s', '--until', '10s'], '--hold replays no curve'],
    [['--hold', '100ms'], '--hold 100ms is shorter than a window'],
    [['--scale', 'desk'], '--scale must be traffic or request:NAME'],
    [['--scale', 'request:by'], 'one of a similar name exists: "buy"'],
    [['--scale', 'traffic', '--scale', 'request:buy'], 'leave one of them out'],
  ])('%j', async (options, message) => {
    const { code, stdout, stderr } = await capacity(withSite(DESK), ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test('a site without a required budget', async () => {
    const { code, stderr } = await capacity(withSite(DESK.replace('p99 < 50ms', 'p99 < 50ms, level: warn')));
    expect(code).toBe(2);
    expect(stderr).toContain('no budget is required');
  });

  test('a trace, which is replayed as it is', async () => {
    const io = withSite(DESK.replace('{ rate: 500/s }', '{ trace: { csv: t.csv } }'));
    io.writeText('t.csv', 'at\n0.5\n1.5\n');
    const { code, stderr } = await capacity(io);
    expect(code).toBe(2);
    expect(stderr).toContain('traffic from t.csv is replayed as it is');
  });
});
