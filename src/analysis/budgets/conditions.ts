import type { Condition } from '../../scenario/types.ts';
import type { BudgetFinding, Interval } from '../findings.ts';

type Named = Pick<BudgetFinding, 'id' | 'target' | 'text'>;

/** Whether both are the same condition of one budget on one target. */
export function isSameCondition(one: Named, other: Named): boolean {
  return one.id === other.id && one.target === other.target && one.text === other.text;
}

type Limit = Pick<Condition, 'op' | 'limit'>;

/** Whether a value keeps the condition: operators are literal. */
export function holds({ op, limit }: Limit, value: number): boolean {
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
 * Where an interval lies: all of it keeps the condition, none of it does, or only a part. An end that is open lies
 * above every limit.
 */
export function sideOf(condition: Limit, [lower, upper]: Interval): 'inside' | 'outside' | 'across' {
  const ends = [lower, upper ?? Infinity];
  const kept = ends.filter((end) => holds(condition, end)).length;
  if (kept === 2) return 'inside';
  if (kept === 1 || condition.op !== '==') return kept === 1 ? 'across' : 'outside';
  return lower < condition.limit && condition.limit < (upper ?? Infinity) ? 'across' : 'outside';
}

/**
 * Distance to the limit as a share of it, negative beyond it; null for `==` and for a limit of 0.
 *
 *     below a limit    (limit − value) / limit
 *     above a share    (value − limit) / (1 − limit), the part left of what may be lost: an availability of 99.95 % with a
 *                      limit of 99.9 % has used half of that, and is not 0.05 % away from its limit
 *     above a limit    (value − limit) / limit
 */
export function marginOf({ op, limit }: Limit, unit: BudgetFinding['unit'], value: number): number | null {
  if (limit === 0 || op === '==') return null;
  const isUpperLimit = op === '<' || op === '<=';
  if (!isUpperLimit && unit === 'ratio' && limit < 1) return (value - limit) / (1 - limit);
  return (isUpperLimit ? limit - value : value - limit) / limit;
}
