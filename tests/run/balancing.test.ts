import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import type { Balancer } from '../../src/model/model.ts';
import { balancingBytes } from '../../src/model/policies/balancer-state.ts';
import { Balancers } from '../../src/run/balancers.ts';
import { makeBalancing } from '../../src/run/kernel/balancing.ts';
import { KIT } from '../../src/run/kit.ts';
import { Run } from '../../src/run/run.ts';
import type { Balance, Scenario, Station, Step } from '../../src/scenario/types.ts';
import {
  balance,
  call,
  constant,
  fail,
  ms,
  NO_FILES,
  parallel,
  repeat,
  request,
  retry,
  scenario,
  seconds,
  send,
  serve,
  station,
} from '../compile/build.ts';

const SHARDS = 50;

/** Shards that every request reaches in all ways there are: directly, again and again, by retries and by other callers. */
function shardedSite(policy: Balance['policy'], rest: Partial<Station> = {}): Scenario {
  const work: Step = serve(constant(ms));
  const again = call('db.ask', { timeoutNs: 100 * ms, retry: retry(5), onFailure: 'continue' });
  const asking = [repeat('constant', 4, call('db.ask')), again, send('db.ask')];
  const db = {
    replicas: SHARDS,
    servers: 1,
    balance: balance(policy),
    operations: { ask: [work, fail(0.3)] },
  };
  const calling = call('other.run', { onFailure: 'continue' });
  const mine = asking.map((step) => parallel('any', [step], [step]));
  return scenario({
    stations: {
      app: station({ replicas: 7, servers: 8, operations: { run: [calling, ...mine] }, ...rest }),
      other: station({ replicas: 3, servers: 8, operations: { run: asking } }),
      db: station(db),
    },
    requests: { r: request(['app.run']) },
    traffic: [{ model: 'trace', file: 'one.csv', mix: [{ atNs: 0, shares: { r: 1 } }], regions: [] }],
  });
}

/** Replicas of `db` that worked. */
function replicasUsed(site: Scenario, seed: string): number[] {
  const model = compileModel({ ...site, seed }, { slice: 1, files: new Map([['one.csv', 'at\n1\n']]) });
  const run = new Run(model);
  while (run.advance(1000) === 'more');
  const db = model.groups.findIndex(({ name }) => name === 'db');
  const work = [...run.measurements().groups[db]!.workNs[0]!];
  return work.flatMap((workNs, replica) => (workNs > 0 ? [replica] : []));
}

const SEEDS = Array.from({ length: 20 }, (_, index) => `seed ${index}`);

describe('key-hash', () => {
  test('a request has one shard for all its visits, turns, attempts, branches, sends and callers', () => {
    const used = SEEDS.map((seed) => replicasUsed(shardedSite('key-hash'), seed));
    expect(used.map(({ length }) => length)).toEqual(SEEDS.map(() => 1));
    // And not one shard for all requests.
    expect(new Set(used.flat()).size).toBeGreaterThan(SEEDS.length / 2);
    // The same site spreads its visits where requests have no shard.
    expect(replicasUsed(shardedSite('random'), 'seed').length).toBeGreaterThan(5);
  });

  test('stations place a request independently of each other', () => {
    const one = balancer('key-hash', { stream: 'db/shard', targetCount: SHARDS });
    const two = balancer('key-hash', { stream: 'cache/shard', targetCount: SHARDS });
    const balancing = makeBalancing(KIT, new Balancers({ balancers: [one, two], seed: 'test' }));
    const numbers = Array.from({ length: 1000 }, (_, number) => number);
    const same = numbers.filter((n) => balancing.shard(0, n, 0) === balancing.shard(1, n, 0)).length;
    expect(same).toBeLessThan(1000 * (1 / SHARDS + 4 * Math.sqrt(1 / SHARDS / 1000)));
  });
});

