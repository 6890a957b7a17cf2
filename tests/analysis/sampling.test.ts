/** What findings make of windows that stand for more than themselves. */
import { describe, expect, test } from 'vitest';
import { findBacklogs, queueSeries } from '../../src/analysis/backlog.ts';
import { makeContext } from '../../src/analysis/context.ts';
import { PEAK_ARRIVALS_MIN, peakOver } from '../../src/analysis/peaks.ts';
import { findSampling, isSteep } from '../../src/analysis/sampling.ts';
import {
  lengthNs,
  observedOver,
  simulatedWindows,
  sumOver,
  type SimulatedWindow,
} from '../../src/analysis/spans.ts';
import { Histogram, WINDOW_SUB_BITS } from '../../src/measure/histogram.ts';
import { summarise } from '../../src/analysis/summary.ts';
import { decodeHistogram, encodeHistogram } from '../../src/analysis/encode-histogram.ts';
import type { Window } from '../../src/run/measurements.ts';
import { findingsOf, group, groupMeasured, measurements, model, requestClass } from './builders.ts';

const S = 1e9;

/** Two seconds of each of two minutes, measured in one window each, then a minute of itself in two. */
const WINDOWS: readonly Window[] = [
  { fromNs: 29 * S, toNs: 31 * S, phase: 0, weight: 30 },
  { fromNs: 31 * S, toNs: 60 * S, phase: 0, weight: 0 },
  { fromNs: 89 * S, toNs: 91 * S, phase: 0, weight: 30 },
  { fromNs: 120 * S, toNs: 150 * S, phase: 0, weight: 1 },
  { fromNs: 150 * S, toNs: 180 * S, phase: 0, weight: 1 },
];
const stop = { reason: 'completed', atNs: 180 * S, runaway: null } as const;
/** Ten, as the measurements of these tests have: the others are left out. */
function ten(some: readonly Window[]): Window[] {
  const none = { fromNs: 180 * S, toNs: 180 * S, phase: 0, weight: 0 };
  return Array.from({ length: 10 }, (_, i) => some[i] ?? none);
}

const windows = simulatedWindows({ windows: WINDOWS, stop });

describe('windows', () => {
  test('that were not measured are none', () => {
    expect(windows.map(({ index }) => index)).toEqual([0, 2, 3, 4]);
  });

  test('count for what they stand for, observations for themselves', () => {
    const series = [10, 999, 20, 300, 300];
    expect(lengthNs({ windows })).toBe(180 * S);
    expect(sumOver({ windows }, series)).toBe(30 * 10 + 30 * 20 + 600);
    expect(observedOver({ windows }, series)).toBe(630);
  });
});

describe('a peak', () => {
  const search = { windowNs: 60 * S, arrivals: [1000, 0, 1000, 2000, 2000] };

  test('is found in two seconds that stand for a minute', () => {
    const amounts = [500, 0, 900, 3000, 3000];
    expect(peakOver(windows, { ...search, amounts })).toEqual({ perNs: 450 / S, fromNs: 89 * S });
  });

  test('does not reach over a gap: two halves of a peak in different minutes are none', () => {
    const few = search.arrivals.map((count) => Math.min(count, PEAK_ARRIVALS_MIN - 1));
    const apart = windows.slice(0, 2);
    const amounts = [500, 0, 900, 0, 0];
    // Neither has arrivals enough, so the whole is the only stretch.
    const peak = peakOver(apart, { ...search, arrivals: few, amounts });
    expect(peak).toEqual({ perNs: (30 * 1400) / (120 * S), fromNs: 29 * S });
    const joined: SimulatedWindow[] = [{ ...apart[0]! }, { ...apart[1]!, fromNs: 31 * S, toNs: 33 * S }];
    expect(peakOver(joined, { ...search, arrivals: few, amounts })).toEqual({
      perNs: 700 / (2 * S),
      fromNs: 29 * S,
    });
  });
});

test('a queue that is longer after a gap has not grown in it', () => {
  const measured = groupMeasured({ arrivals: [100, 0, 100, 0, 0], waitingJobsEnd: [5, 0, 900, 900, 900] });
  const starts = Float64Array.from([100, 0, 100, 0, 0]);
  const apart = windows.slice(0, 2);
  expect(findBacklogs(queueSeries(group('shop'), { ...measured, starts }, apart))).toEqual([]);
  const joined = [apart[0]!, { ...apart[1]!, fromNs: 31 * S, toNs: 33 * S }];
  expect(findBacklogs(queueSeries(group('shop'), { ...measured, starts }, joined))).toHaveLength(1);
});

describe('a histogram of a sample', () => {
  const sample = new Histogram();
  for (let i = 1; i <= 500; i++) sample.record(i * 1e6);
  const weighted = new Histogram();
  weighted.add(sample, 30);

  test('has the quantiles of the sample, the counts of what it stands for, and says what was seen', () => {
    expect(weighted.quantileNs(0.5)).toBeCloseTo(sample.quantileNs(0.5)!, -7);
    expect([weighted.count, weighted.observations, weighted.sumNs]).toEqual([15_000, 500, 30 * sample.sumNs]);
  });

  test('supports percentiles by what was seen', () => {
    // 15,000 would support a P99, of which 150 lie beyond it; 500 do not.
    expect(summarise(weighted)).toMatchObject({ samples: 500, p99Ns: null, meanNs: sample.meanNs() });
    expect(summarise(weighted).p95Ns).not.toBeNull();
  });

  test('keeps both when it is merged, and when it is written and read', () => {
    const merged = new Histogram();
    merged.add(weighted);
    merged.add(sample);
    expect([merged.count, merged.observations]).toEqual([15_500, 1000]);
    const read = decodeHistogram(encodeHistogram(merged));
    expect([read.count, read.observations]).toEqual([15_500, 1000]);
  });
});

