/** Columns of the time line as points of a chart: few enough to draw, with every spike still there. */
import type { Timeline } from '../../analysis/findings.ts';
import { truncate } from '../width.ts';
import type { Point } from './plan.ts';

export const POINTS_MAX = 600;
const NAME_WIDTH_MAX = 32;

/** Middle of each window, in seconds. */
export function windowCentres({ fromNs, toNs }: Timeline): number[] {
  return fromNs.map((from, window) => fourDigits((from + (toNs[window] ?? from)) / 2 / 1e9, 7));
}

/**
 * At most `POINTS_MAX` points: equal runs of windows, each shown by its lowest and its highest value in their
 * order of time. A run without any value stays a gap.
 */
export function thin(xs: readonly number[], ys: readonly (number | null)[]): Point[] {
  const count = Math.min(xs.length, ys.length);
  const runs = POINTS_MAX / 2;
  if (count <= POINTS_MAX) return xs.slice(0, count).map((_, index) => pointAt(xs, ys, index));
  const points: Point[] = [];
  for (let run = 0; run < runs; run++) {
    const from = Math.floor((run * count) / runs);
    const to = Math.floor(((run + 1) * count) / runs);
    points.push(...extremes(ys, from, to).map((index) => pointAt(xs, ys, index)));
  }
  return points;
}

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

function pointAt(xs: readonly number[], ys: readonly (number | null)[], index: number): Point {
  const y = ys[index] ?? null;
  return [xs[index] ?? 0, y === null ? null : fourDigits(y)];
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
