/** For every assumption a site that breaks it: no formula about waiting is applied, and the first reason is the right one. */
import { describe, expect, test, vi } from 'vitest';
import { compared } from '../../../src/analysis/shadow/shadow.ts';
import { ofReplications } from '../../../src/analysis/shadow/estimates.ts';
import { formsOf, reasonsOf, shadowOf, tooFar, type SiteParts } from './sites.ts';

// Each case simulates some hundred thousand jobs, on machines that have other work too.
vi.setConfig({ testTimeout: 60_000 });

const SHORT = '{ lasts: 20s, warmUp: 5s }';
const DESK = '{ desk: { servers: 1, service: { exponential: 1ms } } }';

interface Case extends SiteParts {
  readonly title: string;
  readonly reasons: readonly string[];
  /** What remains; the utilization law unless said otherwise. */
  readonly forms?: readonly string[];
}

const LAW = ['desk G/G/c: utilizationRatio'];

/** Nothing is known but a bare rate, or not even that. */
const UNKNOWN_FLOWS: readonly Case[] = [
  {
    title: 'noise on the rate',
    traffic: '{ rate: 500/s, noise: { cv: 5%, correlation: 2s } }',
    stations: DESK,
    reasons: ['desk noise customer'],
  },
  {
    title: 'regular arrivals',
    traffic: '{ rate: 500/s, arrivals: deterministic }',
    stations: DESK,
    reasons: ['desk process-not-poisson customer'],
  },
  {
    title: 'closed users',
    traffic: '{ closed: { users: 100, think: { exponential: 1s } } }',
    stations: DESK,
    reasons: ['desk traffic-not-open customer'],
  },
  {
    title: 'a ramp',
    traffic: '{ curve: [{ at: 0s, rate: 100/s }, { at: 20s, rate: 500/s }] }',
    stations: DESK,
    reasons: ['desk rate-varies customer'],
  },
  {
    title: 'a mix that changes',
    traffic:
      '{ rate: 500/s, mix: [{ at: 0s, shares: { a: 50%, b: 50% } }, { at: 10s, shares: { a: 20%, b: 80% } }] }',
    stations: DESK,
    requests: '{ a: { path: [desk] }, b: { path: [desk] } }',
    reasons: ['desk rate-varies a'],
  },
  {
    title: 'slower servers for a while',
    traffic: '{ rate: 500/s }',
    stations: DESK,
    more: 'disturbances: [{ id: dip, at: 5s, lasts: 2s, station: desk, capacity: 60% }]',
    reasons: ['desk disturbed desk'],
    forms: [],
  },
  {
    title: 'a failing step before it',
    stations: `
  front: { operations: { ask: [{ fail: 10% }, { call: desk }] } }
  desk: { servers: 1, service: { exponential: 1ms } }`,
    requests: '{ customer: { path: [front.ask] } }',
    reasons: ['desk may-fail customer'],
  },
  {
    title: 'nobody comes',
    stations: `{ desk: { servers: 1, service: 1ms }, shelf: { servers: 1, service: 1ms } }`,
    forms: ['desk M/D/1: utilizationRatio waitNsMean waitedRatio waitNsP95 waitNsP99'],
    reasons: ['shelf not-visited'],
  },
  {
    title: 'weighted round robin',
    stations:
      '{ desk: { replicas: 2, servers: 1, balance: { policy: weighted-round-robin, weights: [3, 1] }, service: 1ms } }',
    reasons: ['desk balancer'],
  },
];

