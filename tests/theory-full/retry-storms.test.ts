/** Retry storms at the thresholds of formula F-9 (docs/model.md): mean goodput of 70 to 90 s over three seeds. */
import { describe, expect, test, vi } from 'vitest';
import { goodputFrom, storm, TABLE, titleOf, type Storm } from '../analysis/recovery/site.ts';

vi.setConfig({ testTimeout: 1_800_000 });

function goodput(parts: Storm): number {
  const seeds = ['1', '2', '3'];
  return seeds.reduce((sum, seed) => sum + goodputFrom(storm(parts, seed), 70) / seeds.length, 0);
}

describe.each(TABLE.map((row) => ({ row, title: titleOf(row) })))('$title', ({ row }) => {
  test.each(row.recovers)('for %d s is forgotten', (dipSec) => {
    expect(goodput({ ...row.storm, dipSec })).toBeGreaterThan(0.97);
  });

  test.each(row.stays)('for %d s is not', (dipSec) => {
    expect(goodput({ ...row.storm, dipSec })).toBeLessThan(0.02);
  });
});

test('400/s, three retries, 3 s: on the threshold, some seeds recover and some do not', () => {
  const runs = Array.from({ length: 12 }, (_, seed) =>
    goodputFrom(storm({ ratePerSec: 400, retries: 3, dip: 0.8, dipSec: 3 }, String(seed + 1)), 70),
  );
  const alive = runs.filter((each) => each > 0.97).length;
  expect(runs.every((each) => each > 0.97 || each < 0.02)).toBe(true);
  expect(alive).toBeGreaterThan(0);
  expect(alive).toBeLessThan(12);
});

test('400/s, one retry, 20 s: not metastable, but still draining at 90 s', () => {
  expect(goodput({ ratePerSec: 400, retries: 1, dip: 0.8, dipSec: 20 })).toBeLessThan(0.5);
});
