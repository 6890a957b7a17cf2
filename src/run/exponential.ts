import { sampleTable } from '../random/quantile-table.ts';
import { tableOf } from '../random/table-set.ts';

const table = tableOf({ family: 'exponential', mean: 1 });

/** Exponential variate with mean 1 from a uint32 draw. */
export function exponentialOf(draw: number): number {
  return sampleTable(table, 0, draw);
}
