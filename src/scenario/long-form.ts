/**
 * `{value: 14us, source: "…", confidence: measured}` is the value 14us with a note. It is folded here, before any
 * schema, so every quantity has the long form and no reader downstream has to know it.
 */
import { similarName } from '../base/similar.ts';
import { problem, type Problem } from './problem.ts';
import type { MapTree, Note, Tree } from './tree.ts';
import type { Confidence } from './types.ts';

export const CONFIDENCES: readonly Confidence[] = ['measured', 'cited', 'assumed'];
const LONG_FORM_KEYS: ReadonlySet<string> = new Set(['value', 'source', 'confidence', 'range']);

/** The noted value when the map is, or was meant as, a long form; else the map itself. */
export function noteOf(map: MapTree, problems: Problem[]): Tree {
  const { entries } = map;
  const value = entries.get('value')?.value;
  if (value === undefined || entries.size < 2) return map;
  const strays = [...entries].filter(([key]) => !LONG_FORM_KEYS.has(key));
  const isMeant =
    entries.has('source') || entries.has('confidence') || strays.some(([key]) => isMisspelt(key));
  if (!isMeant || !strays.every(([key, stray]) => isMisspelt(key) || isNothing(stray.value))) return map;
  for (const [key, stray] of strays) {
    const near = similarName(key, [...LONG_FORM_KEYS]);
    const help =
      near === null ? 'put a text with a comma in quotes' : `a key with a similar name exists: "${near}"`;
    problems.push(problem('HF101', stray.key, `unknown key ${JSON.stringify(key)} in a long form`, help));
  }
  return { ...value, note: readNote(map, problems) };
}

function isMisspelt(key: string): boolean {
  return similarName(key, ['source', 'confidence', 'range']) !== null;
}

/** YAML reads what follows a comma in an unquoted text as a key without a value. */
function isNothing(value: Tree): boolean {
  return value.kind === 'scalar' && value.value === null && value.typed === '';
}

/** Reads `source`, `confidence` and `range` beside a value. Confidence that nobody stated is `assumed`. */
export function readNote(map: MapTree, problems: Problem[]): Note {
  const confidence = textOf(map, 'confidence');
  const known = CONFIDENCES.find((each) => each === confidence);
  const stated = map.entries.get('confidence');
  if (stated !== undefined && known === undefined) {
    const help = `write one of ${CONFIDENCES.join(', ')}`;
    problems.push(problem('HF104', stated.value.origin, 'not a degree of confidence', help));
  }
  return { source: textOf(map, 'source'), confidence: known ?? 'assumed', range: rangeText(map) };
}

function textOf(map: MapTree, key: string): string | null {
  const tree = map.entries.get(key)?.value;
  return tree?.kind === 'scalar' && tree.value !== null ? String(tree.value) : null;
}

function rangeText(map: MapTree): string | null {
  const range = map.entries.get('range')?.value;
  if (range?.kind === 'scalar' && range.value !== null) return String(range.value);
  if (range?.kind !== 'list') return null;
  return range.items.map((item) => (item.kind === 'scalar' ? String(item.value) : '?')).join(' to ');
}
