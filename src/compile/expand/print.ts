/** The station-level form as YAML that can be run again, each value with the place it comes from as a comment. */
import { stringify } from 'yaml';
import { padEnd } from '../../base/width.ts';
import type { Entry, Origin, Tree } from '../../scenario/tree.ts';
import type { LedgerEntry } from '../../scenario/types.ts';

const FLOW_WIDTH = 60;
const COMMENT_COLUMN = 64;

export function printTree(tree: Tree, ledger: readonly LedgerEntry[]): string {
  if (tree.kind !== 'map') return '';
  const lines = printMap(tree.entries, '');
  const defaults = ledger.filter(({ origin }) => origin === 'default');
  if (defaults.length > 0) lines.push('', '# Defaults, because the scenario does not say:');
  for (const { path, value, source } of defaults)
    lines.push(`#   ${path}: ${value}   ${source ?? ''}`.trimEnd());
  return `${lines.join('\n')}\n`;
}

function printMap(entries: ReadonlyMap<string, Entry>, indent: string): string[] {
  return [...entries].flatMap(([name, { value }]) =>
    printValue(value, `${indent}${scalarText(name)}:`, indent),
  );
}

/** `head` is the line so far, a key or a dash; children stand two columns further in than `indent`. */
function printValue(tree: Tree, head: string, indent: string): string[] {
  const flow = flowOf(tree);
  if (flow !== null && (tree.kind === 'scalar' || flow.length <= FLOW_WIDTH))
    return [withComment(`${head} ${flow}`, tree)];
  const inner = `${indent}  `;
  if (tree.kind === 'map') return [head, ...printMap(tree.entries, inner)];
  if (tree.kind === 'list') return [head, ...tree.items.flatMap((item) => printItem(item, inner))];
  return [];
}

/** A block map in a list begins on the line of its dash. */
function printItem(item: Tree, indent: string): string[] {
  const lines = printValue(item, `${indent}-`, indent);
  const [first, second, ...rest] = lines;
  if (first !== `${indent}-` || second === undefined) return lines;
  return item.kind === 'map' ? [`${indent}- ${second.trimStart()}`, ...rest] : lines;
}

/** One line when everything in it was written in one place, else null. */
function flowOf(tree: Tree): string | null {
  return isFromOnePlace(tree, placeText(tree)) ? flow(tree) : null;
}

/** A note inside needs a line of its own. */
function isFromOnePlace(tree: Tree, place: string): boolean {
  if (tree.kind === 'scalar') return placeText(tree) === place;
  const inner = tree.kind === 'list' ? tree.items : [...tree.entries.values()].map(({ value }) => value);
  return inner.every((each) => each.note === null && isFromOnePlace(each, place));
}

function flow(tree: Tree): string {
  if (tree.kind === 'scalar') return scalarText(tree.value);
  if (tree.kind === 'list') return `[${tree.items.map(flow).join(', ')}]`;
  const entries = [...tree.entries].map(([name, { value }]) => `${scalarText(name)}: ${flow(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function scalarText(value: string | number | boolean | null): string {
  const inFlow = stringify([value], { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return inFlow.slice(1, -1).trim();
}

function withComment(line: string, tree: Tree): string {
  const note =
    tree.note === null
      ? ''
      : `, ${tree.note.confidence}${tree.note.source === null ? '' : `: ${oneLine(tree.note.source)}`}`;
  return `${padEnd(line, COMMENT_COLUMN)} # ${placeText(tree)}${note}`;
}

/** `double-11.yaml:34`, or `redis-cluster: command` for a value of the catalogue. */
function placeText({ origin }: Tree): string {
  return origin.preset === null ? lineText(origin) : `catalogue ${origin.preset}`;
}

function lineText(origin: Origin): string {
  const { file, line } = origin.source.locate(origin.from, origin.to);
  return file === '--set' ? `--set ${oneLine(origin.source.text)}` : `${oneLine(file)}:${line}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
