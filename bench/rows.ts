/** From measurements to the table: medians, floors scaled to this machine, verdicts. */

/** What the yardstick takes for one request of W1 on the machine the floors were set on, in ns. */
export const FLOOR_YARDSTICK_NS = 45;

/** Most CPU time up to the first event, on the machine the floors were set on. */
export const START_UP_MS_MAX = 240;

export const GC_SHARE_MAX = 0.03;
export const IN_FLIGHT_BYTES_MAX = 64;
/** Memory of ten times the requests, relative to that of a tenth: flat up to what windows and noise add. */
export const MEMORY_GROWTH_MAX = 1.1;

export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly yardstick: string;
  readonly floor: string;
  /** null where no floor is set. */
  readonly ok: boolean | null;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The floor of a case on this machine: in proportion to the yardstick's W1, or as it stands when there is none. */
export function scaledFloorNs(floorNs: number, yardstickW1Ns: number | null): number {
  return yardstickW1Ns === null ? floorNs : (floorNs * yardstickW1Ns) / FLOOR_YARDSTICK_NS;
}

export function speedRow(
  what: string,
  {
    nsPerRequest,
    yardstickNs,
    floorNs,
  }: { nsPerRequest: number; yardstickNs: number | null; floorNs: number | null },
): Row {
  const ratio = yardstickNs === null ? '' : ` (×${(nsPerRequest / yardstickNs).toFixed(1)})`;
  return {
    what,
    measured: `${nsPerRequest.toFixed(0)} ns`,
    yardstick: yardstickNs === null ? '' : `${yardstickNs.toFixed(0)} ns${ratio}`,
    floor: floorNs === null ? '' : `${floorNs.toFixed(0)} ns`,
    ok: floorNs === null ? null : nsPerRequest <= floorNs,
  };
}

export function limitRow(
  what: string,
  measured: number,
  limit: number,
  print: (value: number) => string,
): Row {
  return { what, measured: print(measured), yardstick: '', floor: print(limit), ok: measured <= limit };
}

export function printRows(rows: readonly Row[]): string {
  const cells = [
    ['', 'measured', 'yardstick', 'floor', ''],
    ...rows.map(({ what, measured, yardstick, floor, ok }) => [
      ...[what, measured, yardstick, floor],
      ok === null ? '' : ok ? 'ok' : 'OVER',
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return `${cells.map(line).join('\n')}\n`;
}
