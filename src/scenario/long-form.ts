/**
 * `{value: 14us, source: "…", confidence: measured}` is the value 14us with a note. It is folded here, before any
 * schema, so every quantity has the long form and no reader downstream has to know it.
 */
import { problem, type Problem } from './problem.ts';
import type { MapTree, Note, Tree } from './tree.ts';
import type { Confidence } from './types.ts';

export const CONFIDENCES: readonly Confidence[] = ['measured', 'cited', 'assumed'];
const LONG_FORM_KEYS: ReadonlySet<string> = new Set(['value', 'source', 'confidence', 'range']);

/** The noted value when the map is a long form, else the map itself. */
export function noteOf(map: MapTree, problems: Problem[]): Tree {
  const { entries } = map;
  const value = entries.get('value')?.value;
  const isLongForm =
    value !== undefined &&
    (entries.has('source') || entries.has('confidence')) &&
    [...entries.keys()].every((key) => LONG_FORM_KEYS.has(key));
  if (!isLongForm) return map;
  return { ...value, note: readNote(map, problems) };
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
