/** Aligned columns of plain text that fit a given width. */
import { displayWidth, padEnd, padStart } from '../../base/width.ts';
import { truncate } from '../width.ts';

export interface TableColumn {
  readonly head: string;
  readonly align: 'left' | 'right';
  /** Narrowest it may be cut to, for names; columns of numbers are never cut. */
  readonly widthMin?: number;
  /** Left out, the last such one first, where the table would be too wide with it. */
  readonly isDispensable?: boolean;
}

const GAP = 2;

/** Lines of the table, headings first; cells must be escaped already. */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { width, indent }: { width: number; indent: string },
): string[] {
  const room = width - indent.length;
  const widths = fit(columns, naturalWidths(columns, rows), room);
  const dispensable = columns.findLastIndex(({ isDispensable = false }) => isDispensable);
  if (dispensable >= 0 && totalWidth(widths) > room) {
    const without = <Cell>(cells: readonly Cell[]): Cell[] => cells.toSpliced(dispensable, 1);
    return tableLines(without(columns), rows.map(without), { width, indent });
  }
  const line = (cells: readonly string[]) =>
    (
      indent + cells.map((cell, index) => place(cell, columns[index], widths[index] ?? 0)).join('  ')
    ).trimEnd();
  const heads = columns.map(({ head }) => head);
  return heads.every((head) => head === '') ? rows.map(line) : [line(heads), ...rows.map(line)];
}

function naturalWidths(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(({ head }, index) =>
    Math.max(displayWidth(head), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0) + GAP * (widths.length - 1);
}

/** Takes the excess from the columns that may be cut, always from the widest of them. */
function fit(columns: readonly TableColumn[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = totalWidth(widths) - width;
  for (; excess > 0; excess--) {
    let widest = -1;
    columns.forEach(({ widthMin }, index) => {
      const each = widths[index] ?? 0;
      if (widthMin !== undefined && each > widthMin && each > (widths[widest] ?? 0)) widest = index;
    });
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function place(cell: string, column: TableColumn | undefined, width: number): string {
  const text = truncate(cell, width);
  return column?.align === 'right' ? padStart(text, width) : padEnd(text, width);
}
