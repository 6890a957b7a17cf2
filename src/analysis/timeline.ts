import { CAUSE_NAMES } from '../model/opcodes.ts';
import type { Context } from './context.ts';
import type { CauseName, Timeline, TimelineRequest, TimelineStation } from './findings.ts';
import { supportedQuantileNs } from './latency.ts';
import { limiterRefs } from './limiters.ts';
import { measuredClass } from './requests.ts';
import { perSec, type SimulatedWindow } from './spans.ts';
import { measuredGroup, utilizationOf } from './stations.ts';

/** The run window by window; windows that were not reached or not measured are left out. */
export function makeTimeline(context: Context): Timeline {
  const { model, windows } = context;
  return {
    fromNs: windows.map(({ fromNs }) => fromNs),
    toNs: windows.map(({ toNs }) => toNs),
    phase: windows.map(({ phase }) => model.phases[phase]?.name ?? null),
    weight: windows.map(({ weight }) => weight),
    requests: model.classes.map(({ name }, index) => requestSeries(context, name, index)),
    stations: model.groups.map((_, index) => stationSeries(context, index)),
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
    p50Ns: quantiles(0.5),
    p95Ns: quantiles(0.95),
    p99Ns: quantiles(0.99),
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
