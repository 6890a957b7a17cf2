/** Every closed form beside a simulation of the station it is about, and what it is, worked out by hand. */
import { expect, test, vi } from 'vitest';
import type { ShadowQuantity } from '../../../src/analysis/findings.ts';
import { erlangB } from '../../../src/theory/erlang.ts';
import { formsOf, reasonsOf, shadowOf, tooFar, type SiteParts } from './sites.ts';

// Each case simulates some hundred thousand jobs, on machines that have other work too.
vi.setConfig({ testTimeout: 60_000 });

interface Case extends SiteParts {
  readonly title: string;
  readonly forms: readonly string[];
  /** Of the first group; times in ms. */
  readonly theory: Partial<Record<ShadowQuantity, number>>;
}

const MEANS = 'utilizationRatio waitNsMean waitedRatio';
const TAILS = `${MEANS} waitNsP95 waitNsP99`;
const TIMES: readonly ShadowQuantity[] = ['waitNsMean', 'waitNsP95', 'waitNsP99'];

const CASES: readonly Case[] = [
  {
    title: 'one server, exponential: ρS/(1 − ρ)',
    stations: '{ desk: { servers: 1, service: { exponential: 1ms } } }',
    forms: [`desk M/M/1: ${TAILS}`],
    theory: { utilizationRatio: 0.7, waitNsMean: 7 / 3, waitedRatio: 0.7 },
  },
  {
    title: 'the same last come first served: same mean, no percentiles',
    stations: '{ desk: { servers: 1, discipline: lifo, service: { exponential: 1ms } } }',
    forms: [`desk M/M/1: ${MEANS}`],
    theory: { waitNsMean: 7 / 3 },
  },
  {
    title: 'four servers: Erlang C',
    traffic: '{ rate: 320/s }',
    stations: '{ desk: { servers: 4, service: { exponential: 10ms } } }',
    forms: [`desk M/M/c: ${TAILS}`],
    theory: { utilizationRatio: 0.8, waitedRatio: 0.5964325, waitNsMean: 7.455406 },
  },
  {
    title: 'fixed service waits half as long as exponential',
    stations: '{ desk: { servers: 1, service: 1ms } }',
    forms: [`desk M/D/1: ${TAILS}`],
    theory: { utilizationRatio: 0.7, waitNsMean: 7 / 6 },
  },
  {
    title: 'lognormal service: Pollaczek–Khinchine',
    stations: '{ desk: { servers: 1, service: { lognormal: { mean: 1ms, cv: 2 } } } }',
    forms: [`desk M/G/1: ${MEANS}`],
    theory: { waitNsMean: (0.7 * 5) / 2 / 0.3 },
  },
  {
    title: 'two classes with laws of their own: the moments of the mixture',
    traffic: '{ rate: 600/s, mix: { quick: 50%, slow: 50% } }',
    stations:
      '{ desk: { servers: 1, operations: { quick: [{ serve: 500us }], slow: [{ serve: { exponential: 2ms } }] } } }',
    requests: '{ quick: { path: [desk.quick] }, slow: { path: [desk.slow] } }',
    forms: [`desk M/G/1: ${MEANS}`],
    // λE[S²]/2(1 − ρ) with E[S²] = (0.25 + 8)/2 ms², ρ = 0.6 × 1.25
    theory: { utilizationRatio: 0.75, waitNsMean: (0.6 * 4.125) / 2 / 0.25 },
  },
  {
    title: 'two priorities at one server: Cobham',
    traffic: '{ rate: 600/s, mix: { first: 50%, last: 50% } }',
    stations:
      '{ desk: { servers: 1, discipline: priority, operations: { quick: [{ serve: 500us }], slow: [{ serve: 2ms }] } } }',
    requests: '{ first: { path: [desk.quick], priority: 0 }, last: { path: [desk.slow], priority: 1 } }',
    forms: [`desk M/G/1 priority: ${MEANS}`],
    // residual ½·0.3·(0.25 + 4) = 0.6375 ms; first 0.6375/0.85, last 0.6375/(0.85·0.25)
    theory: { waitNsMean: (0.6375 / 0.85 + 0.6375 / (0.85 * 0.25)) / 2 },
  },
  {
    title: 'processor sharing: S·ρ/(1 − ρ) is lost to others, whatever the law',
    stations: '{ desk: { servers: 1, discipline: ps, service: { hyperexponential: { mean: 1ms, cv: 2 } } } }',
    forms: ['desk M/G/PS: utilizationRatio waitNsMean'],
    theory: { utilizationRatio: 0.7, waitNsMean: 7 / 3 },
  },
  {
    title: 'a bounded room above its capacity',
    traffic: '{ rate: 1100/s }',
    stations: '{ desk: { servers: 10, waitingRoom: 5, service: { exponential: 10ms } } }',
    forms: ['desk M/M/c/K: utilizationRatio waitNsMean waitedRatio rejectedRatio'],
    theory: { rejectedRatio: 0.1523952, utilizationRatio: 0.9323653 },
  },
  {
    title: 'no room at all: Erlang B, whatever the law',
    stations: '{ desk: { servers: 10, waitingRoom: 0, service: { lognormal: { mean: 10ms, cv: 1.5 } } } }',
    forms: ['desk M/G/c/c: utilizationRatio rejectedRatio'],
    theory: { rejectedRatio: erlangB({ offeredLoadErlangs: 7, serverCount: 10 }) },
  },
  {
    title: 'unlimited servers: a = λS are busy',
    stations: '{ desk: { servers: unlimited, service: { lognormal: { mean: 50ms, cv: 1 } } } }',
    forms: ['desk M/G/∞: busyServers'],
    theory: { busyServers: 35 },
  },
  {
    title: 'random choice: each replica is a queue of its own',
    traffic: '{ rate: 2800/s }',
    stations: '{ desk: { replicas: 4, servers: 1, balance: random, service: { exponential: 1ms } } }',
    forms: [`desk M/M/1: ${TAILS}`],
    theory: { utilizationRatio: 0.7, waitNsMean: 7 / 3 },
  },
  {
    title: 'unequal shares of 3 : 1: the mean over jobs of two queues',
    traffic: '{ rate: 800/s }',
    stations:
      '{ desk: { replicas: 2, servers: 1, balance: { policy: random, weights: [3, 1] }, service: { exponential: 1ms } } }',
    forms: [`desk M/M/1: ${MEANS}`],
    theory: { utilizationRatio: 0.4, waitNsMean: 0.75 * (0.6 / 0.4) + 0.25 * (0.2 / 0.8) },
  },
  {
    title: 'in turn from one balancer: Erlang arrivals',
    traffic: '{ rate: 2800/s }',
    stations: '{ desk: { replicas: 4, servers: 1, balance: round-robin, service: { exponential: 1ms } } }',
    forms: [`desk E/M/1: ${TAILS}`],
    theory: { utilizationRatio: 0.7 },
  },
  {
    title: 'a tandem: Burke',
    traffic: '{ rate: 320/s }',
    stations:
      '{ web: { servers: 2, service: { exponential: 5ms } }, desk: { servers: 4, service: { exponential: 10ms } } }',
    requests: '{ customer: { path: [web, desk] } }',
    forms: [`web M/M/c: ${TAILS}`, `desk M/M/c: ${TAILS}`],
    theory: { waitNsMean: 8.888889 },
  },
  {
    title: 'behind processor sharing and delays of any law, thinned by a choice',
    traffic: '{ rate: 1400/s }',
    stations: `
  web: { servers: 2, discipline: ps, operations: { page: [
    { serve: { lognormal: { mean: 1ms, cv: 1 } } }, { delay: 20ms },
    { choose: [{ share: 50%, do: [{ call: desk }] }, { share: 50%, do: [{ delay: 1ms }] }] }] } }
  desk: { servers: 1, service: { exponential: 1ms } }`,
    requests: '{ customer: { path: [web.page] } }',
    forms: ['web M/G/PS: utilizationRatio waitNsMean', `desk M/M/1: ${TAILS}`],
    theory: { utilizationRatio: 0.7 },
  },
  {
    title: 'branches of a fork that do not meet',
    stations: `
  front: { operations: { ask: [{ parallel: [{ call: left }, { call: right }] }] } }
  left: { servers: 1, service: { exponential: 1ms } }
  right: { servers: 1, service: 1ms }`,
    requests: '{ customer: { path: [front.ask] } }',
    forms: [`left M/M/1: ${TAILS}`, `right M/D/1: ${TAILS}`],
    theory: { utilizationRatio: 0.7 },
  },
  {
    title: 'threads nobody had to wait for change nothing',
    stations: '{ desk: { servers: 1, threads: 1000, service: { exponential: 1ms } } }',
    forms: [`desk M/M/1: ${TAILS}`],
    theory: { waitNsMean: 7 / 3 },
  },
];

