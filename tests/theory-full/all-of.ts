import { expect, test } from 'vitest';
import { casesOf, type CaseFile } from '../theory/cases/case.ts';
import { sentence } from '../theory/sim/judge.ts';
import { runCase } from '../theory/sim/run-case.ts';

/** Declares a test for each simulated case of a file, every `of`-th beginning with `part` (0 …): one worker each. */
export function testCases(file: CaseFile, part = 0, of = 1): void {
  const simulated = casesOf(file).filter(({ runs }) => runs !== undefined);
  const mine = simulated.filter((_, index) => index % of === part);
  test.each(mine.map((each) => [each.id, each.title, each] as const))('%s: %s', (_id, _title, each) => {
    const judgements = runCase(each, 'full');
    expect(judgements.length).toBeGreaterThan(0);
    expect(judgements.filter(({ passed }) => !passed).map(sentence)).toEqual([]);
  });
}
