import { describe, expect, test } from 'vitest';
import { CRASH_FILE } from '../../src/cli/failures.ts';
import { fakeIo, run, TINY } from './fake-io.ts';

const COMMANDS = [
  ['run', 'site.yaml', '--no-charts'],
  ['expand', 'site.yaml'],
];

describe.each(COMMANDS)('%s', (...argv) => {
  const bad: [string, string | Uint8Array, string][] = [
    ['is empty', '', 'HF001'],
    ['is binary', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256), 'HF002'],
    ['has 10 MB', `scenario: x\n# ${'x'.repeat(10 * 1024 * 1024)}\n`, 'HF003'],
    ['is no YAML', 'scenario: [\n', 'HF0'],
    ['has a misspelt key', TINY.replace('servers', 'severs'), 'servers'],
  ];
  test.each(bad)('a file that %s is refused with its reason: 104', async (_, data, hint) => {
    const io = fakeIo();
    io.files.write('site.yaml', data);
    const { code, stdout, stderr } = await run(io, ...argv);
    expect(code).toBe(104);
    expect(stdout).toBe('');
    expect(stderr).toContain(hint);
    expect(io.names()).toEqual(['site.yaml']);
  });

  test('a file that is not there, and a folder, are refused: 104', async () => {
    const io = fakeIo();
    expect(await run(io, ...argv)).toEqual({
      code: 104,
      stdout: '',
      stderr: 'hongfeng: site.yaml: there is no such file or folder\n',
    });
    const other = fakeIo();
    other.files.makeFolder('site.yaml');
    expect((await run(other, ...argv)).code).toBe(104);
  });
});

test('mistakes are shown with file, line, column and a caret', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', TINY.replace('servers', 'severs'));
  const { stderr } = await run(io, 'run', 'site.yaml');
  expect(stderr).toMatch(/^error\[HF101\]/m);
  expect(stderr).toMatch(/--> site\.yaml:6:\d+/);
  expect(stderr).toMatch(/\^{6}/);
});

test('a file that the scenario names and that is missing is refused: 104', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', `${TINY}claims: nowhere.yaml\n`);
  const { code, stderr } = await run(io, 'run', 'site.yaml');
  expect(code).toBe(104);
  expect(stderr).toContain('nowhere.yaml (named in site.yaml)');
});

test('a claims file with mistakes is refused with their places: 104', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', `${TINY}claims: claims.yaml\n`);
  io.writeText('claims.yaml', '- { id: a }\n');
  const { code, stderr } = await run(io, 'run', 'site.yaml');
  expect(code).toBe(104);
  expect(stderr).toContain('claims.yaml:1:');
});

test('control characters of a file reach no terminal', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', TINY.replace('servers', '"sev\\u001b[31mers"'));
  const { stdout, stderr } = await run(io, 'run', 'site.yaml');
  expect(stdout + stderr).not.toContain('\u001b');
});

test('an output folder that cannot be written: 2', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', TINY);
  io.writeText('blocked', 'a file');
  const { code, stderr } = await run(io, 'run', 'site.yaml', '--no-charts', '-o', 'blocked/out');
  expect(code).toBe(2);
  expect(stderr).toContain('blocked/out');
});

describe('a fault of ours', () => {
  const broken = {
    list: () => {
      throw new RangeError('index \u001b[31m 7');
    },
  };

  test('exits 1, leaves a crash file, and asks to report it', async () => {
    const io = fakeIo({ files: () => broken });
    io.writeText('site.yaml', TINY);
    const { code, stdout, stderr } = await run(io, 'run', 'site.yaml');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('internal error');
    expect(stderr).toContain(CRASH_FILE);
    expect(stderr).not.toContain('\u001b');
    expect(JSON.parse(io.readText(CRASH_FILE))).toMatchObject({
      argv: ['run', 'site.yaml'],
      message: 'RangeError: index \u001b[31m 7',
    });
  });

  test('where no crash file can be written, the stack is printed', async () => {
    const write = () => {
      throw Object.assign(new Error('read-only'), { code: 'EROFS' });
    };
    const io = fakeIo({ files: () => ({ ...broken, write }) });
    io.writeText('site.yaml', TINY);
    const { code, stderr } = await run(io, 'run', 'site.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain('RangeError');
    expect(stderr).toContain('    at ');
  });
});
