/** Closed forms of repeats beside sums of the laws they come from. */
import { describe, expect, test } from 'vitest';
import { Demands } from '../../src/compile/demands.ts';
import { chanceThroughout, expectedTurns } from '../../src/compile/demands/turns.ts';
import { nowhere } from '../../src/compile/refusal.ts';
import { inlineRequest } from '../../src/compile/tree/inline.ts';
import { makeSite } from '../../src/compile/tree/site.ts';
import { unloadedTimes } from '../../src/compile/unloaded.ts';
import type { Step } from '../../src/scenario/types.ts';
import * as build from './build.ts';
import { call, choose, constant, delay, desk, ms, repeat, request, scenario, station } from './build.ts';

/** P(N = n). */
const LAWS = {
  constant: (mean: number, n: number): number => (n === mean ? 1 : 0),
  geometric: (mean: number, n: number): number => (mean / (1 + mean)) ** n / (1 + mean),
};

test.each([
  ['constant', 1],
  ['constant', 7],
  ['geometric', 0.4],
  ['geometric', 3],
] as const)('%s %d: expected turns, and the chance to go on after all of them', (law, mean) => {
  for (const a of [0, 0.3, 0.97, 1]) {
    let [turns, throughout] = [0, 0];
    for (let n = 0; n < 400; n++) {
      const chance = LAWS[law](mean, n);
      throughout += chance * a ** n;
      for (let k = 1; k <= n; k++) turns += chance * a ** (k - 1);
    }
    expect(expectedTurns({ law, mean }, a)).toBeCloseTo(turns, 10);
    expect(chanceThroughout({ law, mean }, a)).toBeCloseTo(throughout, 10);
  }
});

describe('demands of a repeat', () => {
  const site = (steps: readonly Step[]) =>
    scenario({
      stations: {
        front: station({ operations: { go: [call('app.ask')] } }),
        app: station({ operations: { ask: steps } }),
        gate: desk(),
        db: desk(),
      },
      requests: { r: request(['front.go']) },
    });
  const demandOf = (steps: readonly Step[], admission = new Map<string, number>()) => {
    const made = makeSite(site(steps), nowhere);
    return new Demands(made, build.NO_FILES).of([inlineRequest(made, 'r')], { admission })[0]!;
  };
  const half = new Map([['gate', 0.5]]);

  test.each([
    ['constant', 3, 1 + 0.5 + 0.25, 0.125],
    ['geometric', 3, 3 / (1 + 3 * 0.5), 1 / (1 + 3 * 0.5)],
  ] as const)('%s: what is shed in a turn has no turns after it', (law, mean, turns, through) => {
    const { stations } = demandOf([repeat(law, mean, call('gate')), call('db')], half);
    expect(stations.get('gate')?.visits).toBeCloseTo(turns, 12);
    expect(stations.get('db')?.visits).toBeCloseTo(through, 12);
  });

  test('shed turns that are forgiven are all made', () => {
    const { stations } = demandOf(
      [repeat('constant', 3, call('gate', { onFailure: 'continue' })), call('db')],
      half,
    );
    expect(stations.get('gate')?.visits).toBe(3);
    expect(stations.get('db')?.visits).toBe(1);
  });

  test('of two branches one of which must succeed, both may be shed', () => {
    const { stations } = demandOf([build.parallel('any', [call('gate')], [call('gate')]), call('db')], half);
    expect(stations.get('db')?.visits).toBe(0.75);
  });

  test.each([
    ['constant', 3, 1 - 0.5 * 0.5 * (1 + 0.25 + 0.0625)],
    ['geometric', 3, 1 - (0.5 * 0.5 * 3) / (1 + 3 * 0.75)],
  ] as const)('%s: what is shed behind a reply in a turn has been answered', (law, mean, answered) => {
    // A turn: answered with chance ½, else shed with chance ½.
    const turn = [choose([0.5, [build.reply]], [0.5, []]), call('gate')];
    const inner = station({ operations: { ask: [repeat(law, mean, ...turn)] } });
    const from = site([]);
    const made = makeSite(
      {
        ...from,
        stations: {
          ...from.stations,
          inner: { ...inner, layer: 'inner' },
          app: { ...from.stations['app']!, operations: { ask: [call('inner.ask'), call('db')] } },
        },
      },
      nowhere,
    );
    const { stations } = new Demands(made, build.NO_FILES).of([inlineRequest(made, 'r')], {
      admission: half,
    })[0]!;
    expect(stations.get('db')?.visits).toBeCloseTo(answered, 12);
  });

  test('a reply in a turn ends the wait for all later ones', () => {
    const turn = [delay(constant(4 * ms)), choose([0.5, [build.reply]], [0.5, []])];
    const steps = [repeat('constant', 3, ...turn), delay(constant(16 * ms))];
    // 4 ms for certain, 4 more with chance 1/2, 4 with 1/4, and the 16 ms behind them with 1/8.
    const expectedNs = (4 + 2 + 1 + 2) * ms;
    expect(demandOf(steps).unloadedNs).toBe(expectedNs);
    const { goodNs } = unloadedTimes(site(steps), { files: build.NO_FILES, draws: 20_000 })[0]!;
    const mean = goodNs.reduce((sum, ns) => sum + ns, 0) / goodNs.length;
    expect(Math.abs(mean / expectedNs - 1)).toBeLessThan(0.03); // standard deviation 7.9 ms: 0.6 %
  });
});
