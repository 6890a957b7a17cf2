import { CAUSE_NAMES } from '../model/opcodes.ts';
import type { Context, Measured } from './context.ts';
import type { Band, CauseName, Interval, Timeline, TimelineRequest, TimelineStation } from './findings.ts';
import { clusterOf, intervalOf, percentileInterval, SHARE, shareInterval } from './intervals.ts';
import { supportedQuantileNs } from './latency.ts';
import { limiterRefs } from './limiters.ts';
import { availabilityOf, measuredClass } from './requests.ts';
import { perSec, type SimulatedWindow } from './spans.ts';
import { measuredGroup, utilizationOf } from './stations.ts';

/** More are of no use in a chart, and there are many bands. */
const BAND_DIGITS = 6;

/** The run window by window; windows that were not reached or not measured are left out. */
export function makeTimeline(context: Context): Timeline {
  const { model, windows, apart } = context;
  return {
    fromNs: windows.map(({ fromNs }) => fromNs),
    toNs: windows.map(({ toNs }) => toNs),
    phase: windows.map(({ phase }) => model.phases[phase]?.name ?? null),
    weight: windows.map(({ weight }) => weight),
    requests: model.classes.map(({ name }, index) => {
      const series = requestSeries(context, name, index);
      return apart.length < 2 ? series : { ...series, bands: requestBands(context, index) };
    }),
    stations: model.groups.map((_, index) => {
      const series = stationSeries(context, index);
      return apart.length < 2 ? series : { ...series, bands: stationBands(context, series, index) };
    }),
    limiters: limiterRefs(context).map(({ limiter, measured }) => ({
      limiter: limiter.name,
      shedPerSec: rates(windows, measured.shed, limiter.scale),
    })),
  };
}

function rates(windows: readonly SimulatedWindow[], series: ArrayLike<number>, scale: number): number[] {
  return windows.map(({ index, fromNs, toNs }) => perSec((series[index] ?? 0) * scale, toNs - fromNs));
}

function requestSeries(
  { model, measurements, windows }: Measured,
  request: string,
  index: number,
): TimelineRequest {
  const measured = measuredClass({ measurements }, index);
  const rate = (series: ArrayLike<number>): number[] => rates(windows, series, model.slice);
  const quantiles = (p: number): (number | null)[] =>
    windows.map((window) => {
      const histogram = measured.windowHistograms[window.index] ?? null;
      return histogram === null ? null : supportedQuantileNs(histogram, p);
    });
  const offeredPerSec = rate(measured.offered);
  const goodPerSec = rate(measured.good);
  const latePerSec = rate(measured.late);
  const failedPerSec = Object.fromEntries(
    CAUSE_NAMES.flatMap((cause, code) =>
      cause === 'none' ? [] : [[cause, rate(measured.failures[code] ?? [])]],
    ),
  ) as Record<CauseName, number[]>;
  return {
    request,
    offeredPerSec,
    admittedPerSec: offeredPerSec.map((offered, i) => offered - (failedPerSec.shed[i] ?? 0)),
    completedPerSec: goodPerSec.map((good, i) => good + (latePerSec[i] ?? 0)),
    goodPerSec,
    failedPerSec,
    samples: windows.map(({ index: window }) => measured.windowHistograms[window]?.count ?? 0),
    p50Ns: quantiles(0.5),
    p95Ns: quantiles(0.95),
    p99Ns: quantiles(0.99),
    p999Ns: quantiles(0.999),
  };
}

/** `waitingJobs` is the mean over the window. */
function stationSeries(context: Measured, index: number): TimelineStation {
  const { model, windows } = context;
  const group = model.groups[index];
  if (group === undefined) throw new RangeError(`no group ${index}`);
  const measured = measuredGroup(context, index);
  const { scale } = group;
  return {
    group: group.name,
    utilization: windows.map((w) => utilizationOf(group, measured.busyNs[w.index] ?? 0, w.toNs - w.fromNs)),
    waitingJobs: windows.map((w) => ((measured.waitingNs[w.index] ?? 0) * scale) / (w.toNs - w.fromNs)),
    throughputPerSec: rates(windows, measured.departures, scale),
  };
}

/** Percentiles from what each replication saw in the window, availability from that of each. */
function requestBands(context: Context, index: number): NonNullable<TimelineRequest['bands']> {
  const { windows, apart } = context;
  const percentile = (p: number): Band =>
    bandOf(windows.map((window) => percentileInWindow(context, index, window, p)));
  const availability = (of: Measured, { index: window }: SimulatedWindow): number | null => {
    const { offered, good } = measuredClass(of, index);
    return availabilityOf({ offered: offered[window] ?? 0, good: good[window] ?? 0 });
  };
  return {
    p50Ns: percentile(0.5),
    p95Ns: percentile(0.95),
    p99Ns: percentile(0.99),
    p999Ns: percentile(0.999),
    availability: bandOf(
      windows.map((window) => {
        const ofEach = apart.map((one) => availability(one, window));
        const offered = apart.map((one) => measuredClass(one, index).offered[window.index] ?? 0);
        return shareInterval(
          availability(context, window),
          ofEach,
          offered.reduce((sum, count) => sum + count, 0),
        );
      }),
    ),
  };
}

/** Where replications sampled in time stand for different shares of a window, each counts by its own. */
function percentileInWindow(
  context: Context,
  index: number,
  { index: window }: SimulatedWindow,
  p: number,
): Interval | null {
  const histogramIn = (of: Measured) => measuredClass(of, index).windowHistograms[window] ?? null;
  const pooled = histogramIn(context);
  if (pooled === null) return null;
  const clusters = context.apart.map((one) => {
    const histogram = histogramIn(one);
    return clusterOf(histogram === null ? [] : [histogram], one.measurements.windows[window]?.weight);
  });
  return percentileInterval(pooled, clusters, p);
}

/** Replications sampled in time may leave out different windows: each is looked up by its number. */
function stationBands(
  { windows, apart }: Measured,
  pooled: TimelineStation,
  index: number,
): NonNullable<TimelineStation['bands']> {
  const ofEach = apart.map((one) => {
    const { utilization } = stationSeries(one, index);
    return new Map(one.windows.map((window, position) => [window.index, utilization[position] ?? null]));
  });
  const intervals = windows.map((window, position) => {
    const values = ofEach.map((series) => series.get(window.index) ?? null);
    return intervalOf(pooled.utilization[position] ?? null, values, SHARE);
  });
  return { utilization: bandOf(intervals) };
}

function bandOf(intervals: readonly (Interval | null)[]): Band {
  const side = (end: 0 | 1): (number | null)[] =>
    intervals.map((interval) => {
      const at = interval?.[end] ?? null;
      return at === null ? null : Number(at.toPrecision(BAND_DIGITS));
    });
  return { lower: side(0), upper: side(1) };
}