test.each(CASES.map((each) => [each.title, each] as const))('%s', (_title, each) => {
  const shadow = shadowOf(each);
  expect(reasonsOf(shadow)).toEqual([]);
  expect(formsOf(shadow)).toEqual(each.forms);
  for (const [quantity, expected] of Object.entries(each.theory) as [ShadowQuantity, number][]) {
    const { theory } = shadow.rows.find((row) => row.quantity === quantity)!;
    expect(TIMES.includes(quantity) ? theory / 1e6 : theory, quantity).toBeCloseTo(expected, 5);
  }
  // Sums over windows have a standard error; shares and percentiles of one run have none.
  for (const { quantity, simulated, standardError, differenceSe } of shadow.rows) {
    const isRatio = ['utilizationRatio', 'busyServers', 'waitNsMean', 'rejectedRatio'].includes(quantity);
    expect(simulated, quantity).not.toBeNull();
    expect([standardError !== null, differenceSe !== null], quantity).toEqual([isRatio, isRatio]);
  }
  expect(tooFar(shadow)).toEqual([]);
  expect(shadow.rows.filter(({ suspicious }) => suspicious)).toEqual([]);
});

test('each constant phase has its own rows, and a varying whole none', () => {
  const shadow = shadowOf({
    clock: '{ lasts: 120s, warmUp: 5s }',
    traffic: `{ curve: [
      { at: 0s, rate: 300/s, phase: calm }, { at: 60s, rate: 600/s, shape: step, phase: rush }, { at: 120s, rate: 600/s }] }`,
    stations: '{ desk: { servers: 1, service: { exponential: 1ms } } }',
  });
  expect(formsOf(shadow)).toEqual([`desk in calm M/M/1: ${TAILS}`, `desk in rush M/M/1: ${TAILS}`]);
  const used = shadow.rows
    .filter(({ quantity }) => quantity === 'utilizationRatio')
    .map(({ theory }) => theory);
  expect(used).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.6, 12)]);
  expect(reasonsOf(shadow)).toEqual(['desk rate-varies customer']);
  expect(tooFar(shadow)).toEqual([]);
});
