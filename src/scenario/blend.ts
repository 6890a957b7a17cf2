/**
 * What two scenarios say differently, and any mixture of them: one walk over both trees, at whose every difference the
 * caller says which side to take. Order of keys, spelling and formatting are no differences; `1s` and `1000ms` are equal.
 */
import {
  parseClock,
  parseDuration,
  parseMoney,
  parseNumber,
  parsePercent,
  parseRate,
  parseSize,
} from '../base/units.ts';
import { child, formatPath, type Entry, type MapTree, type Scalar, type Tree } from './tree.ts';
import type { Path } from './types.ts';

/** One difference; null on the side that does not have it. */
export interface TreeDifference {
  /** Keys of maps, ids where items of a list have one, else indices. */
  readonly path: Path;
  readonly before: Tree | null;
  readonly after: Tree | null;
}

export type Choice = 'before' | 'after';

/** Keys at the top that say nothing about what happens, or that both sides of a pair share. */
const WITHOUT_EFFECT: readonly string[] = ['scenario', 'title', 'description', 'claims', 'seed', '$schema'];

/** Quantities that can be written in several ways. */
const READERS = [parseDuration, parseRate, parsePercent, parseSize, parseClock, parseNumber] as const;

/** The first tree with each difference decided by `choose`, which sees them in the order of the file. */
export function blend(before: Tree, after: Tree, choose: (difference: TreeDifference) => Choice): Tree {
  if (before.kind !== 'map' || after.kind !== 'map') return blendNodes(before, after, [], choose);
  return blendMaps(before, after, [], (difference) =>
    WITHOUT_EFFECT.includes(String(difference.path[0])) ? 'before' : choose(difference),
  );
}

/** Every difference, in the order of the file. */
export function differencesOf(before: Tree, after: Tree): TreeDifference[] {
  const found: TreeDifference[] = [];
  blend(before, after, (difference) => {
    found.push(difference);
    return 'before';
  });
  return found;
}

type Choose = (difference: TreeDifference) => Choice;

function blendNodes(before: Tree, after: Tree, path: Path, choose: Choose): Tree {
  if (areEqual(before, after)) return before;
  // Of another kind of layer nothing is what it was.
  const isOther = !isSame(child(before, 'kind'), child(after, 'kind'));
  if (before.kind === 'map' && after.kind === 'map' && !isOther) {
    return blendMaps(before, after, path, choose);
  }
  if (before.kind === 'list' && after.kind === 'list') {
    const [one, other] = [identified(before.items), identified(after.items)];
    if (one !== null && other !== null) {
      const items = blendEntries(one, other, path, choose).map(([, item]) => item);
      return { ...before, items };
    }
    if (before.items.length === after.items.length) {
      const items = before.items.map((item, index) =>
        blendNodes(item, after.items[index] ?? item, [...path, index], choose),
      );
      return { ...before, items };
    }
  }
  return choose({ path, before, after }) === 'after' ? after : before;
}

function blendMaps(before: MapTree, after: MapTree, path: Path, choose: Choose): MapTree {
  const values = (map: MapTree) =>
    new Map([...map.entries].map(([name, { value }]) => [name, value] as const));
  const blended = blendEntries(values(before), values(after), path, choose);
  const entries = blended.map(([name, value]): [string, Entry] => {
    const key = before.entries.get(name)?.key ?? after.entries.get(name)?.key ?? value.origin;
    return [name, { key, value }];
  });
  return { ...before, entries: new Map(entries) };
}

function blendEntries(
  before: ReadonlyMap<string, Tree>,
  after: ReadonlyMap<string, Tree>,
  path: Path,
  choose: Choose,
): [string, Tree][] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name): [string, Tree][] => {
    const [one = null, other = null] = [before.get(name), after.get(name)];
    const inside = [...path, name];
    if (one !== null && other !== null) return [[name, blendNodes(one, other, inside, choose)]];
    const taken = choose({ path: inside, before: one, after: other }) === 'after' ? other : one;
    return taken === null ? [] : [[name, taken]];
  });
}

/** Items by their ids, where each has one of its own. */
function identified(items: readonly Tree[]): Map<string, Tree> | null {
  const byId = new Map<string, Tree>();
  for (const item of items) {
    const id = child(item, 'id');
    if (id?.kind !== 'scalar' || typeof id.value !== 'string' || byId.has(id.value)) return null;
    byId.set(id.value, item);
  }
  return byId.size === 0 ? null : byId;
}

function isSame(one: Tree | undefined, other: Tree | undefined): boolean {
  return one === undefined || other === undefined ? one === other : areEqual(one, other);
}

/** Whether both say the same, whatever their order of keys and their spelling of quantities. */
export function areEqual(one: Tree, other: Tree): boolean {
  if (one.kind === 'scalar' && other.kind === 'scalar') return meanTheSame(one.value, other.value);
  if (one.kind === 'list' && other.kind === 'list') {
    return (
      one.items.length === other.items.length &&
      one.items.every((item, index) => isSame(item, other.items[index]))
    );
  }
  if (one.kind !== 'map' || other.kind !== 'map' || one.entries.size !== other.entries.size) return false;
  return [...one.entries].every(([name, { value }]) => isSame(value, other.entries.get(name)?.value));
}

function meanTheSame(one: Scalar, other: Scalar): boolean {
  if (one === other) return true;
  const isQuantity = (value: Scalar): value is string | number =>
    typeof value === 'string' || typeof value === 'number';
  if (!isQuantity(one) || !isQuantity(other)) return false;
  const [text, otherText] = [String(one), String(other)];
  if (READERS.some((read) => readAlike(read(text), read(otherText)))) return true;
  const [price, otherPrice] = [parseMoney(text), parseMoney(otherText)];
  return (
    price.ok &&
    otherPrice.ok &&
    price.value.amount === otherPrice.value.amount &&
    price.value.currency === otherPrice.value.currency
  );
}

function readAlike(one: ReturnType<(typeof READERS)[number]>, other: typeof one): boolean {
  return one.ok && other.ok && one.value === other.value;
}

/** As `--set` writes it, but for ids in place of indices: `budgets.order-p99.expect`. */
export function differencePath({ path }: TreeDifference): string {
  return formatPath(path);
}
