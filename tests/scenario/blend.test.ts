import { describe, expect, test } from 'vitest';
import { blend, differencePath, differencesOf } from '../../src/scenario/blend.ts';
import { toPlain, type Tree } from '../../src/scenario/tree.ts';
import { readYaml } from '../../src/scenario/yaml-tree.ts';

function treeOf(text: string): Tree {
  const { tree } = readYaml('x.yaml', text);
  if (tree === null) throw new Error('cannot be read');
  return tree;
}

const BEFORE = `
scenario: shop
title: before
traffic: { curve: [{ at: 0s, rate: 1k/s }, { at: 1m, rate: 2k/s }] }
layers:
  web: { kind: nginx, replicas: 4, timeout: 1s }
  db: { kind: mysql, replicas: 2 }
requests: { buy: { path: [web, db] } }
budgets:
  - { id: tail, expect: p99 < 1s }
  - { id: head, expect: p50 < 1s }
`;

const pathsOf = (after: string): string[] =>
  differencesOf(treeOf(BEFORE), treeOf(after)).map(
    (each) => `${each.before === null ? '+' : each.after === null ? '-' : ''}${differencePath(each)}`,
  );

describe('differences', () => {
  test.each([
    ['spelling', 'timeout: 1s', 'timeout: 1000ms'],
    ['spelling of a rate', '1k/s', '1000/s'],
    ['a number in quotes', 'replicas: 4', 'replicas: "4"'],
    ['order of keys', 'kind: nginx, replicas: 4', 'replicas: 4, kind: nginx'],
    ['long form', 'timeout: 1s', 'timeout: { value: 1s, source: a guess, confidence: assumed }'],
    ['a title', 'title: before', 'title: after'],
    ['order of budgets', '- { id: tail, expect: p99 < 1s }\n  - { id: head', '- { id: head'],
  ])('%s is none', (name, old, now) => {
    const text = BEFORE.replace(old, now);
    if (name === 'order of budgets') {
      expect(pathsOf(`${text.trimEnd()}\n  - { id: tail, expect: p99 < 1s }\n`)).toEqual([]);
    } else expect(pathsOf(text)).toEqual([]);
    expect(text).not.toBe(BEFORE);
  });

  test.each([
    ['a value', 'replicas: 4', 'replicas: 3', ['layers.web.replicas']],
    ['a key more', 'replicas: 4', 'replicas: 4, threads: 8', ['+layers.web.threads']],
    ['a key less', ', timeout: 1s', '', ['-layers.web.timeout']],
    ['in a list of one length', 'rate: 2k/s', 'rate: 3k/s', ['traffic.curve[1].rate']],
    ['a list of another length', ', { at: 1m, rate: 2k/s }', '', ['traffic.curve']],
    ['a layer of another kind, as a whole', 'kind: nginx', 'kind: haproxy', ['layers.web']],
    ['a layer less', '  db: { kind: mysql, replicas: 2 }\n', '', ['-layers.db']],
    ['a budget by its id', 'p50 < 1s', 'p50 < 2s', ['budgets.head.expect']],
    ['a budget less', '  - { id: tail, expect: p99 < 1s }\n', '', ['-budgets.tail']],
    ['a unit', '1k/s', '1k/min', ['traffic.curve[0].rate']],
  ])('%s', (_, old, now, paths) => {
    expect(pathsOf(BEFORE.replace(old, now))).toEqual(paths);
  });
});

test('a mixture has each difference from the side chosen for it; of all it is the other scenario', () => {
  const after = BEFORE.replace('replicas: 4', 'replicas: 9')
    .replace(', timeout: 1s', '')
    .replace('  - { id: head, expect: p50 < 1s }\n', '')
    .replace('requests:', '  cache: { kind: redis }\nrequests:');
  const mixed = (chosen: readonly number[]) => {
    let index = 0;
    return toPlain(
      blend(treeOf(BEFORE), treeOf(after), () => (chosen.includes(index++) ? 'after' : 'before')),
    );
  };
  expect(mixed([])).toEqual(toPlain(treeOf(BEFORE)));
  expect(mixed([0, 1, 2, 3])).toEqual(toPlain(treeOf(after.replace('title: before', 'title: before'))));
  expect(mixed([1])).toEqual(toPlain(treeOf(BEFORE.replace(', timeout: 1s', ''))));
});
