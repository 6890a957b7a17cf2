import { expect, test } from 'vitest';
import { Histogram, WINDOW_SUB_BITS } from '../../src/measure/histogram.ts';
import { findingsOf, measurements, model, requestClass, SECOND_NS } from './builders.ts';

const MS = 1e6;

/** Windows of one second; `slow` of them, from `from` on, in which requests take 100 ms instead of 10. */
function run({ lasts, slow, from }: { lasts: number; slow: number; from: number }) {
  const windows = Array.from({ length: lasts }, (_, i) => ({
    fromNs: i * SECOND_NS,
    toNs: (i + 1) * SECOND_NS,
    phase: 0,
    weight: 1,
  }));
  const isSlow = (i: number) => i >= from && i < from + slow;
  const windowHistograms = windows.map((_, i) => {
    const histogram = new Histogram(WINDOW_SUB_BITS);
    for (let request = 0; request < 200; request++) histogram.record((isSlow(i) ? 100 : 10) * MS);
    return histogram;
  });
  const series = (of: (i: number) => number) => Float64Array.from(windows, (_, i) => of(i));
  const measured = {
    ...requestClass(),
    offered: series(() => 200),
    good: series((i) => (isSlow(i) ? 100 : 200)),
    late: series(() => 0),
    failures: requestClass().failures.map(() => series(() => 0)),
    windowHistograms,
    phaseHistograms: [new Histogram()],
  };
  const phases = [{ name: 'all', fromNs: 0, toNs: lasts * SECOND_NS }];
  return findingsOf({
    model: model({ phases, groups: [], lastsNs: lasts * SECOND_NS }),
    measurements: measurements({
      windows,
      classes: [measured],
      groups: [],
      groupTotals: [],
      stop: { reason: 'completed', atNs: lasts * SECOND_NS, runaway: null },
    }),
  }).worst;
}

test('half a stretch of ten seconds that is slow is half of what the worst stretch holds', () => {
  const worst = run({ lasts: 30, slow: 5, from: 12 });
  const find = (measure: string) => worst.find((each) => each.measure === measure);
  expect(find('availability')).toMatchObject({ value: 0.75, spanNs: 10e9, fromNs: 7e9 });
  expect(find('p95Ns')?.value).toBeGreaterThan(97 * MS);
  expect(find('p95Ns')?.value).toBeLessThan(103 * MS);
  // 10,000 observations would be needed beyond it, 2,000 are there.
  expect(find('p999Ns')).toMatchObject({ value: null, fromNs: null });
});

test('a run shorter than the stretch has no worst stretch', () => {
  expect(run({ lasts: 9, slow: 5, from: 2 }).every(({ value }) => value === null)).toBe(true);
});
