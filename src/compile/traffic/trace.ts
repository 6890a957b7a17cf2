import type { Path, TraceTraffic } from '../../scenario/types.ts';
import { numbersOf, readCsv, type CsvTable, type Files } from '../parts/csv.ts';
import { refuse } from '../refusal.ts';
import type { Site } from '../tree/site.ts';

export interface Trace {
  readonly atNs: Float64Array;
  /** Class of each row by its order in the scenario, or -1 for the mix. */
  readonly classIds: Int32Array;
}

/** @throws {UserError} when the file is missing, not in order of time, or names an unknown class. */
export function readTrace(traffic: TraceTraffic, { site, files }: { site: Site; files: Files }): Trace {
  const { position, scenario } = site;
  const path: Path = ['traffic', scenario.traffic.indexOf(traffic), 'trace'];
  const table = readCsv({ file: traffic.file, files, path, position });
  const atNs = numbersOf(table, 'at', { path, position }).map((seconds) => Math.round(seconds * 1e9));
  const back = atNs.findIndex((at, row) => row > 0 && at < atNs[row - 1]!);
  if (back >= 0) {
    const message = `${traffic.file}, row ${back + 1}: earlier than the row before`;
    refuse({ code: 'HF519', message, help: 'sort the file by time', path }, position);
  }
  return {
    atNs: Float64Array.from(atNs),
    classIds: classColumn(table, Object.keys(scenario.requests), { path, site }),
  };
}

function classColumn(
  table: CsvTable,
  names: readonly string[],
  { path, site }: { readonly path: Path; readonly site: Site },
): Int32Array {
  const column = table.header.indexOf('request');
  return Int32Array.from(table.rows, (row, index) => {
    const name = column < 0 ? '' : (row[column] ?? '');
    if (name === '') return -1;
    const id = names.indexOf(name);
    if (id >= 0) return id;
    const message = `${table.file}, row ${index + 1}: no request class "${name}"`;
    return refuse({ code: 'HF520', message, help: `use one of: ${names.join(', ')}`, path }, site.position);
  });
}
