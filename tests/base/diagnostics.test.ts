import { expect, test } from 'vitest';
import { printable, renderDiagnostics, UserError, type Diagnostic } from '../../src/base/diagnostics.ts';
import { similarName } from '../../src/base/similar.ts';

const TYPO: Diagnostic = {
  code: 'HF101',
  severity: 'error',
  message: 'unknown key "replica" in services.order',
  help: 'a key with a similar name exists: "replicas"',
  file: 'double11.yaml',
  line: 4,
  col: 5,
  length: 7,
  sourceLine: '    replica: 3',
};

test('prints heading, place, line, caret, help and totals', () => {
  expect(renderDiagnostics([TYPO])).toBe(
    [
      'error[HF101]: unknown key "replica" in services.order',
      ' --> double11.yaml:4:5',
      '  |',
      '4 |     replica: 3',
      '  |     ^^^^^^^',
      '  = help: a key with a similar name exists: "replicas"',
      '',
      '1 error in double11.yaml',
      '',
    ].join('\n'),
  );
});

test('prints nothing for nothing', () => {
  expect(renderDiagnostics([])).toBe('');
});

test('shows as many as asked and counts all', () => {
  const warning: Diagnostic = { ...TYPO, severity: 'warning' };
  const text = renderDiagnostics([TYPO, TYPO, warning], 1);
  expect(text).toContain('… and 2 more');
  expect(text).toContain('2 errors, 1 warning in double11.yaml');
});

test('escapes what could move the cursor or reorder the line', () => {
  expect(printable('\u001b[31mred\u0007 a\u202eb\n')).toBe('\\x1b[31mred\\x07 a\\u202eb\\x0a');
  const hostile = {
    ...TYPO,
    message: '\u001b]0;title\u0007',
    sourceLine: '\u001b[2J: 1',
    file: 'a\u001b.yaml',
  };
  expect(renderDiagnostics([hostile])).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test('puts the caret under the mistake behind wide characters and tabs', () => {
  const lines = renderDiagnostics([{ ...TYPO, sourceLine: '\t洪峰: 3', col: 6, length: 1 }]).split('\n');
  expect(lines[3]).toBe('4 |   洪峰: 3');
  expect(lines[4]).toBe('  |         ^');
});

test('cuts a line of megabytes round the mistake', () => {
  const long = `${'x'.repeat(100_000)}BAD${'y'.repeat(100_000)}`;
  const text = renderDiagnostics([{ ...TYPO, sourceLine: long, col: 100_001, length: 3 }]);
  expect(text.length).toBeLessThan(600);
  const [, , , line = '', caret = ''] = text.split('\n');
  expect(line.slice(caret.indexOf('^'), caret.indexOf('^') + 3)).toBe('BAD');
});

test('a user error carries its exit code and diagnostics', () => {
  const error = new UserError('invalid scenario', 104, [TYPO]);
  expect(error).toMatchObject({ name: 'UserError', exitCode: 104, diagnostics: [TYPO] });
});

test('finds the name that was meant, and none when nothing is near', () => {
  expect(similarName('replica', ['replicas', 'region'])).toBe('replicas');
  expect(similarName('calback', ['call', 'fallback'])).toBe('fallback');
  expect(similarName('taget', ['target', 'at'])).toBe('target');
  expect(similarName('lsat', ['last'])).toBe('last');
  expect(similarName('xyz', ['replicas', 'servers'])).toBeNull();
});
