import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkHouse, importedPaths, RULES, type Rule, type SourceText } from './house-rules.ts';
import { MAY_IMPORT } from './house-table.ts';

function readTree(root: string, prefix = ''): SourceText[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
    .map((path) => ({
      path: prefix + path.slice(root.length + 1),
      text: readFileSync(path, 'utf8'),
    }));
}

describe('src/', () => {
  const tests = readTree('tests', '../tests/').filter(({ path }) => path.endsWith('.ts'));
  const fromTests = tests.flatMap(importedPaths);
  const violations = checkHouse(
    readTree('src'),
    new Set(fromTests.map((path) => path.replace(/^\.\.\/src\//, ''))),
  );

  test.each(RULES)('keeps the rule: %s', (rule) => {
    const broken = violations.filter((each) => each.rule === rule);
    expect(broken.map(({ path, line, message }) => `src/${path}:${line} ${message}`)).toEqual([]);
  });
});

test('the import table has no cycle', () => {
  const visit = (folder: string, trail: readonly string[]): void => {
    expect(trail, 'a folder imports itself through others').not.toContain(folder);
    for (const next of Object.keys(MAY_IMPORT[folder]!)) visit(next, [...trail, folder]);
  };
  for (const folder of Object.keys(MAY_IMPORT)) visit(folder, []);
});

/** Rules broken by these files; the first line of each is its path. */
function rulesBroken(...sources: readonly string[]): Rule[] {
  const files = sources.map((source) => {
    const end = source.indexOf('\n');
    return { path: source.slice(0, end), text: source.slice(end + 1) };
  });
  return checkHouse(files, new Set()).map(({ rule }) => rule);
}

const body = (lines: number) => 'x();\n'.repeat(lines);

/** A planted text as a test title: its path and first statement. */
const titleOf = (source: string) => source.split('\n').slice(0, 2).join(' | ');

describe('the checker finds', () => {
  const planted: [Rule, string, ...string[]][] = [
    ['folder', 'utils/a.ts\n'],
    ['folder', 'a.ts\n'],
    ['folder', 'report/page.html\n<p>'],
    ['layer', "base/a.ts\nimport { x } from '../engine/b.ts';"],
    ['layer', "theory/a.ts\nimport type { X } from '../model/b.ts';"],
    ['layer', "theory/a.ts\nexport * from '../model/b.ts';"],
    ['layer', "theory/a.ts\nexport const b = await import('../model/b.ts');"],
    ['layer', "theory/a.ts\nexport type B = import('../model/b.ts').B;"],
    ['layer', "analysis/a.ts\nimport { x } from '../run/b.ts';"],
    ['layer', "report/a.ts\nimport { type X } from '../analysis/b.ts';"],
    ['layer', "cli/a.ts\nimport { x } from '../../tests/b.ts';"],
    ['cycle', "base/a.ts\nimport './b.ts';", "base/b.ts\nimport './c.ts';", "base/c.ts\nimport './a.ts';"],
    ['cycle', "base/a.ts\nimport type { A } from './a.ts';"],
    ['package', "engine/a.ts\nimport yaml from 'yaml';"],
    ['package', "model/a.ts\nimport alea from 'seedrandom/lib/alea.js';"],
    ['package', "base/a.ts\nimport { z } from '@scope/unlisted/deep';"],
    ['package', "base/a.ts\nimport fs from 'fs';"],
    ['package', 'base/a.ts\nexport const load = (name: string) => import(name);'],
    ['ambient', "study/a.ts\nimport { cpus } from 'node:os';"],
    ['ambient', 'base/a.ts\nexport const now = Date.now();'],
    ['ambient', 'base/a.ts\nexport const now = new Date();'],
    ['ambient', 'run/a.ts\nexport const now = performance.now();'],
    ['ambient', 'run/a.ts\nexport const { env } = process;'],
    ['ambient', 'run/a.ts\nexport const p = { process };'],
    ['ambient', 'run/a.ts\nexport const p = globalThis.process;'],
    ['ambient', 'run/a.ts\nexport const u = Math.random();'],
    ['ambient', "run/a.ts\nexport const u = Math['random']();"],
    ['ambient', 'run/a.ts\nexport const { random } = Math;'],
    ['transcendental', 'random/a.ts\nexport const x = -Math.log(0.5);'],
    ['transcendental', 'cli/a.ts\nexport const x = Math.hypot(3, 4);'],
    ['transcendental', 'base/a.ts\nexport const x = 2 ** 0.5;'],
    ['transcendental', 'base/a.ts\nexport let x = 3;\nx **= 3;'],
    ['unused-file', 'cli/main.ts\n', 'base/a.ts\n'],
    ['long-file', `base/a.ts\n${body(301)}`],
    ['long-function', `base/a.ts\nfunction f() {\n${body(59)}}`],
    ['long-function', `base/a.ts\nconst f = () => {\n${body(59)}};`],
    ['long-function', `base/a.ts\nfunction f() {\n${body(59)}function g() {\n${body(9)}}\n}`],
    ['factory', "run/kernel/a.ts\nimport { x } from '../kit.ts';\nexport function makeA() {}"],
    ['factory', 'run/kernel/a.ts\nfunction helper() {}\nexport function makeA() {}'],
    ['factory', 'run/kernel/a.ts\nconst x = 1;\nexport function makeA() {}'],
    ['long-function', `base/a.ts\nclass A {\n  f() {\n${body(59)}  }\n}`],
  ];
  test.each(planted.map(([rule, ...sources]) => ({ rule, sources, title: titleOf(sources[0]) })))(
    '$rule: $title',
    ({ rule, sources }) => {
      expect(rulesBroken(...sources)).toEqual([rule]);
    },
  );
});

describe('the checker allows', () => {
  const planted: [string, ...string[]][] = [
    ["analysis/a.ts\nimport type { X } from '../run/b.ts';"],
    ["cli/a.ts\nimport { readFileSync } from 'node:fs';\nexport const now = Date.now();"],
    ["study/pool-threads.ts\nimport { Worker } from 'node:worker_threads';"],
    ["random/a.ts\nimport seedrandom from 'seedrandom';"],
    ['report/a.ts\nexport const x = Math.log10(1000) * 10 ** 3;'],
    ['base/a.ts\n// new Date(), Math.log\nexport const text = "process.exit";'],
    ['base/a.ts\nexport interface A { process: string }\nexport const b = a.performance;'],
    ['base/a.ts\nexport const x = Math.sqrt(3) ** 2;\nexport const y = 2n ** 64n;'],
    ['cli/main.ts\nimport "../base/a.ts";', 'base/a.ts\n'],
    ['cli/main.ts\nimport "../study/b-threads.ts";', ...threadPair()],
    [`base/a.ts\n${body(300)}`],
    [`run/kernel/interpreter.ts\nfunction makeF() {\n${body(600)}}`],
    [`base/a.ts\nfunction f() {\n${body(58)}}`],
    [`base/a.ts\nfunction f() {\n${body(50)}function g() {\n${body(50)}}\n}`],
    ["run/kernel/a.ts\nimport type { X } from '../kit.ts';\nexport function makeA(x: X) {}"],
  ];
  test.each(planted.map((sources) => ({ sources, title: titleOf(sources[0]) })))('$title', ({ sources }) => {
    expect(rulesBroken(...sources)).toEqual([]);
  });
});

/** A file that starts the other on a thread, by URL: used, and no cycle. */
function threadPair(): [string, string] {
  return [
    "study/b-threads.ts\nexport const entry = new URL('./c-threads.js', import.meta.url);",
    "study/c-threads.ts\nimport './b-threads.ts';",
  ];
}
