/** Rates over time from a CSV file with a heading row: a point per row, straight lines between. */
import type { CurvePoint } from './types.ts';

const ROWS_MAX = 100_000;

/** The points, or what is wrong with the file. Times are seconds from the start, rates requests per second. */
export function ratesFromCsv(
  text: string,
  columns: { readonly time: string; readonly rate: string },
): CurvePoint[] | string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const heading = (lines[0] ?? '').split(',').map((cell) => cell.trim());
  const time = heading.indexOf(columns.time);
  const rate = heading.indexOf(columns.rate);
  if (time < 0 || rate < 0)
    return `no column ${JSON.stringify(time < 0 ? columns.time : columns.rate)} in the file`;
  if (lines.length < 2) return 'the file has no rows';
  if (lines.length > ROWS_MAX) return `the file has more than ${ROWS_MAX} rows`;
  const points: CurvePoint[] = [];
  for (const [i, line] of lines.slice(1).entries()) {
    const cells = line.split(',').map((cell) => cell.trim());
    const atNs = Math.round(cell(cells[time]) * 1e9);
    const ratePerSec = cell(cells[rate]);
    if (!(atNs >= 0 && ratePerSec >= 0 && atNs < Number.MAX_SAFE_INTEGER && ratePerSec <= 1e9)) {
      return `row ${i + 2} does not hold a time and a rate`;
    }
    if (atNs <= (points.at(-1)?.atNs ?? -1)) return `row ${i + 2} is not later than the row before`;
    points.push({ atNs, ratePerSec, shape: 'linear', phase: null });
  }
  if (points[0]?.atNs !== 0) return 'the first row is not at 0 s';
  return points;
}

/** An empty cell is not 0. */
function cell(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}
