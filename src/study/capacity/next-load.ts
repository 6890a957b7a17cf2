import type { LoadPoint } from '../capacity-document.ts';

/** What the search goes by of a load that was simulated. */
export interface SearchedLoad extends Pick<LoadPoint, 'multiplier' | 'verdict' | 'isSure'> {
  /** Share of its capacity that what is nearest its limit used at its busiest time; null: nothing there can saturate. */
  readonly utilizationPeak: number | null;
  /** Whether it has intervals, without which nothing is sure. */
  readonly hasIntervals: boolean;
}

export function searchedLoad(point: LoadPoint): SearchedLoad {
  const { multiplier, verdict, isSure, tightest, replications } = point;
  const utilizationPeak = tightest?.utilizationPeak ?? null;
  return { multiplier, verdict, isSure, utilizationPeak, hasIntervals: replications > 1 };
}

/** Where to look: between two multipliers, until a bracket's width is at most this share of its lower end. */
export interface SearchRange {
  readonly from: number;
  readonly to: number;
  readonly precision: number;
}

/** Loads that every knee curve has, as far as it reaches: 1 is the traffic as written, 1.2 what reviewers ask for. */
const GRID: readonly number[] = [
  ...[0.1, 0.25, 0.5, 0.75, 1, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000],
];
/** Loads of the grid up to here are part of the curve even where the site broke below them. */
const CURVE_TO = 1.2;

/** Steps that are not worth a load. */
const STEP_MIN = 1.01;
/** Ends of the interval are searched for until they are known to this share of what lies between them. */
const END_SHARE = 0.25;

/** Digits of a multiplier that is searched for, so that it can be typed. */
const DIGITS = 5;

/** Of loads in order, the index of the first that lies beyond something; negative where none does. */
type Crossing = (loads: readonly SearchedLoad[]) => number;

const breaks: Crossing = (loads) => loads.findIndex(({ verdict }) => verdict === 'broken');
const surelyBreaks: Crossing = (loads) =>
  loads.findIndex(({ verdict, isSure }) => verdict === 'broken' && isSure);

/** Behind the last load that surely holds. Of much smaller ones too few requests may have come to be sure. */
const couldBreak: Crossing = (loads) => {
  const broken = breaks(loads);
  const below = broken < 0 ? loads : loads.slice(0, broken);
  const sure = below.findLastIndex(({ verdict, isSure }) => verdict === 'holds' && isSure);
  return sure + 1 < loads.length ? sure + 1 : -1;
};

/**
 * The load to simulate next, or null when the search has come to its end. It begins at ×1, walks over the grid until some
 * load holds and a higher one breaks (upwards not beyond where arithmetic says that something saturates, before that is
 * looked at), and halves what lies between: first for the bound, then for the ends of its interval (the last load that
 * holds with all its intervals, the first that breaks with one), as far as the loads there have intervals. Last come the
 * loads of the grid that the curve still lacks.
 *
 * A pure function of what is known, in any order, so that it can be stopped and told of at any time.
 */
export function nextLoad(loads: readonly SearchedLoad[], range: SearchRange): number | null {
  if (loads.length === 0) return Math.min(range.to, Math.max(range.from, 1));
  const sorted = loads.toSorted((a, b) => a.multiplier - b.multiplier);
  const bound = nearer(sorted, breaks, range, 0);
  if (bound !== null) return bound;
  const { below, above, surelyHolds: low, surelyBreaks: high } = boundsOf(sorted);
  const haveIntervals = [below, above].every((end) => end?.hasIntervals !== false);
  for (const crossing of haveIntervals ? [couldBreak, surelyBreaks] : []) {
    const between = low === undefined || high === undefined ? 0 : high.multiplier - low.multiplier;
    const next = nearer(sorted, crossing, range, END_SHARE * between);
    if (next !== null) return next;
  }
  return lackingOf(sorted, range);
}

/** Whether a load will break as far as is known: a smaller one does, or something there would be asked for more than it has. */
export function willBreak(multiplier: number, loads: readonly SearchedLoad[]): boolean {
  return loads.some(
    (each) =>
      each.multiplier < multiplier &&
      (each.verdict === 'broken' || multiplier * (each.utilizationPeak ?? 0) > each.multiplier),
  );
}

/** Where a crossing lies: the loads on both sides of it that are nearest; undefined where there is none. */
export function bracketOf(
  sorted: readonly SearchedLoad[],
  crossing: Crossing,
): { readonly below: SearchedLoad | undefined; readonly above: SearchedLoad | undefined } {
  const known = sorted.filter(({ verdict }) => verdict !== 'cannot-say');
  const index = crossing(known);
  return index < 0
    ? { below: known.at(-1), above: undefined }
    : { below: known[index - 1], above: known[index] };
}

/** The bracket of the bound itself, and the last load that surely holds, and the first that surely breaks. */
export function boundsOf(loads: readonly SearchedLoad[]) {
  const sorted = loads.toSorted((a, b) => a.multiplier - b.multiplier);
  return {
    ...bracketOf(sorted, breaks),
    surelyHolds: bracketOf(sorted, couldBreak).below,
    surelyBreaks: bracketOf(sorted, surelyBreaks).above,
  };
}

/** `enough`: width of a bracket that need not be halved, whatever the precision. */
function nearer(
  sorted: readonly SearchedLoad[],
  crossing: Crossing,
  range: SearchRange,
  enough: number,
): number | null {
  const { below, above } = bracketOf(sorted, crossing);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest === undefined || highest === undefined) return null;
  if (above === undefined) return highest.multiplier < range.to ? stepUp(highest, range) : null;
  // Below what breaks there may be loads too small to tell of: smaller ones would tell less.
  if (below === undefined) {
    const canGoDown = lowest === above && lowest.multiplier > range.from;
    return canGoDown ? stepDown(lowest.multiplier, range) : null;
  }
  const width = above.multiplier - below.multiplier;
  if (width <= Math.max(enough, range.precision * below.multiplier)) return null;
  const middle = Number(((below.multiplier + above.multiplier) / 2).toPrecision(DIGITS));
  return sorted.some(({ multiplier }) => multiplier === middle) ? null : middle;
}

function stepUp({ multiplier, utilizationPeak }: SearchedLoad, { to }: SearchRange): number {
  const next = Math.min(to, GRID.find((each) => each > multiplier) ?? to);
  const full = Number((multiplier / (utilizationPeak ?? 0)).toPrecision(DIGITS));
  return full >= multiplier * STEP_MIN ? Math.min(next, full) : next;
}

function stepDown(multiplier: number, { from }: SearchRange): number {
  return Math.max(from, GRID.findLast((each) => each < multiplier) ?? from);
}

/** Up to the first load that surely breaks, and ×1.2 in any case. */
function lackingOf(sorted: readonly SearchedLoad[], { from, to }: SearchRange): number | null {
  const end = sorted[surelyBreaks(sorted)]?.multiplier ?? sorted.at(-1)?.multiplier ?? 0;
  const wanted = GRID.filter((each) => each >= from && each <= Math.min(to, Math.max(end, CURVE_TO)));
  return wanted.find((each) => sorted.every(({ multiplier }) => multiplier !== each)) ?? null;
}
