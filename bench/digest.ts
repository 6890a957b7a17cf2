import { createHash } from 'node:crypto';
import type { Histogram } from '../src/measure/histogram.ts';
import type { Measurements } from '../src/run/measurements.ts';

/**
 * Hash of what a run says about its requests: counts, and every histogram of response, waiting and sojourn times with
 * its exact sum. An optimisation that changes it has changed the results.
 */
export function digestOf({ classes, groups, totals }: Measurements): string {
  const hash = createHash('sha256');
  const numbers = (values: Iterable<number>): void => {
    hash.update(Float64Array.from(values));
  };
  const histograms = (list: readonly Histogram[]): void => {
    for (const histogram of list) {
      numbers([histogram.sumNs, histogram.maxNs]);
      numbers(histogram.counts);
    }
  };
  numbers([totals.started, totals.ended, totals.inside]);
  for (const each of classes) {
    numbers(each.offered);
    numbers(each.good);
    histograms(each.phaseHistograms);
  }
  for (const group of groups) {
    numbers(group.starts);
    numbers(group.busyNs);
    numbers(group.waitingNs);
    histograms(group.waits);
    histograms(group.sojourns);
  }
  return hash.digest('hex').slice(0, 16);
}
