/** Short spellings that the station level does not have: a layer's name for its default operation, `cpu` for `serve`. */
import { entriesOf, withEntries, type Entry, type MapTree, type Tree } from '../../scenario/tree.ts';

/** `defaults`: layer → operation meant by its bare name. */
export function rewriteTargets(tree: MapTree, defaults: ReadonlyMap<string, string>): MapTree {
  const full = (target: Tree): Tree => {
    const operation = target.kind === 'scalar' ? defaults.get(String(target.value)) : undefined;
    return operation === undefined || target.kind !== 'scalar'
      ? target
      : { ...target, value: `${String(target.value)}.${operation}` };
  };
  const requests = mapEntries(tree.entries.get('requests')?.value, (request) =>
    changeKey(request, 'path', (path) => mapItems(path, full)),
  );
  const stations = mapEntries(tree.entries.get('stations')?.value, (station) =>
    changeKey(
      station,
      'operations',
      (operations) => mapEntries(operations, (steps) => rewriteSteps(steps, full)) ?? operations,
    ),
  );
  const changes = Object.entries({ requests, stations }).flatMap(([name, value]): [string, Entry][] => {
    const entry = tree.entries.get(name);
    return entry === undefined || value === undefined ? [] : [[name, { ...entry, value }]];
  });
  return withEntries(tree, changes);
}

/** All maps below are steps or belong to one, so keys can be told by name at any depth. */
function rewriteSteps(tree: Tree, full: (target: Tree) => Tree): Tree {
  if (tree.kind === 'list') return mapItems(tree, (item) => rewriteSteps(item, full));
  if (tree.kind !== 'map') return tree;
  const entries = [...tree.entries].map(([key, entry]): [string, Entry] => {
    if (key === 'cpu' && !tree.entries.has('serve')) return ['serve', entry];
    if (key === 'call' || key === 'send') return [key, { ...entry, value: full(entry.value) }];
    const value = key === 'cache' ? changeKey(entry.value, 'at', full) : entry.value;
    return [key, { ...entry, value: rewriteSteps(value, full) }];
  });
  return { ...tree, entries: new Map(entries) };
}

function mapItems(tree: Tree, change: (item: Tree) => Tree): Tree {
  return tree.kind === 'list' ? { ...tree, items: tree.items.map(change) } : tree;
}

function mapEntries(tree: Tree | undefined, change: (value: Tree) => Tree): Tree | undefined {
  if (tree?.kind !== 'map') return tree;
  return withEntries(
    tree,
    entriesOf(tree).map(([name, entry]) => [name, { ...entry, value: change(entry.value) }]),
  );
}

function changeKey(tree: Tree, key: string, change: (value: Tree) => Tree): Tree {
  const entry = tree.kind === 'map' ? tree.entries.get(key) : undefined;
  if (tree.kind !== 'map' || entry === undefined) return tree;
  return withEntries(tree, [[key, { ...entry, value: change(entry.value) }]]);
}
