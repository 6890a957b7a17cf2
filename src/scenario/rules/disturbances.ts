/** Disturbances: ids are unique, targets exist and have servers, none overlap, and each has an effect. */
import { formatDuration, parseShare } from '../../base/units.ts';
import { problem, type Problem } from '../problem.ts';
import { child, originAt, type Tree } from '../tree.ts';
import { namesOf } from './budgets.ts';
import { nameHelp, type SiteView } from './site-view.ts';

/** Servers of one station disturbed in [fromNs, toNs) by the element `index` of the list. */
interface Span {
  readonly index: number;
  readonly fromNs: number;
  readonly toNs: number;
}

export function checkDisturbances(site: SiteView): Problem[] {
  const list = child(site.tree, 'disturbances');
  const items = list?.kind === 'list' ? list.items : [];
  const seen = new Set<string>();
  const spans = new Map<string, Span[]>();
  return items.flatMap((item, index) => {
    const stations = stationsOf(site, item);
    return [
      ...checkId(child(item, 'id'), seen),
      ...checkTarget(site, item, stations),
      ...checkEffect(site, index),
      ...stations.flatMap((station) => checkOverlap(site, station, index, spans)),
    ];
  });
}

function checkId(id: Tree | undefined, seen: Set<string>): Problem[] {
  if (id?.kind !== 'scalar') return [];
  const word = String(id.value);
  const isTwice = seen.has(word);
  seen.add(word);
  const message = `a second disturbance ${JSON.stringify(word)}`;
  return isTwice ? [problem('HF304', id.origin, message, 'give each disturbance an id of its own')] : [];
}

/** Names of the stations with servers that a disturbance is about, as far as they can be told. */
function stationsOf(site: SiteView, item: Tree): string[] {
  const station = textOf(child(item, 'station'));
  const layer = textOf(child(item, 'layer'));
  return [...site.stations.keys()].filter(
    (name) =>
      (name === station || (layer !== null && layerOf(site, name) === layer)) && hasServers(site, name),
  );
}

function layerOf(site: SiteView, station: string): string {
  return textOf(child(site.stations.get(station), 'layer')) ?? station;
}

function hasServers(site: SiteView, station: string): boolean {
  const tree = site.stations.get(station);
  if (child(tree, 'on') !== undefined) return true;
  const servers = child(tree, 'servers');
  return servers !== undefined && textOf(servers) !== 'unlimited';
}

function checkTarget(site: SiteView, item: Tree, stations: readonly string[]): Problem[] {
  return (['station', 'layer'] as const).flatMap((kind) => {
    const target = child(item, kind);
    const name = textOf(target);
    if (target === undefined || name === null || stations.length > 0) return [];
    const names = namesOf(site, kind);
    if (names.length === 0 || site.isOpaque(name)) return [];
    if (!names.includes(name)) {
      const message = `unknown ${kind} ${JSON.stringify(name)}`;
      return [problem('HF318', target.origin, message, nameHelp(kind, name, new Set(names)))];
    }
    const help = 'name one with servers: a number of them, or on: a host';
    return [problem('HF319', target.origin, `${name} has no servers that could be slower`, help)];
  });
}

/** One that comes too late or takes nothing away. */
function checkEffect(site: SiteView, index: number): Problem[] {
  const path = ['disturbances', index];
  const lasts = site.durationAt(['clock', 'lasts']);
  const at = site.durationAt([...path, 'at']);
  const found: Problem[] = [];
  if (lasts !== null && at !== null && at >= lasts) {
    const origin = originAt(site.tree, [...path, 'at']);
    const help = `clock.lasts is ${formatDuration(lasts)}`;
    found.push(problem('HF313', origin, 'the run is over before this disturbance', help));
  }
  const capacity = textOf(child(child(child(site.tree, 'disturbances'), index), 'capacity'));
  const parsed = capacity === null ? null : parseShare(capacity);
  if (parsed?.ok === true && parsed.value === 1) {
    const origin = originAt(site.tree, [...path, 'capacity']);
    found.push(problem('HF313', origin, 'all of the capacity is left', 'write what is left, e.g. 20%'));
  }
  return found;
}

/** Two at once could mean the smaller capacity or their product: nothing is guessed. */
function checkOverlap(site: SiteView, station: string, index: number, spans: Map<string, Span[]>): Problem[] {
  const path = ['disturbances', index];
  const fromNs = site.durationAt([...path, 'at']);
  const lastsNs = site.durationAt([...path, 'lasts']);
  if (fromNs === null || lastsNs === null) return [];
  const others = spans.get(station) ?? [];
  const span = { index, fromNs, toNs: fromNs + lastsNs };
  spans.set(station, [...others, span]);
  const other = others.find((each) => each.fromNs < span.toNs && span.fromNs < each.toNs);
  if (other === undefined) return [];
  const origin = originAt(site.tree, [...path, 'at']);
  const message = `${station} is already disturbed then, until ${formatDuration(other.toNs)}`;
  return [problem('HF320', origin, message, 'let one end before the other begins')];
}

function textOf(tree: Tree | undefined): string | null {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : null;
}
