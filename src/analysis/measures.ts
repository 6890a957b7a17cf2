import { makeContext, type AnalysisInput, type Context } from './context.ts';
import type {
  HeadroomFinding,
  Measure,
  MeasureName,
  MeasuresFinding,
  PhaseFinding,
  RequestFinding,
  RequestMetric,
  StationFinding,
  StationMetric,
  WorstFinding,
  WorstMetric,
} from './findings.ts';
import { findHeadroom } from './headroom.ts';
import { eachAt } from './intervals.ts';
import { findLimiters } from './limiters.ts';
import { pool } from './pool.ts';
import { limitersWithIntervals, stationsWithIntervals } from './replicated.ts';
import { findRequests } from './requests.ts';
import { findStations } from './stations.ts';
import { findWorstApart } from './worst.ts';

/** How a number is read from a row of findings. */
interface Reading<Row, Metric> {
  readonly metric: Metric;
  readonly of: (row: Row) => number | null;
}

const REQUEST_READINGS: readonly Reading<RequestFinding, RequestMetric>[] = [
  { metric: 'mean', of: ({ latency }) => latency.meanNs },
  { metric: 'p50', of: ({ latency }) => latency.p50Ns },
  { metric: 'p95', of: ({ latency }) => latency.p95Ns },
  { metric: 'p99', of: ({ latency }) => latency.p99Ns },
  { metric: 'p99.9', of: ({ latency }) => latency.p999Ns },
  { metric: 'availability', of: ({ availability }) => availability },
  { metric: 'good', of: ({ goodPerSec }) => goodPerSec },
];

const STATION_READINGS: readonly Reading<StationFinding, StationMetric>[] = [
  { metric: 'util', of: ({ utilization }) => utilization },
  { metric: 'wait.mean', of: ({ wait }) => wait.meanNs },
  { metric: 'wait.p99', of: ({ wait }) => wait.p99Ns },
  { metric: 'sojourn.p99', of: ({ sojourn }) => sojourn?.p99Ns ?? null },
];

const WORST_METRICS: Readonly<Record<WorstFinding['measure'], WorstMetric>> = {
  p50Ns: 'worst.p50',
  p95Ns: 'worst.p95',
  p99Ns: 'worst.p99',
  p999Ns: 'worst.p99.9',
  availability: 'worst.availability',
};

const UNITS: Readonly<Record<MeasureName['metric'], MeasureName['unit']>> = {
  ...{ mean: 'ns', p50: 'ns', p95: 'ns', p99: 'ns', 'p99.9': 'ns', availability: 'ratio', good: 'perSec' },
  ...{ 'worst.p50': 'ns', 'worst.p95': 'ns', 'worst.p99': 'ns', 'worst.p99.9': 'ns' },
  ...{ 'worst.availability': 'ratio', headroom: 'factor' },
  ...{ util: 'ratio', 'wait.mean': 'ns', 'wait.p99': 'ns', 'sojourn.p99': 'ns' },
};

/** Names of the phases; none where one phase is the whole run. */
export function phasesOf({ phases }: { readonly phases: readonly PhaseFinding[] }): string[] {
  const names = [...new Set(phases.map(({ name }) => name))];
  return names.length > 1 ? names : [];
}

/** Rows of a table: of the replications together, and of each of them alone. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly ofEach: readonly (readonly Row[])[];
}

export interface MeasuredRows {
  readonly requests: Rows<RequestFinding>;
  readonly stations: Rows<StationFinding>;
  readonly worst: Rows<WorstFinding>;
  readonly headroom: Rows<HeadroomFinding>;
}

/** Everything about a scenario that is compared, simulated as it was. */
export function measuresOf(input: AnalysisInput): Measure[] {
  const { pooled, each } = contextsOf(input);
  const rowsOf = <Row>(find: (context: Context) => Row[]): Rows<Row> => ({
    rows: find(pooled),
    ofEach: each.map(find),
  });
  const headroom = tightestIn(pooled, each);
  return findMeasures(input, {
    requests: rowsOf(findRequests),
    stations: rowsOf(findStations),
    worst: findWorstApart(each),
    headroom: {
      rows: headroom === null ? [] : [headroom],
      ofEach: each.map((one) => [tightestIn(one, []) ?? []].flat()),
    },
  });
}

