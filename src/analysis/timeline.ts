import { CAUSE_NAMES } from '../model/opcodes.ts';
import type { Context } from './context.ts';
import type { Band, CauseName, Timeline, TimelineRequest, TimelineStation } from './findings.ts';
import { intervalOf, NOT_NEGATIVE, SHARE, type Bounds } from './intervals.ts';
import { supportedQuantileNs } from './latency.ts';
import { limiterRefs } from './limiters.ts';
import { measuredClass } from './requests.ts';
import { perSec, type SimulatedWindow } from './spans.ts';
import { measuredGroup, utilizationOf } from './stations.ts';

/** More are of no use in a chart, and there are many bands. */
const BAND_DIGITS = 6;

/** The run window by window; windows that were not reached or not measured are left out. `each`: the replications, if several. */
export function makeTimeline(context: Context, each: readonly Context[]): Timeline {
  const { model, windows } = context;
  return {
    fromNs: windows.map(({ fromNs }) => fromNs),
    toNs: windows.map(({ toNs }) => toNs),
    phase: windows.map(({ phase }) => model.phases[phase]?.name ?? null),
    weight: windows.map(({ weight }) => weight),
    requests: model.classes.map(({ name }, index) => {
      const series = requestSeries(context, name, index);
      return each.length < 2 ? series : { ...series, bands: requestBands(series, each, name, index) };
    }),
    stations: model.groups.map((_, index) => {
      const series = stationSeries(context, index);
      return each.length < 2 ? series : { ...series, bands: stationBands(series, each, index) };
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
  { model, measurements, windows }: Context,
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
function stationSeries(context: Context, index: number): TimelineStation {
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

function requestBands(
  pooled: TimelineRequest,
  each: readonly Context[],
  request: string,
  index: number,
): NonNullable<TimelineRequest['bands']> {
  const ofEach = each.map((context) => requestSeries(context, request, index));
  const band = (of: (series: TimelineRequest) => readonly (number | null)[], bounds = NOT_NEGATIVE): Band =>
    bandOf(of(pooled), ofEach.map(of), bounds);
  return {
    p50Ns: band(({ p50Ns }) => p50Ns),
    p95Ns: band(({ p95Ns }) => p95Ns),
    p99Ns: band(({ p99Ns }) => p99Ns),
    p999Ns: band(({ p999Ns }) => p999Ns),
    availability: band(
      ({ goodPerSec, offeredPerSec }) =>
        goodPerSec.map((good, i) => (offeredPerSec[i] === 0 ? null : good / (offeredPerSec[i] ?? 0))),
      SHARE,
    ),
  };
}

function stationBands(
  pooled: TimelineStation,
  each: readonly Context[],
  index: number,
): NonNullable<TimelineStation['bands']> {
  const ofEach = each.map((context) => stationSeries(context, index).utilization);
  return { utilization: bandOf(pooled.utilization, ofEach, SHARE) };
}

function bandOf(
  pooled: readonly (number | null)[],
  ofEach: readonly (readonly (number | null)[])[],
  bounds: Bounds,
): Band {
  const intervals = pooled.map((value, window) => {
    const values = ofEach.map((series) => series[window] ?? null);
    return intervalOf(value, values, bounds);
  });
  const side = (end: 0 | 1): (number | null)[] =>
    intervals.map((interval) => (interval === null ? null : Number(interval[end].toPrecision(BAND_DIGITS))));
  return { lower: side(0), upper: side(1) };
}
