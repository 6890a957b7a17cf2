/** Whatever has to be contiguous, a plan stands for all of the time, once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePlan, type Rung } from '../../../src/compile/sampling/plan.ts';
import type { Span } from '../../../src/compile/span.ts';

/** The middle of any period is like the whole. */
const always = (): boolean => true;
const s = 1e9;
const RUNG: Rung = { periodNs: 60 * s, warmNs: s, measuredNs: 5 * s };
const phase = (fromNs: number, toNs: number) => ({ name: `from ${fromNs}`, fromNs, toNs });

describe('a plan', () => {
  test('measures the middle of every period, a warm part before it', () => {
    expect(makePlan(RUNG, [phase(0, 120 * s)], [], always).stretches).toEqual([
      {
        fromNs: 26.5 * s,
        measuredFromNs: 27.5 * s,
        toNs: 32.5 * s,
        weight: 12,
        standsFromNs: 0,
        standsToNs: 60 * s,
      },
      {
        fromNs: 86.5 * s,
        measuredFromNs: 87.5 * s,
        toNs: 92.5 * s,
        weight: 12,
        standsFromNs: 60 * s,
        standsToNs: 120 * s,
      },
    ]);
  });

  test('is contiguous over whole periods that a span touches, warmed in the gap before', () => {
    const { stretches } = makePlan(RUNG, [phase(0, 240 * s)], [{ fromNs: 119 * s, toNs: 121 * s }], always);
    expect(
      stretches.map(({ weight, measuredFromNs, toNs }) => [weight, measuredFromNs / s, toNs / s]),
    ).toEqual([
      [12, 27.5, 32.5],
      [1, 60, 180],
      [12, 207.5, 212.5],
    ]);
    expect(stretches[1]!.fromNs).toBe(59 * s);
  });

  test('touches nothing where a span ends as a period begins', () => {
    const { stretches } = makePlan(RUNG, [phase(0, 120 * s)], [{ fromNs: 50 * s, toNs: 60 * s }], always);
    expect(stretches.map(({ weight }) => weight)).toEqual([1, 12]);
  });

  test('begins anew with every phase; what is left of the last period is contiguous', () => {
    const { stretches } = makePlan(RUNG, [phase(0, 90 * s), phase(90 * s, 150 * s)], [], always);
    expect(
      stretches.map(({ weight, standsFromNs, standsToNs }) => [weight, standsFromNs / s, standsToNs / s]),
    ).toEqual([
      [12, 0, 60],
      [1, 60, 90],
      [12, 90, 150],
    ]);
  });

  test('needs a period that is a whole number of measured parts, and room for the warm one', () => {
    expect(() => makePlan({ ...RUNG, measuredNs: 7 * s }, [phase(0, 120 * s)], [], always)).toThrow(
      RangeError,
    );
    expect(() => makePlan({ ...RUNG, warmNs: 28 * s }, [phase(0, 120 * s)], [], always)).toThrow(RangeError);
  });
});

test('stretches are in order and apart, and stand for exactly all of the time', () => {
  const instant = fc.integer({ min: 0, max: 2000 }).map((seconds) => seconds * s);
  const rungs = fc.constantFrom<Rung>(
    RUNG,
    { ...RUNG, measuredNs: 10 * s, warmNs: 2 * s },
    { periodNs: 6, warmNs: 1, measuredNs: 2 },
  );
  const spans = fc.array(
    fc.tuple(instant, instant).map(([a, b]): Span => ({ fromNs: Math.min(a, b), toNs: Math.max(a, b) })),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(
      rungs,
      fc.uniqueArray(instant, { minLength: 1, maxLength: 4 }),
      spans,
      (rung, edges, contiguous) => {
        const unit = rung.periodNs === 6 ? 1 / s : 1; // tiny periods over tiny phases
        const sorted = [
          0,
          ...edges
            .filter((at) => at > 0)
            .map((at) => Math.round(at * unit))
            .sort((a, b) => a - b),
        ];
        const phases = sorted.slice(1).map((toNs, index) => phase(sorted[index]!, toNs));
        const scaled = contiguous.map(({ fromNs, toNs }) => ({ fromNs: fromNs * unit, toNs: toNs * unit }));
        const { stretches } = makePlan(rung, phases, scaled, always);
        let standsNs = 0;
        let simulatedNs = 0;
        for (const each of stretches) {
          expect(each.standsFromNs).toBe(standsNs);
          expect(each.fromNs).toBeGreaterThanOrEqual(simulatedNs);
          expect(each.measuredFromNs).toBeGreaterThanOrEqual(each.fromNs);
          expect(each.weight * (each.toNs - each.measuredFromNs)).toBe(each.standsToNs - each.standsFromNs);
          expect(each.measuredFromNs).toBeGreaterThanOrEqual(each.standsFromNs);
          expect(each.toNs).toBeLessThanOrEqual(each.standsToNs);
          for (const span of scaled) {
            const isTouched = span.fromNs < each.standsToNs && span.toNs > each.standsFromNs;
            if (isTouched) expect(each.weight).toBe(1);
          }
          standsNs = each.standsToNs;
          simulatedNs = each.toNs;
        }
        expect(standsNs).toBe(sorted.at(-1));
      },
    ),
  );
});
