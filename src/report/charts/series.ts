/** Columns of the time line as points of a chart: few enough to draw, with every spike still there. */
import type { Timeline } from '../../analysis/findings.ts';
import { truncate } from '../width.ts';
import type { Point } from './plan.ts';

export const POINTS_MAX = 600;
const NAME_WIDTH_MAX = 32;

/** The windows of a time line, in seconds. */
export interface Windows {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export function windowsOf({ fromNs, toNs }: Timeline): Windows {
  return { from: fromNs.map((ns) => ns / 1e9), to: toNs.map((ns) => ns / 1e9) };
}

/**
 * At the middle of each window its value; at most `POINTS_MAX` of them: equal runs of windows, each shown by its lowest and
 * its highest value in their order of time. A run without any value stays a gap, and so does time between two windows that
 * was not simulated, where it is wide enough to be seen.
 */
export function thin(windows: Windows, ys: readonly (number | null)[]): Point[] {
  const count = Math.min(windows.from.length, ys.length);
  const shown = count <= POINTS_MAX ? Array.from({ length: count }, (_, index) => index) : thinned(ys, count);
  const gaps = gapsOf(windows);
  let nth = 0;
  return shown.flatMap((index): Point[] => {
    const before: Point[] = [];
    for (; (gaps[nth]?.before ?? Infinity) <= index; nth++) before.splice(0, 2, ...(gaps[nth]?.ends ?? []));
    return [...before, pointAt(windows, ys, index)];
  });
}

function thinned(ys: readonly (number | null)[], count: number): number[] {
  const runs = POINTS_MAX / 2;
  return Array.from({ length: runs }, (_, run) =>
    extremes(ys, Math.floor((run * count) / runs), Math.floor(((run + 1) * count) / runs)),
  ).flat();
}

interface Gap {
  /** Index of the window that follows. */
  readonly before: number;
  readonly ends: readonly Point[];
}

/** What two points of a full line are apart, or more, without a window. */
function gapsOf({ from, to }: Windows): Gap[] {
  const least = ((to.at(-1) ?? 0) - (from[0] ?? 0)) / (POINTS_MAX / 2);
  return from.flatMap((start, before): Gap[] => {
    const end = to[before - 1] ?? start;
    const ends: readonly Point[] = [
      [fourDigits(end, 7), null],
      [fourDigits(start, 7), null],
    ];
    return start - end > least ? [{ before, ends }] : [];
  });
}

/** The points between two gaps, in order. */
export function stretchesOf(points: readonly Point[]): Stretch[] {
  const stretches: [number, number][][] = [];
  let open: [number, number][] | null = null;
  for (const [x, y] of points) {
    if (y === null) open = null;
    else if (open === null) stretches.push((open = [[x, y]]));
    else open.push([x, y]);
  }
  return stretches;
}

export type Stretch = readonly (readonly [x: number, y: number])[];

/** Indices of the lowest and the highest value in [from, to), ascending; of the first when there is no value. */
function extremes(ys: readonly (number | null)[], from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  for (let index = from; index < to; index++) {
    const y = ys[index] ?? null;
    if (y === null) continue;
    if (low < 0 || y < (ys[low] ?? y)) low = index;
    if (high < 0 || y > (ys[high] ?? y)) high = index;
  }
  if (low < 0) return [from];
  return low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
}

function pointAt({ from, to }: Windows, ys: readonly (number | null)[], index: number): Point {
  const y = ys[index] ?? null;
  const start = from[index] ?? 0;
  return [fourDigits((start + (to[index] ?? start)) / 2, 7), y === null ? null : fourDigits(y)];
}

/** Finer than a pixel, and a third of the bytes. */
export function fourDigits(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}

/** A name as the label of a line or bar. */
export function shortName(name: string): string {
  return truncate(name, NAME_WIDTH_MAX);
}

/** Sum of columns, window by window. */
export function sumOf(columns: readonly (readonly number[])[], length: number): number[] {
  return Array.from({ length }, (_, window) =>
    columns.reduce((sum, column) => sum + (column[window] ?? 0), 0),
  );
}

/** Where a column is highest, or null when it holds no value. */
export function highest(column: readonly (number | null)[]): { window: number; value: number } | null {
  let best: { window: number; value: number } | null = null;
  column.forEach((value, window) => {
    if (value !== null && (best === null || value > best.value)) best = { window, value };
  });
  return best;
}
