/** Judges entries of the table of keys. */
import { expect } from 'vitest';
import type { Findings } from '../../../src/analysis/findings.ts';
import { findingsOf, load, reportsOf, validScenario, type World } from '../world.ts';
import { worldWith, type Entry, type KeyTable, type Shown } from './key.ts';

const known = new Map<string, Findings>();

/** Bases are shared by many entries. */
function findingsOnce(world: World): Findings {
  const key = JSON.stringify(world);
  const found = known.get(key) ?? findingsOf(world);
  known.set(key, found);
  return found;
}

function shown(findings: Findings, what: Shown): string {
  if (what === 'text' || what === 'page') return reportsOf(findings)[what];
  return JSON.stringify(findings[what]);
}

export function checkKey(entry: Entry): void {
  const changed = worldWith(entry.base, entry.set);
  if ('refused' in entry) {
    validScenario(entry.base);
    const errors = load(changed).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual([entry.refused]);
    return;
  }
  if ('warned' in entry) {
    const codesOf = (world: World): string[] => load(world).diagnostics.map(({ code }) => code);
    validScenario(changed);
    expect(codesOf(entry.base)).not.toContain(entry.warned);
    expect(codesOf(changed)).toContain(entry.warned);
    return;
  }
  const before = findingsOnce(entry.base);
  const after = findingsOf(changed);
  expect(shown(after, entry.shows), `${entry.set.join(', ')} makes no difference`).not.toBe(
    shown(before, entry.shows),
  );
  for (const { checks } of [before, after]) expect(checks.filter(({ holds }) => !holds)).toEqual([]);
}

/** Entries of one part of the language, for `test.each`. */
export function rowsOf(table: KeyTable): [string, Entry][] {
  return Object.entries(table);
}
