import { judgeBudgets } from './budgets/judge.ts';
import { isLatency, parseMetric } from './budgets/metric.ts';
import { makeContext, type AnalysisInput, type Context } from './context.ts';
import type { BudgetFinding, Interval, PrecisionFinding } from './findings.ts';
import { pool } from './pool.ts';
import { findRequests } from './requests.ts';
import type { Measurements } from '../run/measurements.ts';
import type { BudgetWindow } from '../scenario/types.ts';

type Measure = PrecisionFinding['measures'][number];

/** How tight some measures are after so many replications. */
export type PrecisionReached = Omit<PrecisionFinding, 'limit' | 'replicationsMax'>;

/**
 * How tight the intervals are of what a reviewer looks at first: the P99 of every request class over the whole run, and
 * every response or sojourn time that a budget judges. A class of which nothing ended well has no measure.
 *
 *     relative half-width = (upper − lower) / 2 / value
 *
 * An interval without an upper end is as wide as none. Made for replications that become more: what one of them alone says
 * is worked out once.
 */
export class Precision {
  readonly #input: Omit<AnalysisInput, 'replications'>;
  readonly #target: number;
  readonly #apart = new Map<Measurements, Context>();

  constructor(known: Omit<AnalysisInput, 'replications' | 'plan'>, target: number) {
    const plan = { asked: 0, seeds: [], stoppedBy: null, precision: null };
    this.#input = { ...known, scenario: onlyTimes(known.scenario), unloaded: [], plan };
    this.#target = target;
  }

  /** Yields between its steps, so that others are let in. */
  *measure(replications: readonly Measurements[]): Generator<void, PrecisionReached> {
    const apart: Context[] = [];
    for (const replication of replications) {
      apart.push(this.#alone(replication));
      yield;
    }
    const context = makeContext({ ...this.#input, replications }, pool(replications), apart);
    const budgets = judgeBudgets(context, new Map());
    const measures = [...requestMeasures(context), ...budgetMeasures(budgets)];
    const distinct = [...new Map(measures.map((measure) => [measure.measure, measure])).values()];
    const width = ({ relativeHalfWidth }: Measure): number => relativeHalfWidth ?? Infinity;
    distinct.sort((a, b) => (width(a) === width(b) ? 0 : width(b) - width(a)));
    const target = this.#target;
    return { target, reached: distinct.every((measure) => width(measure) <= target), measures: distinct };
  }

  #alone(replication: Measurements): Context {
    const known = this.#apart.get(replication);
    if (known !== undefined) return known;
    const made = makeContext({ ...this.#input, replications: [replication] }, replication);
    this.#apart.set(replication, made);
    return made;
  }
}

/** The scenario with those of its budgets that judge times of the whole run or a phase: nothing else is made tight. */
function onlyTimes(scenario: AnalysisInput['scenario']): AnalysisInput['scenario'] {
  const budgets = scenario.budgets.map((budget) => ({
    ...budget,
    expect: budget.expect.filter(({ metric }) => isLatency(parseMetric(metric))),
    warn: [],
  }));
  return { ...scenario, budgets: budgets.filter(({ window }) => !isStretch(window)) };
}

function isStretch(window: BudgetWindow): boolean {
  return typeof window === 'object' && window !== null;
}

function requestMeasures(context: Context): Measure[] {
  const wholeRun = context.spans.filter(({ name }) => name === null);
  return findRequests({ ...context, spans: wholeRun })
    .filter(({ latency }) => latency.samples > 0)
    .map(({ request, latency }) =>
      measureOf(`p99 request:${request}`, latency.p99Ns, latency.intervals?.p99Ns ?? null),
    );
}

function budgetMeasures(budgets: readonly BudgetFinding[]): Measure[] {
  return budgets
    .filter(({ samples }) => samples > 0)
    .map(({ metric, target: of, window, value, interval }) => {
      const during = typeof window === 'string' ? ` during ${window}` : '';
      return measureOf(`${metric} ${of}${during}`, value, interval ?? null);
    });
}

function measureOf(measure: string, value: number | null, interval: Interval | null): Measure {
  const [lower, upper] = interval ?? [0, null];
  if (value === null || upper === null) return { measure, relativeHalfWidth: null };
  const halfWidth = (upper - lower) / 2;
  return { measure, relativeHalfWidth: halfWidth === 0 ? 0 : halfWidth / value };
}
