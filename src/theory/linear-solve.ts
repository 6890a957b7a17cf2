import { at } from './vector.ts';

export type Matrix = readonly (readonly number[])[];

/**
 * Solves x·A = b for the row vector x, by Gaussian elimination with partial pivoting. For the small dense systems of
 * this folder (tens of unknowns); rate equations of chains go to `ctmc.ts`.
 *
 * @throws {RangeError} when A is singular.
 */
export function solveLeft(matrix: Matrix, right: readonly number[]): number[] {
  const size = right.length;
  // Rows of the transposed system Aᵀxᵀ = bᵀ, each with its right-hand side appended.
  const rows = right.map((value, row) => [...matrix.map((source) => at(source, row)), value]);
  for (let column = 0; column < size; column++) {
    const pivot = takePivot(rows, column);
    for (const row of rows.slice(column + 1)) subtract(row, pivot, at(row, column) / at(pivot, column));
  }
  const solution = new Array<number>(size).fill(0);
  for (const [index, row] of [...rows.entries()].reverse()) {
    const known = row
      .slice(index + 1, size)
      .reduce((sum, factor, j) => sum + factor * at(solution, index + 1 + j), 0);
    solution[index] = (at(row, size) - known) / at(row, index);
  }
  return solution;
}

/** Swaps the row with the largest entry of the column into place and returns it. */
function takePivot(rows: number[][], column: number): readonly number[] {
  let best = column;
  for (const [index, row] of rows.entries()) {
    if (index > column && Math.abs(at(row, column)) > Math.abs(at(rows[best] ?? row, column))) best = index;
  }
  const pivot = rows[best];
  const displaced = rows[column];
  if (pivot === undefined || displaced === undefined || at(pivot, column) === 0) {
    throw new RangeError('singular system of equations');
  }
  rows[best] = displaced;
  rows[column] = pivot;
  return pivot;
}

function subtract(row: number[], pivot: readonly number[], factor: number): void {
  for (const [index, value] of pivot.entries()) row[index] = at(row, index) - factor * value;
}

export function multiply(left: Matrix, right: Matrix): number[][] {
  return left.map((row) => {
    const product = new Array<number>(right[0]?.length ?? 0).fill(0);
    for (const [k, factor] of row.entries()) {
      for (const [column, value] of (right[k] ?? []).entries()) {
        product[column] = at(product, column) + factor * value;
      }
    }
    return product;
  });
}
