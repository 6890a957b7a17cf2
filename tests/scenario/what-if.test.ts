import { describe, expect, test } from 'vitest';
import type { MixPoint, Scenario } from '../../src/scenario/types.ts';
import { changingShares, withTraffic } from '../../src/scenario/what-if.ts';
import { openOf, ratesOf, scenarioOf } from './buy-and-look.ts';

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