describe('source-hash', () => {
  const calledBy = (replicas: number, shared: boolean): Scenario =>
    scenario({
      stations: {
        app: station({ replicas, servers: 8, operations: { run: [call('db')] } }),
        db: station({
          replicas: SHARDS,
          servers: 1,
          service: constant(ms),
          balance: balance('source-hash', { shared }),
        }),
      },
      requests: { r: request(['app.run']) },
      clock: { from: null, lastsNs: seconds, warmUpNs: 0, windowNs: seconds },
    });

  test.each([
    [1, false],
    [1, true],
    [7, false],
    [7, true],
  ])('each of %i calling replicas keeps to one replica; shared: %s', (replicas, shared) => {
    const used = replicasUsed(calledBy(replicas, shared), 'seed').length;
    expect(used).toBeLessThanOrEqual(replicas);
    if (replicas > 1) expect(used).toBeGreaterThan(1);
  });

  test("the client's requests have a source each", () => {
    const site = scenario({
      stations: {
        db: station({ replicas: 10, servers: 1, service: constant(ms), balance: balance('source-hash') }),
      },
      requests: { r: request(['db', 'db']) },
    });
    const model = compileModel(site, { slice: 1, files: NO_FILES });
    expect(model.balancers).toMatchObject([{ policy: 'key-hash', stream: 'db/shard' }]);
  });
});

function balancer(policy: Balancer['policy'], rest: Partial<Balancer> = {}): Balancer {
  const plain = { name: 'x', callerCount: 1, targetCount: 4, choices: 2, weights: null, cumulative: null };
  return { ...plain, policy, stream: 'x', ...rest };
}

describe('state', () => {
  const bytes = (policy: Balancer['policy']) =>
    balancingBytes({ balancers: [balancer(policy, { callerCount: 1000, targetCount: 500 })] });

  test('is kept for each pair of caller and target only where the policy has a use for it', () => {
    expect({
      random: bytes('random'),
      'key-hash': bytes('key-hash'),
      'caller-hash': bytes('caller-hash'),
      'round-robin': bytes('round-robin'),
      'weighted-round-robin': bytes('weighted-round-robin'),
      'power-of-d': bytes('power-of-d'),
      'least-connections': bytes('least-connections'),
    }).toEqual({
      random: 0,
      'key-hash': 0,
      'caller-hash': 0,
      'round-robin': 4 * 1000,
      'weighted-round-robin': 4 * 500_000,
      'power-of-d': 4 * 500_000,
      'least-connections': 4 * 501_000,
    });
  });

  test('of balancers side by side does not mix', () => {
    const balancers = [
      balancer('least-connections', { callerCount: 2, targetCount: 3 }),
      balancer('round-robin', { callerCount: 3, targetCount: 3 }),
      balancer('weighted-round-robin', { callerCount: 2, targetCount: 2, weights: [2, 1] }),
      balancer('least-connections', { callerCount: 1, targetCount: 3 }),
    ];
    const balancing = makeBalancing(KIT, new Balancers({ balancers, seed: 'test' }));
    const pick = (index: number, caller: number) => balancing.pick(index, caller, 0, 0, 0, 0);
    const turns = [pick(1, 0), pick(1, 0), pick(1, 0)];
    expect(turns.toSorted()).toEqual([0, 1, 2]);
    expect([pick(2, 1), pick(2, 1), pick(2, 1), pick(2, 0)]).toEqual([0, 1, 0, 0]);
    expect([pick(0, 1), pick(0, 1), pick(0, 1)].toSorted()).toEqual([0, 1, 2]);
    const last = [pick(3, 0), pick(3, 0), pick(3, 0)];
    expect(last.toSorted()).toEqual([0, 1, 2]);
    balancing.drop(3, 0, last[1]!);
    expect(pick(3, 0)).toBe(last[1]);
    balancing.drop(0, 1, 2);
    expect(pick(0, 1)).toBe(2);
  });

  test('power of d finds the only replica without connections, however many it draws', () => {
    const targetCount = 40;
    const balancers = [balancer('power-of-d', { targetCount, choices: targetCount })];
    const balancing = makeBalancing(KIT, new Balancers({ balancers, seed: 'test' }));
    const picked = Array.from({ length: targetCount }, (_, n) => balancing.pick(0, 0, n, 0, 1, 2));
    expect(new Set(picked).size).toBe(targetCount);
  });
});
