import { expect, test } from 'vitest';
import { renderDiagnostic, type Diagnostic } from '../../src/base/diagnostics.ts';

const ONE: Diagnostic = {
  code: 'HF101',
  severity: 'error',
  message: 'x',
  help: null,
  file: 'a.yaml',
  line: 1,
  col: 1,
  length: 1,
  sourceLine: null,
};

test.each([
  ['wide characters', '库存: 扣减x', '扣减', 6, 4],
  ['combining marks', 'cafe\u0301: abc', 'abc', 6, 3],
  ['half-width katakana', 'ｶｷ: ab', 'ab', 4, 2],
])('a caret stands below %s', (_, sourceLine, marked, before, width) => {
  const col = sourceLine.indexOf(marked) + 1;
  const caret = renderDiagnostic({ ...ONE, sourceLine, col, length: marked.length }).split('\n')[4];
  expect(caret).toBe(`  | ${' '.repeat(before)}${'^'.repeat(width)}`);
});
