/** System words → station words, on the raw tree; every node of the result still knows who wrote it. */
import { problem, type PlacedProblem } from '../../scenario/problem.ts';
import type { Catalogue } from '../../scenario/catalogue.ts';
import { entriesOf, type Entry, type MapTree, type Tree } from '../../scenario/tree.ts';
import type { Path } from '../../scenario/types.ts';
import { expandHosts } from './hosts.ts';
import { expandLayer } from './layer.ts';
import { rewriteTargets } from './targets.ts';

export interface Expanded {
  readonly tree: Tree;
  readonly problems: readonly PlacedProblem[];
  /** Values that stand nowhere in the station-level form, with the path they were given at. */
  readonly recorded: readonly Recorded[];
}

export type Recorded = readonly [path: Path, value: Tree];

/** Expands `hosts`, then `layers` into `stations`, then names left short. Problems have station-level paths. */
export function expandTree(tree: Tree, catalogue: Catalogue): Expanded {
  if (tree.kind !== 'map') return { tree, problems: [], recorded: [] };
  const problems: PlacedProblem[] = [];
  const withHosts = expandHosts(tree, catalogue, problems);
  const { map, defaults, recorded } = expandLayers(withHosts, catalogue, problems);
  return { tree: rewriteTargets(map, defaults), problems, recorded };
}

function expandLayers(
  tree: MapTree,
  catalogue: Catalogue,
  problems: PlacedProblem[],
): { map: MapTree; defaults: ReadonlyMap<string, string>; recorded: readonly Recorded[] } {
  const layers = tree.entries.get('layers');
  const defaults = new Map<string, string>();
  const recorded: Recorded[] = [];
  if (layers === undefined) return { map: tree, defaults, recorded };
  if (layers.value.kind !== 'map') {
    const wrong = problem(
      'HF103',
      layers.key,
      'layers is a map of names',
      'write e.g. redis: { kind: redis-cluster, shards: 100 }',
    );
    problems.push({ path: ['layers'], problem: wrong });
    return { map: tree, defaults, recorded };
  }
  const stations = new Map<string, Entry>();
  for (const [name, entry] of layers.value.entries) {
    const { station, defaultOperation, recorded: own } = expandLayer(name, entry, tree, catalogue, problems);
    stations.set(name, { key: entry.key, value: station });
    recorded.push(...own.map(([word, value]) => [['layers', name, word], value] as const));
    if (defaultOperation !== null) defaults.set(name, defaultOperation);
  }
  const own = tree.entries.get('stations');
  for (const [name, entry] of entriesOf(own?.value)) {
    if (stations.has(name)) {
      const twice = problem('HF304', entry.key, `"${name}" is a layer and a station`, 'rename one of them');
      problems.push({ path: ['stations', name], problem: twice });
    } else stations.set(name, entry);
  }
  const merged: MapTree = { kind: 'map', entries: stations, origin: layers.value.origin, note: null };
  const entries = [...tree.entries].flatMap(([name, entry]): [string, Entry][] => {
    if (name === 'layers') return [['stations', { key: layers.key, value: merged }]];
    return name === 'stations' && own?.value.kind === 'map' ? [] : [[name, entry]];
  });
  return { map: { ...tree, entries: new Map(entries) }, defaults, recorded };
}
