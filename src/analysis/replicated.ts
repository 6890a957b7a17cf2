/** The rows of the pooled replications, with the intervals that the rows of each of them give. */
import type {
  CauseName,
  HeadroomFinding,
  LimiterFinding,
  RequestFinding,
  StationFinding,
} from './findings.ts';
import {
  eachAt,
  intervalOf,
  intervalsOf,
  meanOfExtremes,
  NOT_NEGATIVE,
  SHARE,
  shareInterval,
} from './intervals.ts';
import { stateOfAll } from './recovery/together.ts';

/** Rows of each replication, in the order of the pooled rows; without replications to compare none. */
export type OfEach<Row> = readonly (readonly Row[])[];

/** `standsFor`: how many requests each of those simulated may stand for at most. */
export function requestsWithIntervals(
  rows: readonly RequestFinding[],
  ofEach: OfEach<RequestFinding>,
  standsFor: number,
): RequestFinding[] {
  if (ofEach.length < 2) return [...rows];
  return rows.map((row, index) => {
    const each = eachAt(ofEach, index);
    const trials = (row.offered * each.length) / standsFor;
    const causes = Object.keys(row.failures) as CauseName[];
    const share = ({ failures, offered }: RequestFinding, cause: CauseName): number | null =>
      offered === 0 ? null : failures[cause] / offered;
    const shares = causes.map((cause) => {
      const values = each.map((one) => share(one, cause));
      return [cause, shareInterval(share(row, cause), values, trials)] as const;
    });
    return {
      ...row,
      intervals: {
        ...intervalsOf({ goodPerSec: NOT_NEGATIVE }, row, each),
        availability: shareInterval(
          row.availability,
          each.map(({ availability }) => availability),
          trials,
        ),
        failureShares: Object.fromEntries(shares) as NonNullable<
          RequestFinding['intervals']
        >['failureShares'],
      },
    };
  });
}

const STATION_BOUNDS = {
  utilization: SHARE,
  utilizationPeak: SHARE,
  throughputPerSec: NOT_NEGATIVE,
  waitingJobsMean: NOT_NEGATIVE,
  waitingJobsMax: NOT_NEGATIVE,
};

export function stationsWithIntervals(
  rows: readonly StationFinding[],
  ofEach: OfEach<StationFinding>,
): StationFinding[] {
  if (ofEach.length < 2) return [...rows];
  return rows.map((pooled, index) => {
    const each = eachAt(ofEach, index);
    const row = {
      ...pooled,
      utilizationPeak: meanOfExtremes(each.map(({ utilizationPeak }) => utilizationPeak)),
      utilizationHottestReplica: meanOfExtremes(
        each.map(({ utilizationHottestReplica }) => utilizationHottestReplica),
      ),
      waitingJobsMax: meanOfExtremes(each.map(({ waitingJobsMax }) => waitingJobsMax)) ?? 0,
      state: stateOfAll(each.map(({ state }) => state)),
    };
    return {
      ...row,
      intervals: intervalsOf(STATION_BOUNDS, row, each),
    };
  });
}

export function limitersWithIntervals(
  rows: readonly LimiterFinding[],
  ofEach: OfEach<LimiterFinding>,
): LimiterFinding[] {
  if (ofEach.length < 2) return [...rows];
  return rows.map((pooled, index) => {
    const each = eachAt(ofEach, index);
    const sheds = each.map(({ firstShedNs }) => firstShedNs).filter((atNs) => atNs !== null);
    const row = {
      ...pooled,
      firstShedNs: meanOfExtremes(sheds),
      ...(pooled.phase === null ? { replications: sheds.length } : {}),
      askedPeakPerSec: meanOfExtremes(each.map(({ askedPeakPerSec }) => askedPeakPerSec)),
    };
    const bounds = { shedRatio: SHARE, firstShedNs: NOT_NEGATIVE, askedPeakPerSec: NOT_NEGATIVE };
    return { ...row, intervals: intervalsOf(bounds, row, each) };
  });
}

export function headroomWithIntervals(
  rows: readonly HeadroomFinding[],
  ofEach: OfEach<HeadroomFinding>,
): HeadroomFinding[] {
  if (ofEach.length < 2) return [...rows];
  return rows.map((row) => {
    const each = ofEach.map((list) => list.find(({ group }) => group === row.group));
    const factors = each.map((one) => one?.factor ?? null);
    const behind = [...new Set(each.flatMap((one) => one?.behind ?? []))];
    return { ...row, behind, interval: intervalOf(row.factor, factors) };
  });
}
