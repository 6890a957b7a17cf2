import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOf, nextLoad, type SearchedLoad } from '../../../src/study/capacity/next-load.ts';

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

function loadOf(multiplier: number, { breaksAt, sureBelow, sureAbove }: Site): SearchedLoad {
  return {
    multiplier,
    verdict: multiplier > breaksAt ? 'broken' : 'holds',
    isSure: multiplier <= sureBelow || multiplier > sureAbove,
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

  test('ends with bound and interval each within the precision, wherever they lie', () => {
    const anywhere = fc.double({ min: 0.12, max: 4, noNaN: true });
    fc.assert(
      fc.property(anywhere, fc.double({ min: 0, max: 0.15, noNaN: true }), (breaksAt, doubt) => {
        const { below, above, surelyHolds, surelyBreaks } = boundsOf(search(site(breaksAt, doubt)));
        const ends = [below, above, surelyHolds, surelyBreaks].map((each) => each?.multiplier ?? Number.NaN);
        const [held = 0, broke = 0, sure = 0, surelyNot = 0] = ends;
        expect(held <= breaksAt && broke > breaksAt && broke <= held * 1.0101).toBe(true);
        expect(sure <= breaksAt * (1 - doubt) && sure >= (breaksAt * (1 - doubt)) / 1.0101).toBe(true);
        expect(surelyNot > breaksAt * (1 + doubt) && surelyNot <= breaksAt * (1 + doubt) * 1.0101).toBe(true);
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
    const { surelyHolds } = boundsOf(found);
    expect(surelyHolds?.multiplier).toBeLessThanOrEqual(1.3 * 0.9);
    expect(surelyHolds?.multiplier).toBeGreaterThan((1.3 * 0.9) / 1.0101);
  });

  test('does not look below loads that are too small to tell of', () => {
    const at = search((multiplier) => ({
      multiplier,
      verdict: multiplier < 1 ? 'cannot-say' : 'broken',
      isSure: multiplier >= 1,
    }));
    expect(at.map(({ multiplier }) => multiplier).slice(0, 2)).toEqual([1, 0.75]);
  });
});
