/** `hosts: {big: {type: compute, cores: 48}}` → the words of the catalogue's type with the user's on top. */
import { similarName } from '../../base/similar.ts';
import type { Catalogue } from '../../scenario/catalogue.ts';
import { problem, type PlacedProblem } from '../../scenario/problem.ts';
import { entriesOf, withEntries, withoutEntry, type Entry, type MapTree } from '../../scenario/tree.ts';
import { fromCatalogue } from './template.ts';

export function expandHosts(tree: MapTree, catalogue: Catalogue, problems: PlacedProblem[]): MapTree {
  const hosts = tree.entries.get('hosts');
  if (hosts?.value.kind !== 'map') return tree;
  const changed = entriesOf(hosts.value).map(([name, entry]): [string, Entry] => {
    return [
      name,
      {
        ...entry,
        value: entry.value.kind === 'map' ? expandHost(name, entry.value, catalogue, problems) : entry.value,
      },
    ];
  });
  return withEntries(tree, [['hosts', { ...hosts, value: withEntries(hosts.value, changed) }]]);
}

function expandHost(name: string, host: MapTree, catalogue: Catalogue, problems: PlacedProblem[]): MapTree {
  const type = host.entries.get('type')?.value;
  if (type === undefined) return host;
  const word = type.kind === 'scalar' ? String(type.value) : 'a structure';
  const known = catalogue.hostTypes.get(word);
  if (known === undefined) {
    const names = [...catalogue.hostTypes.keys()];
    const near = similarName(word, names);
    const help =
      near === null
        ? `host types are ${names.join(', ')}`
        : `a host type with a similar name exists: "${near}"`;
    problems.push({
      path: ['hosts', name, 'type'],
      problem: problem('HF307', type.origin, `unknown host type: ${JSON.stringify(word)}`, help),
    });
    // Its words are unknown, so that they are missing is no news.
    return withoutEntry(host, 'type');
  }
  const base = fromCatalogue(known.host, type.origin, known.type);
  const own = withoutEntry(host, 'type');
  return base.kind === 'map' ? { ...own, entries: new Map([...base.entries, ...own.entries]) } : own;
}
