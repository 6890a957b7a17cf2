/**
 * Two hundred copies of shipped scenarios with something dropped, doubled, misspelt, retyped or made absurd: each is
 * either valid or refused with a place; none throws, none hangs. Mutations are chosen by a fixed linear generator.
 */
import { expect, test } from 'vitest';
import { isMap, isScalar, parseDocument, visit, type Document, type Node } from 'yaml';
import { loadScenario } from '../../src/compile/load.ts';
import { CATALOGUE, SCENARIOS } from './shipped.ts';

const COPIES = 200;
const ABSURD = [
  '-1',
  '1e999',
  '99999999999h',
  '200%',
  '""',
  '~',
  '[]',
  '{}',
  '[[[[]]]]',
  'true',
  '$replicas',
  '"*"',
  '0x10',
  '{ value: 1 }',
  '5ms and',
  '\u202e',
  'constructor',
];

/** Numerical Recipes' linear congruential generator: enough to choose with. */
function chooser(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function nodesOf(document: Document): Node[] {
  const nodes: Node[] = [];
  visit(document, { Node: (_, node) => void nodes.push(node) });
  return nodes;
}

function absurd(pick: (below: number) => number): unknown {
  return parseDocument(ABSURD[pick(ABSURD.length)] ?? '').contents;
}

function mutate(text: string, pick: (below: number) => number): { kind: string; text: string } {
  const document = parseDocument(text);
  const nodes = nodesOf(document);
  const maps = nodes.filter((node) => isMap(node) && node.items.length > 0);
  const scalars = nodes.filter((node) => isScalar(node));
  const map = maps[pick(maps.length)];
  const scalar = scalars[pick(scalars.length)];
  if (!isMap(map) || !isScalar(scalar)) throw new Error('a scenario without maps or scalars');
  const at = pick(map.items.length);
  const pair = map.items[at];
  const kind = ['drop', 'double', 'misspell', 'retype', 'absurd'][pick(5)] ?? '';
  if (kind === 'drop') map.items.splice(at, 1);
  if (kind === 'retype' && pair !== undefined) pair.value = absurd(pick);
  if (kind === 'absurd') scalar.value = ABSURD[pick(ABSURD.length)];
  if (kind === 'misspell' && isScalar(pair?.key)) pair.key.value = `${String(pair.key.value).slice(1)}q`;
  if (kind === 'double' && pair !== undefined) map.items.push(pair);
  return { kind, text: document.toString({ lineWidth: 0 }) };
}

const FILES = Object.entries(SCENARIOS);

test.each(Array.from({ length: COPIES }, (_, i) => i))('copy %d', (i) => {
  const pick = chooser(i + 1);
  const [file = '', original = ''] = FILES[i % FILES.length] ?? [];
  const { kind, text } = mutate(original, pick);
  const { scenario, diagnostics, position, expandedText } = loadScenario({
    file,
    text,
    catalogue: CATALOGUE,
    overrides: [],
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(scenario === null, `${kind}: refused exactly when there is an error`).toBe(errors.length > 0);
  const lines = text.split('\n').length;
  for (const { file: where, line, col, code } of diagnostics) {
    expect([where, line >= 1 && line <= lines && col >= 1, code]).toEqual([file, true, code]);
  }
  expect(position(['stations', 'nowhere', 3]).line).toBeGreaterThanOrEqual(1);
  if (scenario !== null) expect(expandedText).not.toBe('');
});

test('a doubled key is always refused', () => {
  for (const [file, text] of FILES) {
    const document = parseDocument(text);
    if (!isMap(document.contents)) throw new Error(`${file} is no map`);
    const [first] = document.contents.items;
    if (first !== undefined) document.contents.items.push(first);
    const { scenario, diagnostics } = loadScenario({
      file,
      text: document.toString(),
      catalogue: CATALOGUE,
      overrides: [],
    });
    expect(scenario).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(['HF005']);
  }
});

test('lists of the shipped scenarios may be emptied without a crash', () => {
  for (const [file, text] of FILES) {
    const document = parseDocument(text);
    visit(document, {
      Seq: (_, node) => {
        node.items = [];
      },
    });
    expect(() =>
      loadScenario({ file, text: document.toString(), catalogue: CATALOGUE, overrides: [] }),
    ).not.toThrow();
  }
});
