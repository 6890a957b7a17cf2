/** Inputs that are only assumed, and where each can be changed. */
import { flowText, toPlain, type Plain, type Tree } from '../scenario/tree.ts';
import type { LedgerEntry, Path } from '../scenario/types.ts';
import type { Expanded } from './expand/expand.ts';
import { eachChild, settablePaths } from './settable.ts';

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
  const settable = settablePaths(raw);
  const found = new Map<string, AssumedInput>();
  const visit = (node: Tree, path: Path): void => {
    if (node.note?.confidence === 'assumed') {
      const at = settable(node, path);
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
