/**
 * Trees as JSON. The files of the catalogue are read as YAML when the program is built, not at every start: what is
 * kept of each is its text, by which a changed file is told from the one that was read, and its tree without the text.
 */
import { SourceText } from './source-text.ts';
import type { Entry, Note, Origin, Scalar, Tree } from './tree.ts';
import { readYaml } from './yaml-tree.ts';

export interface PackedText {
  readonly text: string;
  readonly tree: PackedTree;
}

/** Kind, where in the text it begins and ends, its content, and the note where it has one. */
type PackedTree =
  | readonly [kind: 's', from: number, to: number, value: Scalar, typed: string, note?: Note]
  | readonly [kind: 'l', from: number, to: number, items: readonly PackedTree[], note?: Note]
  | readonly [kind: 'm', from: number, to: number, entries: readonly PackedEntry[], note?: Note];
type PackedEntry = readonly [key: string, from: number, to: number, value: PackedTree];

/** @throws {RangeError} when the text is not sound, or has what JSON cannot hold (`.inf`, `.nan`). */
export function packText(file: string, text: string): PackedText {
  const { tree, problems } = readYaml(file, text);
  if (tree === null || problems.length > 0) throw new RangeError(`${file}: ${JSON.stringify(problems)}`);
  return { text, tree: packed(tree) };
}

/** The tree that `readYaml` makes of the same text under the name `file`. */
export function unpackText(file: string, { text, tree }: PackedText): Tree {
  const source = new SourceText(file, text);
  return unpacked(tree, { source, from: 0, to: 1, askedAt: null, preset: null });
}

function packed(tree: Tree): PackedTree {
  const { from, to } = tree.origin;
  const note: [] | [Note] = tree.note === null ? [] : [tree.note];
  switch (tree.kind) {
    case 'scalar':
      if (typeof tree.value === 'number' && !Number.isFinite(tree.value))
        throw new RangeError(`not a number of JSON: ${tree.typed}`);
      return ['s', from, to, tree.value, tree.typed, ...note];
    case 'list':
      return ['l', from, to, tree.items.map(packed), ...note];
    case 'map': {
      const entries = [...tree.entries].map(([name, { key, value }]): PackedEntry => [
        name,
        key.from,
        key.to,
        packed(value),
      ]);
      return ['m', from, to, entries, ...note];
    }
  }
}

function unpacked(tree: PackedTree, start: Origin): Tree {
  const origin = { ...start, from: tree[1], to: tree[2] };
  switch (tree[0]) {
    case 's':
      return { kind: 'scalar', value: tree[3], typed: tree[4], origin, note: tree[5] ?? null };
    case 'l':
      return {
        kind: 'list',
        items: tree[3].map((item) => unpacked(item, start)),
        origin,
        note: tree[4] ?? null,
      };
    case 'm': {
      const entries = new Map<string, Entry>();
      for (const [name, from, to, value] of tree[3])
        entries.set(name, { key: { ...start, from, to }, value: unpacked(value, start) });
      return { kind: 'map', entries, origin, note: tree[4] ?? null };
    }
  }
}
