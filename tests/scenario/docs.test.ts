import { expect, test } from 'vitest';
import { readCatalogue } from '../../src/scenario/catalogue.ts';
import { CODES } from '../../src/scenario/codes.ts';
import { scenarioJsonSchema, schemaKeys } from '../../src/scenario/json-schema.ts';
import { LATER_KEYS } from '../../src/scenario/later.ts';
import { load } from './load.ts';
import { CATALOGUE, readShipped } from './shipped.ts';

const docs = readShipped('docs/scenario.md');

test('docs/scenario.md lists every code with its meaning and severity', () => {
  const rows = [...docs.matchAll(/^\| (HF\d{3}) \| (.*) \| (\w+) \|$/gm)].map(
    ([, code, title, severity]) => ({ code, title, severity }),
  );
  expect(rows).toEqual(
    Object.entries(CODES).map(([code, { title, severity }]) => ({ code, title, severity })),
  );
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
