/** The assumption ledger: every value with a stated confidence, and every default that can move a result. */
import { formatDuration } from '../../base/units.ts';
import { HOST_DEFAULTS } from '../../scenario/defaults.ts';
import { child, flowText, formatPath, nodeAt, toPlain, type Tree } from '../../scenario/tree.ts';
import type { LedgerEntry, Path, Scenario } from '../../scenario/types.ts';
import type { Expanded } from './expand.ts';

/**
 * In the order of the expanded file, then what stands nowhere in it. A parameter used several times in a station is
 * listed where it is first used.
 */
export function ledgerOf(
  { tree, recorded }: Pick<Expanded, 'tree' | 'recorded'>,
  scenario: Scenario | null,
): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  collect(tree, [], new Set(), entries);
  for (const [path, value] of recorded) collect(value, path, new Set(), entries);
  if (scenario !== null) entries.push(...clockDefaults(tree, scenario), ...hostDefaults(tree, scenario));
  return entries;
}

function collect(tree: Tree, path: Path, seen: Set<Tree>, entries: LedgerEntry[]): void {
  if (tree.note !== null && !seen.has(tree)) {
    seen.add(tree);
    const { source, confidence, range } = tree.note;
    const origin = tree.origin.preset?.split(':')[0] ?? 'scenario';
    entries.push({
      path: formatPath(path),
      value: flowText(toPlain(tree)),
      origin,
      confidence,
      source,
      range,
    });
  }
  if (tree.kind === 'list')
    tree.items.forEach((item, i) => {
      collect(item, [...path, i], seen, entries);
    });
  if (tree.kind === 'map')
    for (const [name, { value }] of tree.entries) collect(value, [...path, name], seen, entries);
}

function clockDefaults(tree: Tree, { clock }: Scenario): LedgerEntry[] {
  if (nodeAt(tree, ['clock', 'warmUp']) !== undefined) return [];
  return [
    {
      path: 'clock.warmUp',
      value: formatDuration(clock.warmUpNs),
      origin: 'default',
      confidence: 'assumed',
      source: 'a tenth of the measured time, at most one minute',
      range: null,
    },
  ];
}

function hostDefaults(tree: Tree, { hosts }: Scenario): LedgerEntry[] {
  return Object.entries(hosts).flatMap(([name, host]) => {
    const written = nodeAt(tree, ['hosts', name]);
    return Object.entries(HOST_DEFAULTS).flatMap(
      ([word, { text, confidence, range, source }]): LedgerEntry[] => {
        const matters =
          (word !== 'smtYield' || host.smt > 1) && (word !== 'hugePageCoverage' || host.pageKib > 4);
        if (child(written, word) !== undefined || !matters) return [];
        return [
          {
            path: formatPath(['hosts', name, word]),
            value: text,
            origin: 'default',
            confidence,
            range,
            source,
          },
        ];
      },
    );
  });
}
