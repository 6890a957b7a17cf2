import { expect, test } from 'vitest';
import { readClaims } from '../../src/scenario/claims.ts';
import { load, siteText } from './load.ts';

/** A file of calls that double at each level: 2^40 steps from forty lines. */
function doubling(levels: number): string {
  const operations = Array.from(
    { length: levels },
    (_, i) => `      o${i}: [{ call: a.o${i + 1} }, { call: a.o${i + 1} }]`,
  );
  const last = `      o${levels}: [{ serve: 1ms }]`;
  return siteText(
    `stations:\n  a:\n    servers: 1\n    operations:\n${[...operations, last].join('\n')}\nrequests: { r: { path: [a.o0] } }\n`,
  );
}

const letters = 'a b c d e f g h i j'.split(' ');
const bomb = letters.map(
  (name, i) =>
    `${name}: &${name} [${Array(9)
      .fill(i === 0 ? 'x' : `*${letters[i - 1] ?? ''}`)
      .join(', ')}]`,
);

test.each([
  ['empty', '', 'HF001'],
  ['only comments', '# nothing\n', 'HF001'],
  ['binary', 'scenario: a\u0000b', 'HF002'],
  ['not UTF-8', 'scenario: \ufffd', 'HF002'],
  ['10 MB', 'a: '.repeat(3_400_000), 'HF003'],
  ['unclosed text', 'scenario: "abc', 'HF004'],
  ['two documents', 'scenario: a\n---\nscenario: b\n', 'HF004'],
  ['a tab as indentation', 'clock:\n\tlasts: 1s\n', 'HF004'],
  ['an alias of nothing', 'scenario: *nobody\n', 'HF004'],
  ['the same key twice', siteText('seed: 1\nseed: 2\n'), 'HF005'],
  ['a hundred thousand brackets', '['.repeat(100_000), 'HF006'],
  ['fifty thousand dashes', `${'- '.repeat(50_000)}x`, 'HF006'],
  ['fifty thousand question marks', `${'? '.repeat(50_000)}x`, 'HF006'],
  ['an alias bomb', bomb.join('\n'), 'HF006'],
  ['an alias in itself', 'seed: &a [*a]\n', 'HF006'],
  ['a foreign tag', 'scenario: !!python/object x\n', 'HF007'],
  ['YAML 1.1', '%YAML 1.1\n---\nscenario: yes\n', 'HF007'],
  ['a prototype', siteText('__proto__: { a: 1 }\n'), 'HF008'],
  ['a key that is a map', siteText('? { a: 1 }\n: 2\n'), 'HF008'],
  ['a scalar', '5', 'HF103'],
  ['a list', '- 1', 'HF103'],
  ['twenty thousand keys', Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}`).join('\n'), 'HF101'],
  ['calls that double', doubling(40), 'HF315'],
  ['a chain of two thousand calls', doubling(2000), 'HF315'],
  ['a number of four hundred digits', siteText(`clock: { lasts: ${'9'.repeat(400)}s }\n`), 'HF201'],
])('%s is refused with a place', (_, text, code) => {
  const { scenario, diagnostics } = load(text);
  expect(scenario).toBeNull();
  expect(diagnostics.map((each) => each.code)).toContain(code);
  for (const { line, col, length } of diagnostics)
    expect(Math.min(line, col, length)).toBeGreaterThanOrEqual(1);
});

test('a Windows file is a file', () => {
  const { scenario, diagnostics } = load(siteText('').replaceAll('\n', '\r\n'));
  expect(diagnostics).toEqual([]);
  expect(scenario?.id).toBe('site');
});

test('claims are read from a list, at the top or under their name, and refused with a place', () => {
  const claim = '{ id: a, source: plan, says: x, finding: y, about: [create] }';
  const wanted = [{ id: 'a', source: 'plan', says: 'x', finding: 'y', about: ['create'] }];
  expect(readClaims('c.yaml', `- ${claim}\n`)).toEqual({ claims: wanted, diagnostics: [] });
  expect(readClaims('c.yaml', `claims:\n  - ${claim}\n`)).toEqual({ claims: wanted, diagnostics: [] });
  const { claims, diagnostics } = readClaims(
    'c.yaml',
    `- ${claim}\n- { id: b, sorce: plan, says: x, finding: y, about: [z] }\n`,
  );
  expect(claims).toEqual([]);
  expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([['HF101', 2]]);
  expect(readClaims('c.yaml', '').diagnostics.map(({ code }) => code)).toEqual(['HF001']);
});

test('thousands of mistakes on one line are as many as anybody reads, in linear time', () => {
  const path = `requests: { view: { path: [${'1, '.repeat(20_000)}desk] } }\n`;
  const { scenario, diagnostics } = load(siteText(path));
  expect(scenario).toBeNull();
  expect(diagnostics).toHaveLength(201);
  expect(diagnostics.at(-1)).toMatchObject({
    code: 'HF010',
    message: expect.stringMatching(/800/) as string,
  });
});

test.each([
  ['foreign tags', `scenario: [${'!x y, '.repeat(20_000)}]\n`, 'HF007', 10],
  ['braces out of place', 'a: }\n'.repeat(100_000), 'HF004', 1],
  ['unclosed texts', "a: 'x\n".repeat(50_000), 'HF004', 1],
  ['anchors of one node', '&a '.repeat(20_000), 'HF004', 1],
])('reading stops after a few %s, and says so', (_, text, code, count) => {
  const codes = load(text).diagnostics.map((each) => each.code);
  expect(codes).toEqual([...Array<string>(count).fill(code), 'HF010']);
});

test('a suggestion is looked for only where it is read', () => {
  const calls = Array.from(
    { length: 3000 },
    (_, i) => `  s${i}: { servers: 1, operations: { x: [{ call: t${i}.y }] } }`,
  );
  const text = siteText(`stations:\n${calls.join('\n')}\nrequests: { view: { path: [s0.x] } }\n`);
  const { diagnostics } = load(text);
  expect(diagnostics).toHaveLength(201);
  expect(diagnostics[0]).toMatchObject({ code: 'HF301', help: expect.stringContaining('"s0"') as string });
});
