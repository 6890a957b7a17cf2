import { describe, expect, test } from 'vitest';
import { allCases, figuresOf } from '../cases/case.ts';
import { FORMULAS } from '../cases/formulas.ts';
import { CASE_IDS } from '../cases/ids.ts';
import { NOT_EXPRESSIBLE, NOT_OBSERVED } from '../cases/not-expressible.ts';
import { expectClose, expectList } from '../formulas/close.ts';
import { runOf } from './run-case.ts';

test('every case of the six areas is run, answered by a formula, or listed with a reason', () => {
  const all = Object.values(CASE_IDS).flat();
  const here = allCases().map(({ id }) => id);
  expect([...here, ...Object.keys(NOT_EXPRESSIBLE)].sort()).toEqual([...all].sort());
  for (const { id, area } of allCases()) expect(CASE_IDS[area], id).toContain(id);
});

test('every figure is measured, answered by a formula, or listed with a reason: exactly one of them', () => {
  const astray = allCases().flatMap((each) =>
    figuresOf(each).flatMap(({ metric, name, measure }) => {
      const ways = [
        measure !== null,
        FORMULAS[each.id]?.[metric] !== undefined,
        NOT_OBSERVED[each.id]?.[metric] !== undefined,
      ];
      return ways.filter(Boolean).length === 1 ? [] : [`${each.id} ${name}: ${String(ways)}`];
    }),
  );
  expect(astray).toEqual([]);
});

test('lists of formulas and of what is not observed name figures that exist, measures name runs that exist', () => {
  const lists: readonly Readonly<Record<string, object>>[] = [FORMULAS, NOT_OBSERVED];
  for (const list of lists) {
    for (const [id, metrics] of Object.entries(list)) {
      const found = allCases().find((each) => each.id === id);
      for (const metric of Object.keys(metrics))
        expect(found?.expected, `${id} ${metric}`).toHaveProperty([metric]);
    }
  }
  for (const figure of allCases().flatMap(figuresOf)) {
    if (figure.measure !== null) expect(figure.case.runs, figure.case.id).toHaveProperty([runOf(figure)]);
  }
});

describe('figures that need no simulation', () => {
  for (const [id, formulas] of Object.entries(FORMULAS)) {
    test(id, () => {
      const { expected } = allCases().find((each) => each.id === id)!;
      for (const [metric, formula] of Object.entries(formulas)) {
        const { value } = expected[metric]!;
        const answer = formula();
        if (typeof value === 'number') expectClose(Number(answer), value, metric);
        else expectList(answer as readonly number[], value);
      }
    });
  }
});
