import { describe, expect, test } from 'vitest';
import { fakeIo, run, TINY, type FakeIo } from './fake-io.ts';

async function withResult(...options: string[]): Promise<{ io: FakeIo; text: string }> {
  const io = fakeIo();
  io.writeText('tiny.yaml', TINY);
  const { code, stdout } = await run(io, 'run', 'tiny.yaml', '--reps', '2', ...options);
  expect(code).toBe(0);
  return { io, text: stdout };
}

const RESULT = 'reports/tiny/result.json';

function bytesOf(io: FakeIo, folder: string): Record<string, string> {
  const names = io.names().filter((name) => name.startsWith(folder) && !name.endsWith('run.json'));
  return Object.fromEntries(
    names.map((name) => [name.slice(folder.length), Buffer.from(io.files.read(name)).toString('base64')]),
  );
}

describe('report', () => {
  test('writes and prints the same bytes as the run did', async () => {
    const { io, text } = await withResult();
    const before = bytesOf(io, 'reports/tiny/');
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['report.html', 'timeline.csv']));
    for (const name of Object.keys(before))
      if (name !== 'result.json') io.files.remove(`reports/tiny/${name}`);
    const { code, stdout, stderr } = await run(io, 'report', RESULT);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(text + text);
    expect(bytesOf(io, 'reports/tiny/')).toEqual(before);
  });

  test('--out writes elsewhere, --json prints the result', async () => {
    const { io } = await withResult('--no-charts', '-q');
    const { stdout } = await run(io, 'report', RESULT, '--no-charts', '--json', '--out', 'again');
    expect(stdout).toBe(io.readText(RESULT));
    expect(Object.keys(bytesOf(io, 'again/'))).toEqual(['stations.csv', 'timeline.csv']);
    expect(bytesOf(io, 'again/')['timeline.csv']).toBe(bytesOf(io, 'reports/tiny/')['timeline.csv']);
  });

  const broken: [string, (text: string) => string, string][] = [
    ['truncated', (text) => text.slice(0, 500), 'not complete JSON'],
    ['foreign', () => '{"a":1}', 'not a result of hongfeng'],
    [
      'of another version',
      (text) => text.replace(/"schemaVersion": \d+/, '"schemaVersion": 99'),
      'version 99',
    ],
    ['incomplete', (text) => text.replace('\n "stations"', '\n "stats"'), '"stations" is missing'],
    [
      'malformed inside',
      (text) => text.replace(/"timeline": \{/, '"timeline": {"x": 1}, "y": {'),
      'malformed',
    ],
  ];
  test.each(broken)('a result that is %s is refused with file and fix', async (_, change, message) => {
    const { io } = await withResult('--no-charts', '-q');
    io.writeText('bad.json', change(io.readText(RESULT)));
    const { code, stdout, stderr } = await run(io, 'report', 'bad.json');
    expect({ code, stdout }).toEqual({ code: 104, stdout: '' });
    expect(stderr).toContain('bad.json: ');
    expect(stderr).toContain(message);
  });

  test('a missing file and a folder are refused', async () => {
    const { io } = await withResult('--no-charts', '-q');
    const missing = await run(io, 'report', 'none.json');
    expect([missing.code, missing.stderr]).toEqual([
      104,
      'hongfeng: none.json: there is no such file or folder\n',
    ]);
    const folder = await run(io, 'report', 'reports/tiny');
    expect(folder.code).toBe(104);
    expect(folder.stderr).toContain('it is a folder; name reports/tiny/result.json');
  });
});
