/** How many requests each source brings, and from where. */
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../src/compile/compile.ts';
import { Demands, volumeOf } from '../../src/compile/demands.ts';
import { requestTotals } from '../../src/compile/demands/volumes.ts';
import { nowhere } from '../../src/compile/refusal.ts';
import { inlineRequest } from '../../src/compile/tree/inline.ts';
import { makeSite } from '../../src/compile/tree/site.ts';
import { unloadedTimes } from '../../src/compile/unloaded.ts';
import type { OpenTraffic, Scenario, Traffic } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import { constant, delay, desk, exponential, ms, request, scenario, seconds, station } from './build.ts';

const requests = { r: request(['desk']), q: request(['desk']) };
/** 100 s, after a warm-up of 10 s. */
const siteWith = (...traffic: Traffic[]): Scenario =>
  scenario({ stations: { desk: desk({ replicas: 40, service: constant(10 * ms) }) }, requests, traffic });
const mix = [
  { atNs: 0, shares: { r: 1, q: 0 } },
  { atNs: 50 * seconds, shares: { r: 0.5, q: 0.5 } },
];
const curve: OpenTraffic['curve'] = [
  { atNs: 0, ratePerSec: 10, shape: 'step', phase: null },
  { atNs: 40 * seconds, ratePerSec: 50, shape: 'step', phase: null },
  { atNs: 60 * seconds, ratePerSec: 10, shape: 'linear', phase: null },
];
const states = [
  { factor: 3, meanNs: 1e9 },
  { factor: 1, meanNs: 3e9 },
];
const users: Traffic = {
  model: 'closed',
  scale: 1,
  users: 50,
  think: exponential(90 * ms),
  mix: [{ atNs: 0, shares: { r: 1 } }],
  regions: [],
};
const rows = ['at,request', '0,r', '1,q', '99.5,', '60,r', '100,r', '250,q'];
const trace: Traffic = { model: 'trace', file: 't.csv', mix, regions: [] };
const files = new Map([
  ['t.csv', [rows[0], ...rows.slice(1).sort((a, b) => parseFloat(a) - parseFloat(b))].join('\n')],
]);

const expected = (from: Scenario, slice = 1) => compileModel(from, { slice, files }).requestsExpected;
const totals = (from: Scenario) =>
  requestTotals(from, volumeOf(makeSite(from, nowhere), files), {
    fromNs: -10 * seconds,
    toNs: 100 * seconds,
  });

describe('requests of a source', () => {
  test('are the area under its curve, times the mean of the modulation, cut where the mix changes', () => {
    const open: OpenTraffic = {
      ...build.openTraffic(1, {}),
      curve,
      mix,
      arrivals: { process: 'mmpp', states },
    };
    // Warm-up 10 s × 10, then 400, then 10 s from 50 down to 30, then 10 s from 30 to 10, then 400.
    expect(totals(siteWith(open)).get('r')).toBeCloseTo(1.5 * (100 + 400 + 400 + (200 + 400) / 2), 9);
    expect(totals(siteWith(open)).get('q')).toBeCloseTo(1.5 * 300, 9);
    expect(expected(siteWith(open))[0]).toBeCloseTo(1.5 * (400 + 400 + (200 + 400) / 2), 9);
    expect(expected(siteWith(open), 4)[1]).toBeCloseTo((1.5 * 300) / 4, 9);
  });

  test('that grows exponentially are its integral, not the mean of its ends', () => {
    const growth: OpenTraffic['curve'] = [
      { atNs: 0, ratePerSec: 10, shape: 'step', phase: null },
      { atNs: 100 * seconds, ratePerSec: 1000, shape: 'exponential', phase: null },
    ];
    const open = { ...build.openTraffic(1, { r: 1 }), curve: growth };
    expect(expected(siteWith(open))[0]! / (990 / Math.log(100))).toBeCloseTo(100, 9);
  });

  test('that is a trace are its rows in the time asked for, by their class or their share', () => {
    expect(expected(siteWith(trace))).toEqual([2.5, 1.5]);
  });

  test('of users are at most N / (Z + R); how many of them come is not known before the run', () => {
    expect(totals(siteWith(users)).get('r')).toBeCloseTo((50 * 110) / 0.1, 6);
    expect(expected(siteWith(users, trace))).toEqual([2.5, 1.5]);
  });

  test('without a mix are all of the only class', () => {
    const from = siteWith({ ...build.openTraffic(7, {}), mix: [] });
    expect(expected({ ...from, requests: { r: requests.r } })).toEqual([700]);
  });
});

describe('regions of a class', () => {
  const from = (traffic: Traffic[]): Scenario =>
    scenario({
      stations: { app: station({ region: 'east', operations: { ask: [delay(constant(10 * ms))] } }) },
      requests: { r: request(['app.ask']) },
      rttNs: { west: { east: 40 * ms } },
      traffic,
    });
  const demandOf = (scene: Scenario) => {
    const site = makeSite(scene, nowhere);
    return new Demands(site, files).of([inlineRequest(site, 'r')])[0]!;
  };
  const only = (region: string) => [{ atNs: 0, shares: { [region]: 1 } }];
  const open: Traffic = { ...build.openTraffic(300, { r: 1 }), regions: only('east') };

  test('are weighed by what each of its sources brings, users by their bound', () => {
    // 20 users from the west think 150 ms and are answered after 50 ms: 100/s, beside 300/s from the east.
    const west: Traffic = { ...users, users: 20, think: constant(150 * ms), regions: only('west') };
    const demand = demandOf(from([open, west]));
    expect(demand.regions.shares).toEqual([0.75, 0.25]);
    expect(demand.regions.exact).toBe(false);
    expect(demand.unloadedNs).toBeCloseTo(20 * ms, 6);
    expect(unloadedTimes(from([open, west]), { files, draws: 100 })[0]!.exact).toBe(false);
  });

  test('of a trace are weighed by its rows', () => {
    const west: Traffic = { ...trace, mix: [{ atNs: 0, shares: { r: 1 } }], regions: only('west') };
    const named = new Map([
      ['t.csv', ['at', ...Array.from({ length: 10_000 }, (_, i) => i / 100), ''].join('\n')],
    ]);
    const site = makeSite(from([open, west]), nowhere);
    const { regions } = new Demands(site, named).of([inlineRequest(site, 'r')])[0]!;
    expect(regions).toEqual({ shares: [0.75, 0.25], exact: true });
  });

  test('of a site without any traffic are as its sources say', () => {
    const none: Traffic = {
      ...build.openTraffic(0, { r: 1 }),
      regions: [{ atNs: 0, shares: { east: 0.9, west: 0.1 } }],
    };
    expect(demandOf(from([none])).regions).toEqual({ shares: [0.9, 0.1], exact: true });
  });

  test('of users alone are their own', () => {
    const west: Traffic = { ...users, regions: [{ atNs: 0, shares: { east: 0.5, west: 0.5 } }] };
    expect(demandOf(from([west])).regions).toEqual({ shares: [0.5, 0.5], exact: true });
  });
});
