/** What would carry the planned traffic: known answers, and that the changes do what they say. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadScenario, type Loaded } from '../../src/compile/load.ts';
import { sizingOf } from '../../src/compile/sizing.ts';
import type { PlannedLoad, Sizing } from '../../src/model/sizing.ts';
import { sizingOverrides } from '../../src/report/sizing.ts';
import type { Override } from '../../src/scenario/overrides.ts';
import { present } from '../../src/base/present.ts';
import { CATALOGUE } from '../scenario/shipped.ts';

function load(text: string, overrides: readonly Override[] = []): Loaded {
  return loadScenario({ file: 'site.yaml', text, catalogue: CATALOGUE, overrides, files: () => '[]' });
}

function size(text: string, overrides: readonly Override[] = []): Sizing | null {
  const { scenario, diagnostics, tree, expandedTree } = load(text, overrides);
  if (scenario === null || tree === null || expandedTree === null)
    throw new Error(JSON.stringify(diagnostics));
  return sizingOf(scenario, { files: new Map(), raw: tree, expanded: expandedTree });
}

/** 1,000/s at the peak: a desk of 10 replicas with a limit of 50/s each and 5 ms of work, then a store. */
const SITE = `
scenario: site
clock: { lasts: 10s, warmUp: 1s }
traffic: { curve: [{ at: 0s, rate: 100/s }, { at: 5s, rate: 1k/s }] }
stations:
  desk:
    replicas: 10
    threads: 2
    limit: { rate: 50/s, burst: 10 }
    servers: 1
    price: 2 CNY/h
    operations: { ask: [{ serve: 5ms }, { call: store.read }] }
  store:
    replicas: 4
    servers: 4
    pool: { perCaller: 1 }
    operations: { read: [{ serve: 4ms }, { delay: 20ms }] }
requests: { order: { path: [desk.ask] } }
`;

function loadsOf({ loads }: Sizing): Record<string, number> {
  return Object.fromEntries(loads.map(({ name, load: each }) => [name, each]));
}

test('the planned traffic, nothing shed, by hand', () => {
  const sizing = present(size(SITE) ?? undefined);
  expect(sizing.offeredPerSec).toBe(1000);
  // 1,000/s x 5 ms = 5 servers of 10; (5 + 24) ms held = 29 threads of 20; 24 connections of 4 x 10; 4 of 16 servers.
  const loads = loadsOf(sizing);
  expect(Object.keys(loads)).toEqual(['desk.limit', 'desk.threads', 'store.pool@desk', 'desk', 'store']);
  expect(loads['desk.limit']).toBeCloseTo(2, 12);
  expect(loads['desk.threads']).toBeCloseTo(1.45, 12);
  expect(loads['store.pool@desk']).toBeCloseTo(0.6, 12);
  expect(loads['desk']).toBeCloseTo(0.5, 12);
  expect(loads['store']).toBeCloseTo(0.25, 12);
});

test('what is too small is made large enough, and no larger', () => {
  const { changes, extraPerHour } = present(size(SITE) ?? undefined);
  // 29 threads / (10 x 0.7) = 4.14; 100/s each x 1.2.
  expect(changes).toEqual([
    {
      of: 'desk',
      what: 'threads',
      paths: ['stations.desk.threads'],
      before: 2,
      after: 5,
      because: ['desk.threads'],
    },
    {
      of: 'desk.limit',
      what: 'limit-each',
      paths: ['stations.desk.limit.rate'],
      before: 50,
      after: 120,
      because: ['desk.limit'],
    },
  ]);
  expect(extraPerHour).toEqual([]);
});

test('replicas bring their threads, connections and limits along, and cost something', () => {
  const sizing = present(size(SITE.replace('{ serve: 5ms }', '{ serve: 20ms }')) ?? undefined);
  // 20 servers / 0.7 = 28.6 replicas; 44 threads of 58; 24 connections of 116; 34.5/s each of 50/s.
  expect(sizing.changes.map(({ of, after }) => [of, after])).toEqual([
    ['desk', 29],
    ['desk', 3],
  ]);
  expect(sizing.changes.map(({ what }) => what)).toEqual(['replicas', 'threads']);
  expect(sizing.extraPerHour).toEqual([{ amount: 38, currency: 'CNY' }]);
});

/** The store as `balance` spreads over it, with one server a replica: 4 servers' work on 4 of them. */
function spread(balance: string): string {
  return SITE.replace('servers: 4', `servers: 1\n    balance: ${balance}`);
}

function storeOf(sizing: Sizing): PlannedLoad {
  return present(sizing.loads.find(({ name }) => name === 'store'));
}

test('a hot key stays hot, however many replicas there are: it is left alone', () => {
  const sizing = present(size(spread('{ policy: key-hash, keys: { count: 10k, zipf: 1.5 } }')) ?? undefined);
  // The first of 10,000 keys gets 1 / ζ(1.5) of all visits, about 39 %, which is 1.5 servers' work.
  expect(storeOf(sizing).load).toBeGreaterThan(1.5);
  expect(storeOf(sizing).loadAfter).toBe(storeOf(sizing).load);
  expect(sizing.changes.some(({ of, what }) => of === 'store' && what === 'replicas')).toBe(false);
});

