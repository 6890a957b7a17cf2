import type { Budget, Condition } from '../../scenario/types.ts';
import type { Context } from '../context.ts';
import type { BudgetFinding, StationFinding } from '../findings.ts';
import { cutSpans, type Span } from '../spans.ts';
import { isLatency, parseMetric, unitOf, type Metric } from './metric.ts';
import { NOTHING, type Reading, type Subject } from './reading.ts';
import { subjectsOf } from './subjects.ts';

/** Every condition of every budget on every target it names. */
export function judgeBudgets(context: Context, stations: readonly StationFinding[]): BudgetFinding[] {
  return context.scenario.budgets.flatMap((budget) => {
    const subjects = subjectsOf(context, stations, budget.target);
    const span = spanOf(context, budget.window);
    return budget.expect.flatMap((condition) => judgeAll(context, budget, condition, subjects, span));
  });
}

/** The window of a budget; a phase that the run did not reach is an empty span. */
function spanOf({ spans, model }: Context, window: string | null): Span {
  const found = spans.find(({ name }) => name === window);
  return found ?? { ...(cutSpans(model, [])[0] ?? emptySpan), name: window, phases: [] };
}

const emptySpan: Span = { name: null, fromNs: 0, toNs: 0, windows: [], phases: [] };

function judgeAll(
  context: Context,
  budget: Budget,
  condition: Condition,
  subjects: readonly Subject[],
  span: Span,
): BudgetFinding[] {
  const metric = parseMetric(condition.metric);
  const isPattern = budget.target.includes('*');
  const rows = subjects.map((subject) => ({ subject, reading: subject.read(metric, span) }));
  // "station:*" means those that have such a number: a pure delay cannot be utilized.
  const kept =
    isPattern && rows.length > 1
      ? rows.filter(({ reading }) => reading !== NOTHING && hasNumber(metric, reading))
      : rows;
  if (kept.length > 0) {
    return kept.map(({ subject, reading }) => judge(context, budget, condition, metric, subject, reading));
  }
  const nobody: Subject = { target: budget.target, request: null, read: () => NOTHING };
  return [judge(context, budget, condition, metric, nobody, NOTHING)];
}

function hasNumber(metric: Metric, { value, samples }: Reading): boolean {
  return metric.kind !== 'util' || value !== null || samples === 0;
}

function judge(
  context: Context,
  budget: Budget,
  condition: Condition,
  metric: Metric,
  subject: Subject,
  reading: Reading,
): BudgetFinding {
  const { op, limit } = condition;
  const { value, samples } = reading;
  return {
    id: budget.id,
    target: subject.target,
    metric: condition.metric,
    op,
    limit,
    text: condition.text,
    unit: unitOf(metric),
    window: budget.window,
    level: budget.level,
    value,
    samples,
    verdict: verdictOf(budget, condition, reading),
    margin: value === null ? null : marginOf(condition, value),
    why: budget.why,
    outOfReach: isOutOfReach(context, condition, metric, subject),
  };
}

/**
 * Operators are literal: `<` is `<`. A value from fewer than `minSamples` observations is no data; so is a pass with
 * nothing completed, and a pass that requests still inside at the end could turn into a failure.
 */
function verdictOf(budget: Budget, condition: Condition, reading: Reading): BudgetFinding['verdict'] {
  const { value, worst, samples, completed } = reading;
  if (value === null || worst === null || samples === 0 || samples < budget.minSamples) return 'no-data';
  if (!holds(condition, value)) return budget.level === 'error' ? 'fail' : 'warn';
  return completed > 0 && holds(condition, worst) ? 'pass' : 'no-data';
}

function holds({ op, limit }: Condition, value: number): boolean {
  switch (op) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '==':
      return value === limit;
  }
}

/** Distance to the limit as a share of it, negative beyond it; null for `==` and for a limit of 0. */
function marginOf({ op, limit }: Condition, value: number): number | null {
  if (limit === 0 || op === '==') return null;
  return (op === '<' || op === '<=' ? limit - value : value - limit) / limit;
}

/** Whether the response time with nobody else in the system already breaks the limit. */
function isOutOfReach(context: Context, condition: Condition, metric: Metric, { request }: Subject): boolean {
  if (request === null || !isLatency(metric)) return false;
  const unloaded = context.unloaded.find((each) => each.request === request);
  if (unloaded === undefined) return false;
  const { latency, histogram } = unloaded;
  if (metric.kind === 'mean') return latency.meanNs !== null && !holds(condition, latency.meanNs);
  if (metric.kind !== 'quantile' || histogram === null) return false;
  const value = histogram.quantileNs(metric.p);
  return value !== null && !holds(condition, value);
}