/** The rate is known, the flow is not Poisson: only the utilization law holds. */
const NOT_POISSON: readonly Case[] = [
  {
    title: 'two visits of one request',
    traffic: '{ rate: 300/s }',
    stations: DESK,
    requests: '{ customer: { path: [desk, desk] } }',
    reasons: ['desk visited-again customer'],
  },
  {
    title: 'a loop',
    traffic: '{ rate: 100/s }',
    stations: `
  front: { operations: { ask: [{ repeat: 3, do: [{ call: desk }] }] } }
  desk: { servers: 1, service: { exponential: 1ms } }`,
    requests: '{ customer: { path: [front.ask] } }',
    reasons: ['desk visited-again customer'],
  },
  {
    title: 'least connections',
    stations:
      '{ desk: { replicas: 4, servers: 1, balance: least-connections, service: { exponential: 4ms } } }',
    reasons: ['desk balancer'],
  },
  {
    title: 'in turn by several balancers',
    stations: `
  front: { replicas: 3, operations: { ask: [{ call: desk }] } }
  desk: { replicas: 4, servers: 1, balance: round-robin, service: { exponential: 4ms } }`,
    requests: '{ customer: { path: [front.ask] } }',
    reasons: ['desk balancer'],
  },
  {
    title: 'in turn, with a delay between the choice and the work',
    stations: `
  desk: { replicas: 4, servers: 1, balance: round-robin, operations: { ask: [{ delay: { exponential: 9ms } }, { serve: { exponential: 4ms } }] } }`,
    requests: '{ customer: { path: [desk.ask] } }',
    reasons: ['desk balancer'],
  },
  {
    title: 'behind a queue with fixed service',
    stations: '{ web: { servers: 1, service: 1ms }, desk: { servers: 1, service: { exponential: 1ms } } }',
    requests: '{ customer: { path: [web, desk] } }',
    forms: ['web M/D/1: utilizationRatio waitNsMean waitedRatio waitNsP95 waitNsP99', ...LAW],
    reasons: ['desk behind-a-queue web'],
  },
  {
    title: 'behind a join whose branches may wait',
    stations: `
  front: { operations: { ask: [{ parallel: [{ call: left }, { call: right }] }, { call: desk }] } }
  left: { servers: 1, service: { exponential: 1ms } }
  right: { servers: 1, service: { exponential: 1ms } }
  desk: { servers: 1, service: { exponential: 1ms } }`,
    requests: '{ customer: { path: [front.ask] } }',
    forms: [
      'left M/M/1: utilizationRatio waitNsMean waitedRatio waitNsP95 waitNsP99',
      'right M/M/1: utilizationRatio waitNsMean waitedRatio waitNsP95 waitNsP99',
      ...LAW,
    ],
    reasons: ['desk behind-a-join'],
  },
  {
    title: 'a copy that was sent ahead meets its original, who came through a queue',
    traffic: '{ rate: 300/s, mix: { a: 50%, b: 50% } }',
    stations: `
  front: { operations: { ask: [{ send: web }, { call: desk }] } }
  web: { servers: 1, service: { exponential: 1ms } }
  desk: { servers: 1, service: { exponential: 1ms } }`,
    requests: '{ a: { path: [front.ask] }, b: { path: [web, desk] } }',
    forms: ['web M/M/1: utilizationRatio waitNsMean waitedRatio waitNsP95 waitNsP99', ...LAW],
    reasons: ['desk copies-meet a'],
  },
  {
    title: 'a circle of two classes that go opposite ways',
    traffic: '{ rate: 500/s, mix: { a: 50%, b: 50% } }',
    stations:
      '{ web: { servers: 1, service: { exponential: 1ms } }, desk: { servers: 1, service: { exponential: 1ms } } }',
    requests: '{ a: { path: [web, desk] }, b: { path: [desk, web] } }',
    forms: ['web G/G/c: utilizationRatio', ...LAW],
    reasons: ['web feedback desk', 'desk feedback web'],
  },
  {
    title: 'four servers with a law that has no formula',
    traffic: '{ rate: 300/s }',
    stations: '{ desk: { servers: 4, service: { lognormal: { mean: 10ms, cv: 1 } } } }',
    reasons: ['desk no-formula'],
  },
];

