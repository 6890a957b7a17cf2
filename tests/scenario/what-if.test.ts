import { describe, expect, test } from 'vitest';
import { withHold } from '../../src/scenario/hold.ts';
import type { MixPoint, OpenTraffic, Scenario } from '../../src/scenario/types.ts';
import { changingShares, withTraffic } from '../../src/scenario/what-if.ts';
import { validScenario } from '../promises/world.ts';

const text = (curve: string, more = '', budgets = ''): string => `scenario: site
clock: { lasts: 10m, warmUp: 5s }
traffic:
  - { curve: [${curve}], mix: { buy: 25%, look: 75% } }
${more}stations:
  desk: { servers: 2, service: { exponential: 5ms } }
requests:
  buy: { path: [desk] }
  look: { path: [desk] }
${budgets === '' ? '' : `budgets:\n${budgets}`}`;

const scenarioOf = (...parts: Parameters<typeof text>): Scenario => validScenario({ text: text(...parts) });
const openOf = ({ traffic }: Scenario): OpenTraffic[] => traffic.filter((each) => each.model === 'open');
const ratesOf = (scenario: Scenario) =>
  openOf(scenario).map(({ curve }) => curve.map((point) => point.ratePerSec));

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

describe('traffic of one class multiplied', () => {
  const shares = (scenario: Scenario): MixPoint['shares'] | undefined => openOf(scenario)[0]?.mix[0]?.shares;

  test('leaves the rate of every other class as it was', () => {
    const scenario = scenarioOf('{ at: 0s, rate: 400/s }');
    const more = withTraffic(scenario, 3, new Set(['buy']));
    // 100/s become 300/s, and 300/s stay.
    expect(ratesOf(more)).toEqual([[600]]);
    expect(shares(more)).toEqual({ buy: 0.5, look: 0.5 });
    expect(ratesOf(withTraffic(scenario, 3, new Set(['buy', 'look'])))).toEqual(
      ratesOf(withTraffic(scenario, 3)),
    );
  });

  test('is refused by its source where its share changes with time', () => {
    const scenario = scenarioOf('{ at: 0s, rate: 400/s }');
    const [traffic] = openOf(scenario);
    const mix: MixPoint[] = [
      { atNs: 0, shares: { buy: 0.25, look: 0.75 } },
      { atNs: 1e9, shares: { buy: 0.5, look: 0.5 } },
    ];
    const changing = { ...scenario, traffic: [{ ...traffic!, mix }] };
    expect(changingShares(changing, new Set(['buy']))).toEqual([0]);
    expect(changingShares(changing, new Set(['buy', 'look']))).toEqual([]);
    expect(changingShares(scenario, new Set(['buy']))).toEqual([]);
  });
});