describe('a P99 is ill-conditioned', () => {
  /** 10,000 requests of 10 ms, of which so many met congestion and took 500 ms. */
  const mixture = (slow: number): Histogram => {
    const histogram = new Histogram(WINDOW_SUB_BITS);
    for (let i = 0; i < 10_000; i++) histogram.record(i < slow ? 500e6 : 10e6 + (i % 100) * 1e4);
    return histogram;
  };

  test('where about 1 % of the requests are slow, not where many or none are', () => {
    expect([0, 40, 60, 100, 149, 151, 1000].map((slow) => isSteep(mixture(slow)))).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('not because a tail is exponential', () => {
    const histogram = new Histogram(WINDOW_SUB_BITS);
    for (let i = 1; i <= 10_000; i++) histogram.record(-10e6 * Math.log(i / 10_001));
    expect(isSteep(histogram)).toBe(false);
  });

  test('and is not judged where there are too few requests for it', () => {
    const few = new Histogram(WINDOW_SUB_BITS);
    for (let i = 0; i < 1000; i++) few.record(i < 10 ? 500e6 : 10e6);
    expect(isSteep(few)).toBe(false);
  });
});

describe('a sampled run', () => {
  const plan = { periodNs: 60 * S, warmNs: S / 2, measuredNs: 2 * S, weight: 30, stretches: [] };
  const of = model({ lastsNs: 180 * S, sampling: plan });
  const measured = measurements({ windows: ten(WINDOWS), sampling: { extensions: 0 }, stop });

  test('says how much of the time was measured, and of it without a break', () => {
    expect(findSampling(makeContext({ model: of }, measured))).toMatchObject({
      ...{ periodNs: 60 * S, warmNs: S / 2, measuredNs: 2 * S, weight: 30 },
      ...{ measuredRatio: 64 / 180, contiguousRatio: 60 / 180, extensions: 0, unseenNs: 0 },
      errors: { p50: 0.016, p95: 0.021, p99: 0.032 },
      doubtful: [],
    });
  });

  test('flags minutes of mixed weight, one after the other as one', () => {
    const mixed = WINDOWS.flatMap((window): Window[] =>
      window.toNs <= 91 * S && window.weight > 0
        ? [window, { ...window, fromNs: window.toNs, toNs: window.toNs + S, weight: 1 }]
        : [window],
    ).sort((a, b) => a.fromNs - b.fromNs);
    const inside = { ...measured, windows: mixed, classes: [requestClass()] };
    const found = findSampling(makeContext({ model: of }, inside));
    expect(found?.doubtful).toEqual([{ fromNs: 0, toNs: 120 * S, because: 'mixed' }]);
  });

  /** The same, but followed without a break from the second minute on. */
  const followed = {
    ...measured,
    windows: measured.windows.map((window) =>
      window.fromNs === 89 * S ? { ...window, fromNs: 60 * S, toNs: 120 * S, weight: 1 } : window,
    ),
    sampling: { extensions: 1 },
  };

  test('of several replications says what each left out on average', () => {
    const { mode } = findingsOf({ model: of, replications: [measured, followed] });
    expect(mode.sampling).toMatchObject({
      measuredRatio: (64 + 122) / 2 / 180,
      contiguousRatio: (60 + 120) / 2 / 180,
      extensions: 0.5,
      unseenNs: 0,
    });
  });

  test('has no error of sampling where nothing was left out', () => {
    const whole = { ...followed, windows: ten([{ fromNs: 0, toNs: 180 * S, phase: 0, weight: 1 }]) };
    const [alone, half] = [[whole], [whole, measured]].map(
      (replications) => findingsOf({ model: of, replications }).mode.sampling,
    );
    expect(alone).toMatchObject({ contiguousRatio: 1, errors: null });
    expect(half?.errors).not.toBeNull();
  });

  test('bands of a station compare the same windows, whichever others a replication left out', () => {
    const gap = measured.windows.map((window) =>
      window.fromNs === 120 * S ? { ...window, weight: 0 } : window,
    );
    const busy = [0, 0, 0, 0, 15, 0, 0, 0, 0, 0].map((each) => each * S);
    const groups = [groupMeasured({ busyNs: busy })];
    const replications = [
      { ...measured, groups },
      { ...measured, groups, windows: gap },
    ];
    const { timeline } = findingsOf({ model: of, replications });
    // Half of the last 30 s at one of two servers, in both: no error at all.
    expect(timeline.stations[0]?.utilization[3]).toBe(0.25);
    expect(timeline.stations[0]?.bands?.utilization.lower).toEqual([0, 0, null, 0.25]);
    expect(timeline.stations[0]?.bands?.utilization.upper).toEqual([0, 0, null, 0.25]);
  });

  test('a run that leaves nothing out says nothing', () => {
    expect(findingsOf({}).mode.sampling).toBeNull();
  });
});
