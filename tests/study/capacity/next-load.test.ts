import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOf, nextLoad, willBreak, type SearchedLoad } from '../../../src/study/capacity/next-load.ts';

const RANGE = { from: 0.1, to: 5, precision: 0.01 };

/** A site whose budgets break beyond `breaksAt`, told with certainty up to `sureBelow` and from `sureAbove` on. */
interface Site {
  readonly breaksAt: number;
  readonly sureBelow: number;
  readonly sureAbove: number;
}

const site = (breaksAt: number, doubt = 0): Site => ({
  breaksAt,
  sureBelow: breaksAt * (1 - doubt),
  sureAbove: breaksAt * (1 + doubt),
});

/** Nothing there can saturate, and there are intervals. */
const PLAIN = { utilizationPeak: null, hasIntervals: true };

function loadOf(multiplier: number, { breaksAt, sureBelow, sureAbove }: Site): SearchedLoad {
  return {
    multiplier,
    verdict: multiplier > breaksAt ? 'broken' : 'holds',
    isSure: multiplier <= sureBelow || multiplier > sureAbove,
    ...PLAIN,
  };
}

function search(of: Site | ((multiplier: number) => SearchedLoad), range = RANGE): SearchedLoad[] {
  const loads: SearchedLoad[] = [];
  for (let next = nextLoad(loads, range); next !== null; next = nextLoad(loads, range)) {
    if (loads.some(({ multiplier }) => multiplier === next)) throw new Error(`×${next} again`);
    if (loads.length > 100) throw new Error('no end');
    loads.push(typeof of === 'function' ? of(next) : loadOf(next, of));
  }
  return loads;
}

describe('a search', () => {
  test('begins with the traffic as written, walks over the grid until it breaks, and halves what lies between', () => {
    const [first, second, third, fourth] = search(site(1.3)).map(({ multiplier }) => multiplier);
    expect([first, second, third, fourth]).toEqual([1, 1.2, 1.5, 1.35]);
    const [one, other] = search(site(1.3), { ...RANGE, to: 0.5 });
    expect([one?.multiplier, other?.multiplier]).toEqual([0.5, 0.1]);
  });

  test('ends with the bound within the precision and an interval around it, wherever they lie', () => {
    const anywhere = fc.double({ min: 0.12, max: 4, noNaN: true });
    fc.assert(
      fc.property(anywhere, fc.double({ min: 0, max: 0.15, noNaN: true }), (breaksAt, doubt) => {
        const { below, above, surelyHolds, surelyBreaks } = boundsOf(search(site(breaksAt, doubt)));
        const ends = [below, above, surelyHolds, surelyBreaks].map((each) => each?.multiplier ?? Number.NaN);
        const [held = 0, broke = 0, sure = 0, surelyNot = 0] = ends;
        expect(held <= breaksAt && broke > breaksAt && broke <= held * 1.0101).toBe(true);
        const [lower, upper] = [breaksAt * (1 - doubt), breaksAt * (1 + doubt)];
        // The ends lie outside what is in doubt, by the precision or by a quarter of the interval.
        const quarter = (surelyNot - sure) / 4;
        expect(sure <= lower && sure >= lower - Math.max(lower * 0.0101, quarter)).toBe(true);
        expect(surelyNot > upper && surelyNot <= upper + Math.max(upper * 0.0101, quarter)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('has ×0.1 to ×1.2 on its curve even where the site breaks below them', () => {
    const at = search(site(0.3)).map(({ multiplier }) => multiplier);
    expect(at).toEqual(expect.arrayContaining([0.1, 0.25, 0.5, 0.75, 1, 1.2]));
  });

  test('ends at the edges of the range', () => {
    expect(Math.max(...search(site(100)).map(({ multiplier }) => multiplier))).toBe(5);
    const tooMuch = search(site(0.01), { ...RANGE, from: 0.2 });
    expect(tooMuch.map(({ multiplier }) => multiplier).toSorted((a, b) => a - b)[0]).toBe(0.2);
    expect(boundsOf(tooMuch).below).toBeUndefined();
  });

  test('is sure up to the last load that surely holds, whatever cannot be told of much smaller ones', () => {
    const found = search((multiplier) => {
      const load = loadOf(multiplier, site(1.3, 0.1));
      return multiplier < 0.3 ? { ...load, isSure: false } : load;
    });
    const { surelyHolds, surelyBreaks } = boundsOf(found);
    const quarter = ((surelyBreaks?.multiplier ?? 0) - (surelyHolds?.multiplier ?? 0)) / 4;
    expect(surelyHolds?.multiplier).toBeLessThanOrEqual(1.3 * 0.9);
    expect(surelyHolds?.multiplier).toBeGreaterThanOrEqual(1.3 * 0.9 - quarter);
  });

  test('does not look below loads that are too small to tell of', () => {
    const at = search((multiplier) => ({
      multiplier,
      verdict: multiplier < 1 ? 'cannot-say' : 'broken',
      isSure: multiplier >= 1,
      ...PLAIN,
    }));
    expect(at.map(({ multiplier }) => multiplier).slice(0, 2)).toEqual([1, 0.75]);
  });
});

describe('a search goes by', () => {
  /** What is nearest its limit is full at ×1.07. */
  const full = (multiplier: number): SearchedLoad => ({
    ...loadOf(multiplier, site(1.05)),
    utilizationPeak: multiplier / 1.07,
  });

  test('arithmetic: the load at which something saturates is looked at before one beyond it', () => {
    const at = search(full).map(({ multiplier }) => multiplier);
    expect(at.slice(0, 3)).toEqual([1, 1.07, 1.035]);
    // Where that is further away than the next load of the grid, the grid comes first.
    const far = search((multiplier) => ({ ...loadOf(multiplier, site(3)), utilizationPeak: multiplier / 4 }));
    expect(far.slice(0, 3).map(({ multiplier }) => multiplier)).toEqual([1, 1.2, 1.5]);
    // And where all of it is used and budgets hold, the grid is what leads on.
    const used = search((multiplier) => ({ ...loadOf(multiplier, site(3)), utilizationPeak: 1 }));
    expect(used.slice(0, 3).map(({ multiplier }) => multiplier)).toEqual([1, 1.2, 1.5]);
  });

  test('intervals: where the loads at the bound have none, no load is spent on the ends of an interval', () => {
    const without = (multiplier: number): SearchedLoad => ({
      ...loadOf(multiplier, site(1.3, 0.1)),
      isSure: multiplier < 1.1,
      hasIntervals: multiplier < 1.1,
    });
    const searched = search(without);
    const { below, above, surelyHolds, surelyBreaks } = boundsOf(searched);
    expect(below?.multiplier).toBeLessThanOrEqual(1.3);
    expect(above?.multiplier).toBeGreaterThan(1.3);
    expect([surelyHolds?.multiplier, surelyBreaks]).toEqual([1, undefined]);
    expect(searched.length).toBeLessThan(search(site(1.3, 0.1)).length);
  });
});

describe('a load will break', () => {
  const known = [loadOf(1, site(1.1)), { ...loadOf(0.9, site(1.1)), utilizationPeak: 0.6 }];
  test.each([
    [1.3, [...known, loadOf(1.2, site(1.1))], true],
    [1.1, [...known, loadOf(1.2, site(1.1))], false],
    [1.6, known, true],
    [1.4, known, false],
  ])('×%s', (multiplier, loads, expected) => {
    expect(willBreak(multiplier, loads)).toBe(expected);
  });
});
