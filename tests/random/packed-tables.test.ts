import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUNDLED_TABLES } from '../../src/random/bundled-tables.ts';
import { COMMON_SHAPES, packTable, unpackTable } from '../../src/random/packed-tables.ts';
import { buildTable } from '../../src/random/quantile-table.ts';
import { shapeOf } from '../../src/random/table-set.ts';

test.each(COMMON_SHAPES)('a table comes out of its text bit by bit: $family', (shape) => {
  const table = buildTable(shape);
  const words = (nodes: Float64Array): BigUint64Array => new BigUint64Array(nodes.buffer);
  expect(words(unpackTable(packTable(table)))).toEqual(words(table));
});

test('a text does not depend on the byte order of the machine', () => {
  const nodes = new Float64Array(buildTable(COMMON_SHAPES[0]!).length).fill(1);
  expect(packTable(nodes).slice(0, 16)).toBe('AAAAAAAA8D8AAAAA');
});

test('without the bundler every table is built', () => {
  expect(BUNDLED_TABLES).toEqual({});
});

test('every shape that the catalogue draws from is common', () => {
  const folder = new URL('../../catalog/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const cvs = new Set(
    texts.flatMap((text) => [...text.matchAll(/\bcv: ([\d.]+)/g)].map(([, cv]) => Number(cv))),
  );
  expect(cvs.size).toBeGreaterThan(0);
  const common = new Set(COMMON_SHAPES.map(shapeOf));
  for (const cv of cvs) expect(common).toContain(shapeOf({ family: 'lognormal', mean: 1, cv }));
  const others = /\b(erlang|gamma|hyperexponential|boundedPareto|uniform|quantiles|p50|csv):/;
  for (const text of texts) expect(text).not.toMatch(others);
});