/**
 * Everything about a scenario that is compared: of every request class and every group over the whole run and over each
 * phase, and the worst ten seconds of every class.
 */
export function findMeasures(
  { model }: Pick<AnalysisInput, 'model'>,
  { requests, stations, worst, headroom }: MeasuredRows,
): Measure[] {
  const inParts = phasesOf(model).length > 0;
  const inTime = <Row extends { readonly phase: string | null }>({ rows, ofEach }: Rows<Row>): Rows<Row> => {
    const kept = (all: readonly Row[]): Row[] => all.filter(({ phase }) => inParts || phase === null);
    return { rows: kept(rows), ofEach: ofEach.map(kept) };
  };
  return [
    ...read(inTime(requests), REQUEST_READINGS, ({ request, phase }) => ({
      target: `request:${request}`,
      phase,
    })),
    ...worst.rows.map(({ request, measure, spanNs, value }, index): Measure => {
      const metric = WORST_METRICS[measure];
      const name = { target: `request:${request}`, metric, unit: UNITS[metric], spanNs };
      return { ...name, phase: null, value, ofEach: eachAt(worst.ofEach, index).map((row) => row.value) };
    }),
    headroomMeasure(headroom),
    ...read(inTime(stations), STATION_READINGS, ({ group, phase }) => ({
      target: `station:${group}`,
      phase,
    })),
  ];
}

/** As findings are made from: the replications together, and each of them alone. */
function contextsOf(input: AnalysisInput): { readonly pooled: Context; readonly each: readonly Context[] } {
  const each = input.replications.map((measurements) => makeContext(input, measurements));
  return { pooled: makeContext(input, pool(input.replications), each.length > 1 ? each : []), each };
}

/** What is nearest its limit, as findings have it; null when nothing there can saturate. */
export function tightestOf(input: AnalysisInput): HeadroomFinding | null {
  const { pooled, each } = contextsOf(input);
  return tightestIn(pooled, each);
}

function tightestIn(context: Context, each: readonly Context[]): HeadroomFinding | null {
  const stations = stationsWithIntervals(findStations(context), each.map(findStations));
  const limiters = limitersWithIntervals(findLimiters(context), each.map(findLimiters));
  return findHeadroom(context, stations, limiters)[0] ?? null;
}

/** Of what is nearest its limit. */
function headroomMeasure({ rows, ofEach }: Rows<HeadroomFinding>): Measure {
  const name = { target: '*', metric: 'headroom', unit: UNITS.headroom, phase: null, spanNs: null } as const;
  return { ...name, value: rows[0]?.factor ?? null, ofEach: ofEach.map(([first]) => first?.factor ?? null) };
}

function read<Row>(
  { rows, ofEach }: Rows<Row>,
  readings: readonly Reading<Row, MeasureName['metric']>[],
  nameOf: (row: Row) => Pick<MeasureName, 'target' | 'phase'>,
): Measure[] {
  return rows.flatMap((row, index) =>
    readings.map(({ metric, of }) => ({
      ...{ ...nameOf(row), metric, unit: UNITS[metric], spanNs: null },
      value: of(row),
      ofEach: eachAt(ofEach, index).map(of),
    })),
  );
}

/** Digits of what each replication brought: far finer than chance, and half as long. */
const DIGITS = 9;

/** As a result keeps them. */
export function encodeMeasures(measures: readonly Measure[]): MeasuresFinding[] {
  const found = new Map<string, MeasuresFinding & { values: MeasuresFinding['values'][number][] }>();
  for (const { target, phase, spanNs, metric, value, ofEach } of measures) {
    const key = JSON.stringify([target, phase, spanNs]);
    const row = found.get(key) ?? { target, phase, spanNs, values: [] };
    const shortened = ofEach.map((each) => (each === null ? null : Number(each.toPrecision(DIGITS))));
    row.values.push({ metric, value, ofEach: shortened });
    found.set(key, row);
  }
  return [...found.values()];
}

/** And back. */
export function decodeMeasures(rows: readonly MeasuresFinding[]): Measure[] {
  return rows.flatMap(({ target, phase, spanNs, values }) =>
    values.map((each): Measure => ({ target, phase, spanNs, unit: UNITS[each.metric], ...each })),
  );
}
