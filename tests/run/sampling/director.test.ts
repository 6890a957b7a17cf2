/** What a run decides at its pauses: plans made by hand, with nothing looked ahead. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { makePlan } from '../../../src/compile/sampling/plan.ts';
import { checkLaws } from '../../../src/analysis/laws.ts';
import { makeContext } from '../../../src/analysis/context.ts';
import { findSampling } from '../../../src/analysis/sampling.ts';
import type { Model, RatePiece, Source } from '../../../src/model/model.ts';
import { asItIs, makeKernel } from '../../../src/run/kernel/kernel.ts';
import { Return } from '../../../src/run/codes.ts';
import { Machine } from '../../../src/run/machine.ts';
import type { Measurements } from '../../../src/run/measurements.ts';
import { Run } from '../../../src/run/run.ts';
import { Director } from '../../../src/run/sampling/director.ts';
import { assemble, group, openSource, SECOND, Table } from '../assemble.ts';

// Some of these take a second, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** The middle of any period is like the whole. */
const always = (): boolean => true;
const LASTS = 120 * SECOND;
/** Of every 12 s, one is measured behind a warm half: from 5 to 17.5 s nothing is simulated, and so on. */
const RUNG = { periodNs: 12 * SECOND, warmNs: SECOND / 2, measuredNs: SECOND };
const PHASES = [{ name: 'all', fromNs: 0, toNs: LASTS }];

const level = (fromNs: number, toNs: number, ratePerSec: number): RatePiece => ({
  fromNs,
  toNs,
  startPerSec: ratePerSec,
  endPerSec: ratePerSec,
  shape: 'linear',
});

type OpenSource = Extract<Source, { model: 'open' }>;

function sourceOf(
  pieces: readonly RatePiece[],
  arrivals: OpenSource['arrivals'] = { process: 'poisson' },
): OpenSource {
  return { ...(openSource(1, LASTS, 0, arrivals) as OpenSource), pieces };
}

/** One server that serves 1,000/s. */
function model(source: Source, contiguous: Parameters<typeof makePlan>[2] = []): Model {
  return assemble({
    lastsNs: LASTS,
    windowNs: SECOND,
    sampling: makePlan(RUNG, PHASES, contiguous, always),
    groups: [group('desk')],
    instructions: [{ op: 'SERVE', a: 0, b: 0, c: Table.exponential, x: 1e6 }, { op: 'END' }],
    sources: [source],
  });
}

function measured(of: Model): Measurements {
  const run = new Run(of);
  while (run.advance(100_000) === 'more');
  return run.measurements();
}

const seconds = ({ windows }: Measurements, weight: number): number[] =>
  windows.filter((window) => window.weight === weight).map(({ fromNs }) => fromNs / SECOND);

describe('an overload that nobody has foreseen', () => {
  // From the middle of the fourth period on, twice what is served: 11 s of it leave 11,000, which take 16 s at 300/s.
  const pieces = [level(0, 42e9, 300), level(42e9, 53e9, 2000), level(53e9, LASTS, 300)];
  const of = model(sourceOf(pieces));
  const result = measured(of);

  test('keeps the run going from the stretch that saw it, to the end of the first period when it is drained', () => {
    // Seen in [41.5, 42.5); drained some 16 s after 53 s; periods end at 60 and 72.
    const alone = result.windows.filter(({ weight }) => weight === 1);
    expect(alone[0]!.fromNs).toBe(41.5e9);
    expect(alone.at(-1)!.toNs).toBe(72e9);
    alone.slice(1).forEach(({ fromNs }, index) => {
      expect(fromNs).toBe(alone[index]!.toNs);
    });
    expect(result.sampling).toEqual({ extensions: 1 });
  });

  test('is followed by a fresh stretch; the others stand for their periods', () => {
    expect(new Set(seconds(result, 12).map((at) => Math.floor(at / 12)))).toEqual(
      new Set([0, 1, 2, 6, 7, 8, 9]),
    );
  });

  test('counts once: every request of that time, and none of them twice', () => {
    const { offered } = result.classes[0]!;
    const count = (fromNs: number, toNs: number) =>
      result.windows.reduce(
        (sum, window, i) => (window.fromNs >= fromNs && window.toNs <= toNs ? sum + offered[i]! : sum),
        0,
      );
    expect(Math.abs(count(42e9, 53e9) - 22_000)).toBeLessThan(4 * Math.sqrt(22_000));
    const good = result.classes[0]!.good.reduce((sum, each, i) => sum + each * result.windows[i]!.weight, 0);
    const due = result.windows.reduce((sum, { weight }, i) => sum + weight * offered[i]!, 0);
    expect(result.classes[0]!.phaseHistograms[0]!.count).toBe(good);
    expect(good).toBe(due); // all that came has ended by then
    expect(result.classes[0]!.phaseHistograms[0]!.observations).toBeLessThan(good);
  });

  test('leaves what lay before it without anything that stands for it, and says so', () => {
    const sampling = findSampling(makeContext({ model: of }, result))!;
    expect(sampling).toMatchObject({ extensions: 1, unseenNs: 5.5e9 });
    expect(checkLaws([{ model: of, measurements: result }]).filter(({ holds }) => !holds)).toEqual([]);
  });
});

