import { makeContext, type AnalysisInput } from '../context.ts';
import type { AbortFinding, BudgetFinding } from '../findings.ts';
import { pool } from '../pool.ts';
import { isSameCondition } from './conditions.ts';
import { judgeBudgets } from './judge.ts';

/** What is added to the distance that was missing: an interval from few replications is itself an estimate. */
const RESERVE = 1.25;

/** Of the limit, or of how far beyond it the first was, where there is no interval to go by, or one without a width. */
const STEP = 0.1;

/**
 * How much further the first replication must be beyond the limit until all of them together break it with their whole
 * interval; 0 where they do. In the unit of the condition. With f the value of the first, v that of all, and l the end of its
 * interval on the side of the limit:
 *
 *     missing = 1.25 (|v − l| + how much worse f is than v)
 *
 * so that, if spread and difference stay as they are, v − limit reaches |v − l|.
 */
export function doubtOf(input: AnalysisInput, abort: AbortFinding): number {
  const { replications } = input;
  const apart = replications.length === 1 ? [] : replications.map((each) => makeContext(input, each));
  const context = makeContext(input, pool(replications), apart);
  const row = judgeBudgets(context, new Map()).find((each) => isSameCondition(each, abort));
  if (row?.verdict === 'fail') return 0;
  return row === undefined ? Infinity : missing(row, abort);
}

/** Never 0. */
function missing(
  { value, interval = null, limit }: BudgetFinding,
  { op, value: first }: AbortFinding,
): number {
  const step = STEP * Math.max(Math.abs(limit), Math.abs(first - limit));
  if (value === null || interval === null) return step;
  const isUpperLimit = op === '==' ? first > limit : op.startsWith('<');
  const toLimit = isUpperLimit ? value - interval[0] : (interval[1] ?? Infinity) - value;
  const worse = Math.max(0, isUpperLimit ? first - value : value - first);
  const distance = RESERVE * (toLimit + worse);
  return distance > 0 ? distance : step;
}
