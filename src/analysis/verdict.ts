import type {
  BreakFinding,
  BudgetFinding,
  HeadroomFinding,
  RunState,
  StopFinding,
  VerdictFinding,
} from './findings.ts';
import { isSameCondition } from './budgets/conditions.ts';
import type { Context } from './context.ts';
import { meanOfExtremes } from './intervals.ts';
import { peakOver } from './peaks.ts';
import { sumOver } from './spans.ts';
import { growsToEnd } from './station-state.ts';

/** Below this distance to its limit a budget holds, but only just. */
const THIN_MARGIN = 0.1;

/** What the verdict rests on. */
export interface Evidence {
  readonly budgets: readonly BudgetFinding[];
  readonly breaks: readonly BreakFinding[];
  readonly headroom: readonly HeadroomFinding[];
  readonly stop: StopFinding;
  readonly run: RunState;
}

/** Does it hold, which budget decides, what breaks first. `each`: the replications, if several. */
export function findVerdict(
  context: Context,
  each: readonly Context[],
  { budgets, breaks, headroom, stop, run }: Evidence,
): VerdictFinding {
  const runs = each.length === 0 ? [context] : each;
  const isStuck =
    run.verdict === 'metastable' || (!stop.truncated && runs.some(({ states }) => states.some(growsToEnd)));
  const total = totalsOf(context);
  const peaks = each.map((one) => totalsOf(one).offeredPeakPerSec);
  return {
    ...statusOf(budgets, stop, isStuck),
    firstBreak: firstOf(breaks),
    tightest: headroom[0] ?? null,
    ...total,
    offeredPeakPerSec: meanOfExtremes(peaks) ?? total.offeredPeakPerSec,
    availability: total.offered === 0 ? null : total.good / total.offered,
  };
}

/** The earliest of what broke in most replications: what broke in one only is not what breaks first as a rule. */
function firstOf(breaks: readonly BreakFinding[]): BreakFinding | null {
  const most = Math.max(...breaks.map(({ replications }) => replications));
  return breaks.find(({ replications }) => replications === most) ?? null;
}

type Decision = Pick<VerdictFinding, 'status' | 'decidingBudget'>;

/**
 * Only budgets of level `error` can break it, first of all that which ended the run, an inconclusive one as its value says; one that is inconclusive holds only
 * just; with none of these the optional ones decide how thin it is. A run that
 * stopped early cannot say that a budget holds, only that one is broken. Where a queue grows without bound, or the site stays
 * down after a disturbance, nothing holds: later answers, or those that never came, are in no budget.
 */
function statusOf(budgets: readonly BudgetFinding[], stop: StopFinding, isStuck: boolean): Decision {
  if (budgets.length === 0) return { status: 'no-budgets', decidingBudget: null };
  const required = budgets.filter(({ level }) => level === 'error');
  const judged = required.length > 0 ? required : budgets;
  const pick = (rows: readonly BudgetFinding[]): number | null => thinnest(budgets, rows);
  const failed = required.filter(({ countsAs }) => countsAs === 'fail');
  const { abort } = stop;
  const aborting = abort === undefined ? [] : failed.filter((each) => isSameCondition(each, abort));
  if (aborting.length > 0) return { status: 'does-not-hold', decidingBudget: pick(aborting) };
  if (failed.length > 0) return { status: 'does-not-hold', decidingBudget: pick(failed) };
  if (stop.reason === 'runaway' || isStuck) return { status: 'does-not-hold', decidingBudget: null };
  const unknown = judged.filter(({ verdict }) => verdict === 'no-data');
  if (unknown.length > 0) return { status: 'cannot-say', decidingBudget: pick(unknown) };
  if (stop.truncated) return { status: 'cannot-say', decidingBudget: null };
  const unsure = judged.filter(({ verdict }) => verdict === 'inconclusive');
  const deciding = pick(unsure.length > 0 ? unsure : judged);
  const row = deciding === null ? undefined : budgets[deciding];
  const isThin =
    row !== undefined && (unsure.length > 0 || row.verdict === 'warn' || marginOf(row) < THIN_MARGIN);
  return { status: isThin ? 'thin-margin' : 'holds', decidingBudget: deciding };
}

/** Index of the row with the smallest margin; rows without one come first when nothing else is there. */
function thinnest(budgets: readonly BudgetFinding[], rows: readonly BudgetFinding[]): number | null {
  const sorted = [...rows].sort((a, b) => marginOf(a) - marginOf(b));
  const first = sorted.find(({ margin }) => margin !== null) ?? sorted[0];
  return first === undefined ? null : budgets.indexOf(first);
}

function marginOf({ margin }: BudgetFinding): number {
  return margin ?? Infinity;
}

/** All classes together. */
function totalsOf({ model, measurements, windows }: Context): {
  offered: number;
  good: number;
  offeredPeakPerSec: number;
} {
  const { slice, windowNs } = model;
  const total = (key: 'offered' | 'good'): Float64Array =>
    Float64Array.from(measurements.windows, (_, window) =>
      measurements.classes.reduce((sum, each) => sum + (each[key][window] ?? 0), 0),
    );
  const offered = total('offered');
  const peak = peakOver(windows, { windowNs, arrivals: offered, amounts: offered });
  return {
    offered: sumOver({ windows }, offered) * slice,
    good: sumOver({ windows }, total('good')) * slice,
    offeredPeakPerSec: (peak?.perNs ?? 0) * 1e9 * slice,
  };
}
