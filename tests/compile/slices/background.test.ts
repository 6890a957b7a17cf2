/** Background visits bring a kept group to its load only where they are like the visits they stand for. */
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/compile/compile.ts';
import { nowhere } from '../../../src/compile/refusal.ts';
import { chooseSlice } from '../../../src/compile/slices/choose.ts';
import { slicePlan, type SlicePlan } from '../../../src/compile/slices/plan.ts';
import { inlineRequest } from '../../../src/compile/tree/inline.ts';
import { makeSite } from '../../../src/compile/tree/site.ts';
import { Op } from '../../../src/model/opcodes.ts';
import type { Scenario, Station, Step } from '../../../src/scenario/types.ts';
import * as build from '../build.ts';

const { balance, desk, request, scenario } = build;

function planOf(parts: Scenario): SlicePlan {
  const site = makeSite(parts, nowhere);
  return slicePlan(
    site,
    Object.keys(parts.requests).map((name) => inlineRequest(site, name)),
  );
}

/** 20 callers in front of a leaf. */
const behind = (rest: Partial<Station>, traffic?: Scenario['traffic']): Scenario => {
  const front = build.station({
    replicas: 20,
    servers: 8,
    balance: balance('random'),
    operations: { proxy: [build.serve(build.exponential(build.ms)), build.forward] },
  });
  const requests = { r: request(['front.proxy', 'leaf']) };
  const site = scenario({ stations: { front, leaf: desk(rest) }, requests, ratePerSec: 1e4 });
  return traffic === undefined ? site : { ...site, traffic };
};

describe('noise', () => {
  test('a station that would get many background visits for each own one at few replicas stops the slice', () => {
    expect(planOf(behind({})).obstacle(2)).toBe(
      'leaf would keep 1 of 1 replicas, too few for 1.00 times as many visits of other slices',
    );
    const random = (replicas: number) => planOf(behind({ replicas, balance: balance('random') }));
    // r / m: 10/31 − 1/4 = 0.07, 10/15 − 1/2 = 0.17.
    expect(random(31).obstacle(10)).toBeNull();
    expect(random(15).obstacle(10)).toMatch(/^leaf would keep 2 of 15 replicas/);
  });

  test('where groups divide, nothing is needed', () => {
    expect(planOf(behind({ replicas: 20, balance: balance('random') })).allowed).toEqual([
      1, 2, 4, 5, 10, 20,
    ]);
  });

  test('batches do not come from the background', () => {
    const batch = { process: 'batch', sizes: { law: 'geometric', mean: 3 } } as const;
    const traffic = [{ ...build.openTraffic(1e4, { r: 1 }), arrivals: batch }];
    expect(planOf(behind({ replicas: 31, balance: balance('random') }, traffic)).obstacle(10)).toMatch(
      /batches/,
    );
    expect(planOf(behind({ replicas: 20, balance: balance('random') }, traffic)).obstacle(10)).toBeNull();
  });
});

describe('connections', () => {
  const pooled = { replicas: 20, balance: balance('random'), pool: build.pool(2) };

  test('a caller that divides brings each of its own to their load; the client is one and cannot', () => {
    expect(planOf(behind(pooled)).obstacle(10)).toBeNull();
    const direct = scenario({ stations: { leaf: desk(pooled) }, requests: { r: request(['leaf']) } });
    expect(planOf(direct).allowed).toEqual([1]);
    expect(planOf(direct).obstacle(2)).toMatch(/^connections of the client to leaf/);
  });
});

describe('shards', () => {
  const keyed = {
    replicas: 31,
    balance: balance('key-hash'),
    operations: { ask: [build.serve(build.exponential(1))] },
  };
  const asking = (...steps: readonly Step[]): Scenario => {
    const front = build.station({ replicas: 20, operations: { run: steps } });
    return scenario({ stations: { front, leaf: desk(keyed) }, requests: { r: request(['front.run']) } });
  };
  const ask = build.call('leaf.ask');

  test('parallel visits of a request come to its shard together, those of the background would not', () => {
    expect(planOf(asking(ask, ask)).obstacle(10)).toBeNull();
    expect(planOf(asking(build.parallel('all', [ask], []))).obstacle(10)).toBeNull();
    expect(
      planOf(asking(build.repeat('constant', 2, build.parallel('any', [ask], [ask])))).obstacle(10),
    ).toMatch(/together/);
  });
});

describe('balancers of callers', () => {
  const leastConnections = { replicas: 40, servers: 8, balance: balance('least-connections') };

  test('each caller of the site has its own, also those left out', () => {
    const model = compileModel(behind(leastConnections), { slice: 5, files: build.NO_FILES });
    expect(model.balancers.find(({ name }) => name === 'front>leaf')).toMatchObject({
      callerCount: 20,
      targetCount: 10,
    });
    const { op, d } = model.program;
    const callers = [...op.keys()].filter((at) => op[at] === Op.CALLER);
    // The visit and its background: one of the five callers that a kept one stands for.
    expect(callers.map((at) => d[at])).toEqual([5, 5]);
  });

  test('a shared one, and random choice, tell no callers apart', () => {
    for (const each of [balance('least-connections', { shared: true }), balance('random')]) {
      const model = compileModel(behind({ ...leastConnections, balance: each }), {
        slice: 4,
        files: build.NO_FILES,
      });
      expect(model.balancers.find(({ name }) => name === 'front>leaf')).toMatchObject({ callerCount: 1 });
      expect([...model.program.op]).not.toContain(Op.CALLER);
    }
  });

  test('where connections are kept, the policy needs all callers', () => {
    const pooled = { ...leastConnections, pool: build.pool(2) };
    expect(planOf(behind(pooled)).obstacle(5)).toMatch(/^leaf would need visits of callers left out/);
  });

  test('callers that keep to one replica are not sliced', () => {
    const sticky = { replicas: 20, balance: balance('source-hash') };
    expect(planOf(behind(sticky)).obstacle(10)).toBe('each replica of front keeps to one replica of leaf');
    const direct = scenario({ stations: { leaf: desk(sticky) }, requests: { r: request(['leaf']) } });
    expect(planOf(direct).obstacle(10)).toBeNull();
  });
});

describe('why auto chose its slice', () => {
  const auto = (site: Scenario, targetEvents: number) =>
    chooseSlice(site, { mode: 'auto', targetEvents, files: build.NO_FILES });
  const wide = behind({ replicas: 20, balance: balance('random') });

  test('within the target: what every request would have cost', () => {
    const { slice, predictedEvents, auto: reason } = auto(wide, 1e6);
    expect(slice).toBeGreaterThan(1);
    expect(reason).toEqual({ exactEvents: predictedEvents * slice, targetEvents: 1e6, obstacle: null });
  });

  test('beyond it: the group that stopped a larger one', () => {
    expect(auto(wide, 1).auto?.obstacle).toEqual({
      slice: 40,
      reason: 'front has 20 of the 40 replicas that would leave 1 for its balancer',
    });
    expect(auto(behind({}), 1)).toMatchObject({
      slice: 1,
      auto: { obstacle: { slice: 2, reason: expect.stringMatching(/^leaf would keep 1 of 1/) as string } },
    });
  });

  test('nothing where it was asked for', () => {
    const asked = chooseSlice(wide, { mode: 'exact', targetEvents: 1, files: build.NO_FILES });
    expect(asked.auto).toBeNull();
  });
});
