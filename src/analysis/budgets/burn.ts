import type { Context } from '../context.ts';
import type { BudgetFinding, BurnFinding } from '../findings.ts';
import { CAUSE_NAMES } from '../../model/opcodes.ts';
import type { ClassMeasurements } from '../../run/measurements.ts';
import { measuredClass } from '../requests.ts';
import { sum } from './counts.ts';
import { parseMetric, type Metric } from './metric.ts';
import { isPieces, stretchOf } from './stretch.ts';

/**
 * The same with `burn` where a budget allows a share of the requests to be lost, over one stretch of time. With o_w offered
 * and x_w lost of those due in window w, e the share that may be lost, 1 − limit where the limit is on what is good:
 *
 *     burnt = Σ x_w / (e Σ o_w)        half, all of it at the end of the first window at which Σ x reaches ½, 1 × e Σ o
 */
export function withBurns(context: Context, budgets: readonly BudgetFinding[]): BudgetFinding[] {
  return budgets.map((budget) => {
    const burn = burnOf(context, budget);
    return burn === null ? budget : { ...budget, burn };
  });
}

function burnOf(
  context: Context,
  { target, metric, window, op, limit, value }: BudgetFinding,
): BurnFinding | null {
  const classIds = classesOf(context, target);
  if (classIds.length === 0 || value === null || isPieces(window)) return null;
  const lostIn = lossesOf(parseMetric(metric));
  const isOfGood = metric === 'availability';
  const ratio = isOfGood ? 1 - limit : limit;
  if (lostIn === null || !op.startsWith(isOfGood ? '>' : '<') || ratio <= 0 || ratio >= 1) return null;
  const { windows } = stretchOf(window)(context);
  const { slice } = context.model;
  const total = (of: (one: ClassMeasurements, index: number) => number) =>
    windows.map(
      ({ index, weight }) =>
        weight * slice * sum(classIds.map((id) => of(measuredClass(context, id), index))),
    );
  const allowed = ratio * sum(total(({ offered }, index) => offered[index] ?? 0));
  const losses = total(lostIn);
  const reached = (share: number): number | null => {
    let lost = 0;
    const at = losses.findIndex((each) => (lost += each) >= share * allowed && lost > 0);
    return windows[at]?.toNs ?? null;
  };
  if (allowed === 0) return null;
  const lost = sum(losses);
  return { share: lost / allowed, allowed, lost, halfNs: reached(0.5), allNs: reached(1) };
}

/** All of the site, or one class; other targets lose jobs, not requests. */
function classesOf({ model: { classes } }: Context, target: string): number[] {
  return classes.flatMap(({ name }, id) => (target === '*' || target === `request:${name}` ? [id] : []));
}

/** Requests lost of those due in a window, as the measure counts them; null where it counts none. */
function lossesOf(metric: Metric): ((one: ClassMeasurements, index: number) => number) | null {
  const causes: readonly string[] | null =
    metric.kind === 'errors'
      ? CAUSE_NAMES
      : metric.kind === 'cause'
        ? [metric.cause]
        : metric.kind === 'shed'
          ? ['shed']
          : metric.kind === 'timeouts'
            ? ['timedOut']
            : null;
  if (metric.kind === 'availability')
    return ({ offered, good }, index) => (offered[index] ?? 0) - (good[index] ?? 0);
  if (causes === null) return null;
  return ({ failures }, index) =>
    sum(
      failures.map((failed, cause) => (causes.includes(CAUSE_NAMES[cause] ?? '') ? (failed[index] ?? 0) : 0)),
    );
}
