import { expect, test } from 'vitest';
import { caseOf } from '../theory/cases/case.ts';
import { simulate } from '../theory/sim/simulate.ts';

test('T11-nhpp-1m: totals of the Double 11 curve scatter like Poisson counts', () => {
  const spec = caseOf('T11-nhpp-1m').runs!['main']!;
  const { runs } = simulate('T11-nhpp-1m', spec, 'full', 'dispersion');
  // Three phases of twenty runs: Σ (n − n̄)²/n̄ is χ² with 57 degrees of freedom, 28.2 … 98.9 at 99.9 %.
  let chiSquare = 0;
  for (const window of runs[0]!.windows.keys()) {
    const counts = runs.map((run) => run.classes[0]!.offered[window]!);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    for (const count of counts) chiSquare += (count - mean) ** 2 / mean;
  }
  expect(runs[0]!.windows).toHaveLength(3);
  expect(chiSquare).toBeGreaterThan(28.2);
  expect(chiSquare).toBeLessThan(98.9);
});