/** The run itself did what the formula excludes. */
const OBSERVED: readonly Case[] = [
  {
    title: 'too few threads on the way, ever more requests wait for them',
    stations:
      '{ desk: { servers: 2, threads: 2, operations: { ask: [{ serve: { exponential: 1ms } }, { delay: 3ms }] } } }',
    requests: '{ customer: { path: [desk.ask] } }',
    reasons: ['desk waited-on-the-way desk.threads'],
  },
  {
    title: 'threads that ran out for a moment now and then: the rate is as before',
    stations:
      '{ desk: { servers: 2, threads: 4, operations: { ask: [{ serve: { exponential: 1ms } }, { delay: 1ms }] } } }',
    requests: '{ customer: { path: [desk.ask] } }',
    forms: LAW,
    reasons: ['desk waited-on-the-way desk.threads'],
  },
  {
    title: 'turned away before it gets here',
    stations: `{ web: { servers: 1, waitingRoom: 2, service: { exponential: 1ms } }, desk: { servers: 1, service: { exponential: 1ms } } }`,
    requests: '{ customer: { path: [web, desk] } }',
    forms: ['web M/M/c/K: utilizationRatio waitNsMean waitedRatio rejectedRatio'],
    reasons: ['desk lost-on-the-way web'],
  },
  {
    title: 'a limiter that sheds',
    stations:
      '{ desk: { servers: 1, limit: { algorithm: token-bucket, rate: 500/s, burst: 10 }, service: { exponential: 1ms } } }',
    reasons: ['desk shed desk.limit'],
  },
  {
    title: 'calls that time out',
    stations: `
  front: { operations: { ask: [{ call: desk, timeout: 5ms, onFailure: continue }] } }
  desk: { servers: 1, service: { exponential: 1ms } }`,
    requests: '{ customer: { path: [front.ask] } }',
    reasons: ['desk call-repeated front > desk'],
  },
  {
    title: 'as much as it can do',
    traffic: '{ rate: 1000/s }',
    stations: '{ desk: { servers: 1, service: { exponential: 1ms } } }',
    reasons: ['desk saturated'],
  },
  {
    title: 'too little time to forget an empty start',
    clock: '{ lasts: 20s, warmUp: 0s }',
    traffic: '{ rate: 995/s }',
    stations: DESK,
    reasons: ['desk not-settled'],
  },
];

describe('not even the utilization', () => {
  test.each([...UNKNOWN_FLOWS, ...OBSERVED].map((each) => [each.title, each] as const))(
    '%s',
    (_title, { forms = [], reasons, ...parts }) => {
      const shadow = shadowOf({ clock: SHORT, ...parts });
      expect(reasonsOf(shadow)).toEqual(reasons);
      expect(formsOf(shadow)).toEqual(forms);
    },
  );
});

describe('no more than the utilization', () => {
  test.each(NOT_POISSON.map((each) => [each.title, each] as const))(
    '%s',
    (_title, { forms = LAW, reasons, ...parts }) => {
      const shadow = shadowOf({ clock: '{ lasts: 60s, warmUp: 5s }', ...parts });
      expect(reasonsOf(shadow)).toEqual(reasons);
      expect(formsOf(shadow)).toEqual(forms);
      expect(tooFar(shadow)).toEqual([]);
    },
  );
});

describe('how far is too far', () => {
  test('a wrong value is seen, a right one is not', () => {
    const right = { value: 1.02, standardError: 0.01, batches: 1000 };
    expect(compared(1, right)).toMatchObject({
      differenceSe: expect.closeTo(2, 9) as number,
      suspicious: false,
    });
    expect(compared(1.07, right)).toMatchObject({
      differenceSe: expect.closeTo(-5, 9) as number,
      suspicious: true,
    });
  });

  test('few batches need a larger difference, no standard error never shows one', () => {
    const few = { value: 1.05, standardError: 0.01, batches: 10 };
    expect(compared(1, few).suspicious).toBe(false);
    expect(compared(1, { ...few, value: 1.08 }).suspicious).toBe(true);
    const none = { value: 5, standardError: null, batches: 0 };
    expect(compared(1, none)).toMatchObject({ simulated: 5, differenceSe: null, suspicious: false });
  });

  test('replications: mean and s/√R', () => {
    expect(ofReplications([1, 2, 3, 4])).toEqual({
      value: 2.5,
      standardError: expect.closeTo(Math.sqrt(5 / 3 / 4), 12) as number,
      batches: 4,
    });
    expect(ofReplications([3])).toEqual({ value: 3, standardError: null, batches: 0 });
    expect(ofReplications([])).toEqual({ value: null, standardError: null, batches: 0 });
  });
});
