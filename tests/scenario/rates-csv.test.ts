import { expect, test } from 'vitest';
import { ratesFromCsv } from '../../src/scenario/rates-csv.ts';
import { load } from './load.ts';

const columns = { time: 'caf\u00e9', rate: 'rps' };

test('a column is found however its name is composed', () => {
  expect(ratesFromCsv('cafe\u0301,rps\n0,5\n', columns)).toHaveLength(1);
});

test.each([
  ['no such column', 'second,rps\n0,5\n', 'second, rps'],
  ['a time that is no number, by its line in the file', 'caf\u00e9,rps\n0,5\n\n# x\n', 'line 4'],
  ['a rate that is no number, and its column', 'caf\u00e9,rps\n0,5\n\n3,x\n', 'line 4: rps'],
  ['an empty cell', 'caf\u00e9,rps\n0,\n', 'line 2: rps is empty'],
  ['back in time', 'caf\u00e9,rps\n0,5\n0,6\n', 'line 3'],
  ['too many rows, and how many', `caf\u00e9,rps\n${'0,5\n'.repeat(100_001)}`, '100001'],
])('%s', (_, text, part) => {
  expect(ratesFromCsv(text, columns)).toContain(part);
});

test('a file that is not UTF-8 is told from one with a control character, by line', () => {
  const notUtf8 = load('scenario: a\ntitle: \ufffd\n').diagnostics[0];
  const control = load('scenario: a\n\ntitle: \u0007\n').diagnostics[0];
  expect([notUtf8?.code, control?.code]).toEqual(['HF002', 'HF002']);
  expect(notUtf8?.message).toMatch(/UTF-8.* 2$/);
  expect(control?.message).toContain('line 3');
});
