/** The fast subset: short replications of cases that together touch every mechanism; all of them in theory-full. */
import { expect, test } from 'vitest';
import { allCases } from '../cases/case.ts';
import { sentence } from './judge.ts';
import { runCase } from './run-case.ts';

const FAST = allCases().filter(({ runs }) =>
  Object.values(runs ?? {}).some(({ fast }) => fast !== undefined),
);

test.each(FAST.map((each) => [each.id, each.title, each] as const))(
  '%s: %s',
  (_id, _title, each) => {
    const judgements = runCase(each, 'fast');
    expect(judgements.length).toBeGreaterThan(0);
    expect(judgements.filter(({ passed }) => !passed).map(sentence)).toEqual([]);
  },
  60_000,
);
