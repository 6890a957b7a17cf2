import { Histogram } from '../measure/histogram.ts';
import type { Measurements } from './measurements.ts';

/** Measurements that came from another thread: their histograms arrive as data and are made histograms again. */
export function revive(arrived: Measurements): Measurements {
  return {
    ...arrived,
    classes: arrived.classes.map((each) => ({
      ...each,
      windowHistograms: each.windowHistograms.map((histogram) =>
        histogram === null ? null : Histogram.from(histogram),
      ),
      phaseHistograms: each.phaseHistograms.map((histogram) => Histogram.from(histogram)),
    })),
    groups: arrived.groups.map((each) => ({
      ...each,
      waits: each.waits.map((histogram) => Histogram.from(histogram)),
      sojourns: each.sojourns.map((histogram) => Histogram.from(histogram)),
    })),
    operations: arrived.operations.map((each) => ({
      ...each,
      sojourns: each.sojourns.map((histogram) => Histogram.from(histogram)),
    })),
  };
}
