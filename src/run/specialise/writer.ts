import type { Value } from './values.ts';

/** The text being written: nested lists of lines, names used once, and the objects that it refers to by name. */
export class Writer {
  #lines: string[] = [];
  #made = 0;
  readonly #names = new Map<unknown, string>();

  write(line: string): void {
    this.#lines.push(line);
  }

  /** Where the next line will stand; see `insert`. */
  get mark(): number {
    return this.#lines.length;
  }

  insert(mark: number, line: string): void {
    this.#lines.splice(mark, 0, line);
  }

  /** Takes back everything from the mark on. */
  takeBack(mark: number): void {
    this.#lines.length = mark;
  }

  /** Lines that `body` writes, apart from those written so far. */
  apart(body: () => unknown): string[] {
    const kept = this.#lines;
    const lines: string[] = [];
    this.#lines = lines;
    try {
      body();
    } finally {
      this.#lines = kept;
    }
    return lines;
  }

  writeAll(lines: readonly string[]): void {
    this.#lines.push(...lines);
  }

  writeBlock(head: string, lines: readonly string[]): void {
    this.#lines.push(`${head} {`, ...lines, '}');
  }

  /** A name not used before. */
  fresh(name: string): string {
    return `${name}$${this.#made++}`;
  }

  /** The name under which the text refers to an object or function at hand. */
  nameOf(value: unknown, wish: string): string {
    let name = this.#names.get(value);
    if (name === undefined) {
      name = this.fresh(wish);
      this.#names.set(value, name);
    }
    return name;
  }

  /** Objects by the names that the text uses for them. */
  get objects(): ReadonlyMap<unknown, string> {
    return this.#names;
  }
}

/** Text of a value; an object is called something like `wish`. */
export function textOf(writer: Writer, value: Value, wish = 'at'): string {
  if (!value.known) return value.text;
  const at = value.value;
  if (typeof at === 'number') return Object.is(at, -0) ? '(-0)' : at < 0 ? `(${at})` : `${at}`;
  if (at === null || at === undefined || typeof at === 'boolean') return String(at);
  if (typeof at === 'string') return JSON.stringify(at);
  return writer.nameOf(at, wish);
}
