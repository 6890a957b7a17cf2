import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADVICE, type Text } from '../../src/compile/advice/texts.ts';
import { readCatalogue } from '../../src/scenario/catalogue.ts';
import { CODES } from '../../src/scenario/codes.ts';
import { scenarioJsonSchema, schemaKeys } from '../../src/scenario/json-schema.ts';
import { LATER_KEYS } from '../../src/scenario/later.ts';
import { load } from './load.ts';
import { CATALOGUE, readShipped } from './shipped.ts';

const docs = readShipped('docs/scenario.md');

function sourceTexts(): string[] {
  const root = new URL('../../src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, root), 'utf8'));
}

const rows = [...docs.matchAll(/^\| (HF\d{3}) \| (.*) \| (\w+) \|$/gm)].map(([, code, title, severity]) => ({
  code,
  title,
  severity,
}));

test('docs/scenario.md lists every code with its meaning and severity', () => {
  const known = rows.filter(({ code = '' }) => Object.hasOwn(CODES, code));
  expect(known).toEqual(
    Object.entries(CODES).map(([code, { title, severity }]) => ({ code, title, severity })),
  );
});

test('docs/scenario.md lists the codes that the source can raise, in order, and no others', () => {
  const raised = new Set(sourceTexts().flatMap((text) => text.match(/\bHF\d{3}\b/g) ?? []));
  expect(rows.map(({ code }) => code)).toEqual([...raised].sort());
});

test('docs/scenario.md gives advice the severity that it has', () => {
  const said = new Map(rows.map(({ code, severity }) => [code, severity]));
  // Every word of every sentence is there: only the severity matters.
  const words = new Proxy({}, { get: () => '' });
  for (const [code, text] of Object.entries(ADVICE)) {
    const { severity } = (text as (words: unknown) => Text)(words);
    expect([code, said.get(code)]).toEqual([code, severity]);
  }
});

test('docs/scenario.md names every word of the language', () => {
  const keys = schemaKeys(scenarioJsonSchema(readCatalogue(CATALOGUE))).filter(
    (key) => !key.startsWith('layers.'),
  );
  const words = [...new Set(keys.map((key) => key.split(/[.>]/).at(-1)?.replace('[]', '') ?? ''))].filter(
    (word) => word !== '',
  );
  const missing = words.filter((word) => !new RegExp(`\\b${word}\\b`).test(docs));
  expect(missing).toEqual([]);
});

test('docs/scenario.md names every word that is not supported yet', () => {
  const section = docs.slice(docs.indexOf('## Not supported yet'), docs.indexOf('## Limits'));
  expect(new Set([...section.matchAll(/`(\w+)`/g)].map(([, word]) => word))).toEqual(LATER_KEYS);
});

test('the scenario of docs/scenario.md is one', () => {
  const example = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(docs)?.[1] ?? '';
  expect(load(example).diagnostics).toEqual([]);
  expect(load(example).scenario?.stations['desk']?.servers).toBe(4);
});
