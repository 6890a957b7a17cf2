/** What two scenarios say differently, as a comparison tells it. */
import { differencePath, type TreeDifference } from '../scenario/blend.ts';
import { placeOf } from '../scenario/problem.ts';
import { flowText, toPlain, type Tree } from '../scenario/tree.ts';
import type { InputChange, WrittenInput } from './comparison.ts';

/** Signs of a value that are kept. */
const TEXT_MAX = 60;

/** Maps of things by name: one that is there or not as a whole. */
const COMPONENTS: readonly string[] = ['layers', 'stations', 'hosts', 'requests'];
const BUDGETS: readonly string[] = ['budgets', 'budgetDefaults'];

export function inputChange(difference: TreeDifference): InputChange {
  const { path, before, after } = difference;
  const [top, ...rest] = path;
  const isComponent =
    rest.length === 1 && COMPONENTS.includes(String(top)) && (before === null || after === null);
  return {
    path: differencePath(difference),
    kind: before === null ? 'added' : after === null ? 'removed' : 'changed',
    of: BUDGETS.includes(String(top)) ? 'budget' : isComponent ? 'component' : 'value',
    before: written(before),
    after: written(after),
  };
}

function written(tree: Tree | null): WrittenInput | null {
  if (tree === null) return null;
  const text = Array.from(flowText(toPlain(tree)));
  const { file, line } = placeOf(tree.origin);
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return {
    text: text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1).join('')}…` : text.join(''),
    at: name === '--set' ? name : `${name}:${line}`,
  };
}
