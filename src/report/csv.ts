/**
 * Tables for spreadsheets and data frames: one header row with units, a dot as decimal sign, empty cells for "no
 * data". Text that a spreadsheet would run as a formula gets a leading apostrophe.
 */
import { stringify } from 'csv-stringify/sync';
import type { CauseName, Findings, LatencySummary, StationFinding } from '../analysis/findings.ts';
import { clockOf } from './clock.ts';

type Cell = string | number | null;

interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => Cell;
}

function renderCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const records = rows.map((row) => columns.map(({ cell }) => cell(row)));
  return stringify([columns.map(({ header }) => header), ...records], { escape_formulas: true });
}

const CAUSES: readonly (readonly [cause: CauseName, header: string])[] = [
  ['shed', 'shed_per_sec'],
  ['rejected', 'rejected_per_sec'],
  ['abandoned', 'abandoned_per_sec'],
  ['timedOut', 'timed_out_per_sec'],
  ['failed', 'failed_per_sec'],
];

/** One row per window; the columns of a request class, station group or limiter carry its name. */
export function renderTimelineCsv({ scenario, timeline }: Findings): string {
  const clock = clockOf(scenario);
  const { fromNs, toNs, phase, weight } = timeline;
  const column = (header: string, values: readonly (number | null)[]): Column<number> => ({
    header,
    cell: (window) => values[window] ?? null,
  });
  const inMs = (values: readonly (number | null)[]) => values.map((ns) => (ns === null ? null : ns / 1e6));
  const columns: Column<number>[] = [
    { header: 'from_s', cell: (window) => (fromNs[window] ?? 0) / 1e9 },
    { header: 'to_s', cell: (window) => (toNs[window] ?? 0) / 1e9 },
    { header: 'clock', cell: (window) => clock(fromNs[window] ?? 0) },
    { header: 'phase', cell: (window) => phase[window] ?? null },
    column('weight', weight),
    ...timeline.requests.flatMap((each) => [
      column(`${each.request}.offered_per_sec`, each.offeredPerSec),
      column(`${each.request}.admitted_per_sec`, each.admittedPerSec),
      column(`${each.request}.completed_per_sec`, each.completedPerSec),
      column(`${each.request}.good_per_sec`, each.goodPerSec),
      ...CAUSES.map(([cause, header]) => column(`${each.request}.${header}`, each.failedPerSec[cause])),
      column(`${each.request}.latency_samples`, each.samples),
      column(`${each.request}.p50_ms`, inMs(each.p50Ns)),
      column(`${each.request}.p95_ms`, inMs(each.p95Ns)),
      column(`${each.request}.p99_ms`, inMs(each.p99Ns)),
      column(`${each.request}.p999_ms`, inMs(each.p999Ns)),
    ]),
    ...timeline.limiters.map((each) => column(`${each.limiter}.shed_per_sec`, each.shedPerSec)),
    ...timeline.stations.flatMap((each) => [
      column(`${each.group}.utilization_ratio`, each.utilization),
      column(`${each.group}.waiting_jobs`, each.waitingJobs),
      column(`${each.group}.throughput_per_sec`, each.throughputPerSec),
    ]),
  ];
  return renderCsv(
    columns,
    fromNs.map((_, window) => window),
  );
}

const ms = (ns: number | null | undefined): Cell => (ns === null || ns === undefined ? null : ns / 1e6);
const seconds = (ns: number | null): Cell => (ns === null ? null : ns / 1e9);

function latencyColumns(
  name: string,
  of: (row: StationFinding) => LatencySummary | null,
): Column<StationFinding>[] {
  return [
    { header: `${name}_samples`, cell: (row) => of(row)?.samples ?? null },
    { header: `${name}_mean_ms`, cell: (row) => ms(of(row)?.meanNs) },
    { header: `${name}_p50_ms`, cell: (row) => ms(of(row)?.p50Ns) },
    { header: `${name}_p95_ms`, cell: (row) => ms(of(row)?.p95Ns) },
    { header: `${name}_p99_ms`, cell: (row) => ms(of(row)?.p99Ns) },
    { header: `${name}_p999_ms`, cell: (row) => ms(of(row)?.p999Ns) },
    { header: `${name}_max_ms`, cell: (row) => ms(of(row)?.maxNs) },
  ];
}

const STATION_COLUMNS: readonly Column<StationFinding>[] = [
  { header: 'layer', cell: (row) => row.layer },
  { header: 'station', cell: (row) => row.station },
  { header: 'group', cell: (row) => row.group },
  { header: 'role', cell: (row) => row.role },
  { header: 'phase', cell: (row) => row.phase ?? '*' },
  { header: 'replicas', cell: (row) => row.replicas },
  { header: 'servers_per_replica', cell: (row) => row.serverCount ?? 'unlimited' },
  { header: 'arrivals_per_sec', cell: (row) => row.arrivalsPerSec },
  { header: 'throughput_per_sec', cell: (row) => row.throughputPerSec },
  { header: 'utilization_ratio', cell: (row) => row.utilization },
  { header: 'utilization_peak_ratio', cell: (row) => row.utilizationPeak },
  { header: 'utilization_peak_at_s', cell: (row) => seconds(row.utilizationPeakAtNs) },
  { header: 'utilization_hottest_replica_ratio', cell: (row) => row.utilizationHottestReplica },
  { header: 'busy_mean_servers', cell: (row) => row.busyMean },
  { header: 'waiting_mean_jobs', cell: (row) => row.waitingJobsMean },
  { header: 'waiting_max_jobs', cell: (row) => row.waitingJobsMax },
  { header: 'rejected_jobs', cell: (row) => row.rejected },
  { header: 'abandoned_jobs', cell: (row) => row.abandoned },
  ...latencyColumns('wait', (row) => row.wait),
  ...latencyColumns('sojourn', (row) => row.sojourn),
  { header: 'state', cell: (row) => row.state.verdict },
  { header: 'since_s', cell: (row) => seconds(row.state.sinceNs) },
  { header: 'drained_s', cell: (row) => seconds(row.state.drainedNs) },
];

/** One row per group of servers, threads or connections and phase; phase `*` is the whole run. */
export function renderStationsCsv({ stations }: Findings): string {
  return renderCsv(STATION_COLUMNS, stations);
}
