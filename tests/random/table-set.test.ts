import { expect, test } from 'vitest';
import { buildTable, TABLE_LENGTH } from '../../src/random/quantile-table.ts';
import { TableSet, tableOf } from '../../src/random/table-set.ts';

test('keeps one table for each shape, in the order of first use', () => {
  const set = new TableSet();
  const indices = [
    set.indexOf({ family: 'exponential', mean: 5 }),
    set.indexOf({ family: 'lognormal', mean: 5, cv: 1 }),
    set.indexOf({ family: 'exponential', mean: 7e6 }),
    set.indexOf({ family: 'lognormal', mean: 5, cv: 1.5 }),
    set.indexOf({ family: 'uniform', low: 1, high: 3 }),
    set.indexOf({ family: 'uniform', low: 10, high: 30 }),
    set.indexOf({ family: 'constant', mean: 0 }),
    set.indexOf({ family: 'constant', mean: 9 }),
  ];
  expect(indices).toEqual([0, 1, 0, 2, 3, 3, 4, 4]);

  const tables = set.toArray();
  expect(tables).toHaveLength(5 * TABLE_LENGTH);
  expect(tables.slice(TABLE_LENGTH, 2 * TABLE_LENGTH)).toEqual(
    buildTable({ family: 'lognormal', mean: 1, cv: 1 }),
  );
});

test('refuses what its law refuses, and stays as it was', () => {
  const set = new TableSet();
  expect(() => set.indexOf({ family: 'pareto', mean: 1, alpha: 1 })).toThrow(RangeError);
  expect(set.toArray()).toHaveLength(0);
});

test('a process builds the table of a shape once, and keeps a bounded number of them', () => {
  const of = (low: number): Float64Array => tableOf({ family: 'uniform', low, high: 1000 });
  const first = of(1);
  expect(first).toEqual(buildTable({ family: 'uniform', low: 1, high: 1000 }));
  expect(tableOf({ family: 'uniform', low: 2, high: 2000 })).toBe(first);
  for (let low = 2; low <= 65; low++) of(low);
  expect(of(1)).not.toBe(first);
  expect(of(1)).toEqual(first);
});
