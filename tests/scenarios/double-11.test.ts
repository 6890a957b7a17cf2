import { describe, expect, test } from 'vitest';
import { readClaims } from '../../src/scenario/claims.ts';
import type { OpenTraffic, Scenario } from '../../src/scenario/types.ts';
import { unloaded, utilizations } from './arithmetic.ts';
import { load, scenarioOf, textOf } from './shipped.ts';

const planned = scenarioOf('double-11.yaml');
const step = scenarioOf('double-11-step.yaml');
const sized = scenarioOf('double-11-sized.yaml');
const async = scenarioOf('double-11-async.yaml');
const all: [string, Scenario][] = [planned, step, sized, async].map((each) => [each.id, each]);

const curveOf = ({ traffic }: Scenario) => (traffic[0] as OpenTraffic).curve;
const admittedPerSec = ({ stations }: Scenario) =>
  stations['gateway']!.replicas * stations['gateway']!.limits[0]!.ratePerSec;

/** Requests in all: the area under a curve of straight and stepped pieces. */
function offered(scenario: Scenario): number {
  const curve = curveOf(scenario);
  return curve.slice(1).reduce((sum, point, i) => {
    const before = curve[i]!;
    const mean = point.shape === 'step' ? before.ratePerSec : (before.ratePerSec + point.ratePerSec) / 2;
    return sum + (mean * (point.atNs - before.atNs)) / 1e9;
  }, 0);
}

describe('an unloaded create request takes what the plan adds up, to the nanosecond', () => {
  test.each([
    ['double-11', planned, 'create-seed-path', 163e6],
    ['double-11', planned, 'create', 113e6],
    ['double-11-step', step, 'create-seed-path', 163e6],
    ['double-11-step', step, 'create', 113e6],
    ['double-11-sized', sized, 'create', 113e6],
    ['double-11-async', async, 'create', 83e6],
  ] as const)('%s', (_id, scenario, request, ns) => {
    expect(unloaded(scenario, request).ns).toBe(ns);
  });

  test('and the terms of the plan are those of its layers', () => {
    const parts = Object.fromEntries(unloaded(planned, 'create-seed-path').nsByLayer);
    const saga = ['inventory', 'redis', 'mysql', 'order', 'kafka', 'payment', 'logistics'];
    expect(saga.reduce((sum, layer) => sum + parts[layer]!, 0)).toBe(80e6);
    expect(parts).toMatchObject({ nginx: 5e6, gateway: 10e6, 'circuit-breaker': 20e6, flink: 30e6 });
    expect(parts).toMatchObject({ kubernetes: 15e6, goroutines: 2e6, hardware: 1e6 });
  });

  test.each([
    ['inventory.reserve', 20e6],
    ['order.create', 80e6],
    ['payment.pay', 25e6],
    ['logistics.update', 5e6],
  ])('%s takes %d ns', (target, ns) => {
    const alone = { ...planned, requests: { one: { ...planned.requests['create']!, path: [target] } } };
    expect(unloaded(alone, 'one').ns).toBe(ns);
  });
});

describe('fluid figures of the plan', () => {
  test('477 M requests are offered, 612 M when the rate jumps', () => {
    expect(offered(planned)).toBe(477e6);
    expect(offered(step)).toBe(612e6);
  });

  test('half of the plateau is shed, from 00:02:21.5 on', () => {
    const limit = planned.stations['gateway']!.limits[0]!;
    const [, start, peak] = curveOf(planned);
    const slope = (peak!.ratePerSec - start!.ratePerSec) / ((peak!.atNs - start!.atNs) / 1e9);
    const reachedS = (admittedPerSec(planned) - start!.ratePerSec) / slope;
    const burstS = Math.sqrt((2 * limit.burst * planned.stations['gateway']!.replicas) / slope);
    expect(reachedS + burstS).toBeCloseTo(141.5, 1);
    expect(admittedPerSec(planned) / peak!.ratePerSec).toBe(0.5);
  });
});

