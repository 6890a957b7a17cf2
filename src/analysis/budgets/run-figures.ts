import { findCalls } from '../calls.ts';
import type { Measured } from '../context.ts';
import type { CostFinding, HeadroomFinding } from '../findings.ts';
import { observedIn, sum } from './counts.ts';
import type { Metric } from './metric.ts';
import { plainReading, type Question, type Reading } from './reading.ts';
import { measuredClass } from '../requests.ts';

/** What is found over the whole run anyway, of one run or of several pooled. */
export interface RunFigures {
  readonly headroom: readonly HeadroomFinding[];
  readonly cost: readonly CostFinding[];
}

/** Of the pooled runs and of each. */
export type FiguresOf = ReadonlyMap<Measured, RunFigures>;

/** What a figure of the whole run is about. */
export interface Part {
  /** Indices of stations; null = the whole site. */
  readonly stationIds: readonly number[] | null;
  /** Layer whose cost it is; null = all. */
  readonly layer: string | null;
}

/**
 * Figures of the whole run.
 *
 *     headroom               the smallest factor of the groups and limiters of the part
 *     retries.amplification  attempts / first attempts, of all calls that may be repeated; 1 where there are none
 *     cost.perHour           of the replicas of the part
 *     cost.per10k            of the whole run, per 10,000 good requests of the classes with a value
 *
 * The observations behind them are the requests offered.
 */
export function readRunFigure(
  of: Measured,
  figures: FiguresOf,
  part: Part,
  { metric, at, currency }: Question & { readonly currency: string | undefined },
): Reading {
  const { headroom, cost } = figures.get(of) ?? { headroom: [], cost: [] };
  const bill = cost.find((each) => each.currency === currency);
  const observed = (key: 'offered' | 'good'): number =>
    sum(of.model.classes.map((_, id) => observedIn(of, at, (run) => measuredClass(run, id)[key])));
  const reading = (value: number | null | undefined): Reading =>
    plainReading(value ?? null, observed('offered'), observed('good'));
  switch (metric.kind) {
    case 'headroom':
      return reading(headroomOf(of, headroom, part));
    case 'retries.amplification':
      return reading(amplification(of));
    case 'cost.perHour':
      return reading(
        part.layer === null
          ? bill?.perHour
          : bill?.byLayer.find(({ layer }) => layer === part.layer)?.perHour,
      );
    case 'cost.per10k':
      return reading(bill?.per10kOrders);
    default:
      return reading(null);
  }
}

export function isRunFigure({ kind }: Metric): boolean {
  return ['headroom', 'retries.amplification', 'cost.perHour', 'cost.per10k'].includes(kind);
}

function headroomOf(
  { model }: Measured,
  rows: readonly HeadroomFinding[],
  { stationIds }: Part,
): number | null {
  const ofPart = ({ station }: { readonly station: number }): boolean =>
    stationIds === null || stationIds.includes(station);
  const names = new Set([...model.groups, ...model.limiters].filter(ofPart).map(({ name }) => name));
  const factors = rows.filter(({ group }) => names.has(group)).map(({ factor }) => factor);
  return factors.length === 0 ? null : Math.min(...factors);
}

function amplification(of: Measured): number {
  const calls = findCalls(of);
  const attempts = sum(calls.map((call) => call.attempts));
  const first = attempts - sum(calls.map(({ retries }) => retries));
  return first === 0 ? 1 : attempts / first;
}
