/**
 * A YAML document as plain nodes, each of which knows where it was written. Expansion moves, copies and replaces
 * nodes, so a value of the expanded form still points at the line its author typed. Nodes are never changed.
 */
import type { SourceText } from './source-text.ts';
import type { Confidence, Path } from './types.ts';

export interface Origin {
  readonly source: SourceText;
  readonly from: number;
  readonly to: number;
  /** For text of the catalogue: where the user asked for it. */
  readonly askedAt: Origin | null;
  /** For text of the catalogue: its kind, and the parameter when it is one. */
  readonly preset: string | null;
}

/** What the long form `{value, source, confidence, range}` says about a value. */
export interface Note {
  readonly source: string | null;
  readonly confidence: Confidence;
  readonly range: string | null;
}

interface Common {
  readonly origin: Origin;
  readonly note: Note | null;
}

export type Scalar = string | number | boolean | null;

export interface ScalarTree extends Common {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** As typed: `1.10` is the number 1.1, and a seed `1.10` is not `1.1`. */
  readonly typed: string;
}

export interface ListTree extends Common {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

export interface Entry {
  readonly key: Origin;
  readonly value: Tree;
}

export interface MapTree extends Common {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}

export type Tree = ScalarTree | ListTree | MapTree;

export type Plain = Scalar | Plain[] | { [key: string]: Plain };

/** The values alone, as JSON.parse would give them. */
export function toPlain(tree: Tree): Plain {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(toPlain);
  return Object.fromEntries([...tree.entries].map(([name, { value }]) => [name, toPlain(value)]));
}

export function child(tree: Tree | undefined, key: string | number): Tree | undefined {
  if (tree?.kind === 'map') return tree.entries.get(String(key))?.value;
  if (tree?.kind === 'list' && typeof key === 'number') return tree.items[key];
  return undefined;
}

export function nodeAt(tree: Tree, path: Path): Tree | undefined {
  let node: Tree | undefined = tree;
  for (const key of path) node = child(node, key);
  return node;
}

/** The entries of a map, or none. */
export function entriesOf(tree: Tree | undefined): readonly (readonly [string, Entry])[] {
  return tree?.kind === 'map' ? [...tree.entries] : [];
}

export function withEntries(map: MapTree, changes: Iterable<readonly [string, Entry]>): MapTree {
  return { ...map, entries: new Map([...map.entries, ...changes]) };
}

export function withoutEntry(map: MapTree, name: string): MapTree {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => key !== name)) };
}

/**
 * Where to point for `path`: at the value when it is a scalar, else at its key; when the path leads nowhere, at the
 * deepest part of it that exists.
 */
export function originAt(tree: Tree, path: Path): Origin {
  let node = tree;
  let best = tree.origin;
  for (const key of path) {
    const entry = node.kind === 'map' ? node.entries.get(String(key)) : undefined;
    const next = entry?.value ?? child(node, key);
    if (next === undefined) break;
    best = next.kind === 'scalar' || entry === undefined ? next.origin : entry.key;
    node = next;
  }
  return best;
}

/** Where the key at the end of `path` was written, or its map when it was not. */
export function keyOriginAt(tree: Tree, path: Path): Origin {
  const parent = nodeAt(tree, path.slice(0, -1));
  const last = path[path.length - 1];
  const entry = parent?.kind === 'map' && last !== undefined ? parent.entries.get(String(last)) : undefined;
  return entry?.key ?? originAt(tree, path);
}

export function formatPath(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

/** ` in stations.desk`, for a sentence about something there; nothing at the top of the file. */
export function inside(path: Path): string {
  return path.length === 0 ? '' : ` in ${formatPath(path)}`;
}

/** As in YAML's flow style: `{ mean: 2ms, cv: 0.8 }`. */
export function flowText(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${flowText(each)}`);
  return `{ ${entries.join(', ')} }`;
}
