import type { Budget, Condition } from '../../scenario/types.ts';
import type { Context } from '../context.ts';
import type { BudgetFinding, StationFinding } from '../findings.ts';
import { samplesFor } from '../latency.ts';
import { spanNamed, type Span } from '../spans.ts';
import { unloadedQuantileNs } from '../unloaded.ts';
import { isLatency, parseMetric, unitOf, type Metric } from './metric.ts';
import { NOTHING, type Reading, type Subject } from './reading.ts';
import { subjectsOf } from './subjects.ts';

/** Every condition of every budget on every target it names. */
export function judgeBudgets(context: Context, stations: readonly StationFinding[]): BudgetFinding[] {
  return context.scenario.budgets.flatMap((budget) => {
    const subjects = subjectsOf(context, stations, budget.target);
    const span = spanNamed(context, budget.window);
    return budget.expect.flatMap((condition) => judgeAll(context, budget, condition, subjects, span));
  });
}

function judgeAll(
  context: Context,
  budget: Budget,
  condition: Condition,
  subjects: readonly Subject[],
  span: Span,
): BudgetFinding[] {
  const metric = parseMetric(condition.metric);
  // "station:*" means those that can have such a number; who is named must have it.
  const isPattern = budget.target.includes('*');
  const kept = isPattern ? subjects.filter((subject) => subject.has(metric)) : subjects;
  const nobody: Subject = { target: budget.target, request: null, has: () => false, read: () => NOTHING };
  return (kept.length > 0 ? kept : [nobody]).map((subject) =>
    judge(context, budget, condition, metric, subject, subject.read(metric, span)),
  );
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
  const unit = unitOf(metric);
  const judged = judgedAs(budget, condition, reading);
  return {
    id: budget.id,
    target: subject.target,
    metric: condition.metric,
    op,
    limit,
    text: condition.text,
    unit,
    window: budget.window,
    level: budget.level,
    value,
    samples,
    samplesNeeded: Math.max(budget.minSamples, metric.kind === 'quantile' ? samplesFor(metric.p) : 1),
    ...judged,
    margin: value === null || judged.verdict === 'no-data' ? null : marginOf(condition, unit, value),
    why: budget.why,
    outOfReach: isOutOfReach(context, condition, metric, subject),
    ...(reading.interval === undefined ? {} : { interval: reading.interval }),
  };
}

/**
 * Operators are literal: `<` is `<`. A value from fewer than `minSamples` observations is no data; so is a pass with
 * nothing completed, and a pass that requests still inside at the end could turn into a failure.
 */
function judgedAs(
  budget: Budget,
  condition: Condition,
  { value, worst, samples, completed }: Reading,
): Pick<BudgetFinding, 'verdict' | 'noDataBecause'> {
  const noData = (because: NonNullable<BudgetFinding['noDataBecause']>) =>
    ({ verdict: 'no-data', noDataBecause: because }) as const;
  if (samples === 0) return noData('no-samples');
  if (value === null || worst === null || samples < budget.minSamples) return noData('few-samples');
  if (!holds(condition, value)) {
    return { verdict: budget.level === 'error' ? 'fail' : 'warn', noDataBecause: null };
  }
  if (!holds(condition, worst)) return noData('still-inside');
  return completed > 0 ? { verdict: 'pass', noDataBecause: null } : noData('none-completed');
}

/** Whether a value keeps the condition: operators are literal. */
export function holds({ op, limit }: Condition, value: number): boolean {
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

/**
 * Distance to the limit as a share of it, negative beyond it; null for `==` and for a limit of 0.
 *
 *     below a limit    (limit − value) / limit
 *     above a share    (value − limit) / (1 − limit), the part left of what may be lost: an availability of 99.95 % with a
 *                      limit of 99.9 % has used half of that, and is not 0.05 % away from its limit
 *     above a limit    (value − limit) / limit
 */
function marginOf({ op, limit }: Condition, unit: BudgetFinding['unit'], value: number): number | null {
  if (limit === 0 || op === '==') return null;
  const isUpperLimit = op === '<' || op === '<=';
  if (!isUpperLimit && unit === 'ratio' && limit < 1) return (value - limit) / (1 - limit);
  return (isUpperLimit ? limit - value : value - limit) / limit;
}

/** Whether the response time with nobody else in the system already breaks the limit. */
function isOutOfReach(context: Context, condition: Condition, metric: Metric, { request }: Subject): boolean {
  if (request === null || !isLatency(metric)) return false;
  const unloaded = context.unloaded.find((each) => each.request === request);
  if (unloaded === undefined) return false;
  const { goodNs, meanNs } = unloaded;
  if (metric.kind === 'mean') return meanNs !== null && !holds(condition, meanNs);
  const value = metric.kind === 'quantile' ? unloadedQuantileNs(goodNs, metric.p) : null;
  return value !== null && !holds(condition, value);
}
