/** The shadow of measurements made by hand: two servers, ten windows of a second, 3 jobs a second of 500 ms each. */
import { expect, test } from 'vitest';
import { makeContext, type Context } from '../../../src/analysis/context.ts';
import { findShadow } from '../../../src/analysis/shadow/shadow.ts';
import type { Premise } from '../../../src/model/premises.ts';
import type { Measurements } from '../../../src/run/measurements.ts';
import { BALANCED, group, groupMeasured, input, measurements, model, MS, SECOND_NS } from '../builders.ts';

const KIND = { request: 'buy', perSec: 3, law: 'exponential', meanNs: 500 * MS, scv: 1 } as const;
const PREMISE: Premise = {
  group: 'shop',
  phase: null,
  load: {
    kinds: [KIND],
    split: { kind: 'random', shares: null },
    leadNs: 1000 * SECOND_NS,
    upstreamNs: 0,
    groups: [],
    calls: [],
  },
  obstacle: null,
};

/** ρ = 0.75, so 1.5 servers are busy on average; here `busy` of them, a little more and less by turns. */
function contextOf(busy: number, extra: Partial<Measurements> = {}, premise: Partial<Premise> = {}): Context {
  const turns = [0.1, -0.1, 0.12, -0.1, 0.08, -0.1, 0.1, -0.12, 0.1, -0.08];
  const busyNs = turns.map((turn) => (busy + turn) * SECOND_NS);
  const shop = groupMeasured({ busyNs, waitingNs: 0, starts: 3, arrivals: 3 });
  const measured = measurements({ groups: [shop], ...extra });
  return makeContext(
    input({
      premises: [{ ...PREMISE, ...premise }],
      model: model({ groups: [group('shop')] }),
      measurements: measured,
    }),
    measured,
  );
}

const utilization = (context: Context, runs?: readonly Context[]) =>
  findShadow(context, runs).rows.find(({ quantity }) => quantity === 'utilizationRatio');

test('a right value is near, a wrong one is no chance', () => {
  const right = utilization(contextOf(1.5))!;
  expect(right).toMatchObject({
    formula: 'M/M/c',
    theory: 0.75,
    simulated: expect.closeTo(0.75, 3) as number,
  });
  expect(right.suspicious).toBe(false);
  const wrong = utilization(contextOf(1.9))!;
  expect(wrong.simulated).toBeCloseTo(0.95, 3);
  expect(Math.abs(wrong.differenceSe!)).toBeGreaterThan(5);
  expect(wrong.suspicious).toBe(true);
});

test('replications are compared by their own spread', () => {
  const runs = [1.48, 1.52, 1.5, 1.54].map((busy) => contextOf(busy));
  expect(utilization(runs[0]!, runs)).toMatchObject({
    simulated: expect.closeTo(0.755, 9) as number,
    // Standard deviation of the four utilizations over √4.
    standardError: expect.closeTo(0.0129099 / 2, 6) as number,
    batches: 4,
    suspicious: false,
  });
});

test.each([
  ['cut-short', { stop: { reason: 'interrupted', atNs: 9 * SECOND_NS, runaway: null } }, null],
  ['lost-on-the-way', { groupTotals: [{ ...BALANCED, abandoned: 1 }] }, 'shop'],
] as const)('%s', (reason, extra, of) => {
  expect(findShadow(contextOf(1.5, extra))).toEqual({
    rows: [],
    refusals: [{ group: 'shop', phase: null, reason, of }],
  });
});

test('a load without its variance has no formula about waiting, but a utilization', () => {
  const load = { ...PREMISE.load!, kinds: [{ ...KIND, law: 'general' as const, scv: Infinity }] };
  const { rows, refusals } = findShadow(contextOf(1.5, {}, { load }));
  expect(rows.map(({ formula, quantity }) => `${formula} ${quantity}`)).toEqual(['G/G/c utilizationRatio']);
  expect(refusals).toEqual([{ group: 'shop', phase: null, reason: 'no-formula', of: null }]);
});
