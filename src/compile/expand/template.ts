/** A preset's station with its parameters put in: a scalar "$name" is replaced by the value of `name`. */
import type { Preset } from '../../scenario/catalogue.ts';
import type { Entry, MapTree, Origin, Tree } from '../../scenario/tree.ts';

export interface Instance {
  readonly station: MapTree;
  /** Parameters that the template does not mention: they are for the record. */
  readonly recorded: readonly (readonly [name: string, value: Tree])[];
}

/** `values` are the user's; what they leave out has the preset's value. What has neither vanishes from the station. */
export function instantiate(preset: Preset, values: ReadonlyMap<string, Tree>, askedAt: Origin): Instance {
  const arguments_ = new Map<string, Tree | null>();
  for (const { name, value } of preset.parameters.values()) {
    const own = value === null ? null : fromCatalogue(value, askedAt, `${preset.kind}: ${name}`);
    arguments_.set(name, values.get(name) ?? own);
  }
  const template = fromCatalogue(preset.station, askedAt, preset.kind);
  const mentioned = new Set<string>();
  const made = substitute(template, arguments_, mentioned);
  const empty: MapTree = { kind: 'map', entries: new Map(), origin: askedAt, note: null };
  const recorded = [...arguments_].flatMap(([name, value]) =>
    value === null || mentioned.has(name) ? [] : [[name, value] as const],
  );
  return { station: made?.kind === 'map' ? made : empty, recorded };
}

/** A copy whose nodes say that they come from the catalogue and who asked for them. */
export function fromCatalogue(tree: Tree, askedAt: Origin, preset: string): Tree {
  const at = (origin: Origin): Origin => ({ ...origin, askedAt, preset });
  if (tree.kind === 'scalar') return { ...tree, origin: at(tree.origin) };
  if (tree.kind === 'list') {
    return {
      ...tree,
      origin: at(tree.origin),
      items: tree.items.map((item) => fromCatalogue(item, askedAt, preset)),
    };
  }
  const entries = [...tree.entries].map(
    ([name, { key, value }]) =>
      [name, { key: at(key), value: fromCatalogue(value, askedAt, preset) }] as const,
  );
  return { ...tree, origin: at(tree.origin), entries: new Map(entries) };
}

/** undefined = the value is not set: its entry or item goes, and a map or list left empty by that goes too. */
function substitute(
  tree: Tree,
  values: ReadonlyMap<string, Tree | null>,
  mentioned: Set<string>,
): Tree | undefined {
  if (tree.kind === 'scalar') {
    const name = typeof tree.value === 'string' && tree.value.startsWith('$') ? tree.value.slice(1) : null;
    if (name === null || !values.has(name)) return tree;
    mentioned.add(name);
    return values.get(name) ?? undefined;
  }
  if (tree.kind === 'list') {
    const items = tree.items.flatMap((item) => substitute(item, values, mentioned) ?? []);
    return items.length === 0 && tree.items.length > 0 ? undefined : { ...tree, items };
  }
  const entries = new Map<string, Entry>();
  for (const [name, { key, value }] of tree.entries) {
    const made = substitute(value, values, mentioned);
    if (made !== undefined) entries.set(name, { key, value: made });
  }
  return entries.size === 0 && tree.entries.size > 0 ? undefined : { ...tree, entries };
}
