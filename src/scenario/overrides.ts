/**
 * `--set PATH=VALUE` on the raw tree: `traffic.curve[3].rate=1.2M/s`, `layers.gateway.replicas=80`. The value is read
 * as YAML. The last key may be new, because the schema will judge it; everything before it must exist.
 */
import { similarName } from '../base/similar.ts';
import { problem, type Problem } from './problem.ts';
import { SourceText } from './source-text.ts';
import type { Origin, Tree } from './tree.ts';
import type { Path } from './types.ts';
import { readYaml } from './yaml-tree.ts';

export interface Override {
  readonly path: string;
  readonly value: string;
}

export interface Overridden {
  readonly tree: Tree;
  readonly problems: readonly Problem[];
}

const SEGMENT = /([^.[\]]+)|\[(\d{1,6})\]/y;

/** `a.b[2].c` → ['a', 'b', 2, 'c'], or null when it is no path. Names are composed (NFC) as those of a file are. */
export function parsePath(written: string): Path | null {
  const text = written.normalize('NFC');
  const path: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    if (path.length > 0 && text[at] === '.') at++;
    SEGMENT.lastIndex = at;
    const match = SEGMENT.exec(text);
    if (match === null) return null;
    path.push(match[1] ?? Number(match[2]));
    at = SEGMENT.lastIndex;
  }
  return path.length === 0 || text.endsWith('.') ? null : path;
}

/** Applies all of them in order; those that lead nowhere are problems and change nothing. */
export function applyOverrides(tree: Tree, overrides: readonly Override[]): Overridden {
  let problems: readonly Problem[] = [];
  let current = tree;
  for (const override of overrides) {
    const done = applyOverride(current, override);
    problems = [...problems, ...done.problems];
    current = done.tree;
  }
  return { tree: current, problems };
}

function applyOverride(tree: Tree, { path: written, value }: Override): Overridden {
  const text = `${written}=${value}`;
  const source = new SourceText('--set', text);
  const origin: Origin = { source, from: 0, to: written.length, askedAt: null, preset: null };
  const path = parsePath(written);
  if (path === null) {
    return {
      tree,
      problems: [problem('HF009', origin, 'not a path', 'write e.g. layers.gateway.replicas=80')],
    };
  }
  const read = readYaml('--set', value);
  if (read.tree === null) return { tree, problems: read.problems };
  const valueOrigin = { ...origin, from: written.length + 1, to: text.length };
  const result = setAt(tree, path, 0, moved(read.tree, valueOrigin), origin);
  if ('kind' in result) return { tree: result, problems: read.problems };
  return { tree, problems: [...read.problems, result] };
}

/** A copy of the tree with `value` at `path`, or the problem that there is no such place. */
function setAt(tree: Tree, path: Path, depth: number, value: Tree, origin: Origin): Tree | Problem {
  const key = path[depth];
  if (key === undefined) return value;
  const isLast = depth === path.length - 1;
  if (tree.kind === 'list' && typeof key === 'number' && key < tree.items.length) {
    const item = tree.items[key];
    const changed = item === undefined ? value : setAt(item, path, depth + 1, value, origin);
    if (!('kind' in changed)) return changed;
    return { ...tree, items: tree.items.with(key, changed) };
  }
  if (tree.kind === 'map' && typeof key === 'string') {
    const entry = tree.entries.get(key);
    if (entry !== undefined || isLast) {
      const changed = entry === undefined ? value : setAt(entry.value, path, depth + 1, value, origin);
      if (!('kind' in changed)) return changed;
      const entries = new Map([
        ...tree.entries,
        [key, { key: entry?.key ?? origin, value: changed }] as const,
      ]);
      return { ...tree, entries };
    }
  }
  return nowhere(tree, path, depth, origin);
}

function nowhere(tree: Tree, path: Path, depth: number, origin: Origin): Problem {
  const key = String(path[depth]);
  const names = tree.kind === 'map' ? [...tree.entries.keys()] : [];
  const near = similarName(key, names);
  const help =
    tree.kind === 'list'
      ? `it is a list of ${tree.items.length}: write [0] to [${tree.items.length - 1}]`
      : near !== null
        ? `a key with a similar name exists: "${near}"`
        : tree.kind === 'map'
          ? `keys there: ${names.slice(0, 20).join(', ')}; to add it, write ${wholeMap(path, depth + 1)}`
          : `a single value stands there: replace it whole, ${wholeMap(path, depth)}`;
  return problem('HF009', origin, `the path leads nowhere at "${key}"`, help);
}

/** How to set everything below the first `depth` keys at once: `a.b='{ c: … }'`. */
function wholeMap(path: Path, depth: number): string {
  const [first = '', ...rest] = path.slice(0, depth);
  const parent = rest.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : `.${key}`),
    String(first),
  );
  const value = path.slice(depth).reduceRight<string>((inner, key) => `{ ${key}: ${inner} }`, '…');
  return `--set '${parent}=${value}'`;
}

/** The tree as if it had been written on the command line: all of it points at the override. */
function moved(tree: Tree, origin: Origin): Tree {
  if (tree.kind === 'scalar') return { ...tree, origin };
  if (tree.kind === 'list') return { ...tree, origin, items: tree.items.map((item) => moved(item, origin)) };
  const entries = [...tree.entries].map(
    ([name, entry]) => [name, { key: origin, value: moved(entry.value, origin) }] as const,
  );
  return { ...tree, origin, entries: new Map(entries) };
}
