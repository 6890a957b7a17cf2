/** Saved results beside each other, and beside scenarios. */
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import type { Findings } from '../../src/analysis/findings.ts';
import type { Comparison, Difference } from '../../src/study/comparison.ts';
import { fakeIo, run as runAfter, RUNAWAY, TINY, type FakeIo } from './fake-io.ts';

const SLOWER = TINY.replace('exponential: 20ms', 'exponential: 22ms');

/** What this command alone printed. */
async function run(io: FakeIo, ...words: string[]) {
  const before = io.stdout.text().length;
  const { code, stdout, stderr } = await runAfter(io, ...words);
  return { code, stdout: stdout.slice(before), stderr };
}

/** Scenarios a.yaml, b.yaml …, each with its result in a folder of that letter. */
async function withResults(texts: readonly string[], options: readonly string[][] = []): Promise<FakeIo> {
  const io = fakeIo();
  for (const [index, text] of texts.entries()) {
    const name = 'abc'[index] ?? '';
    io.writeText(`${name}.yaml`, text);
    const { code, stderr } = await run(
      io,
      ...['run', `${name}.yaml`, '--no-charts', '-q', '--out', name, ...(options[index] ?? [])],
    );
    if (code !== 0) throw new Error(stderr);
  }
  return io;
}

async function comparisonOf(io: FakeIo, ...words: string[]): Promise<Comparison> {
  const { code, stdout, stderr } = await run(io, 'compare', ...words, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Comparison;
}

/** What is told of each measure; of p-values what outlives that results keep nine digits of every replication. */
const told = ({ differences }: Comparison) =>
  differences.map(({ pValue, adjustedPValue, interval, ...rest }: Difference) => ({
    ...rest,
    hasInterval: interval !== null,
    isTested: pValue !== null && adjustedPValue !== null,
  }));

describe('saved results that pair', () => {
  test('say what the same scenarios say, simulated together', async () => {
    const io = await withResults([TINY, SLOWER]);
    const saved = await comparisonOf(io, 'a/result.json', 'b/result.json');
    const live = await comparisonOf(io, 'a.yaml', 'b.yaml');
    expect(live.differences.filter(({ verdict }) => verdict === 'significant').length).toBeGreaterThan(5);
    expect(told(saved)).toEqual(told(live));
    expect(saved.inputs).toEqual(live.inputs);
    expect(saved.inputs?.map(({ path, after }) => [path, after])).toEqual([
      ['stations.desk.service.exponential', { text: '22ms', at: 'b.yaml:6' }],
    ]);
    expect(saved.unpairedBecause).toEqual([]);
    expect(saved.replications.seeds).toEqual(live.replications.seeds);
  });

  test('beside a scenario: it is simulated as the result was', async () => {
    const options = ['--reps', '3', '--until', '15s', '--seed', 'mine'];
    const io = await withResults([TINY, SLOWER], [options, options]);
    const saved = await comparisonOf(io, 'a/result.json', 'b/result.json');
    for (const files of [
      ['a/result.json', 'b.yaml'],
      ['a.yaml', 'b/result.json'],
    ]) {
      const mixed = await comparisonOf(io, ...files);
      expect(mixed.unpairedBecause).toEqual([]);
      expect([mixed.before, mixed.after].map(({ seeds, scenario }) => [seeds, scenario.lastsNs])).toEqual([
        [['mine', 'mine#2', 'mine#3'], 15e9],
        [['mine', 'mine#2', 'mine#3'], 15e9],
      ]);
      expect(mixed.differences).toEqual(saved.differences);
      expect(mixed.inputs).toEqual(saved.inputs);
    }
  });

  test('of several each is beside the first; one beside itself is exactly equal', async () => {
    const io = await withResults([TINY, SLOWER]);
    const found = await comparisonOf(io, 'a/result.json', 'b/result.json', 'a/result.json');
    expect(found.further.map(({ inputs }) => inputs)).toEqual([[]]);
    const [again] = found.further;
    expect(again?.differences.length).toBeGreaterThan(10);
    expect(new Set(again?.differences.map(({ verdict }) => verdict))).toEqual(new Set(['equal']));
  });

  test('what --set changed is an input that differs', async () => {
    const io = await withResults([TINY, TINY], [[], ['--set', 'stations.desk.servers=3']]);
    const { inputs } = await comparisonOf(io, 'a/result.json', 'b/result.json');
    expect(inputs).toEqual([
      {
        ...{ path: 'stations.desk.servers', kind: 'changed', of: 'value' },
        ...{ before: { text: '2', at: 'a.yaml:6' }, after: { text: '3', at: '--set' } },
      },
    ]);
  });
});

describe('saved results that do not pair', () => {
  test.each<[string, string[], Comparison['unpairedBecause'], RegExp]>([
    ['other seeds', ['--seed', 'x'], ['seeds'], /other random numbers, seeds tiny … tiny#5 and x … x#5/],
    ['another number of replications', ['--reps', '8'], ['seeds'], /5 replications of before and 8 of after/],
    ['another end', ['--until', '10s'], ['until'], /--until unset and 10s/],
    ['another warm-up', ['--set', 'clock.warmUp=2s'], ['warm-up'], /other warm-ups/],
    [
      'another mode',
      ['--slice', '2'],
      ['mode'],
      /every request simulated before, one request in 2\s+simulated/,
    ],
  ])('%s: said, and each side told from chance by its own spread', async (_, options, reasons, said) => {
    const text = TINY.replace('desk: { ', 'desk: { replicas: 32, ').replace('rate: 50/s', 'rate: 1600/s');
    const io = await withResults([text, text], [[], options]);
    const found = await comparisonOf(io, 'a/result.json', 'b/result.json');
    expect(found.unpairedBecause).toEqual(reasons);
    const tested = found.differences.filter(({ pValue }) => pValue !== null);
    expect(tested.length).toBeGreaterThan(5);
    // Two runs of one scenario: chance is all there is.
    expect(tested.filter(({ verdict }) => verdict === 'significant')).toEqual([]);
    const { stdout } = await run(io, 'compare', 'a/result.json', 'b/result.json');
    expect(stdout.replaceAll(/\n */g, ' ')).toMatch(said);
    expect(stdout).toContain("Welch's t test");
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  });

  test('another version of hongfeng is a reason of its own', async () => {
    const io = await withResults([TINY, SLOWER]);
    io.writeText('b/result.json', io.readText('b/result.json').replace('"version": "', '"version": "0.'));
    const found = await comparisonOf(io, 'a/result.json', 'b/result.json');
    expect(found.unpairedBecause).toEqual(['version']);
    const { stdout } = await run(io, 'compare', 'a/result.json', 'b/result.json', '--lang', 'zh');
    expect(stdout).toMatch(/两侧不能配对：分别由 hongfeng/);
  });

  test('a large change is found all the same', async () => {
    const twice = TINY.replace('exponential: 20ms', 'exponential: 36ms');
    const io = await withResults([TINY, twice], [[], ['--seed', 'x']]);
    const { differences } = await comparisonOf(io, 'a/result.json', 'b/result.json');
    const mean = differences.find(({ target, metric }) => target === 'request:buy' && metric === 'mean');
    expect(mean?.verdict).toBe('significant');
  });

  test('a single replication tells nothing from chance', async () => {
    const io = await withResults(
      [TINY, SLOWER],
      [
        ['--reps', '1'],
        ['--reps', '1'],
      ],
    );
    const { differences } = await comparisonOf(io, 'a/result.json', 'b/result.json');
    expect(new Set(differences.map(({ verdict }) => verdict))).toEqual(new Set(['unknown', 'equal']));
    const { stdout } = await run(io, 'compare', 'a/result.json', 'b/result.json');
    expect(stdout).toContain('One replication has no interval');
  });
});

describe('what cannot be asked of saved results', () => {
  test.each<[string, string[], RegExp]>([
    ['--attribute', ['--attribute'], /hongfeng compare a\.yaml b\.yaml --attribute/],
    ['another seed', ['--seed', 'x'], /--seed says how to simulate/],
    ['other replications', ['--reps', '3'], /--reps says how to simulate/],
    ['a changed value', ['--set', 'clock.lasts=9s'], /--set changes scenarios/],
  ])('%s', async (_, options, said) => {
    const io = await withResults([TINY, SLOWER]);
    const { code, stdout, stderr } = await run(io, 'compare', 'a/result.json', 'b/result.json', ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });

  test('a folder, a record of a run, a result that was cut: refused with what to name instead', async () => {
    const io = await withResults([TINY, SLOWER]);
    const refused = async (file: string): Promise<string> => {
      const { code, stderr } = await run(io, 'compare', file, 'b/result.json');
      expect(code).toBe(104);
      return stderr;
    };
    expect(await refused('a')).toContain('name a/result.json');
    expect(await refused('a/run.json')).toContain('name a result.json or a scenario');
    const { stop, ...rest } = JSON.parse(io.readText('a/result.json')) as Findings;
    const cut = { ...rest, stop: { ...stop, reason: 'time-limit', truncated: true } };
    io.writeText('a/result.json', JSON.stringify(cut));
    expect(await refused('a/result.json')).toContain('stopped before its end');
    io.writeText('a/result.json', io.readText('b/result.json').replace('"measures"', '"measure"'));
    expect(await refused('a/result.json')).toContain('"measures" is missing');
  });

  test('a result whose queue grew without end: nothing is compared, and it is said', async () => {
    const io = await withResults([
      RUNAWAY.replace('rate: 1M/s', 'rate: 50/s').replace('lasts: 1h', 'lasts: 20s'),
      RUNAWAY,
    ]);
    const { differences, after } = await comparisonOf(io, 'a/result.json', 'b/result.json');
    expect(differences).toEqual([]);
    expect(after.runaways.map(({ group }) => group)).toEqual(['desk']);
    const judged = await run(io, 'compare', 'a/result.json', 'b/result.json', '--exit-code', '-q');
    expect(judged.code).toBe(97);
  });
});

describe('what counts', () => {
  test('--exit-code says that something differs, by --min-change or more', async () => {
    const io = await withResults([TINY, SLOWER]);
    const codeOf = async (...words: string[]): Promise<number> =>
      (await run(io, 'compare', ...words, '-q')).code;
    expect(await codeOf('a/result.json', 'b/result.json')).toBe(0);
    expect(await codeOf('a/result.json', 'b/result.json', '--exit-code')).toBe(95);
    expect(await codeOf('a/result.json', 'b/result.json', '--exit-code', '--min-change', '60%')).toBe(0);
    expect(await codeOf('a/result.json', 'a.yaml', '--exit-code')).toBe(0);
    expect(await codeOf('b.yaml', 'a.yaml', '--exit-code', '--reps', '5')).toBe(95);
  });

  test('--exit-code says that it cannot be told where nothing that differs could be tested', async () => {
    const one = ['--reps', '1'];
    const io = await withResults([TINY, SLOWER, TINY], [one, one, one]);
    const codeOf = async (...words: string[]): Promise<number> =>
      (await run(io, 'compare', ...words, '--exit-code', '-q')).code;
    expect(await codeOf('a/result.json', 'b/result.json')).toBe(97);
    expect(await codeOf('a/result.json', 'c/result.json')).toBe(0);
    expect(await codeOf('a/result.json', 'c/result.json', 'b/result.json')).toBe(97);
  });

  test('--exit-code of several: that one cannot be told goes before that another differs', async () => {
    const io = await withResults([TINY, SLOWER, RUNAWAY]);
    const codeOf = async (...words: string[]): Promise<number> =>
      (await run(io, 'compare', ...words, '--exit-code', '-q')).code;
    expect(await codeOf('a/result.json', 'b/result.json', 'a/result.json')).toBe(95);
    expect(await codeOf('a/result.json', 'b/result.json', 'c/result.json')).toBe(97);
  });

  test('--min-change leaves out the rows below it, and says how many', async () => {
    const io = await withResults([TINY, SLOWER]);
    const { stdout } = await run(
      io,
      'diff',
      'a/result.json',
      'b/result.json',
      '--min-change',
      '10%',
      '--all',
    );
    const changes = [...stdout.matchAll(/ ([+−])([\d.]+) % /g)].map(([, , size]) => Number(size));
    expect(changes.length).toBeGreaterThan(3);
    expect(Math.min(...changes)).toBeGreaterThanOrEqual(10);
    // The desk is busier by 5 points, and its headroom less by a tenth.
    expect(stdout).toMatch(/\n {2}\d+ changes? below 10 % not listed\.\n/);
  });
});

test.each([
  ['scenarios', ['a.yaml', 'b.yaml']],
  ['results', ['a/result.json', 'b/result.json']],
  ['one of each', ['a/result.json', 'b.yaml']],
])('--report writes the review of the second with what changed: %s', async (_, files) => {
  const io = await withResults([TINY, SLOWER]);
  const { code, stderr } = await run(io, 'compare', ...files, '--report', '-q');
  expect(code, stderr).toBe(0);
  const folder = 'reports/tiny/comparison';
  const page = io.readText(`${folder}/report.html`);
  expect(page.replaceAll('<wbr />', '')).toMatch(
    /<section id="changes"[^]*stations\.desk\.service\.exponential/,
  );
  const drawn = await run(io, 'report', `${folder}/result.json`, `${folder}/comparison.json`, '-q');
  expect(drawn.code).toBe(0);
  expect(io.readText(`${folder}/report.html`)).toBe(page);
});
