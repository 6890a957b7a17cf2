import type { Path } from '../../scenario/types.ts';
import { refuse, type PositionOf } from '../refusal.ts';

/** Texts of the files a scenario names, by the name it uses. */
export type Files = ReadonlyMap<string, string>;

export interface CsvTable {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface CsvSource {
  readonly file: string;
  readonly files: Files;
  /** The value of the scenario that names the file. */
  readonly path: Path;
  readonly position: PositionOf;
}

/**
 * A comma-separated file with a header row; blank lines and lines beginning with # are skipped. Fields are plain
 * numbers and names: quotes are not part of the format and are refused.
 */
export function readCsv({ file, files, path, position }: CsvSource): CsvTable {
  // As the names of a scenario are.
  const text = files.get(file)?.normalize('NFC');
  if (text === undefined) {
    const help = 'put it beside the scenario, or correct the name';
    return refuse({ code: 'HF511', message: `file ${file} cannot be read`, help, path }, position);
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.some((line) => line.includes('"'))) {
    const help = 'write plain comma-separated numbers';
    return refuse({ code: 'HF512', message: `${file} has quoted fields`, help, path }, position);
  }
  const cells = lines.map((line) => line.split(',').map((cell) => cell.trim()));
  return { file, header: cells[0] ?? [], rows: cells.slice(1) };
}

/** One column as finite, non-negative numbers; at least one. */
export function numbersOf(
  table: CsvTable,
  column: string,
  { path, position }: Omit<CsvSource, 'file' | 'files'>,
): number[] {
  const index = table.header.indexOf(column);
  if (index < 0) {
    const help = `it has: ${table.header.join(', ')}`;
    return refuse(
      { code: 'HF513', message: `${table.file} has no column "${column}"`, help, path },
      position,
    );
  }
  const values = table.rows.map((row) =>
    row[index] === undefined || row[index] === '' ? NaN : Number(row[index]),
  );
  const bad = values.findIndex((value) => !Number.isFinite(value) || value < 0);
  if (values.length > 0 && bad < 0) return values;
  const message =
    bad < 0
      ? `${table.file} has no rows`
      : `${table.file}, row ${bad + 1}: ${column} is not a number of 0 or more`;
  return refuse({ code: 'HF514', message, help: 'every row needs a number in this column', path }, position);
}
