import { BUNDLED_TABLES } from './bundled-tables.ts';
import { atUnitMean, type Distribution } from './distributions.ts';
import { unpackTable } from './packed-tables.ts';
import { buildTable, TABLE_LENGTH } from './quantile-table.ts';

/** What is kept of one process: 2 MB of tables, and no key of a megabyte (measured samples are their own key). */
const KEPT_MAX = 64;
const KEY_LENGTH_MAX = 1000;

const kept = new Map<string, Float64Array>();

/**
 * Quantile table of a distribution at mean 1, not to be written to. Building one takes milliseconds, and a process asks
 * for few shapes, but often: for the model, for the times without load, for each run of a study.
 *
 * @throws {RangeError} when a parameter of the distribution is out of range.
 */
export function tableOf(distribution: Distribution): Float64Array {
  return tableOfShape(shapeOf(distribution), distribution);
}

function tableOfShape(shape: string, distribution: Distribution): Float64Array {
  const known = kept.get(shape);
  if (known !== undefined) return known;
  const bundled = BUNDLED_TABLES[shape];
  const table = bundled === undefined ? buildTable(distribution) : unpackTable(bundled);
  if (shape.length > KEY_LENGTH_MAX) return table;
  if (kept.size === KEPT_MAX) kept.delete([...kept.keys()][0]!);
  kept.set(shape, table);
  return table;
}

/** What distributions that share a table have in common. */
export function shapeOf(distribution: Distribution): string {
  return JSON.stringify(atUnitMean(distribution));
}

/** The quantile tables of a model, one per shape: all exponentials share one, whatever their means. */
export class TableSet {
  readonly #indices = new Map<string, number>();
  readonly #tables: Float64Array[] = [];

  /**
   * Index of the distribution's table, which is added when new.
   *
   * @throws {RangeError} when a parameter of the distribution is out of range.
   */
  indexOf(distribution: Distribution): number {
    const shape = shapeOf(distribution);
    let index = this.#indices.get(shape);
    if (index === undefined) {
      index = this.#tables.push(tableOfShape(shape, distribution)) - 1;
      this.#indices.set(shape, index);
    }
    return index;
  }

  /** All tables one behind the other: table i begins at i × TABLE_LENGTH. */
  toArray(): Float64Array {
    const all = new Float64Array(this.#tables.length * TABLE_LENGTH);
    this.#tables.forEach((table, index) => {
      all.set(table, index * TABLE_LENGTH);
    });
    return all;
  }
}
