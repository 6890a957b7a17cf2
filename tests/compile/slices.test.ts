import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import { nowhere } from '../../src/compile/refusal.ts';
import { chooseSlice } from '../../src/compile/slices/choose.ts';
import { slicePlan, type SlicePlan } from '../../src/compile/slices/plan.ts';
import { inlineRequest } from '../../src/compile/tree/inline.ts';
import { makeSite } from '../../src/compile/tree/site.ts';
import { Op } from '../../src/model/opcodes.ts';
import type { Scenario, Station, Traffic } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import {
  balance,
  call,
  constant,
  desk,
  exponential,
  ms,
  pool,
  request,
  scenario,
  serve,
  station,
} from './build.ts';

function planOf(parts: Scenario): SlicePlan {
  const site = makeSite(parts, nowhere);
  return slicePlan(
    site,
    Object.keys(parts.requests).map((name) => inlineRequest(site, name)),
  );
}

const proxy = (replicas: number, rest: Partial<Station> = {}) =>
  station({ replicas, servers: 8, operations: { proxy: [serve(exponential(ms)), build.forward] }, ...rest });
const service = (replicas: number, ...targets: readonly string[]) =>
  station({
    replicas,
    servers: 4,
    operations: { run: [serve(exponential(ms)), ...targets.map((name) => call(name))] },
  });

/** The counts of the site's plan: 100 nginx, 50 gateways, five services, 100 Redis masters, 32 databases. */
function double11(rest: Partial<Station> = {}): Scenario {
  const stations = {
    cdn: station({ operations: { proxy: [build.delay(constant(5 * ms)), build.forward] } }),
    nginx: proxy(100),
    gateway: proxy(50, { limits: [build.bucket(10_000)], ...rest }),
    inventory: service(150, 'redis', 'mysql'),
    order: service(200, 'inventory.run', 'mysql'),
    payment: service(100, 'mysql'),
    logistics: service(80, 'redis'),
    user: service(100, 'redis'),
    redis: desk({ replicas: 100, balance: balance('key-hash') }),
    mysql: desk({ replicas: 32, servers: 16, balance: balance('key-hash'), pool: pool(2) }),
  };
  const classes = ['order', 'payment', 'logistics', 'user'];
  const path = (name: string) => request(['cdn.proxy', 'nginx.proxy', 'gateway.proxy', `${name}.run`]);
  return scenario({
    stations,
    requests: Object.fromEntries(classes.map((name) => [name, path(name)])),
    ratePerSec: 1e6,
  });
}

