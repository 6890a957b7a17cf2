import { describe, expect, test } from 'vitest';
import { capacityDocument, sensitivityDocument } from '../report/example-review.ts';
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

  describe('with studies', () => {
    const page = (io: FakeIo) => Buffer.from(io.files.read('reports/tiny/report.html')).toString();
    const studies = {
      capacity: JSON.stringify({ ...capacityDocument(), scenario: { id: 'tiny' } }),
      sensitivity: JSON.stringify({ ...sensitivityDocument(), scenario: { id: 'tiny' } }),
    };

    test('their sections are drawn; without them one line says what fills them', async () => {
      const { io } = await withResult('--no-charts', '-q');
      await run(io, 'report', RESULT, '-q');
      expect(page(io)).toContain('hongfeng capacity tiny.yaml');
      io.writeText('capacity.json', studies.capacity);
      io.writeText('sensitivity.json', studies.sensitivity);
      io.writeText('other.yaml', TINY.replace('20ms', '18ms'));
      const compared = await run(io, 'compare', 'other.yaml', 'tiny.yaml', '--reps', '2', '--json');
      io.writeText('comparison.json', compared.stdout);
      const { code } = await run(
        io,
        ...['report', RESULT, 'comparison.json', 'sensitivity.json', 'capacity.json', '-q'],
      );
      expect(code).toBe(0);
      expect(page(io)).not.toContain('class="fill"');
      expect(page(io)).toContain('Holds up to 1.10× the planned traffic');
    });

    test.each<[string, string[], string]>([
      ['another scenario', ['foreign.json'], 'it is of scenario "double-11", and the result is of "tiny"'],
      ['a second one of a kind', ['capacity.json', 'capacity.json'], 'more than one capacity study'],
      ['no study', [RESULT], 'it is no study of hongfeng'],
      ['another version', ['old.json'], 'it has schema version 0, and this hongfeng reads version 2'],
      ['a part of one', ['part.json'], '"points" is missing'],
    ])('%s is refused', async (_, files, message) => {
      const { io } = await withResult('--no-charts', '-q');
      io.writeText('foreign.json', JSON.stringify(capacityDocument()));
      io.writeText('capacity.json', studies.capacity);
      io.writeText('old.json', studies.capacity.replace('"schemaVersion":2', '"schemaVersion":0'));
      io.writeText('part.json', studies.capacity.replace('"points"', '"dots"'));
      const { code, stderr } = await run(io, 'report', RESULT, ...files);
      expect(code).toBe(104);
      expect(stderr).toContain(message);
    });
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
