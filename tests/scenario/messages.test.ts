import { describe, expect, test } from 'vitest';
import { load, siteText } from './load.ts';

/** `code at what is underlined` of each mistake. */
function found(text: string): string[] {
  return load(siteText(text)).diagnostics.map(
    ({ code, sourceLine, col, length }) => `${code} ${(sourceLine ?? '').slice(col - 1, col - 1 + length)}`,
  );
}

function first(text: string): { message: string; help: string | null } | undefined {
  return load(siteText(text)).diagnostics[0];
}

const desk = (words: string): string => `stations: { desk: { servers: 1, service: 5ms, ${words} } }\n`;

describe('a bound is told in the unit of the value', () => {
  test.each([
    ['clock: { lasts: 1000h }', '1000h', '720h'],
    ['clock: { lasts: 0s }', '0s', '0s'],
    ['traffic: { rate: 5/s, noise: { cv: 300%, correlation: 1s } }', '300%', '200%'],
    ['traffic: { rate: 5/s, noise: { cv: 3, correlation: 1s } }', '3', '2'],
    [desk('replicas: 1M'), '1M', '100k'],
    [desk('replicas: 200000'), '200000', '100000'],
    [desk('limit: { rate: 0/s, burst: 1 }'), '0/s', '0/s'],
  ])('%s', (text, value, bound) => {
    expect(found(text)).toEqual([`HF202 ${value}`]);
    expect(first(text)?.message).toContain(value);
    expect(first(text)?.message.split(' ').at(-1)).toBe(bound);
  });
});

describe('a long form that an unquoted comma cut, or with a slip in a key', () => {
  test.each([
    [
      'stations: { desk: { servers: { value: 4, source: plan, May, confidence: cited }, service: 5ms } }',
      'May',
    ],
    ['stations: { desk: { servers: 1, service: { value: { mean: 5ms, cv: 1 }, source: a, b c } } }', 'b c'],
    ['stations: { desk: { servers: { value: 4, sorce: plan }, service: 5ms } }', 'sorce'],
    [
      'layers: { cache: { kind: redis-cluster, shards: { value: 4, source: plan, p. 3 } } }\nrequests: { view: { path: [cache] } }',
      'p. 3',
    ],
  ])('%s', (text, stray) => {
    expect(found(`${text}\n`)).toEqual([`HF101 ${stray}`]);
  });

  test('a request class with a value is no long form', () => {
    expect(found('requests: { view: { path: , value: 100 CNY } }\n')).toEqual(['HF103 ,']);
  });
});

test.each([
  ['HF105', 'stations: {}\nrequests: { view: { path: [desk] } }\n'],
  ['HF105', 'requests: {}\n'],
  ['HF103', 'stations:\nrequests: { view: { path: [desk] } }\n'],
  ['HF103', 'requests:\n'],
])('%s, and nothing that follows from it: %j', (code, text) => {
  const { diagnostics } = load(siteText(text));
  expect(diagnostics.filter(({ severity }) => severity === 'error').map((each) => each.code)).toEqual([code]);
});

describe('one mistake of syntax is one mistake', () => {
  test.each([
    ['a missing colon', 'stations:\n  desk\n    servers: 1\n    service: 5ms\n', 'HF004 desk'],
    [
      'a missing brace',
      'stations: { desk: { servers: 1, service: 5ms }\nrequests: { view: { path: [desk] } }\n',
      'HF004 r',
    ],
    ['a step behind a step', desk('operations: { run: [{ call: desk timeout: 5s }] }'), null],
    ['an unquoted star', 'budgets: [{ id: a, target: *, expect: p99 < 5ms }]\n', null],
    ['a full-width colon', 'stations：\n  desk： { servers: 1 }\n', null],
  ])('%s', (_, text, wanted) => {
    expect(found(text)).toHaveLength(1);
    expect(found(text)[0]).toMatch(wanted ?? /^HF004/);
    expect(first(text)?.help).not.toBeNull();
  });
});

describe('says what to write', () => {
  test.each([
    [desk('servers:1'), 'servers: 1'],
    ['stations: { desk: { <<: x } }\n', 'merge'],
    ['requests: { view: { path: desk } }\n', 'path: [desk]'],
    ['requests: { view: desk }\n', 'view: { path: [desk] }'],
    [desk('balance: true'), 'balance:'],
    ['requests: { view: { path: [desk.open] } }\n', 'write desk'],
    ['requests: { "my view": { path: [desk] } }\n', 'my-view'],
    ['budgets: [{ id: a, target: view, expect: p99 < 5ms }]\n', '"request:view"'],
    ['traffic: { rate: 5/s, curve: [{ at: 0s, rate: 5/s }] }\n', 'one of them'],
    [desk('operations: { run: [{ serve: 1ms, call: desk }] }'), '- call:'],
    ['stations: { desk: { servers: { value: 4 }, service: 5ms } }\n', '{ value, source, confidence }'],
  ])('%s', (text, help) => {
    expect(first(text)?.help).toContain(help);
  });

  test('an operation, not a operation', () => {
    const text = `stations: { desk: { servers: 1, operations: { run: [{ serve: 1ms }] } } }\nrequests: { view: { path: [desk.run] } }\nbudgets: [{ id: a, target: "operation:desk.run", expect: util < 80% }]\n`;
    expect(first(text)?.message).toMatch(/^an operation /);
  });
});
