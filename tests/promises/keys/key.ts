/** How the table of keys is written: for each key of the language a change that must be seen, and where. */
import type { Findings } from '../../../src/analysis/findings.ts';
import type { World } from '../world.ts';

/**
 * Where the change must be seen: a part of result.json, or a report for pure labels. The ledger and the advice list
 * what is written, so a difference there alone shows no effect; `ledger` is for what declares that it has no other.
 */
export type Shown = Exclude<keyof Findings, 'advice'> | 'text' | 'page';

export interface Key {
  readonly base: World;
  /** Overrides that change this key and nothing else. */
  readonly set: readonly string[];
  readonly shows: Shown;
}

/** The only value a key has can be changed to nothing else: any other is refused with this code. */
export interface OnlyValue {
  readonly base: World;
  readonly set: readonly string[];
  readonly refused: string;
}

/** What has no effect here must be said to have none, with this code. */
export interface Warned {
  readonly base: World;
  readonly set: readonly string[];
  readonly warned: string;
}

export type Entry = Key | OnlyValue | Warned;
export type KeyTable = Readonly<Record<string, Entry>>;

export function worldWith(base: World, set: readonly string[]): World {
  return { ...base, set: [...(base.set ?? []), ...set] };
}

/** A table whose entries all begin from one scenario: `[given overrides, change, where it shows]`. */
export function tableOf(
  text: string,
  rows: Readonly<Record<string, readonly [given: readonly string[], set: readonly string[], shows: Shown]>>,
  files: Readonly<Record<string, string>> = {},
): KeyTable {
  const entries = Object.entries(rows).map(([key, [given, set, shows]]) => {
    return [key, { base: { text, set: given, files }, set, shows }] as const;
  });
  return Object.fromEntries(entries);
}
