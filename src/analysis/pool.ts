/**
 * Several replications as one: what an average run measured, with the histograms of all of them together.
 *
 * Counts and times are means over the replications, so that every rate and ratio made from them is that of one run;
 * histograms are added up, so that percentiles come from all observations (a percentile of few is biased, and the mean of
 * such percentiles stays so). The largest value and the first instant of anything are those of all replications.
 */
import { present } from '../base/present.ts';
import { Histogram } from '../measure/histogram.ts';
import type {
  CallMeasurements,
  ClassMeasurements,
  GroupMeasurements,
  LimiterMeasurements,
  Measurements,
  SampleMeasurements,
} from '../run/measurements.ts';

/** A single run stays as it is, to the last bit. @throws {RangeError} without any. */
export function pool(replications: readonly Measurements[]): Measurements {
  const first = replications[0];
  if (first === undefined) throw new RangeError('nothing to pool');
  if (replications.length === 1) return first;
  const parts = <Part>(of: (each: Measurements) => readonly Part[], index: number): Part[] =>
    replications.map((each) => present(of(each)[index]));
  return {
    windows: first.windows,
    classes: first.classes.map((_, i) => poolClass(parts(({ classes }) => classes, i))),
    groups: first.groups.map((_, i) => poolGroup(parts(({ groups }) => groups, i))),
    groupTotals: first.groupTotals.map((_, i) => meanOfFields(parts(({ groupTotals }) => groupTotals, i))),
    limiters: first.limiters.map((_, i) => poolLimiter(parts(({ limiters }) => limiters, i))),
    calls: first.calls.map((_, i): CallMeasurements => meanOfFields(parts(({ calls }) => calls, i))),
    operations: first.operations.map((_, i) => {
      const each = parts(({ operations }) => operations, i);
      return {
        failures: meanSeries(each.map(({ failures }) => failures)),
        sojourns: mergeByIndex(each.map(({ sojourns }) => sojourns)),
      };
    }),
    samples: first.samples.map((_, i) => poolSamples(parts(({ samples }) => samples, i))),
    totals: meanOfFields(replications.map(({ totals }) => totals)),
    stop: latestStop(replications.map(({ stop }) => stop)),
  };
}

function poolClass(each: readonly ClassMeasurements[]): ClassMeasurements {
  const series = (of: (one: ClassMeasurements) => Float64Array): Float64Array => meanSeries(each.map(of));
  return {
    offered: series(({ offered }) => offered),
    good: series(({ good }) => good),
    late: series(({ late }) => late),
    failures: present(each[0]).failures.map((_, cause) => series(({ failures }) => present(failures[cause]))),
    sumNs: series(({ sumNs }) => sumNs),
    windowHistograms: present(each[0]).windowHistograms.map((_, window) =>
      merge(each.map(({ windowHistograms }) => windowHistograms[window] ?? null)),
    ),
    phaseHistograms: mergeByIndex(each.map(({ phaseHistograms }) => phaseHistograms)),
    censored: mean(each.map(({ censored }) => censored)),
  };
}

function poolGroup(each: readonly GroupMeasurements[]): GroupMeasurements {
  const series = (of: (one: GroupMeasurements) => Float64Array): Float64Array => meanSeries(each.map(of));
  return {
    arrivals: series(({ arrivals }) => arrivals),
    starts: series(({ starts }) => starts),
    departures: series(({ departures }) => departures),
    rejected: series(({ rejected }) => rejected),
    abandoned: series(({ abandoned }) => abandoned),
    busyNs: series(({ busyNs }) => busyNs),
    waitingNs: series(({ waitingNs }) => waitingNs),
    waitingJobsMax: series(({ waitingJobsMax }) => waitingJobsMax),
    waitingJobsEnd: series(({ waitingJobsEnd }) => waitingJobsEnd),
    waits: mergeByIndex(each.map(({ waits }) => waits)),
    sojourns: mergeByIndex(each.map(({ sojourns }) => sojourns)),
    workNs: present(each[0]).workNs.map((_, phase) => series(({ workNs }) => present(workNs[phase]))),
  };
}

function poolLimiter(each: readonly LimiterMeasurements[]): LimiterMeasurements {
  return {
    asked: meanSeries(each.map(({ asked }) => asked)),
    shed: meanSeries(each.map(({ shed }) => shed)),
    firstShedNs: present(each[0]).firstShedNs.map((_, window) =>
      Math.min(...each.map(({ firstShedNs }) => present(firstShedNs[window]))),
    ),
  };
}

/** Rows of all replications at one sampling share: where one thinned its sample further, the others follow. */
function poolSamples(each: readonly SampleMeasurements[]): SampleMeasurements {
  const share = Math.min(...each.map((one) => one.share));
  const rows = each.flatMap((one) => {
    const step = Math.round(one.share / share);
    return one.rows.filter((_, index) => index % step === 0);
  });
  return { rowLength: present(each[0]).rowLength, share, rows };
}

/** How the pooled run ended: as the replication that came least far in what it could tell. */
function latestStop(stops: readonly Measurements['stop'][]): Measurements['stop'] {
  const order: readonly Measurements['stop']['reason'][] = [
    ...(['runaway', 'interrupted', 'time-limit', 'drain-limit', 'completed'] as const),
  ];
  const worst = stops.reduce((a, b) => (order.indexOf(b.reason) < order.indexOf(a.reason) ? b : a));
  return { ...worst, atNs: Math.max(...stops.map(({ atNs }) => atNs)) };
}

function mergeByIndex(each: readonly (readonly Histogram[])[]): Histogram[] {
  return present(each[0]).map((first, index) => merge(each.map((one) => present(one[index]))) ?? first);
}

function merge(parts: readonly (Histogram | null)[]): Histogram | null {
  const present = parts.filter((part) => part !== null);
  const [first] = present;
  if (first === undefined) return null;
  const merged = new Histogram(first.subBits);
  for (const part of present) merged.add(part);
  return merged;
}

function meanSeries(each: readonly Float64Array[]): Float64Array {
  return present(each[0]).map((_, index) => mean(each.map((one) => present(one[index]))));
}

function meanOfFields<Row extends { readonly [Key in keyof Row]: number }>(each: readonly Row[]): Row {
  const keys = Object.keys(present(each[0])) as (keyof Row)[];
  return Object.fromEntries(keys.map((key) => [key, mean(each.map((one) => one[key]))])) as unknown as Row;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
