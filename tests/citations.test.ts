import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

const documented = new Set(
  [...readFileSync(join(ROOT, 'docs/model.md'), 'utf8').matchAll(/^\*\*(F-\d+), /gm)].map(([, id]) => id),
);

const files = ['src', 'catalog'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|ya?ml)$/.test(file))
    .map((file) => join(folder, file)),
);

test('every formula that is cited by number has its paragraph in docs/model.md', () => {
  const cited = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bF-\d+\b/g)].map(([id]) => ({ file, id })),
  );
  expect(cited).not.toEqual([]);
  expect(cited.filter(({ id }) => !documented.has(id))).toEqual([]);
});
