import { expect, test } from 'vitest';
import { wildcard } from '../../src/scenario/wildcard.ts';
import { codes } from './load.ts';

test.each([
  ['*', 'desk', true],
  ['desk', 'desk', true],
  ['desk', 'desks', false],
  ['redis-*', 'redis-cart', true],
  ['redis-*', 'a-redis-b', false],
  ['*.get', 'redis.get', true],
  ['a*a', 'a', false],
  ['a*b*c', 'axxbyyc', true],
  ['a*b*c', 'acb', false],
  ['库*', '库存', true],
  ['a.c', 'abc', false],
])('%s matches %s: %s', (pattern, name, matches) => {
  expect(wildcard(pattern, name)).toBe(matches);
});

test('forty stars take no time', () => {
  expect(wildcard(`${'a*'.repeat(40)}b`, 'a'.repeat(64))).toBe(false);
});

test('a space in a target is part of the name, here as in the verdict', () => {
  expect(codes('budgets: [{ id: a, target: "request: view", expect: p99 < 5ms }]')).toEqual(['HF309']);
});
