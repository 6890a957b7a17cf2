import { buildTable, sampleTable } from '../random/quantile-table.ts';

const table = buildTable({ family: 'exponential', mean: 1 });

/** Exponential variate with mean 1 from a uint32 draw. */
export function exponentialOf(draw: number): number {
  return sampleTable(table, 0, draw);
}
