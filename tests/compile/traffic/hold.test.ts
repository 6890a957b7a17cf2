import { describe, expect, test } from 'vitest';
import { withHold } from '../../../src/compile/traffic/hold.ts';
import { openOf, ratesOf, scenarioOf } from '../../scenario/buy-and-look.ts';

const PHASES = `{ at: 0s, rate: 100/s, phase: before }, { at: 2m, rate: 100/s, phase: ramp },
    { at: 4m, rate: 400/s, phase: peak }, { at: 6m, rate: 400/s }, { at: 8m, rate: 100/s, phase: over }`;

describe('a held peak', () => {
  test('has the rate and the phase of the instant with most traffic, of all sources together', () => {
    const alone = withHold(scenarioOf(PHASES), 60e9);
    expect(openOf(alone)[0]?.curve).toEqual([{ atNs: 0, ratePerSec: 400, shape: 'step', phase: 'peak' }]);
    expect(alone.clock.lastsNs).toBe(60e9);
    // The other source has its own top at 8 min, by when both together have more than at 4 min.
    const other = '  - { curve: [{ at: 0s, rate: 1/s }, { at: 8m, rate: 901/s }], mix: { look: 100% } }\n';
    expect(ratesOf(withHold(scenarioOf(PHASES, other), 60e9))).toEqual([[400], [676]]);
  });

  test.each([
    ['on a line', '{ at: 0s, rate: 100/s }, { at: 4m, rate: 500/s }', [300]],
    ['exponentially', '{ at: 0s, rate: 100/s }, { at: 4m, rate: 400/s, shape: exponential }', [200]],
    ['at once', '{ at: 0s, rate: 100/s }, { at: 4m, rate: 400/s, shape: step }', [100]],
  ])('reads a curve that rises %s where another source has its peak', (_, curve, half) => {
    const spike =
      '  - { curve: [{ at: 0s, rate: 1/s }, { at: 2m, rate: 90k/s }, { at: 3m, rate: 1/s }], mix: { look: 100% } }\n';
    expect(ratesOf(withHold(scenarioOf(curve, spike), 60e9))[0]?.map(Math.round)).toEqual(half);
  });

  test.each([
    [
      'just before a step',
      '{ at: 0s, rate: 100/s, phase: a }, { at: 5m, rate: 0/s, shape: step, phase: b }',
      [100, 100],
      'a',
    ],
    [
      'just after a step',
      '{ at: 0s, rate: 10/s, phase: a }, { at: 5m, rate: 20/s, shape: step, phase: b }',
      [20, 100],
      'b',
    ],
    ['at the end', '{ at: 0s, rate: 10/s, phase: a }, { at: 10m, rate: 500/s, phase: b }', [500, 0], 'a'],
  ])('lies %s', (_, curve, rates, phase) => {
    // Falls again to nothing at the end, and what comes behind it never comes.
    const rises =
      '{ at: 0s, rate: 0/s }, { at: 5m, rate: 100/s }, { at: 10m, rate: 0/s }, { at: 15m, rate: 9000/s }';
    const other = `  - { curve: [${rises}], mix: { look: 100% } }\n`;
    const held = withHold(scenarioOf(curve, other), 60e9);
    expect(ratesOf(held)).toEqual(rates.map((rate) => [rate]));
    expect(openOf(held)[0]?.curve[0]?.phase).toBe(phase);
  });

  test('is looked for with the mean of bursts, and has the mix of its moment', () => {
    const bursts = `{ mmpp: [{ factor: 1, for: 1s }, { factor: 5, for: 1s }] }`;
    const other = `  - curve: [{ at: 0s, rate: 10/s }, { at: 5m, rate: 40/s, shape: step }]
    mix: [{ at: 0s, shares: { look: 100% } }, { at: 5m, shares: { buy: 100% } }]
    arrivals: ${bursts}
`;
    // 100 + 3 × 10 before the step, 60 + 3 × 40 after it; without the bursts it would be 110 and 100.
    const held = withHold(
      scenarioOf('{ at: 0s, rate: 100/s }, { at: 5m, rate: 60/s, shape: step }', other),
      60e9,
    );
    expect(ratesOf(held)).toEqual([[60], [40]]);
    expect(openOf(held)[1]?.mix[0]?.shares).toEqual({ buy: 1 });
  });

  test('judges budgets about the whole run or its phase, for which it is long enough, and no others', () => {
    const budget = (id: string, window: string): string =>
      `  - { id: ${id}, target: "request:buy", expect: p95 < 1s${window === '' ? '' : `, window: ${window}`} }\n`;
    const all = [
      budget('whole', ''),
      budget('peak', 'peak'),
      budget('before', 'before'),
      budget('range', '{ from: 1m, to: 2m }'),
      budget('after', '{ after: peak }'),
      budget('worst', '{ worst: 10s, within: peak }'),
      budget('long', '{ worst: 2m }'),
      budget('slices', '{ slices: 10s, within: ramp, good: 99% }'),
    ];
    const held = withHold(scenarioOf(PHASES, '', all.join('')), 60e9);
    expect(held.budgets.map(({ id }) => id)).toEqual(['whole', 'peak', 'worst']);
  });
});
