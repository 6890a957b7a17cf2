import { atUnitMean, type Distribution } from './distributions.ts';
import { buildTable, TABLE_LENGTH } from './quantile-table.ts';

/**
 * The quantile tables of a model, one per shape: all exponentials share one, whatever their means.
 *
 * Building a table takes milliseconds, so build a set once and run it often.
 */
export class TableSet {
  readonly #indices = new Map<string, number>();
  readonly #tables: Float64Array[] = [];

  /**
   * Index of the distribution's table, which is added when new.
   *
   * @throws {RangeError} when a parameter of the distribution is out of range.
   */
  indexOf(distribution: Distribution): number {
    const shape = JSON.stringify(atUnitMean(distribution));
    let index = this.#indices.get(shape);
    if (index === undefined) {
      index = this.#tables.push(buildTable(distribution)) - 1;
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
