/** What requests were promised, judged over short stretches of time. */
import { Histogram, WINDOW_SUB_BITS } from '../../measure/histogram.ts';
import { Cause } from '../../model/opcodes.ts';
import type { ClassMeasurements } from '../../run/measurements.ts';
import type { Budget, BudgetWindow, Condition } from '../../scenario/types.ts';
import { wildcard } from '../../scenario/wildcard.ts';
import { holds } from '../budgets/conditions.ts';
import { isLatency, parseMetric, type Metric } from '../budgets/metric.ts';
import { isPieces, type Pieces } from '../budgets/stretch.ts';
import type { Context } from '../context.ts';
import { measuredClass } from '../requests.ts';
import { lengthNs, perSec, sumOver, type SimulatedWindow } from '../spans.ts';
import { countAllowance, shareAllowance } from './chance.ts';

/** Fewer requests than this say nothing of how long answers take. */
const ANSWERS_MIN = 10;

type PlainWindow = Exclude<BudgetWindow, Pieces>;

/** One condition on some request classes together. */
export interface Promised {
  readonly condition: Condition;
  readonly metric: Metric;
  readonly classIds: readonly number[];
  readonly window: PlainWindow;
}

/**
 * Conditions of the budgets on `*` and `request:`, which windows can be judged by: those that decide the verdict, as
 * there. What stations have is measured by phase, and sliding stretches and slices have limits of their own kind.
 */
export function promisesOf({ scenario, model }: Context): Promised[] {
  const judged = scenario.budgets.filter(({ level }) => level !== 'off');
  const required = judged.filter(({ level }) => level === 'error');
  const all = model.classes.map((_, id) => id);
  const targets = ({ target }: Budget): readonly (readonly number[])[] => {
    if (target === '*') return [all];
    if (!target.startsWith('request:')) return [];
    const pattern = target.slice('request:'.length);
    return all.filter((id) => wildcard(pattern, model.classes[id]?.name ?? '')).map((id) => [id]);
  };
  return (required.length > 0 ? required : judged).flatMap((budget) =>
    targets(budget).flatMap((classIds) =>
      budget.expect.flatMap((condition): Promised[] => {
        const { window } = budget;
        const metric = parseMetric(condition.metric);
        return isPieces(window) || !isOfRequests(metric) ? [] : [{ condition, metric, classIds, window }];
      }),
    ),
  );
}

/** What requests have in any window of the time line. */
function isOfRequests(metric: Metric): boolean {
  return (
    isLatency(metric) ||
    ['errors', 'cause', 'availability', 'shed', 'timeouts', 'throughput', 'goodput'].includes(metric.kind)
  );
}

/** Whether the condition is about requests that were due in this window. */
export function covers({ model }: Context, { window: about }: Promised, window: SimulatedWindow): boolean {
  if (about === null) return true;
  if (typeof about === 'string') return model.phases[window.phase]?.name === about;
  if (about.kind === 'range') return window.fromNs >= about.fromNs && window.toNs <= about.toNs;
  const last = model.phases.findLast(({ name }) => name === about.phase);
  return last !== undefined && window.fromNs >= last.toNs;
}

/** Share of the requests of a class that these conditions let go wrong; 0 where none of them says so. */
export function toleratedRatio(promises: readonly Promised[], classId: number): number {
  const tolerated = promises.map(({ condition: { op, limit }, metric: { kind }, classIds }) => {
    if (!classIds.includes(classId)) return 0;
    if (kind === 'errors' && (op === '<' || op === '<=')) return limit;
    return kind === 'availability' && (op === '>' || op === '>=') ? 1 - limit : 0;
  });
  return Math.max(0, ...tolerated);
}

/**
 * Whether these windows break the condition by more than chance: the value is first moved to where the condition wants
 * it by what chance allows a value at the limit. Where requests came and none was answered well, no time is kept.
 */
export function isBroken(context: Context, promised: Promised, all: readonly SimulatedWindow[]): boolean {
  const { condition, metric, classIds } = promised;
  const windows = all.filter((each) => covers(context, promised, each));
  const measured = classIds.map((id) => measuredClass(context, id));
  const total = (seriesOf: (each: ClassMeasurements) => ArrayLike<number> | undefined): number =>
    measured.reduce((sum, each) => sum + sumOver({ windows }, seriesOf(each) ?? []), 0);
  const offered = total((each) => each.offered);
  if (offered === 0) return false;
  const good = total((each) => each.good);
  if (isLatency(metric))
    return good === 0 ? offered >= ANSWERS_MIN : isSlow(condition, metric, measured, windows);
  const share = (part: number): boolean =>
    !holds(condition, towards(condition, part / offered, shareAllowance(condition.limit, offered)));
  switch (metric.kind) {
    case 'errors':
      return share(offered - good);
    case 'availability':
      return share(good);
    case 'shed':
      return share(total((each) => each.failures[Cause.shed]));
    case 'timeouts':
      return share(total((each) => each.failures[Cause.timedOut]));
    case 'cause':
      return share(total((each) => each.failures[Cause[metric.cause]]));
    default: {
      const answered = metric.kind === 'goodput' ? good : good + total((each) => each.late);
      const more = towards(condition, answered, countAllowance(answered));
      return !holds(condition, perSec(more * context.model.slice, lengthNs({ windows })));
    }
  }
}

function isSlow(
  condition: Condition,
  metric: Metric,
  measured: readonly ClassMeasurements[],
  windows: readonly SimulatedWindow[],
): boolean {
  const merged = new Histogram(WINDOW_SUB_BITS);
  for (const { windowHistograms } of measured) {
    for (const { index } of windows) {
      const histogram = windowHistograms[index] ?? null;
      if (histogram !== null) merged.add(histogram);
    }
  }
  const answers = merged.count;
  if (metric.kind === 'max') return !holds(condition, merged.maxNs);
  if (metric.kind === 'mean') {
    const meanNs = merged.meanNs();
    return answers >= ANSWERS_MIN && meanNs !== null && !holds(condition, meanNs);
  }
  if (metric.kind !== 'quantile') return false;
  const p = towards(condition, metric.p, shareAllowance(metric.p, answers));
  const valueNs = merged.quantileNs(Math.min(1, p));
  return p > 0 && valueNs !== null && !holds(condition, valueNs);
}

/** The value moved by `allowance` to where the condition wants it; `==` allows nothing. */
function towards({ op }: Condition, value: number, allowance: number): number {
  if (op === '==') return value;
  return op === '<' || op === '<=' ? value - allowance : value + allowance;
}