test('a backlog that outlasts a contiguous stretch keeps the run going too', () => {
  const pieces = [level(0, 24e9, 300), level(24e9, 36e9, 3000), level(36e9, LASTS, 300)];
  const result = measured(model(sourceOf(pieces), [{ fromNs: 24e9, toNs: 36e9 }]));
  // 24,000 have gathered by 36 s and take 34 s: to 70 s.
  const alone = result.windows.filter(({ weight }) => weight === 1);
  expect([alone[0]!.fromNs, alone.at(-1)!.toNs]).toEqual([24e9, 72e9]);
  expect(result.sampling).toEqual({ extensions: 1 });
});

test('all servers busy is a backlog, though nobody waits', () => {
  const closed: Source = {
    model: 'closed',
    name: 'users',
    users: 1,
    thinkTable: Table.constant,
    thinkMeanNs: 1,
    classes: [{ fromNs: 0, cumulative: [4294967296] }],
    regions: [],
  };
  expect(seconds(measured(model(closed)), 12)).toEqual([]);
});

test('a run that is stopped within a stretch counts it for what it stands for', () => {
  const run = new Run(model(sourceOf([level(0, LASTS, 300)])));
  while (run.simulatedNs < 54e9) run.advance(10);
  run.stop('interrupted');
  const result = run.measurements();
  expect(result.stop.atNs).toBeGreaterThan(54e9);
  const { good, phaseHistograms } = result.classes[0]!;
  expect(phaseHistograms[0]!.count).toBe(
    good.reduce((sum, each, i) => sum + each * result.windows[i]!.weight, 0),
  );
});

describe('arrivals after a jump', () => {
  test('that are even are where they would have been', () => {
    const all = measured(model(sourceOf([level(0, LASTS, 1)], { process: 'deterministic' })));
    // At every whole second, so one in each second measured, which is cut in the middle.
    const counts = all.classes[0]!.offered.filter((_, i) => all.windows[i]!.weight > 0);
    expect([...counts]).toEqual(Array.from({ length: 20 }, (_, i) => i % 2));
  });

  test.each<[string, OpenSource['arrivals']]>([
    ['poisson', { process: 'poisson' }],
    ['renewal', { process: 'renewal', table: Table.exponential }],
    ['batch', { process: 'batch', law: 'geometric', mean: 3 }],
  ])('that are %s have the rate of the time, and no number twice', (_, arrivals) => {
    const pieces = [{ ...level(0, LASTS, 100), endPerSec: 700 }];
    const of = model(sourceOf(pieces, arrivals));
    const machine = new Machine(of, 1 << 12);
    const kernel = makeKernel(machine, asItIs);
    kernel.pushEdge(~machine.special.window);
    kernel.announce(0);
    const director = new Director(machine);
    const sent = (): number =>
      machine.arrivals.sentHigh[0]! * 4294967296 + (machine.arrivals.sentLow[0]! >>> 0);
    let used = 0;
    for (;;) {
      const result = kernel.interpret(1000);
      if (result === Return.ended) break;
      if (result !== Return.pause) continue;
      used = Math.max(used, sent());
      director.goOn(kernel, director.decide());
      expect(sent() - 1).toBeGreaterThanOrEqual(used); // the one announced has that number
    }
    const rates = seconds(measured(of), 12).length;
    expect(rates).toBe(20);
    const { offered } = measured(of).classes[0]!;
    const total = measured(of).windows.reduce(
      (sum, { weight }, i) => (weight > 0 ? sum + offered[i]! : sum),
      0,
    );
    const variance = arrivals.process === 'batch' ? 4000 * 5 : 4000; // E[size²]/E[size] = 2·mean − 1
    expect(Math.abs(total - 4000)).toBeLessThan(4 * Math.sqrt(variance));
  });

  test('follow the noise of the time, as they do when nothing is left out', () => {
    // 20/s, changed by half from second to second; at so few, arrivals are worked out beyond the next stretch.
    const noise = { cv: 0.5, correlationNs: 2 * SECOND };
    const noisy = { ...sourceOf([level(0, LASTS, 20)], { process: 'deterministic' }), noise };
    const sampled = measured(model(noisy));
    const all = measured({ ...model(noisy), sampling: null, windowNs: SECOND / 2 });
    const counts = sampled.windows.flatMap(({ fromNs, toNs, weight }, i) =>
      weight > 0 ? [{ fromNs, toNs, came: sampled.classes[0]!.offered[i]! }] : [],
    );
    expect(counts).toHaveLength(20);
    for (const { fromNs, toNs, came } of counts) {
      const exact = all.windows.reduce(
        (sum, window, i) =>
          window.fromNs >= fromNs && window.toNs <= toNs ? sum + all.classes[0]!.offered[i]! : sum,
        0,
      );
      expect(Math.abs(came - exact)).toBeLessThanOrEqual(1);
    }
  });

  test('of any curve never share a number between stretches, however far the count strays', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 6 }), (rates) => {
        const lengthNs = LASTS / rates.length;
        const pieces = rates.map((rate, nth) => level(nth * lengthNs, (nth + 1) * lengthNs, rate));
        const machine = new Machine(model(sourceOf(pieces)), 1 << 12);
        const generator = machine.arrivals.open[0]!;
        let used = 0;
        for (let atNs = 6e9; atNs < LASTS; atNs += 12e9) {
          const number = generator.seek(atNs, used);
          expect(number).toBeGreaterThanOrEqual(used);
          expect(generator.seek(atNs, number)).toBe(number);
          used = number + 1000 * (rates[0]! % 7);
        }
      }),
      { numRuns: 20 },
    );
  });
});
