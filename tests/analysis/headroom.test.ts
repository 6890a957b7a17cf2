import { describe, expect, test } from 'vitest';
import type { Sizing } from '../../src/model/sizing.ts';
import {
  findingsOf,
  group,
  groupMeasured,
  limiter,
  limiterMeasured,
  measurements,
  model,
  SECOND_NS,
  station,
} from './builders.ts';

/** gateway.limit (100/s) in front of order.limit (2,000/s) and of the servers of `shop`, busy half of the time. */
function findings(shedAtGateway: number, sizing: Sizing | null = null) {
  return findingsOf({
    sizing,
    model: model({
      limiters: [limiter('gateway.limit', { tokens: 1500 }), limiter('order.limit', { tokens: 2000 })],
      fronts: {
        stations: { shop: ['gateway.limit', 'order.limit'] },
        pools: {},
        limiters: { 'gateway.limit': [], 'order.limit': ['gateway.limit'] },
      },
    }),
    measurements: measurements({
      groups: [groupMeasured({ arrivals: 2000, busyNs: SECOND_NS })],
      limiters: [limiterMeasured(1000 + shedAtGateway, shedAtGateway), limiterMeasured(1000, 0)],
    }),
  });
}

const ONE_REPLICA = (used: number) => ({
  utilizationPlanned: null,
  factorPlanned: null,
  utilizationWithoutOne: null,
  utilizationGrown: used * 1.2,
});

test('one replica fewer: what n did, n − 1 do; with one replica there is no other', () => {
  const of = (replicas: number) =>
    findingsOf({
      model: model({
        stations: [station('shop', { replicas, simulatedReplicas: replicas })],
        groups: [group('shop', { instanceCount: replicas })],
      }),
      measurements: measurements({ groups: [groupMeasured({ arrivals: 2000, busyNs: SECOND_NS })] }),
    }).headroom[0];
  // One of 2·n servers is busy.
  expect(of(4)).toMatchObject({ utilizationPeak: 1 / 8, utilizationGrown: 0.15 });
  expect(of(4)?.utilizationWithoutOne).toBeCloseTo(1 / 6, 12);
  expect(of(1)).toMatchObject({ utilizationPeak: 0.5, utilizationWithoutOne: null });
});

describe('headroom behind a limiter', () => {
  test('what stands behind one that sheds says so', () => {
    expect(findings(2000).headroom).toEqual([
      {
        group: 'gateway.limit',
        layer: 'shop',
        utilizationPeak: 2,
        factor: 0.5,
        behind: [],
        ...ONE_REPLICA(2),
      },
      {
        group: 'shop',
        layer: 'shop',
        utilizationPeak: 0.5,
        factor: 2,
        behind: ['gateway.limit'],
        ...ONE_REPLICA(0.5),
      },
      {
        group: 'order.limit',
        layer: 'shop',
        utilizationPeak: 0.5,
        factor: 2,
        behind: ['gateway.limit'],
        ...ONE_REPLICA(0.5),
      },
    ]);
  });

  test('and what the planned traffic would use, from which the other figures follow; what stands in front keeps what was measured', () => {
    const load = (name: string, used: number) => ({
      ...{ name, kind: 'servers' as const, layer: 'shop', atNs: 0 },
      ...{ load: used, loadAfter: used },
    });
    const loads = [load('gateway.limit', 1.9), load('shop', 1.25)];
    const sizing = {
      target: 0.7,
      limitRoom: 1.2,
      offeredPerSec: 1,
      changes: [],
      extraPerHour: [],
      unpriced: [],
    };
    const rows = findings(2000, { ...sizing, loads }).headroom;
    expect(rows.map(({ group, utilizationPlanned }) => [group, utilizationPlanned])).toEqual([
      ['gateway.limit', null],
      ['shop', 1.25],
      ['order.limit', null],
    ]);
    expect(rows[1]).toMatchObject({
      utilizationPeak: 0.5,
      factor: 2,
      factorPlanned: 0.8,
      utilizationGrown: 1.5,
    });
    const [, idle] = findings(0, { ...sizing, loads }).headroom;
    expect(idle).toMatchObject({ utilizationPlanned: null, utilizationGrown: 0.6 });
  });

  test('connections are taken before the limiters of the station they lead to', () => {
    const { headroom } = findingsOf({
      model: model({
        groups: [group('shop'), group('shop.pool@gateway', { role: 'pool' })],
        limiters: [limiter('gateway.limit'), limiter('shop.limit')],
        fronts: {
          stations: { shop: ['gateway.limit', 'shop.limit'] },
          pools: { 'shop.pool@gateway': ['gateway.limit'] },
          limiters: { 'gateway.limit': [], 'shop.limit': ['gateway.limit'] },
        },
      }),
      measurements: measurements({
        groups: [groupMeasured({ busyNs: SECOND_NS }), groupMeasured({ busyNs: SECOND_NS })],
        limiters: [limiterMeasured(3000, 2000), limiterMeasured(3000, 2000)],
      }),
    });
    const behind = new Map(headroom.map((row) => [row.group, row.behind]));
    expect(behind.get('shop')).toEqual(['gateway.limit', 'shop.limit']);
    expect(behind.get('shop.pool@gateway')).toEqual(['gateway.limit']);
  });

  test('one that sheds nothing hides nothing', () => {
    expect(findings(0).headroom.map(({ behind }) => behind)).toEqual([[], [], []]);
  });
});

test('a limiter knows the rate at which it was asked itself, by phase and over all', () => {
  const asked = [100, 100, 1500, 100, 100, 100, 100, 1200, 100, 100];
  const { limiters } = findingsOf({
    model: model({ limiters: [limiter('shop.limit', { scale: 10 })], groups: [group('shop')] }),
    measurements: measurements({ limiters: [limiterMeasured(asked, 0)] }),
  });
  expect(limiters.map(({ phase, askedPeakPerSec }) => [phase, askedPeakPerSec])).toEqual([
    [null, 15_000],
    ['calm', 15_000],
    ['peak', 12_000],
  ]);
});

test('what nobody uses has no headroom row', () => {
  expect(findingsOf().headroom).toEqual([]);
});