describe('capacity by arithmetic', () => {
  test('behind the limit nothing is short; behind no limit the gateways are', () => {
    const admitted = utilizations(planned, admittedPerSec(planned));
    expect(Math.max(...admitted.values())).toBeCloseTo(0.5, 10);
    const unlimited = utilizations(planned, 1e6);
    expect(unlimited.get('gateway')).toBeCloseTo(1, 10);
    expect(unlimited.get('mysql.pool@payment')).toBeCloseTo(0.797, 3);
    expect(unlimited.get('mysql')).toBeCloseTo(0.324, 3);
    expect(unlimited.get('order')).toBeCloseTo(0.391, 3);
  });

  test.each([
    ['sized', sized],
    ['async', async],
  ])('%s is below 70 % everywhere at 1M/s, its limit included', (_name, scenario) => {
    const groups = [...utilizations(scenario, 1e6)].sort(([, a], [, b]) => b - a);
    expect(groups[0]![0]).toBe('gateway');
    expect(groups[0]![1]).toBeCloseTo(0.625, 10);
    expect(admittedPerSec(scenario)).toBeGreaterThan(1.1e6);
  });
});

test.each(all)('%s can be thinned: its callers share a divisor of at least 10', (_id, { stations }) => {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const callers = Object.values(stations).filter(({ operations, replicas }) => {
    return replicas > 1 && /"(call|forward|send|cache)"/.test(JSON.stringify(operations));
  });
  expect(callers.length).toBeGreaterThan(4);
  expect(callers.map(({ replicas }) => replicas).reduce(divisor)).toBeGreaterThanOrEqual(10);
});

describe('the variants differ from the plan where they say so, and nowhere else', () => {
  test('step: the rate alone', () => {
    const { id, title, description, traffic } = planned;
    expect({ ...step, id, title, description, traffic }).toEqual(planned);
    expect({ ...step.traffic[0]!, curve: curveOf(planned) }).toEqual(planned.traffic[0]);
  });

  test('async: two calls become sends', () => {
    const { id, title, description, budgets } = sized;
    const steps = async.stations['order']!.operations['create']!;
    const called = steps.map((each) =>
      each.verb === 'send'
        ? { verb: 'call', target: each.target, timeoutNs: null, retry: null, onFailure: 'fail' }
        : each,
    );
    const order = {
      ...async.stations['order']!,
      operations: { ...async.stations['order']!.operations, create: called },
    };
    const stations = { ...async.stations, order };
    expect({ ...async, id, title, description, budgets, stations }).toEqual(sized);
    expect(steps.flatMap((each) => (each.verb === 'send' ? [each.target] : []))).toEqual([
      'payment.pay',
      'logistics.update',
    ]);
  });

  test('sized: gateways, inventory, payment and connections', () => {
    const names = Object.keys(sized.stations);
    const sizeOf = ({ stations }: Scenario, name: string) =>
      JSON.stringify({ ...stations[name], operations: {} });
    const changed = names.filter((name) => sizeOf(sized, name) !== sizeOf(planned, name));
    expect(changed).toEqual(['gateway', 'inventory', 'payment', 'mysql']);
  });
});

test('every figure of the plan is marked with where it comes from', () => {
  const { ledger } = load('double-11.yaml');
  expect(ledger.filter(({ source }) => source === null)).toEqual([]);
  expect(ledger.filter(({ confidence }) => confidence === 'cited').length).toBeGreaterThan(20);
});

describe('claims', () => {
  const { claims, diagnostics } = readClaims('double-11.claims.yaml', textOf('double-11.claims.yaml'));
  const ids = new Set(claims.map(({ id }) => id));

  test('are a dozen or more, each under a name of its own', () => {
    expect(diagnostics).toEqual([]);
    expect(claims.length).toBeGreaterThanOrEqual(12);
    expect(ids.size).toBe(claims.length);
  });

  test.each(claims)('$id says what the plan says, what holds, and of what', (claim) => {
    expect(claim.finding.length).toBeGreaterThan(40);
    expect(claim.source).toMatch(/^plan \d\.\d/);
    const names = all.flatMap(([id, { stations, requests, budgets }]) => [
      ...[id, ...Object.keys(stations), ...Object.keys(requests), ...budgets.map((each) => each.id)],
      ...Object.entries(stations).flatMap(([name, { operations }]) =>
        Object.keys(operations).map((operation) => `${name}.${operation}`),
      ),
    ]);
    expect(names).toEqual(expect.arrayContaining([...claim.about]));
  });
});
