/** Where a value of the station-level form can be changed with `--set`. */
import { entriesOf, formatPath, type Origin, type Tree } from '../scenario/tree.ts';
import type { SourceText } from '../scenario/source-text.ts';
import type { Path } from '../scenario/types.ts';

/** The path of a node of the station-level form as `--set` takes it; null where nothing can be set that would change it. */
export type SettablePath = (node: Tree, path: Path) => string | null;

/** @param raw the tree as it was written */
export function settablePaths(raw: Tree): SettablePath {
  const written = writtenPaths(raw);
  return ({ origin }, path) => {
    if (origin.preset === null) return written.get(origin.source)?.get(placeOf(origin)) ?? null;
    const [top, name] = path;
    const parameter = /^[^:]+: (.+)$/.exec(origin.preset)?.[1];
    if (parameter !== undefined && name !== undefined) return formatPath(['layers', name, parameter]);
    return top === 'hosts' && path.length === 3 ? formatPath(path) : null;
  };
}

/** Path of each value by its text (an override is a text of its own) and its place in it. */
function writtenPaths(raw: Tree): ReadonlyMap<SourceText, ReadonlyMap<string, string>> {
  const paths = new Map<SourceText, Map<string, string>>();
  const visit = (node: Tree, path: Path): void => {
    const inText = paths.get(node.origin.source) ?? new Map<string, string>();
    paths.set(node.origin.source, inText.set(placeOf(node.origin), formatPath(path)));
    eachChild(node, path, visit);
  };
  visit(raw, []);
  return paths;
}

function placeOf({ from, to }: Origin): string {
  return `${from}:${to}`;
}

export function eachChild(node: Tree, path: Path, visit: (child: Tree, path: Path) => void): void {
  if (node.kind === 'list')
    node.items.forEach((item, index) => {
      visit(item, [...path, index]);
    });
  for (const [name, { value }] of entriesOf(node)) visit(value, [...path, name]);
}
