/** Rates over time from a CSV file with a heading row: a point per row, straight lines between. */
import type { CurvePoint } from './types.ts';

const ROWS_MAX = 100_000;

/** The points, or what is wrong with the file. Times are seconds from the start, rates requests per second. */
export function ratesFromCsv(
  text: string,
  columns: { readonly time: string; readonly rate: string },
): CurvePoint[] | string {
  const lines = text
    .split(/\r?\n/)
    .flatMap((line, i) => (line.trim() === '' ? [] : [{ line, number: i + 1 }]));
  const [first, ...rows] = lines;
  if (first === undefined) return 'the file is empty';
  const heading = first.line.split(',').map((each) => each.trim().normalize('NFC'));
  const time = heading.indexOf(columns.time);
  const rate = heading.indexOf(columns.rate);
  if (time < 0 || rate < 0) {
    const missing = JSON.stringify(time < 0 ? columns.time : columns.rate);
    return `the file has no column ${missing}; its first line names ${heading.join(', ')}`;
  }
  if (rows.length === 0) return 'the file has no line behind its first, which names the columns';
  if (rows.length > ROWS_MAX) return `the file has ${rows.length} rows; at most ${ROWS_MAX} are read`;
  const points: CurvePoint[] = [];
  for (const { line, number } of rows) {
    const cells = line.split(',').map((each) => each.trim());
    const atNs = Math.round(cell(cells[time]) * 1e9);
    const ratePerSec = cell(cells[rate]);
    if (!(atNs >= 0 && atNs < Number.MAX_SAFE_INTEGER))
      return `line ${number}: ${columns.time} is ${shown(cells[time])}, not seconds from the start`;
    if (!(ratePerSec >= 0 && ratePerSec <= 1e9))
      return `line ${number}: ${columns.rate} is ${shown(cells[rate])}, not a rate per second of 0 to 1G`;
    if (atNs <= (points.at(-1)?.atNs ?? -1)) return `line ${number} is not later than the one before`;
    points.push({ atNs, ratePerSec, shape: 'linear', phase: null });
  }
  if (points[0]?.atNs !== 0) return `line ${rows[0]?.number ?? 2}: the first time is not 0`;
  return points;
}

function shown(text: string | undefined): string {
  return text === undefined || text === '' ? 'empty' : JSON.stringify(text.slice(0, 40));
}

/** An empty cell is not 0. */
function cell(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}
