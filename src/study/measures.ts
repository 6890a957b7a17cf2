import { makeContext, type AnalysisInput, type Context } from '../analysis/context.ts';
import type { RequestFinding, StationFinding, WorstFinding } from '../analysis/findings.ts';
import { findHeadroom } from '../analysis/headroom.ts';
import { eachAt } from '../analysis/intervals.ts';
import { findLimiters } from '../analysis/limiters.ts';
import { pool } from '../analysis/pool.ts';
import { findRequests } from '../analysis/requests.ts';
import { findStations } from '../analysis/stations.ts';
import { findWorst } from '../analysis/worst.ts';
import type { MeasureName, RequestMetric, StationMetric, WorstMetric } from './comparison.ts';

/** One number of a scenario: from all replications together, and from each of them alone; null = no data. */
export interface Measure extends MeasureName {
  readonly value: number | null;
  readonly ofEach: readonly (number | null)[];
}

/** How a number is read from a row of findings. */
interface Reading<Row, Metric> {
  readonly metric: Metric;
  readonly unit: MeasureName['unit'];
  readonly of: (row: Row) => number | null;
}

const REQUEST_READINGS: readonly Reading<RequestFinding, RequestMetric>[] = [
  { metric: 'mean', unit: 'ns', of: ({ latency }) => latency.meanNs },
  { metric: 'p50', unit: 'ns', of: ({ latency }) => latency.p50Ns },
  { metric: 'p95', unit: 'ns', of: ({ latency }) => latency.p95Ns },
  { metric: 'p99', unit: 'ns', of: ({ latency }) => latency.p99Ns },
  { metric: 'p99.9', unit: 'ns', of: ({ latency }) => latency.p999Ns },
  { metric: 'availability', unit: 'ratio', of: ({ availability }) => availability },
  { metric: 'good', unit: 'perSec', of: ({ goodPerSec }) => goodPerSec },
];

const STATION_READINGS: readonly Reading<StationFinding, StationMetric>[] = [
  { metric: 'util', unit: 'ratio', of: ({ utilization }) => utilization },
  { metric: 'wait.mean', unit: 'ns', of: ({ wait }) => wait.meanNs },
  { metric: 'wait.p99', unit: 'ns', of: ({ wait }) => wait.p99Ns },
  { metric: 'sojourn.p99', unit: 'ns', of: ({ sojourn }) => sojourn?.p99Ns ?? null },
];

const WORST_METRICS: Readonly<Record<WorstFinding['measure'], WorstMetric>> = {
  p50Ns: 'worst.p50',
  p95Ns: 'worst.p95',
  p99Ns: 'worst.p99',
  p999Ns: 'worst.p99.9',
  availability: 'worst.availability',
};

/** Names of the phases; none where one phase is the whole run. */
export function phasesOf({ phases }: AnalysisInput['model']): string[] {
  const names = [...new Set(phases.map(({ name }) => name))];
  return names.length > 1 ? names : [];
}

/**
 * Everything about a scenario that is compared: of every request class and every group over the whole run and over each
 * phase, and the worst ten seconds of every class.
 */
export function measuresOf(input: AnalysisInput): Measure[] {
  const pooled = makeContext(input, pool(input.replications));
  const each = input.replications.map((measurements) => makeContext(input, measurements));
  const inParts = phasesOf(input.model).length > 0;
  const rowsOf = <Row extends { readonly phase: string | null }>(find: (context: Context) => Row[]) => {
    const rows = (context: Context): Row[] => find(context).filter(({ phase }) => inParts || phase === null);
    return { rows: rows(pooled), ofEach: each.map(rows) };
  };
  const requests = rowsOf(findRequests);
  const stations = rowsOf(findStations);
  const worst = { rows: findWorst(each), ofEach: each.map((context) => findWorst([context])) };
  return [
    ...read(requests, REQUEST_READINGS, ({ request, phase }) => ({ target: `request:${request}`, phase })),
    ...worst.rows.map(({ request, measure, spanNs, value }, index): Measure => {
      const unit = measure === 'availability' ? 'ratio' : 'ns';
      const name = { target: `request:${request}`, metric: WORST_METRICS[measure], unit, spanNs } as const;
      return { ...name, phase: null, value, ofEach: eachAt(worst.ofEach, index).map((row) => row.value) };
    }),
    ...headroomOf(pooled, each),
    ...read(stations, STATION_READINGS, ({ group, phase }) => ({ target: `station:${group}`, phase })),
  ];
}

/** Of what is nearest its limit. */
function headroomOf(pooled: Context, each: readonly Context[]): Measure[] {
  const factor = (context: Context): number | null =>
    findHeadroom(context, findStations(context), findLimiters(context))[0]?.factor ?? null;
  const name = { target: '*', metric: 'headroom', unit: 'factor', phase: null, spanNs: null } as const;
  return [{ ...name, value: factor(pooled), ofEach: each.map(factor) }];
}

function read<Row>(
  { rows, ofEach }: { readonly rows: readonly Row[]; readonly ofEach: readonly (readonly Row[])[] },
  readings: readonly Reading<Row, MeasureName['metric']>[],
  nameOf: (row: Row) => Pick<MeasureName, 'target' | 'phase'>,
): Measure[] {
  return rows.flatMap((row, index) =>
    readings.map(({ metric, unit, of }) => ({
      ...{ ...nameOf(row), metric, unit, spanNs: null },
      value: of(row),
      ofEach: eachAt(ofEach, index).map(of),
    })),
  );
}
