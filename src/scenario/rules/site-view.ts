/** What rules want to know about a tree that may be malformed anywhere: names, steps, and what to keep quiet about. */
import { similarName } from '../../base/similar.ts';
import { parseDuration, parseNumber } from '../../base/units.ts';
import type { PlacedProblem } from '../problem.ts';
import { child, entriesOf, nodeAt, type Tree } from '../tree.ts';
import type { Path } from '../types.ts';

/** A mention of a station or operation. `from` is the operation it stands in; null = the path of a request. */
export interface Mention {
  readonly verb: 'path' | 'call' | 'send' | 'cache' | 'at';
  readonly target: string;
  readonly path: Path;
  readonly from: string | null;
  /** How often per run of the operation: the product of the repeats around it, at least 1. */
  readonly times: number;
}

/** A map that is, or may be meant as, a step. */
export interface PlacedStep {
  readonly step: Tree;
  readonly path: Path;
  readonly station: string;
}

export class SiteView {
  readonly tree: Tree;
  readonly stations: ReadonlyMap<string, Tree>;
  readonly requests: ReadonlyMap<string, Tree>;
  readonly mentions: readonly Mention[];
  readonly steps: readonly PlacedStep[];
  readonly #operations: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #opaque: ReadonlySet<string>;
  readonly #lacksRoot: boolean;

  constructor(tree: Tree, broken: readonly PlacedProblem[]) {
    this.tree = tree;
    this.#opaque = new Set(broken.flatMap(opaqueStation));
    this.#lacksRoot = broken.some(({ path, problem }) => path.length === 1 && problem.code === 'HF101');
    this.stations = named(child(tree, 'stations'));
    this.requests = named(child(tree, 'requests'));
    this.#operations = new Map(
      [...this.stations].map(([name, each]) => [
        name,
        new Set(entriesOf(child(each, 'operations')).map(([operation]) => operation)),
      ]),
    );
    this.mentions = [...mentionsInPaths(this.requests), ...mentionsInStations(this.stations)];
    this.steps = [...this.stations].flatMap(([station, each]) =>
      entriesOf(child(each, 'operations')).flatMap(([operation, { value }]) =>
        stepsBelow(value, ['stations', station, 'operations', operation], station),
      ),
    );
  }

  /** The duration at a path in ns, or null when there is none that can be read. */
  durationAt(path: Path): number | null {
    const node = nodeAt(this.tree, path);
    const parsed =
      node?.kind === 'scalar' && typeof node.value === 'string' ? parseDuration(node.value) : null;
    return parsed?.ok ? parsed.value : null;
  }

  /** Names of the operations of a station. */
  operationsOf(station: string): ReadonlySet<string> {
    return this.#operations.get(station) ?? new Set();
  }

  has(station: string, word: string): boolean {
    return child(this.stations.get(station), word) !== undefined;
  }

  /** Whether a station could not be expanded, or has a key nobody knows: what it lacks may be meant by that. */
  isOpaque(station: string): boolean {
    return this.#opaque.has(station);
  }

  /** Whether the file has a key at its top that nobody knows: a section that is not there may be meant by that. */
  lacksRoot(): boolean {
    return this.#lacksRoot;
  }
}

/** Name of the station that a problem leaves unknown, if it does. */
function opaqueStation({ path, problem }: PlacedProblem): string[] {
  if (path[0] !== 'stations' || path[1] === undefined) return [];
  const isOpaque = path.length === 2 || (path.length === 3 && problem.code === 'HF101');
  return isOpaque ? [String(path[1])] : [];
}

function stepsBelow(tree: Tree, path: Path, station: string): PlacedStep[] {
  if (tree.kind === 'list') return tree.items.flatMap((item, i) => stepsBelow(item, [...path, i], station));
  if (tree.kind !== 'map') return [];
  const below = entriesOf(tree).flatMap(([key, { value }]) => stepsBelow(value, [...path, key], station));
  return [{ step: tree, path, station }, ...below];
}

function named(tree: Tree | undefined): ReadonlyMap<string, Tree> {
  return new Map(entriesOf(tree).map(([name, { value }]) => [name, value]));
}

function mentionsInPaths(requests: ReadonlyMap<string, Tree>): Mention[] {
  return [...requests].flatMap(([name, request]) => {
    const list = child(request, 'path');
    if (list?.kind !== 'list') return [];
    return list.items.flatMap((item, i) =>
      mention('path', item, ['requests', name, 'path', i], { from: null, times: 1 }),
    );
  });
}

function mentionsInStations(stations: ReadonlyMap<string, Tree>): Mention[] {
  return [...stations].flatMap(([station, tree]) =>
    entriesOf(child(tree, 'operations')).flatMap(([operation, { value }]) => {
      const path = ['stations', station, 'operations', operation];
      return mentionsInSteps(value, path, { from: `${station}.${operation}`, times: 1 });
    }),
  );
}

type Frame = Pick<Mention, 'from' | 'times'>;

function mentionsInSteps(tree: Tree, path: Path, frame: Frame): Mention[] {
  if (tree.kind === 'list')
    return tree.items.flatMap((item, i) => mentionsInSteps(item, [...path, i], frame));
  const inner = { ...frame, times: frame.times * repeats(child(tree, 'repeat')) };
  return entriesOf(tree).flatMap(([key, { value }]) => {
    const at = [...path, key];
    if (key === 'call' || key === 'send') return mention(key, value, at, frame);
    if (key === 'at') return mention(path[path.length - 1] === 'cache' ? 'cache' : 'at', value, at, frame);
    return mentionsInSteps(value, at, key === 'do' ? inner : frame);
  });
}

/** Times of a `repeat`, as far as it can be read. */
export function repeats(tree: Tree | undefined): number {
  const count = tree?.kind === 'map' ? child(tree, 'mean') : tree;
  if (count?.kind !== 'scalar') return 1;
  const parsed = parseNumber(String(count.value));
  return parsed.ok ? Math.max(1, parsed.value) : 1;
}

function mention(verb: Mention['verb'], tree: Tree, path: Path, frame: Frame): Mention[] {
  return tree.kind === 'scalar' && typeof tree.value === 'string'
    ? [{ verb, target: tree.value, path, ...frame }]
    : [];
}

/** `a … with a similar name exists`, or all names there are. */
export function nameHelp(what: string, word: string, all: Iterable<string>): () => string {
  return () => {
    const names = [...all];
    const near = similarName(word, names);
    if (near !== null) return `${withArticle(what)} with a similar name exists: "${near}"`;
    return names.length === 0
      ? `there is no ${what}`
      : `known: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`;
  };
}

export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