test.each([
  ['keys of which none is hot', '{ policy: key-hash, keys: { count: 100k, zipf: 0.6 } }', 1.0001],
  ['weights, which are dealt out again to more replicas', '{ policy: random, weights: [9, 1, 1, 1] }', 2.99],
  ['weights that are all alike', '{ policy: random, weights: [1, 1, 1] }', 1],
])('%s: enough replicas are found', (_name, balance, loadAtLeast) => {
  const sizing = present(size(spread(balance)) ?? undefined);
  // Shared out evenly the four would be just full.
  expect(storeOf(sizing).load).toBeGreaterThanOrEqual(loadAtLeast);
  expect(storeOf(sizing).loadAfter).toBeLessThanOrEqual(0.7 + 1e-9);
  const after = afterwards(spread(balance), sizing);
  expect(storeOf(after).load).toBeCloseTo(storeOf(sizing).loadAfter, 9);
});

test('noise within the room of a limit changes nothing; more than that has no planned rate', () => {
  const noisy = (cv: string) =>
    size(SITE.replace('traffic: {', `traffic: { noise: { cv: ${cv}, correlation: 5s },`));
  expect(noisy('0.05')).toEqual(size(SITE));
  expect(noisy('0.1')).toBeNull();
});

test.each(['{ mmpp: [{ factor: 0.5, for: 5s }, { factor: 3, for: 1s }] }', '{ batch: { size: 5 } }'])(
  'traffic that often comes otherwise than its curve says has no planned rate: %s',
  (arrivals) => {
    const { scenario, diagnostics } = load(SITE.replace('traffic: {', `traffic: { arrivals: ${arrivals},`));
    if (scenario === null) throw new Error(JSON.stringify(diagnostics));
    expect(size(SITE.replace('traffic: {', `traffic: { arrivals: ${arrivals},`))).toBeNull();
  },
);

test('closed users and traces have no planned rate', () => {
  const closed = SITE.replace(/traffic: .*/, 'traffic: { closed: { users: 10, think: 1s } }');
  expect(size(closed)).toBeNull();
});

/** Applies what is proposed, and what it then comes to. */
function afterwards(text: string, sizing: Sizing): Sizing {
  const overrides = present(sizingOverrides(sizing) ?? undefined);
  return present(size(text, overrides) ?? undefined);
}

const NAMES = ['double-11', 'double-11-step', 'double-11-sized', 'smoke', 'retry-storm'];
type Named = readonly [name: string, text: string];
const SHIPPED = NAMES.map((name): Named => [name, readFileSync(`scenarios/${name}.yaml`, 'utf8')]);

test.each<Named>([
  ['by hand', SITE],
  ['with more work', SITE.replace('{ serve: 5ms }', '{ serve: 50ms }')],
  ['a limit of the whole service', SITE.replace('burst: 10 }', 'burst: 10, scope: service }')],
  [
    'two limits',
    SITE.replace('limit: {', 'limit: [{').replace('burst: 10 }', 'burst: 10 }, { rate: 7/s, burst: 1 }]'),
  ],
  ['defaults that stand nowhere', SITE.replace('    replicas: 10\n', '')],
  ...SHIPPED,
])('%s: set as proposed, loads are as promised and nothing is too small any more', (_name, text) => {
  const sizing = present(size(text) ?? undefined);
  const after = afterwards(text, sizing);
  const promised = Object.fromEntries(sizing.loads.map(({ name, loadAfter }) => [name, loadAfter]));
  expect(after.loads.length).toBe(sizing.loads.length);
  expect(after.loads.length).toBeGreaterThan(0);
  for (const { name, load: now } of after.loads) expect(now).toBeCloseTo(present(promised[name]), 9);
  const isTooMuch = ({ kind, load: now }: PlannedLoad) => now > (kind === 'limiter' ? 1 : 0.7) + 1e-6;
  expect(after.loads.filter(isTooMuch)).toEqual([]);
  expect(after.changes).toEqual([]);
});

test('double-11 as its file says: the gateways are full behind their limit, then the connections of payment', () => {
  const sizing = present(size(present(SHIPPED[0])[1]) ?? undefined);
  expect(loadsOf(sizing)).toMatchObject({ 'gateway.limit': 2, gateway: 1, 'mysql.pool@payment': 0.796875 });
  expect(present(sizingOverrides(sizing) ?? undefined)).toEqual([
    { path: 'layers.gateway.replicas', value: '72' },
    { path: 'layers.gateway.limit.rate', value: '17k/s' },
    { path: 'layers.mysql.connections', value: '3' },
  ]);
  expect(sizing.extraPerHour).toEqual([{ amount: expect.closeTo(22 * 1.76, 9) as number, currency: 'CNY' }]);
});
