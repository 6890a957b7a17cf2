/** Conditions of budgets as they stand in a tree that may be malformed anywhere. */
import { parseExpression } from '../budget-expression.ts';
import { TARGET_KINDS, type TargetKind } from '../budget-metrics.ts';
import { child, type Tree } from '../tree.ts';
import type { Condition } from '../types.ts';

/** A condition and the text it stands in. */
export interface PlacedCondition {
  readonly condition: Condition;
  readonly tree: Tree;
}

export function placedConditions(budget: Tree, keys = ['expect', 'warn']): PlacedCondition[] {
  return keys.flatMap((key) => {
    const texts = child(budget, key);
    const trees = texts?.kind === 'list' ? texts.items : texts === undefined ? [] : [texts];
    return trees.flatMap(conditionsIn);
  });
}

function conditionsIn(tree: Tree): PlacedCondition[] {
  const parsed =
    tree.kind === 'scalar' && typeof tree.value === 'string' ? parseExpression(tree.value) : null;
  return parsed?.ok ? parsed.value.map((condition) => ({ condition, tree })) : [];
}

export function kindOf(target: Tree | undefined): TargetKind | null {
  if (target?.kind !== 'scalar' || typeof target.value !== 'string') return null;
  const { value } = target;
  return TARGET_KINDS.find((kind) => (kind === '*' ? value === '*' : value.startsWith(`${kind}:`))) ?? null;
}