describe('what a slice keeps', () => {
  test('the counts of Double 11 divide by 2, 5 and 10', () => {
    const plan = planOf(double11());
    expect(plan.allowed).toEqual([1, 2, 5, 10]);
    expect(plan.obstacle(25)).toBe('nginx has 100 of the 125 replicas that would leave 5 for its balancer');
    expect(plan.obstacle(3)).toBe('nginx has 100 replicas, which 3 does not divide');
    const kept = plan
      .forK(10)
      .map((slice) => [slice.station, slice.kept, slice.backgroundRatio, slice.scale]);
    expect(kept).toEqual([
      ['cdn', 1, 0, 10],
      ['nginx', 10, 0, 10],
      ['gateway', 5, 0, 10],
      ['inventory', 15, 0, 10],
      ['order', 20, 0, 10],
      ['payment', 10, 0, 10],
      ['logistics', 8, 0, 10],
      ['user', 10, 0, 10],
      ['redis', 10, 0, 10],
      ['mysql', 4, 4 * (10 / 32) - 1, 8],
    ]);
  });

  test('a station too small for its balancer is named before one that merely does not divide', () => {
    // 20 divides neither 50 gateways nor 150 inventories; the 40 that would divide are too few as well.
    expect(planOf(double11()).obstacle(20)).toBe(
      'gateway has 50 of the 100 replicas that would leave 5 for its balancer',
    );
    const twoTiers = (front: number, back: number) =>
      scenario({
        stations: {
          front: proxy(front, { balance: balance('random') }),
          back: proxy(back),
          leaf: desk({ servers: Infinity }),
        },
        requests: { r: request(['front.proxy', 'back.proxy', 'leaf']) },
      });
    expect(planOf(twoTiers(97, 12)).obstacle(4)).toMatch(/^back has 12 of the 20 /);
    expect(planOf(twoTiers(97, 20)).obstacle(4)).toBe('front has 97 replicas, which 4 does not divide');
  });

  test('a balancer that compares connections keeps ten replicas', () => {
    expect(planOf(double11({ balance: balance('least-connections') })).allowed).toEqual([1, 2, 5]);
    expect(planOf(double11({ balance: balance('round-robin', { shared: true }) })).allowed).toEqual([
      1, 2, 5,
    ]);
  });

  test('callers with pools go on choosing among all replicas; several of them share a kept one', () => {
    const [mysql] = planOf(double11())
      .forK(10)
      .filter((slice) => slice.station === 'mysql');
    expect(mysql).toMatchObject({ kept: 4, faces: 32, backgroundRatio: 0.25 });
    const model = compileModel(double11(), { slice: 10, files: build.NO_FILES });
    const group = (name: string) => model.groups.find((each) => each.name === name)!;
    // 20 kept order services × all 32 databases: each pool has the load it has at the site.
    expect(group('mysql.pool@order')).toMatchObject({ instanceCount: 640, serverCount: 2, scale: 10 });
    expect(group('mysql')).toMatchObject({ instanceCount: 4, scale: 8 });
    expect([...model.program.op]).toContain(Op.FOLD);
  });

  test('every kept replica gets the load it has at the site', () => {
    for (const k of planOf(double11()).allowed) {
      for (const { replicas, kept, backgroundRatio, station: name } of planOf(double11()).forK(k)) {
        if (name === 'cdn') continue; // holds nothing, so its load makes no difference
        expect((1 / k) * ((1 + backgroundRatio) / kept)).toBeCloseTo(1 / replicas, 12);
      }
    }
  });

  const plain = (rest: Partial<Station>) =>
    scenario({
      stations: { front: proxy(100), back: desk(rest) },
      requests: { r: request(['front.proxy', 'back']) },
    });
  const keptOf = (rest: Partial<Station>, k: number) => planOf(plain(rest)).forK(k)[1]!;

  test('what calls nothing keeps what its balancer needs, brought to its load by background visits', () => {
    expect(keptOf({ replicas: 32 }, 10)).toMatchObject({ kept: 5, backgroundRatio: 50 / 32 - 1 });
    expect(keptOf({ replicas: 32, balance: balance('random') }, 10)).toMatchObject({
      kept: 4,
      backgroundRatio: 0.25,
    });
    const powerOf2 = balance('power-of-d');
    expect(keptOf({ replicas: 32, servers: 8, balance: powerOf2 }, 10)).toMatchObject({ kept: 10 });
    // It makes one pool of their servers: ten replicas of one are not enough.
    expect(keptOf({ replicas: 100, servers: 4, balance: powerOf2 }, 10)).toMatchObject({ kept: 20 });
    expect(keptOf({ replicas: 32, servers: 2, balance: powerOf2 }, 10)).toMatchObject({ kept: 32 });
  });

  test('singletons, hot shards and limiters of the whole service are kept whole', () => {
    const popular = balance('key-hash', { keys: { count: 1000, zipf: 1 } });
    expect(keptOf({}, 10)).toMatchObject({ kept: 1, backgroundRatio: 9 });
    expect(keptOf({ replicas: 30, balance: popular }, 10)).toMatchObject({
      kept: 30,
      backgroundRatio: 9,
      scale: 1,
    });
    const limits = [build.bucket(10, { scope: 'service' })];
    expect(keptOf({ replicas: 30, limits }, 10)).toMatchObject({ kept: 30, backgroundRatio: 9 });
  });

  test('a limiter of a service that is thinned hears the other slices ask', () => {
    const limits = [build.bucket(10, { scope: 'service' })];
    const sliced = scenario({
      stations: { front: proxy(100, { limits }), back: desk({ replicas: 20 }) },
      requests: { r: request(['front.proxy', 'back']) },
    });
    const model = compileModel(sliced, { slice: 4, files: build.NO_FILES });
    expect(model.backgrounds.map(({ ratio }) => ratio)).toEqual([3]);
    const { op } = model.program;
    expect(op[model.backgrounds[0]!.start]).toBe(Op.LIMIT);
    expect(model.limiters).toMatchObject([{ instanceCount: 1, scale: 1 }]);
  });

  test('background visits load servers, but are no operations and hold no connections of the slice', () => {
    const model = compileModel(double11(), { slice: 10, files: build.NO_FILES });
    const { op } = model.program;
    for (const { start } of model.backgrounds) {
      const end = op.indexOf(Op.END, start);
      const body = [...op.slice(start, end)];
      expect(body).toContain(Op.SERVE);
      for (const code of [Op.ENTER, Op.LEAVE, Op.ACQUIRE, Op.ECHO]) expect(body).not.toContain(code);
    }
    expect(model.backgrounds.length).toBeGreaterThan(0);
  });
});

