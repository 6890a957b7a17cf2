import { grainOf, TARGET_KINDS } from '../../scenario/budget-metrics.ts';
import type { Budget, BudgetWindow, Condition } from '../../scenario/types.ts';
import type { Context } from '../context.ts';
import type { BudgetFinding } from '../findings.ts';
import { intervalOf, shareInterval } from '../intervals.ts';
import { samplesFor } from '../latency.ts';
import { unloadedQuantileNs } from '../unloaded.ts';
import { holds, marginOf, sideOf } from './conditions.ts';
import { isLatency, isShareOfArrivals, parseMetric, unitOf, type Metric } from './metric.ts';
import { boundsOf, readPieces } from './pieces.ts';
import { NOTHING, type Reading, type Subject } from './reading.ts';
import type { FiguresOf } from './run-figures.ts';
import { isPieces, stretchOf } from './stretch.ts';
import { keptOf, subjectsOf } from './subjects.ts';

/** One condition of a budget, with what it takes from the budget. */
interface Asked {
  readonly budget: Budget;
  readonly condition: Condition;
  readonly level: BudgetFinding['level'];
  readonly metric: Metric;
  readonly window: BudgetWindow;
}

/** Every condition of every budget on every target it names. */
export function judgeBudgets(context: Context, figures: FiguresOf): BudgetFinding[] {
  return context.scenario.budgets.flatMap((budget) => {
    const { level } = budget;
    if (level === 'off') return [];
    return [
      ...budget.expect.flatMap((condition) => judgeAll(context, figures, asked(budget, condition, level))),
      ...budget.warn.flatMap((condition) => judgeAll(context, figures, asked(budget, condition, 'warn'))),
    ];
  });
}

function asked(budget: Budget, condition: Condition, level: Asked['level']): Asked {
  const kind = TARGET_KINDS.find((each) => each === (budget.target.split(':')[0] ?? ''));
  // What is known of the whole run only is judged over it, whatever window is the default.
  const isOfRun = kind !== undefined && grainOf(kind, condition.metric) === 'run';
  const window = isOfRun ? null : budget.window;
  return { budget, condition, level, metric: parseMetric(condition.metric), window };
}

function judgeAll(context: Context, figures: FiguresOf, one: Asked): BudgetFinding[] {
  const { target } = one.budget;
  const subjects = subjectsOf({ model: context.model, figures, currency: one.condition.currency }, target);
  const kept = keptOf(subjects, target, one.metric);
  const nobody: Subject = { target, request: null, has: () => false, read: () => NOTHING };
  return (kept.length > 0 ? kept : [nobody]).map((subject) => judge(context, one, subject));
}

function judge(context: Context, one: Asked, subject: Subject): BudgetFinding {
  const { budget, condition, level, metric, window } = one;
  const isOfSlices = isPieces(window) && window.kind === 'slices';
  const unit = isOfSlices ? 'ratio' : unitOf(condition.metric);
  const limit = isOfSlices ? ({ op: '>=', limit: window.goodRatio } as const) : condition;
  const reading = readWithInterval(context, one, subject);
  const { value, samples, interval, ofEach } = reading;
  const isAborted = context.measurements.stop.reason === 'aborted';
  const judged = judgedAs(one, limit, reading, isAborted);
  return {
    id: budget.id,
    target: subject.target,
    metric: isOfSlices ? 'slices.good' : condition.metric,
    op: limit.op,
    limit: limit.limit,
    text: condition.text,
    unit,
    ...(condition.currency === undefined ? {} : { currency: condition.currency }),
    window,
    level,
    value,
    ...(interval === undefined ? {} : { interval }),
    ...(ofEach === undefined ? {} : { ofEach }),
    confidence: budget.confidence,
    samples,
    samplesNeeded: Math.max(budget.minSamples, metric.kind === 'quantile' ? samplesFor(metric.p) : 1),
    ...judged,
    margin: value === null || judged.verdict === 'no-data' ? null : marginOf(limit, unit, value),
    baseline: budget.baseline,
    why: budget.why,
    owner: budget.owner,
    runbook: budget.runbook,
    outOfReach: isOutOfReach(context, condition, metric, subject),
  };
}

/** Times and pieces bring their interval; other values have theirs from the same value of each replication. */
function readWithInterval(
  context: Context,
  { budget, condition, metric, window }: Asked,
  subject: Subject,
): Reading {
  const { confidence: level, minSamples } = budget;
  const bounds = boundsOf(unitOf(condition.metric));
  if (isPieces(window)) {
    return readPieces(subject, context, { metric, level, window, condition, minSamples, bounds });
  }
  const question = { metric, level, at: stretchOf(window) };
  const reading = subject.read(context, question);
  if (context.apart.length < 2) return reading;
  const ofEach = context.apart.map((run) => subject.read(run, question).value);
  const { value, samples } = reading;
  const {
    interval = isShareOfArrivals(metric)
      ? shareInterval(value, ofEach, samples, level)
      : intervalOf(value, ofEach, bounds, level),
  } = reading;
  return { ...reading, interval, ofEach };
}

type Judged = Pick<BudgetFinding, 'verdict' | 'countsAs' | 'noDataBecause'>;

/**
 * A value from fewer than `minSamples` observations is no data; so is a pass with nothing completed, and a pass that
 * requests still inside at the end could turn into a failure; where the run was aborted, that is why there are too few. An interval that lies wholly to one side of the limit
 * decides; one that reaches across it is inconclusive, and the value says what that counts as. Without an interval the value
 * decides.
 */
function judgedAs(
  { budget, level }: Asked,
  limit: Pick<Condition, 'op' | 'limit'>,
  reading: Reading,
  isAborted: boolean,
): Judged {
  const { value, worst, samples, completed, interval } = reading;
  const noData = (because: Judged['noDataBecause']): Judged => ({
    verdict: 'no-data',
    countsAs: 'no-data',
    noDataBecause: because,
  });
  const few = (because: Judged['noDataBecause']): Judged => noData(isAborted ? 'aborted' : because);
  if (samples === 0) return few('no-samples');
  if (value === null && completed === 0) return noData('none-completed');
  if (value === null || worst === null || samples < budget.minSamples) return few('few-samples');
  const isKept = holds(limit, value);
  if (isKept && !holds(limit, worst)) return noData('still-inside');
  if (isKept && completed === 0) return noData('none-completed');
  const countsAs = isKept ? 'pass' : level === 'error' ? 'fail' : 'warn';
  const isAcross = interval !== undefined && interval !== null && sideOf(limit, interval) === 'across';
  return { verdict: isAcross ? 'inconclusive' : countsAs, countsAs, noDataBecause: null };
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
