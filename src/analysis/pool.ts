/**
 * Several replications as one: what an average run measured, with the histograms of all of them together.
 *
 * Counts and times are means over the replications, so that every rate and ratio made from them is that of one run;
 * histograms are added up, so that percentiles come from all observations (a percentile of few is biased, and the mean of
 * such percentiles stays so). The largest value and the first instant of anything are those of all replications.
 */
import { once } from '../base/once.ts';
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
  const first = present(replications[0]);
  if (replications.length === 1) return first;
  const parts = <Part>(of: (each: Measurements) => readonly Part[], index: number): Part[] =>
    replications.map((each) => present(of(each)[index]));
  const weights = first.windows.map((_, i) => parts(({ windows }) => windows, i).map(({ weight }) => weight));
  return {
    windows: first.windows.map((window, i) => ({ ...window, weight: mean(present(weights[i])) })),
    classes: first.classes.map((_, i) =>
      poolClass(
        parts(({ classes }) => classes, i),
        weights,
      ),
    ),
    groups: first.groups.map((_, i) =>
      poolGroup(
        parts(({ groups }) => groups, i),
        weights,
      ),
    ),
    groupTotals: first.groupTotals.map((_, i) => meanOfFields(parts(({ groupTotals }) => groupTotals, i))),
    limiters: first.limiters.map((_, i) =>
      poolLimiter(
        parts(({ limiters }) => limiters, i),
        weights,
      ),
    ),
    calls: first.calls.map((_, i) =>
      poolCall(
        parts(({ calls }) => calls, i),
        weights,
      ),
    ),
    operations: first.operations.map((_, i) => {
      const each = parts(({ operations }) => operations, i);
      return {
        failures: meanSeries(each.map(({ failures }) => failures)),
        sojourns: mergeByIndex(each.map(({ sojourns }) => sojourns)),
      };
    }),
    samples: first.samples.map((_, i) => poolSamples(parts(({ samples }) => samples, i))),
    sampling:
      first.sampling === null
        ? null
        : meanOfFields(replications.map(({ sampling }) => present(sampling ?? undefined))),
    totals: meanOfFields(replications.map(({ totals }) => totals)),
    stop: latestStop(replications.map(({ stop }) => stop)),
  };
}

/**
 * By window, the weight it has in each replication. Runs sampled in time have different ones where one of them met a
 * backlog and left nothing out: each then counts by what it stands for, w̄·x̄ = mean of w·x.
 */
type Weights = readonly (readonly number[])[];

function poolClass(each: readonly ClassMeasurements[], weights: Weights): ClassMeasurements {
  const series = (of: (one: ClassMeasurements) => Float64Array): Float64Array =>
    meanByWindow(each.map(of), weights);
  const first = present(each[0]);
  const windowHistograms = once(() =>
    first.windowHistograms.map((_, window) =>
      merge(
        each.map((one) => one.windowHistograms[window] ?? null),
        relative(present(weights[window])),
      ),
    ),
  );
  return {
    offered: series(({ offered }) => offered),
    good: series(({ good }) => good),
    late: series(({ late }) => late),
    failures: first.failures.map((_, cause) => series(({ failures }) => present(failures[cause]))),
    sumNs: series(({ sumNs }) => sumNs),
    // On demand: by far the most of it, and not all who pool look at the time line.
    get windowHistograms() {
      return windowHistograms();
    },
    phaseHistograms: mergeByIndex(each.map(({ phaseHistograms }) => phaseHistograms)),
    censored: mean(each.map(({ censored }) => censored)),
  };
}

function poolGroup(each: readonly GroupMeasurements[], weights: Weights): GroupMeasurements {
  const series = (of: (one: GroupMeasurements) => Float64Array): Float64Array =>
    meanByWindow(each.map(of), weights);
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
    workNs: present(each[0]).workNs.map((_, phase) =>
      meanSeries(each.map(({ workNs }) => present(workNs[phase]))),
    ),
  };
}

function poolLimiter(each: readonly LimiterMeasurements[], weights: Weights): LimiterMeasurements {
  return {
    asked: meanByWindow(
      each.map(({ asked }) => asked),
      weights,
    ),
    shed: meanByWindow(
      each.map(({ shed }) => shed),
      weights,
    ),
    firstShedNs: present(each[0]).firstShedNs.map((_, window) =>
      Math.min(...each.map(({ firstShedNs }) => present(firstShedNs[window]))),
    ),
  };
}

function poolCall(each: readonly CallMeasurements[], weights: Weights): CallMeasurements {
  const series = (key: keyof CallMeasurements['series']): Float64Array =>
    meanByWindow(
      each.map((one) => one.series[key]),
      weights,
    );
  return {
    series: { attempts: series('attempts'), retries: series('retries'), timedOut: series('timedOut') },
    ...meanOfFields(
      each.map(({ attempts, retries, deniedByBudget, timedOut, failed }) => ({
        attempts,
        retries,
        deniedByBudget,
        timedOut,
        failed,
      })),
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
    ...(['runaway', 'interrupted', 'time-limit', 'aborted', 'drain-limit', 'completed'] as const),
  ];
  const worst = stops.reduce((a, b) => (order.indexOf(b.reason) < order.indexOf(a.reason) ? b : a));
  return { ...worst, atNs: Math.max(...stops.map(({ atNs }) => atNs)) };
}

function mergeByIndex(each: readonly (readonly Histogram[])[]): Histogram[] {
  return present(each[0]).map((first, index) => merge(each.map((one) => present(one[index]))) ?? first);
}

/** Each part counts `shares` times; once when none are given. */
function merge(
  parts: readonly (Histogram | null)[],
  shares: readonly number[] | null = null,
): Histogram | null {
  const [first] = parts.filter((part) => part !== null);
  if (first === undefined) return null;
  const isEven = shares?.every((share) => share === 1) ?? true;
  const merged = new Histogram(first.subBits, isEven ? undefined : new Float64Array(first.counts.length));
  parts.forEach((part, index) => {
    if (part !== null) merged.add(part, shares?.[index] ?? 1);
  });
  return merged;
}

/** w / w̄, by replication; 1 for all where nothing stands for the window. */
function relative(weights: readonly number[]): number[] {
  const average = mean(weights);
  return weights.map((weight) => (average === 0 ? 1 : weight / average));
}

function meanByWindow(each: readonly Float64Array[], weights: Weights): Float64Array {
  return present(each[0]).map((_, window) => {
    const shares = relative(present(weights[window]));
    return mean(each.map((one, index) => present(one[window]) * present(shares[index])));
  });
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
