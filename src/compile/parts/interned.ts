/** Things that are numbered in the order in which they are first asked for, one per key. */
export class Interned<T> {
  readonly items: T[] = [];
  readonly #indices = new Map<string, number>();

  at(key: string, make: () => T): number {
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    const index = this.items.length;
    this.#indices.set(key, index);
    this.items.push(make());
    return index;
  }
}

/**
 * Salt of a stable name for draw keys: FNV-1a over its UTF-16 units, 31 bits. Source: Fowler, Noll, Vo, FNV-1a,
 * offset basis 2166136261, prime 16777619.
 */
export function saltOf(name: string): number {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  return hash >>> 1;
}
