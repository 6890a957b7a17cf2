/** Inputs that are only assumed, and where each can be changed. */
import {
  entriesOf,
  flowText,
  formatPath,
  toPlain,
  type Origin,
  type Plain,
  type Tree,
} from '../scenario/tree.ts';
import type { LedgerEntry, Path } from '../scenario/types.ts';
import type { Expanded } from './expand/expand.ts';

export interface AssumedInput extends Pick<LedgerEntry, 'origin' | 'source' | 'range'> {
  /** As `--set` takes it: `layers.redis.command`. */
  readonly path: string;
  readonly value: Plain;
  /** As written. */
  readonly text: string;
}

/**
 * In the order of the expanded file, defaults of hosts behind it. An input that is used in several places is one; what a preset
 * says without a parameter of that name cannot be changed, and is left out.
 */
export function assumedInputs(
  raw: Tree,
  { tree, recorded }: Pick<Expanded, 'tree' | 'recorded'>,
  ledger: readonly LedgerEntry[],
): AssumedInput[] {
  const written = writtenPaths(raw);
  const found = new Map<string, AssumedInput>();
  const visit = (node: Tree, path: Path): void => {
    if (node.note?.confidence === 'assumed') {
      const at = settablePath(node, path, written);
      if (at !== null && !found.has(at)) {
        const { source, range } = node.note;
        const origin = node.origin.preset?.split(':')[0] ?? 'scenario';
        const value = toPlain(node);
        found.set(at, { path: at, value, text: flowText(value), origin, source, range });
      }
    }
    eachChild(node, path, visit);
  };
  visit(tree, []);
  for (const [path, value] of recorded) visit(value, path);
  for (const { path, value, origin, confidence, source, range } of ledger) {
    const isHost = origin === 'default' && path.startsWith('hosts.') && confidence === 'assumed';
    if (isHost && !found.has(path)) found.set(path, { path, value, text: value, origin, source, range });
  }
  return [...found.values()];
}

function eachChild(node: Tree, path: Path, visit: (child: Tree, path: Path) => void): void {
  if (node.kind === 'list')
    node.items.forEach((item, index) => {
      visit(item, [...path, index]);
    });
  for (const [name, { value }] of entriesOf(node)) visit(value, [...path, name]);
}

/** Where each noted value stands in the file, by its place in the text. */
function writtenPaths(raw: Tree): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const visit = (node: Tree, path: Path): void => {
    if (node.note !== null) paths.set(placeOf(node.origin), formatPath(path));
    eachChild(node, path, visit);
  };
  visit(raw, []);
  return paths;
}

function placeOf({ source, from, to }: Origin): string {
  return `${source.file}:${from}:${to}`;
}

/** null where nothing can be set that would change it. */
function settablePath({ origin }: Tree, path: Path, written: ReadonlyMap<string, string>): string | null {
  if (origin.preset === null) return written.get(placeOf(origin)) ?? null;
  const [top, name] = path;
  const parameter = /^[^:]+: (.+)$/.exec(origin.preset)?.[1];
  if (parameter !== undefined && name !== undefined) return formatPath(['layers', name, parameter]);
  return top === 'hosts' && path.length === 3 ? formatPath(path) : null;
}
