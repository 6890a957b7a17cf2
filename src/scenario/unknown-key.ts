/** A key nobody knows: what was probably meant by it. */
import { similarName } from '../base/similar.ts';
import { LATER_KEYS } from './later.ts';
import { problem, type PlacedProblem } from './problem.ts';
import { inside, keyOriginAt, nodeAt, type Tree } from './tree.ts';
import type { Path } from './types.ts';

/** Problem of a key nobody knows at `path`; `known` are the keys that would be right there. */
export function unknownKey(path: Path, known: readonly string[], tree: Tree): PlacedProblem {
  const key = String(path[path.length - 1]);
  const where = inside(path.slice(0, -1));
  const origin = keyOriginAt(tree, path);
  if (LATER_KEYS.has(key)) {
    const help = 'remove it: nothing of it would be simulated';
    return { path, problem: problem('HF107', origin, `"${key}" is not supported yet${where}`, help) };
  }
  if (known.includes(key)) {
    const message = `"${key}" cannot stand beside the other keys${where}`;
    return { path, problem: problem('HF101', origin, message, separate(path)) };
  }
  return {
    path,
    problem: problem('HF101', origin, `unknown key "${key}"${where}`, meant(path, known, tree)),
  };
}

/** Of two forms, each right by itself. */
function separate(path: Path): string {
  const key = String(path[path.length - 1]);
  const isInList = typeof path[path.length - 2] === 'number';
  return isInList ? `begin a new element: - ${key}: …` : 'they are different forms: keep one of them';
}

function meant(path: Path, known: readonly string[], tree: Tree): string {
  const key = String(path[path.length - 1]);
  const value = nodeAt(tree, path);
  const isEmpty = value?.kind === 'scalar' && value.typed === '' && value.value === null;
  const colon = /^(\w+):(.+)$/.exec(key);
  if (isEmpty && colon !== null)
    return `a space is missing behind the colon: ${colon[1] ?? ''}: ${colon[2] ?? ''}`;
  if (key === '<<') return 'there are no merge keys: write the values out';
  const near = similarName(key, known);
  if (near !== null) return `a key with a similar name exists: "${near}"`;
  if (isEmpty) return 'it has no value: a text with a comma needs quotes, and a number takes none';
  if (key === 'value') return 'the long form is { value, source, confidence }';
  return `keys known here: ${known.join(', ')}`;
}
