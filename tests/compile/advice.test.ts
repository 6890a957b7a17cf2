import { describe, expect, test } from 'vitest';
import { formatRate, formatShare } from '../../src/base/format.ts';
import type { Diagnostic } from '../../src/base/diagnostics.ts';
import { adviseOn } from '../../src/compile/advice.ts';
import { unloadedTimes } from '../../src/compile/unloaded.ts';
import type { Budget, Scenario, Station } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import {
  balance,
  bucket,
  call,
  constant,
  delay,
  desk,
  exponential,
  ms,
  pool,
  request,
  scenario,
  seconds,
  serve,
  station,
} from './build.ts';

function advice(from: Scenario): readonly Diagnostic[] {
  const unloaded = unloadedTimes(from, { files: build.NO_FILES, draws: 2000 });
  return adviseOn(from, { files: build.NO_FILES, unloaded });
}

const codes = (from: Scenario): string[] => advice(from).map(({ code }) => code);

/** The advice with this code; there must be exactly one. */
function the(code: string, from: Scenario): Diagnostic {
  const found = advice(from).filter((each) => each.code === code);
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** Gateways in front of a service: 0.4 ms of eight cores each, a bucket of 10k/s with a burst of 2,000. */
function gateways(ratePerSec: number, rest: Partial<Station> = {}): Scenario {
  const limits = [bucket(10_000, { burst: 2000 })];
  const operations = { proxy: [serve(exponential(0.4 * ms)), build.forward] };
  return scenario({
    stations: {
      gateway: station({ replicas: 50, servers: 8, limits, operations, ...rest }),
      order: desk({ replicas: 200, servers: 4 }),
    },
    requests: { create: request(['gateway.proxy', 'order']) },
    ratePerSec,
  });
}

describe('limiters and servers at the peak', () => {
  test('50 gateways × 10k/s shed half of 1M/s; behind them the orders hold', () => {
    const { message, help, severity, file } = the('HF611', gateways(1e6));
    expect(message).toContain('gateway.limit sheds 50%');
    expect(message).toContain('1M/s are offered, it admits 500k/s (50 × 10k/s)');
    // At 20k/s each their cores would be full.
    expect(help).toBe('to admit everyone: 100 replicas');
    expect(severity).toBe('warning');
    expect(file).toBe('stations.gateway.limit');
    // 1M/s would need 400 of the gateways' 400 cores and 1000 of 800 behind: only the limiter keeps them from it.
    const kept = advice(gateways(1e6)).filter(({ code }) => code === 'HF602');
    expect(kept.map(({ message }) => message.split(' ')[0])).toEqual(['gateway', 'order']);
    expect(codes(gateways(400_000))).toEqual([]);
  });

  test('without a limiter the gateways need 72 replicas at the peak and have 50', () => {
    const from = gateways(1.0001e6, { limits: [] });
    const stations = { ...from.stations, order: desk({ replicas: 400, servers: 4 }) };
    const { message, help } = the('HF601', { ...from, stations });
    expect(message).toContain('gateway is overloaded');
    expect(help).toContain('it needs 72 replicas at the peak to stay at 70%, and has 50');
  });

  test('little room at the peak is worth a word', () => {
    expect(codes(gateways(900_000, { limits: [], replicas: 52 }))).toContain('HF603');
    expect(codes(gateways(600_000, { limits: [] }))).toEqual([]);
  });

  test('a second limiter hears only what the first lets through', () => {
    const from = gateways(1e6);
    const stations = { ...from.stations, order: desk({ replicas: 200, servers: 8, limits: [bucket(2600)] }) };
    expect(codes({ ...from, stations }).filter((code) => code === 'HF611')).toHaveLength(1);
    const tight = { ...from.stations, order: desk({ replicas: 200, servers: 8, limits: [bucket(2400)] }) };
    const second = advice({ ...from, stations: tight }).filter(({ code }) => code === 'HF611')[1]!;
    expect(second.message).toContain('order.limit sheds 4% at the peak');
    expect(second.message).toContain('500k/s are offered (1M/s if nothing in front shed), it admits 480k/s');
  });

  test('a limiter that is spared by the one in front says so', () => {
    const { message, severity } = the('HF612', {
      ...gateways(1e6),
      stations: {
        ...gateways(1e6).stations,
        order: desk({ replicas: 200, servers: 8, limits: [bucket(2600)] }),
      },
    });
    expect(message).toContain('1M/s would be offered, 500k/s come, it admits 520k/s (200 × 2.6k/s)');
    expect(severity).toBe('info');
  });

  test('a limiter is judged by what asks it: share of the class, probability of the branch, scope', () => {
    const halves: build.AnyStep = {
      verb: 'choose',
      options: [0.25, 0.75].map((share, i) => ({ share, steps: i === 0 ? [call('db')] : [] })),
    };
    const from = (scope: 'replica' | 'service', ratePerSec: number) =>
      scenario({
        stations: {
          front: station({ operations: { read: [halves], skip: [] } }),
          db: desk({ replicas: 4, servers: 100, limits: [bucket(ratePerSec, { scope })] }),
        },
        requests: { read: request(['front.read']), skip: request(['front.skip']) },
        ratePerSec: 8000,
      });
    // 8,000/s × ½ × ¼ = 1,000/s come to db.
    expect(the('HF611', from('service', 800)).message).toContain(
      '1k/s are offered, it admits 800/s (in all)',
    );
    expect(the('HF611', from('replica', 200)).message).toContain('it admits 800/s (4 × 200/s)');
    expect(codes(from('service', 1000))).toEqual([]);
    expect(codes(from('replica', 250))).toEqual([]);
  });

  test('limiters of one station are asked one after the other', () => {
    const limits = [bucket(100), bucket(150)];
    const row = (order: typeof limits) =>
      advice(
        scenario({
          stations: { desk: desk({ servers: 10, limits: order }) },
          requests: { r: request(['desk']) },
          ratePerSec: 300,
        }),
      ).map(({ code, file }) => [code, file]);
    expect(row(limits)).toEqual([
      ['HF611', 'stations.desk.limit.0'],
      ['HF612', 'stations.desk.limit.1'],
    ]);
    expect(row(limits.toReversed())).toEqual([
      ['HF611', 'stations.desk.limit.0'],
      ['HF611', 'stations.desk.limit.1'],
    ]);
  });

  test('a global limiter is asked by all its stations', () => {
    const limits = [bucket(500, { scope: 'global', name: 'shared' })];
    const { message } = the(
      'HF611',
      scenario({
        stations: { a: desk({ servers: 10, limits }), b: desk({ servers: 10, limits }) },
        requests: { r: request(['a', 'b']) },
        ratePerSec: 400,
      }),
    );
    expect(message).toContain('shared sheds 27.53%'); // asked 400 (1 + s) and admits s of it: s = 72.47 %
  });

  test.each([
    [4, 300],
    [10, 800],
    [1000, 90_000],
  ])('%d turns through one limiter: what it sheds early does not come again', (turns, ratePerSec) => {
    // The share s it lets through: 100/s × (1 + s + … + s^(turns − 1)) come to it, and s of them is its rate.
    let [low, high] = [0, 1];
    for (let n = 0; n < 60; n++) {
      const s = (low + high) / 2;
      if ((100 * s * (1 - s ** turns)) / (1 - s) > ratePerSec) high = s;
      else low = s;
    }
    const from = scenario({
      stations: {
        app: station({ operations: { ask: [build.repeat('constant', turns, call('db'))] } }),
        db: desk({ servers: 1000, limits: [bucket(ratePerSec)] }),
      },
      requests: { r: request(['app.ask']) },
      ratePerSec: 100,
    });
    expect(codes(from)).toEqual(['HF611']);
    const { message } = the('HF611', from);
    expect(message).toContain(`db.limit sheds ${formatShare(1 - low)} `);
    expect(message).toContain(
      `${formatRate(ratePerSec / low)} are offered (${formatRate(100 * turns)} if it`,
    );
  });

  test('what is shed behind a reply keeps nobody from going on', () => {
    const from = (late: boolean) =>
      scenario({
        stations: {
          front: station({ operations: { ask: [call('app.run'), call('db')] } }),
          app: station({
            operations: { run: late ? [build.reply, call('log')] : [call('log'), build.reply] },
          }),
          log: desk({ servers: 10, limits: [bucket(10)] }),
          db: desk(),
        },
        requests: { r: request(['front.ask']) },
        ratePerSec: 1200,
      });
    expect(codes(from(true))).toEqual(['HF611', 'HF601']); // 1.2 servers of work come to the one of db
    expect(codes(from(false))).toEqual(['HF611', 'HF602']);
  });

  test('a replica that gets more than its share sheds while the others have tokens left', () => {
    const balanced = balance('random', { weights: [3, 1] });
    const { message, help } = the(
      'HF611',
      scenario({
        stations: { desk: desk({ replicas: 2, servers: 10, balance: balanced, limits: [bucket(60)] }) },
        requests: { r: request(['desk']) },
        ratePerSec: 100,
      }),
    );
    expect(message).toContain('desk.limit sheds 15%'); // 75/s come to one that admits 60/s
    expect(help).toContain('75/s each');
  });

  test('the peak is the highest moment of the curve, found per station', () => {
    const curve = [
      { atNs: 0, ratePerSec: 100, shape: 'step', phase: null },
      { atNs: 30 * seconds, ratePerSec: 1200, shape: 'linear', phase: null },
      { atNs: 40 * seconds, ratePerSec: 100, shape: 'linear', phase: null },
    ] as const;
    const from = scenario({ stations: { desk: desk() }, requests: { r: request(['desk']) } });
    const traffic = [{ ...build.openTraffic(1, { r: 1 }), curve }];
    expect(the('HF601', { ...from, traffic }).message).toContain('(t = 30s)');
  });

  test('a hot key overloads its replica while the others idle', () => {
    const popular = balance('key-hash', { keys: { count: 100, zipf: 2 } });
    const hot = (ratePerSec: number) =>
      scenario({
        stations: { redis: desk({ replicas: 10, balance: popular }) },
        requests: { r: request(['redis']) },
        ratePerSec,
      });
    // The most popular of 100 keys has 61 % of the visits: 2,000/s put 1.2 servers of work on one.
    expect(the('HF604', hot(2000)).message).toContain('the hottest replica of redis');
    expect(codes(hot(500))).toEqual([]);
  });
});

describe("threads and connections by Little's law", () => {
  const layered = (ratePerSec: number, rest: Partial<Station> = {}) =>
    scenario({
      stations: {
        order: station({
          replicas: 4,
          threads: build.threads(10),
          operations: { run: [call('db')] },
          ...rest,
        }),
        db: desk({ replicas: 2, servers: 32, service: exponential(20 * ms), pool: pool(2) }),
      },
      requests: { r: request(['order.run']) },
      ratePerSec,
    });

  test('pool: 200/s × 20 ms are 4 connections, one half of one for each of 8 pairs', () => {
    expect(codes(layered(200))).toEqual([]);
    // 1,200/s: 24 connections over 8 pairs are 3 each, of 2.
    const { message, file } = the('HF622', layered(1200));
    expect(message).toContain('each replica of order keeps 2 connections to each replica of db and needs 3');
    expect(message).toContain('150/s × 20ms');
    expect(file).toBe('stations.db.pool');
  });

  test('threads: 2,200/s × 20 ms / 4 replicas are 11 threads of 10', () => {
    const { message } = the('HF621', layered(2200));
    expect(message).toContain('each replica of order has 10 threads and needs 11');
    expect(message).toContain('550/s × 20ms');
  });
});

describe('calls', () => {
  const chain = (outer: Parameters<typeof call>[1], inner: Parameters<typeof call>[1], ratePerSec = 10) =>
    scenario({
      stations: {
        front: station({ operations: { ask: [call('middle.run', outer)] } }),
        middle: station({ operations: { run: [delay(constant(ms)), call('back', inner)] } }),
        back: desk({ servers: 10, service: constant(10 * ms) }),
      },
      requests: { r: request(['front.ask'], { timeoutNs: 1 * seconds }) },
      ratePerSec,
    });

  test('retries on two levels multiply', () => {
    const twice = { retry: build.retry(3) };
    const { message, file } = the('HF631', chain(twice, twice));
    expect(message).toContain('each r request can call it 9 times');
    expect(message).toContain('middle.run > back');
    expect(file).toBe('stations.middle.operations.run.1');
    expect(codes(chain(twice, {}))).toEqual([]);
    expect(codes(chain(twice, { retry: build.retry(3, { ratio: 0.1, burst: 10 }) }))).toEqual([]);
    expect(codes(chain(twice, { ...twice, onFailure: 'continue' }))).toEqual([]);
  });

  test('retries that overload what holds without them: safe only below 1 / attempts', () => {
    const { message, help } = the('HF632', chain({}, { retry: build.retry(3) }, 500));
    expect(message).toContain('50% busy');
    expect(message).toContain('150% with 3 attempts');
    expect(help).toContain('33.33%');
    expect(codes(chain({}, { retry: build.retry(3) }, 300))).toEqual([]);
  });

  test('an inner deadline longer than the outer one, and one that never leaves time', () => {
    const { message } = the('HF641', chain({ timeoutNs: 100 * ms }, { timeoutNs: 200 * ms }));
    expect(message).toContain('back may take 200ms, but the caller of middle.run gives up after 100ms');
    expect(the('HF641', chain({}, { timeoutNs: 600 * ms, retry: build.retry(2) })).message).toContain(
      'back may take 600ms × 2 attempts, but the client of r gives up after 1s',
    );
    expect(codes(chain({ timeoutNs: 200 * ms }, { timeoutNs: 100 * ms }))).toEqual([]);
    expect(the('HF642', chain({ timeoutNs: 10 * ms }, {})).message).toContain(
      'times out after 10ms, but takes 11ms',
    );
  });
});

test('a wait for a connection is not covered by the time-out of the call', () => {
  const chain = (acquireTimeoutNs: number | null, attempts: number) =>
    scenario({
      stations: {
        front: station({
          operations: { ask: [call('back', { timeoutNs: 200 * ms, retry: build.retry(attempts) })] },
        }),
        back: desk({ servers: 10, service: constant(10 * ms), pool: pool(10, acquireTimeoutNs) }),
      },
      requests: { r: request(['front.ask'], { timeoutNs: 500 * ms }) },
      ratePerSec: 10,
    });
  expect(the('HF643', chain(400 * ms, 1)).message).toContain(
    'back may wait 400ms for a connection and then take 200ms, but the client of r gives up after 500ms',
  );
  expect(codes(chain(100 * ms, 2))).toEqual(['HF643']);
  expect(codes(chain(300 * ms, 1))).toEqual([]);
  expect(the('HF643', chain(null, 1)).message).toContain('back may wait for ever for a connection');
  expect(codes(chain(null, 3))).toEqual(['HF641']);
});

test('a trace is read once, however many demands are asked for', () => {
  let reads = 0;
  class Counted extends Map<string, string> {
    override get(name: string): string | undefined {
      reads++;
      return super.get(name);
    }
  }
  const files = new Counted([['t.csv', 'at\n1\n2\n']]);
  const trace: Scenario['traffic'][number] = {
    model: 'trace',
    file: 't.csv',
    mix: [{ atNs: 0, shares: { create: 1 } }],
    regions: [{ atNs: 0, shares: { east: 1 } }],
  };
  const from = gateways(1e6);
  adviseOn({ ...from, traffic: [...from.traffic, trace] }, { files, unloaded: [] });
  expect(reads).toBe(1);
});

test('without traffic there is nothing to say about capacities', () => {
  for (const ratePerSec of [0, 1e-9]) {
    const said = advice(gateways(ratePerSec));
    expect(said).toEqual([]);
  }
});

describe('budgets', () => {
  const budget = (rest: Partial<Budget>): Budget => ({
    id: 'latency',
    target: 'request:r',
    expect: [{ metric: 'p95', op: '<', limit: 100 * ms, text: 'p95 < 100ms' }],
    window: null,
    level: 'error',
    minSamples: 1,
    why: null,
    warn: [],
    confidence: 0.95,
    baseline: null,
    abort: null,
    owner: null,
    runbook: null,
    ...rest,
  });
  const from = (meanNs: number, rest: Partial<Budget> = {}) => ({
    ...scenario({
      stations: { desk: desk({ servers: 100, service: constant(meanNs) }) },
      requests: { r: request(['desk']) },
      ratePerSec: 10,
    }),
    budgets: [budget(rest)],
  });

  test('out of reach when nobody else is there: 113 ms can never be below 100 ms', () => {
    const { message, file } = the('HF651', from(113 * ms));
    expect(message).toContain('p95 is 113ms with nobody else in the system');
    expect(file).toBe('budgets.0.expect.0');
    expect(codes(from(100 * ms))).toEqual(['HF651']);
    expect(codes(from(99 * ms))).toEqual([]);
    expect(codes(from(113 * ms, { target: 'request:*' }))).toEqual(['HF651']);
    expect(codes(from(113 * ms, { target: 'request:other' }))).toEqual([]);
  });

  test('a limit that may be met exactly, and limits of other things', () => {
    const expecting = (metric: string, op: '<=' | '>', limit: number) => ({
      expect: [{ metric, op, limit, text: '' }],
    });
    expect(codes(from(100 * ms, expecting('mean', '<=', 100 * ms)))).toEqual([]);
    expect(codes(from(101 * ms, expecting('mean', '<=', 100 * ms)))).toEqual(['HF651']);
    expect(codes(from(101 * ms, expecting('p99', '>', 100 * ms)))).toEqual([]);
    expect(codes(from(101 * ms, expecting('errors', '<=', 0)))).toEqual([]);
  });

  test('a phase that begins when the run is over', () => {
    const late = (atNs: number) => {
      const curve = [
        { atNs: 0, ratePerSec: 10, shape: 'step', phase: null },
        { atNs, ratePerSec: 10, shape: 'linear', phase: 'peak' },
      ] as const;
      return { ...from(ms, { window: 'peak' }), traffic: [{ ...build.openTraffic(1, { r: 1 }), curve }] };
    };
    expect(codes(late(100 * seconds))).toEqual(['HF652']);
    expect(codes(late(99 * seconds))).toEqual([]);
  });
});
