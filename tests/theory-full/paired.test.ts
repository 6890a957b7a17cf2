/** How much sharing random numbers is worth, and that it invents nothing: M/G/16 at 85 % utilization, cv 1, 100 seeds. */
import { expect, test } from 'vitest';
import type { Comparison } from '../../src/study/comparison.ts';
import { rowOf } from '../study/pairs.ts';
import { compareSlower } from '../study/slower.ts';

/** Above that of a single simulation (pairs.ts). */
const TIMEOUT_MS = 1_800_000;
const SEEDS = Array.from({ length: 100 }, (_, index) => index + 1);
/** Five replications: 100,000 in all. */
const REQUESTS = 20_000;

async function foundWith(
  factor: number,
  station: string,
  seeds: readonly number[] = SEEDS,
): Promise<Comparison[]> {
  const found: Comparison[] = [];
  for (const seed of seeds) {
    found.push(await compareSlower({ seed, requests: REQUESTS, cv: 1, factor, station }));
  }
  return found;
}

const isFound = (comparison: Comparison, metric: 'mean' | 'p99'): boolean =>
  rowOf(comparison, 'request:customer', metric).verdict === 'significant';
const countOf = (comparisons: readonly Comparison[], metric: 'mean' | 'p99'): number =>
  comparisons.filter((comparison) => isFound(comparison, metric)).length;

test(
  'a service 2 % slower is found with every seed, beside all else that is compared',
  async () => {
    const found = await foundWith(1.02, 'desk');
    expect(SEEDS.filter((_, index) => !isFound(found[index]!, 'mean'))).toEqual([]);
    expect(countOf(found, 'p99')).toBeGreaterThanOrEqual(90);
    const utils = found.map((each) => rowOf(each, 'station:desk', 'util').verdict);
    expect(new Set(utils)).toEqual(new Set(['significant']));
  },
  TIMEOUT_MS,
);

test(
  'with random numbers of its own it is hardly ever found',
  async () => {
    const found = await foundWith(1.02, 'other', SEEDS.slice(0, 40));
    expect(countOf(found, 'mean')).toBeLessThan(20);
  },
  TIMEOUT_MS,
);

test(
  'the same service with random numbers of its own: false alarms of any measure stay below 5 %',
  async () => {
    const alarms = (await foundWith(1, 'other')).filter(({ differences }) =>
      differences.some(({ verdict }) => verdict === 'significant'),
    );
    // Bin(100, 5 %) exceeds 12 once in a thousand times.
    expect(alarms.length).toBeLessThanOrEqual(12);
  },
  TIMEOUT_MS,
);
