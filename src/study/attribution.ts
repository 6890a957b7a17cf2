/** How much of what differs each input change brings about by itself. */
import type { Measure } from '../analysis/findings.ts';
import { keyOf } from './compare.ts';
import type { Attribution, AttributedMeasure, Difference } from './comparison.ts';

/** Measures that are told of. */
const MEASURES_MAX = 40;

/** Input changes applied together, and what was measured with them alone; indices into the inputs. */
export interface MeasuredPart {
  readonly inputs: readonly number[];
  readonly measures: readonly Measure[];
}

/**
 * Of every measure that moved significantly, with d_i the difference that part i makes by itself, from the same random
 * numbers, and d that of all together:
 *
 *     share_i = d_i / d        interaction = 1 − Σ share_i
 *
 * `isWhole`: every change that can move a number is in some part. Else what is missing may be theirs, and no interaction is told.
 */
export function attribute(
  differences: readonly Difference[],
  parts: readonly MeasuredPart[],
  { leftOut, isWhole }: { readonly leftOut: readonly number[]; readonly isWhole: boolean },
): Attribution {
  const size = ({ relativeDifference }: Difference): number =>
    relativeDifference === null ? Infinity : Math.abs(relativeDifference);
  const moved = differences
    .filter(({ verdict, difference }) => verdict === 'significant' && difference !== null && difference !== 0)
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, MEASURES_MAX);
  const values = parts.map(
    ({ measures }) => new Map(measures.map((each) => [keyOf(each), each.value] as const)),
  );
  return {
    parts: parts.map(({ inputs }) => ({ inputs })),
    measures: moved.map((each) => attributed(each, values, isWhole)),
    leftOut,
  };
}

function attributed(
  { target, metric, unit, phase, spanNs, before, difference }: Difference,
  values: readonly ReadonlyMap<string, number | null>[],
  isWhole: boolean,
): AttributedMeasure {
  const name = { target, metric, unit, phase, spanNs };
  const total = difference ?? Number.NaN;
  const parts = values.map((of) => {
    const value = of.get(keyOf(name)) ?? null;
    const alone = value === null || before === null ? null : value - before;
    return { difference: alone, share: alone === null ? null : alone / total };
  });
  const sum = parts.reduce((added, { share }) => added + (share ?? Number.NaN), 0);
  return { ...name, difference: total, parts, interaction: Number.isNaN(sum) || !isWhole ? null : 1 - sum };
}