describe('traffic', () => {
  const obstacle = (traffic: Traffic, k: number) =>
    planOf({
      ...scenario({ stations: { desk: desk({ servers: Infinity }) }, requests: { r: request(['desk']) } }),
      traffic: [traffic],
    }).obstacle(k);
  const open = build.openTraffic(100, { r: 1 });
  const closed: Traffic = {
    model: 'closed',
    scale: 1,
    users: 1000,
    think: constant(1),
    mix: open.mix,
    regions: [],
  };

  test('Poisson, its modulation and geometric batches stay what they are; nothing else does', () => {
    const states = [{ factor: 2, meanNs: 1e9 }];
    expect(obstacle(open, 7)).toBeNull();
    expect(obstacle({ ...open, arrivals: { process: 'mmpp', states } }, 7)).toBeNull();
    expect(
      obstacle({ ...open, arrivals: { process: 'batch', sizes: { law: 'geometric', mean: 3 } } }, 7),
    ).toBeNull();
    expect(
      obstacle({ ...open, arrivals: { process: 'batch', sizes: { law: 'constant', size: 3 } } }, 7),
    ).toMatch(/constant size/);
    expect(obstacle({ ...open, arrivals: { process: 'deterministic' } }, 7)).toMatch(/deterministic/);
    expect(obstacle({ ...open, arrivals: { process: 'renewal', law: constant(1) } }, 7)).toMatch(/renewal/);
    expect(obstacle({ model: 'trace', file: 'x', mix: open.mix, regions: [] }, 7)).toMatch(/trace/);
  });

  test('a closed population keeps at least 100 users, whole ones', () => {
    expect([5, 10, 8, 20, 3].map((k) => obstacle(closed, k) === null)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('a slice is a whole number', () => {
    expect([0, 2.5, 1001].map((k) => obstacle(open, k))).toEqual(
      Array(3).fill('a slice is a whole number from 1 to 1000'),
    );
  });
});

describe('choosing', () => {
  const choose = (mode: 'exact' | 'sliced' | 'auto', targetEvents: number, slice?: number) =>
    chooseSlice(double11(), { mode, slice, targetEvents, files: build.NO_FILES });

  test('auto takes the smallest slice within the target, else the one with the fewest events', () => {
    const exact = choose('exact', 1);
    expect(exact).toMatchObject({ mode: 'exact', slice: 1, choice: 'asked' });
    expect(choose('auto', exact.predictedEvents)).toMatchObject({ mode: 'exact', slice: 1, choice: 'auto' });
    expect(choose('auto', exact.predictedEvents / 1.5)).toMatchObject({ mode: 'sliced', slice: 2 });
    expect(choose('auto', 1)).toMatchObject({ slice: 10, allowed: [1, 2, 5, 10] });
  });

  test('predicted events of an exact run are arrivals and timed instructions', () => {
    const single = scenario({
      stations: { desk: desk() },
      requests: { r: request(['desk']) },
      ratePerSec: 100,
    });
    const options = { mode: 'exact', targetEvents: 1, files: build.NO_FILES } as const;
    // 110 s with the warm-up: an arrival and a service each.
    expect(chooseSlice(single, options).predictedEvents).toBe(110 * 100 * 2);
  });

  test('a slice that is asked for must be possible', () => {
    expect(choose('sliced', 1, 5)).toMatchObject({ slice: 5, choice: 'asked' });
    expect(() => choose('sliced', 1, 3)).toThrow(/thinned to 1\/3: nginx has 100 replicas/);
    expect(() => compileModel(double11(), { slice: 3, files: build.NO_FILES })).toThrow(/thinned to 1\/3/);
  });
});
