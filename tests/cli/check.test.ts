import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import { exitCodesText, firstOfCodes } from '../../src/cli/exit-codes.ts';
import type { Baseline } from '../../src/study/gate/baseline.ts';
import type { CheckDocument, ScenarioCheck } from '../../src/study/gate/gate-check.ts';
import { fakeIo, LONG, run, RUNAWAY, TINY, type FakeIo, type FakeOptions } from './fake-io.ts';

const BUSY = TINY.replace('lasts: 20s', 'lasts: 60s').replace('rate: 50/s', 'rate: 80/s');
const SLOWER = BUSY.replace('exponential: 20ms', 'exponential: 22ms');
const BROKEN = BUSY.replace('p95 < 1s', 'p95 < 1ms');
const BASELINE = 'reports/baseline/tiny.json';

function withScenario(text: string, options: FakeOptions = {}): FakeIo {
  const io = fakeIo(options);
  io.writeText('site.yaml', text);
  return io;
}

const check = (io: FakeIo, ...options: string[]) => run(io, 'check', 'site.yaml', '--no-charts', ...options);

/** Prints and forgets, so that one world can run several commands. */
async function checkAgain(io: FakeIo, ...options: string[]): Promise<{ code: number; found: CheckDocument }> {
  const from = io.stdout.text().length;
  const { code, stdout, stderr } = await check(io, '--json', ...options);
  const text = stdout.slice(from);
  if (text === '') throw new Error(stderr);
  return { code, found: JSON.parse(text) as CheckDocument };
}

function only({ scenarios }: CheckDocument): ScenarioCheck {
  expect(scenarios).toHaveLength(1);
  return scenarios[0]!;
}

const changeOf = (found: CheckDocument) => only(found).budgets[0]?.baseline;

async function withBaseline(text: string): Promise<FakeIo> {
  const io = withScenario(text);
  expect((await checkAgain(io, '--update-baseline')).code).toBe(0);
  return io;
}

/** The world as a repository whose only commit is what is in it now. */
function commitAll({ folder }: FakeIo): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e', '-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
}

describe('exit code', () => {
  test('0: every required budget is met; says so in 80 columns', async () => {
    const { code, stdout, stderr } = await check(withScenario(BUSY));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('✓ PASSES\n  Every required budget is met.\n');
    expect(stdout).toContain('10 replications · seed tiny · no baseline');
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  });

  test('0: a broken budget that is only a warning', async () => {
    const text = BROKEN.replace('id: quick,', 'id: quick, level: warn,');
    const { code, found } = await checkAgain(withScenario(text));
    expect([code, only(found).outcome, only(found).budgets[0]?.severity]).toEqual([0, 'pass', 'warning']);
  });

  test.each([
    ['--confidence 2%', ['--confidence', '2%'], '--confidence must be at least 50%'],
    ['a tolerance without unit', ['--tolerance', '3'], '--tolerance: a share needs a unit'],
    ['two floors of one kind', ['--floor', '1ms', '--floor', '2s'], 'a second floor of the same kind'],
    ['an id that is not there', ['--budgets', 'quikc'], 'no budget "quikc"; a similar one exists: quick'],
    ['an empty id', ['--budgets', 'quick,'], 'an empty id'],
    ['writing to no baseline', ['--baseline', 'none', '--update-baseline'], 'contradicts --baseline none'],
    ['--force alone', ['--force'], 'only with --update-baseline or --accept'],
    ['two formats', ['--json', '--format', 'junit'], '--json contradicts --format junit'],
    ['an option for a reference', ['--baseline', 'git:--all'], 'a reference is the name'],
  ])('2: %s', async (_, options, message) => {
    const { code, stdout, stderr } = await check(withScenario(BUSY), ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('97: inconclusive, with --strict only', async () => {
    const { found } = await checkAgain(withScenario(BUSY));
    const p95Ms = Math.ceil((only(found).budgets[0]?.budget.value ?? 0) / 1e6);
    // Just above the value: the interval reaches across it.
    const text = BUSY.replace('p95 < 1s', `p95 < ${p95Ms}ms`);
    const lax = await checkAgain(withScenario(text));
    expect([lax.code, only(lax.found).outcome]).toEqual([0, 'inconclusive']);
    const strict = await checkAgain(withScenario(text), '--strict');
    expect([strict.code, strict.found.exitCode]).toEqual([97, 97]);
    expect((await checkAgain(withScenario(text), '--strict', '--exit-zero')).code).toBe(0);
  });

  test('98: worse than the baseline allows, and every budget holds', async () => {
    const io = await withBaseline(BUSY);
    io.writeText('site.yaml', SLOWER);
    const { code, found } = await checkAgain(io);
    expect([code, only(found).outcome]).toEqual([98, 'regressed']);
    expect(changeOf(found)).toMatchObject({ verdict: 'regressed', tolerance: 0.03, floor: 1e6 });
    expect((await checkAgain(io, '--exit-zero')).code).toBe(0);
  });

  test('99: a required budget is broken, or has no data', async () => {
    expect((await checkAgain(withScenario(BROKEN))).code).toBe(99);
    const { code, found } = await checkAgain(withScenario(BUSY.replace('minSamples: 100', 'minSamples: 1M')));
    expect([code, only(found).budgets[0]?.budget.verdict]).toEqual([99, 'no-data']);
  });

  test('99: a queue that grows without end, though no budget is broken', async () => {
    const { code, found } = await checkAgain(withScenario(RUNAWAY.replace('p95 < 1s', 'throughput > 1/s')));
    expect(code).toBe(99);
    expect(only(found).outcome).toBe('fail');
  });

  test('104: an invalid scenario; the others are judged all the same', async () => {
    const io = withScenario(BUSY);
    io.writeText('bad.yaml', BUSY.replace('servers: 2', 'serverz: 2'));
    const { code, stdout, stderr } = await run(io, 'check', 'bad.yaml', 'site.yaml', '--json', '--no-charts');
    expect(code).toBe(104);
    expect(stderr).toContain('error[HF101]');
    const { exitCode, scenarios, refused } = JSON.parse(stdout) as CheckDocument;
    expect([exitCode, scenarios.length]).toEqual([104, 1]);
    expect(refused).toMatchObject([{ file: 'bad.yaml', problems: [{ code: 'HF101', at: { line: 6 } }] }]);
  });

  test.each([
    ['no budgets', BUSY.replace(/budgetDefaults[^]*/, ''), [], 'there is nothing to judge'],
    ['a baseline that is not there', BUSY, ['--baseline', 'none.json'], 'none.json: there is no such file'],
    ['no repository', BUSY, ['--baseline', 'git:main'], 'is in no git repository'],
  ])('104: %s', async (_, text, options, message) => {
    const { code, stderr } = await check(withScenario(text), ...options);
    expect(code).toBe(104);
    expect(stderr).toContain(message);
  });

  test('105: stopped by Ctrl-C; what was complete is written, the baseline is not', async () => {
    const onPause = (io: FakeIo, count: number): void => {
      if (count === 3) io.interrupt();
    };
    const io = withScenario(LONG, { onPause });
    const { code, found } = await checkAgain(io, '--update-baseline');
    expect([code, only(found).outcome]).toEqual([105, 'interrupted']);
    expect(io.names().filter((name) => name.startsWith('reports/'))).toContain('reports/long/result.json');
    expect(io.names().join()).not.toContain('baseline');
  });

  test('of several the one that says most: 1, 2, 104, 105, 99, 98, 97', () => {
    const all = [97, 98, 99, 105, 104, 2, 1];
    all.forEach((code, index) => {
      expect(firstOfCodes([0, ...all.slice(0, index + 1)])).toBe(code);
    });
    expect(firstOfCodes([])).toBe(0);
    for (const code of [0, ...all]) expect(exitCodesText()).toMatch(new RegExp(`^ +${code}  `, 'm'));
  });
});

describe('the baseline file', () => {
  test('is written by --update-baseline alone, and the same scenario then equals it', async () => {
    const io = withScenario(BUSY);
    await checkAgain(io);
    expect(io.names().join()).not.toContain('baseline');
    await checkAgain(io, '--update-baseline');
    const first = io.readText(BASELINE);
    const { code, found } = await checkAgain(io);
    expect([code, changeOf(found)?.verdict, changeOf(found)?.difference]).toEqual([0, 'equal', 0]);
    await checkAgain(io, '--update-baseline');
    expect(io.readText(BASELINE)).toBe(first);
    const { conditions, budgets } = JSON.parse(first) as Baseline;
    expect(conditions.seeds).toEqual(['tiny', ...Array.from({ length: 9 }, (_, i) => `tiny#${i + 2}`)]);
    expect(budgets.map(({ ofEach }) => ofEach.length)).toEqual([10]);
  });

  test('of another number of replications, or another part, pairs with nothing: that cannot be told', async () => {
    const io = await withBaseline(BUSY);
    io.writeText('site.yaml', SLOWER);
    const fewer = await checkAgain(io, '--reps', '3');
    expect(changeOf(fewer.found)?.verdict).toBe('unknown');
    expect(only(fewer.found)).toMatchObject({
      outcome: 'inconclusive',
      baseline: { notes: ['other-seeds'] },
    });
    const part = await checkAgain(io, '--until', '40s');
    expect(only(part.found).baseline?.notes).toEqual(['other-span']);
  });

  test('--accept records who wants what is worse, and lets that pass but nothing beyond it', async () => {
    const io = await withBaseline(BUSY);
    io.writeText('site.yaml', SLOWER);
    const reason = 'the new checks take 2 ms';
    expect((await checkAgain(io, '--accept', reason)).code).toBe(0);
    const { accepted } = JSON.parse(io.readText(BASELINE)) as Baseline;
    expect(accepted).toMatchObject([{ id: 'quick', reason, date: '2025-11-11' }]);
    const again = await checkAgain(io);
    expect([again.code, changeOf(again.found)?.verdict]).toEqual([0, 'accepted']);
    expect(changeOf(again.found)?.accepted?.reason).toBe(reason);
    io.writeText('site.yaml', BUSY.replace('exponential: 20ms', 'exponential: 24ms'));
    expect((await checkAgain(io)).code).toBe(98);
    await checkAgain(io, '--update-baseline');
    expect((JSON.parse(io.readText(BASELINE)) as Baseline).accepted).toEqual([]);
  });

  test('is not written where CI is set, unless forced', async () => {
    const refused = await check(withScenario(BUSY, { env: { CI: 'true' } }), '--update-baseline');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('refused where CI is set');
    const io = withScenario(BUSY, { env: { CI: 'true' } });
    expect((await check(io, '--update-baseline', '--force')).code).toBe(0);
    expect(io.names()).toContain(BASELINE);
  });

  test.each([
    ['not JSON', '{', 'not complete JSON'],
    ['a result', '{"schemaVersion":4,"$schema":"urn:hongfeng:result:4"}', 'it is not a baseline of hongfeng'],
    ['of another version', '{"schemaVersion":9,"$schema":"urn:hongfeng:baseline:9"}', 'schema version 9'],
    [
      'malformed',
      '{"schemaVersion":1,"$schema":"urn:hongfeng:baseline:1","tool":{}}',
      '"tool.version" is missing',
    ],
  ])('%s: 104 with a fix, before anything is simulated', async (_, text, message) => {
    const io = withScenario(BUSY);
    io.files.makeFolder('reports/baseline');
    io.writeText(BASELINE, text);
    const { code, stderr } = await check(io);
    expect(code).toBe(104);
    expect(stderr).toContain(`${BASELINE}: `);
    expect(stderr).toContain(message);
    expect(stderr).toContain('hongfeng check --update-baseline');
  });

  test('of another scenario is refused', async () => {
    const io = await withBaseline(BUSY);
    io.writeText('site.yaml', BUSY.replace('scenario: tiny', 'scenario: other'));
    const { code, stderr } = await check(io, '--baseline', BASELINE);
    expect(code).toBe(104);
    expect(stderr).toContain('it is the baseline of tiny, not of other');
  });
});

describe('--baseline git:REF', () => {
  test('simulates the scenario of the commit, with the files it names, by the same random numbers', async () => {
    const text = BUSY.replace('{ exponential: 20ms }', '{ csv: times.csv, column: ms, unit: ms }');
    const io = withScenario(text);
    io.writeText('times.csv', 'ms\n10\n20\n30\n');
    commitAll(io);
    const same = await checkAgain(io, '--baseline', 'git:main');
    expect([same.code, changeOf(same.found)?.verdict]).toEqual([0, 'equal']);
    expect(only(same.found).baseline).toMatchObject({ kind: 'commit', name: 'main', pairs: 10, notes: [] });
    expect(only(same.found).baseline?.commit).toMatch(/^[0-9a-f]{40}$/);
    io.writeText('times.csv', 'ms\n12\n22\n33\n');
    const slower = await checkAgain(io, '--baseline', 'git:main');
    expect([slower.code, changeOf(slower.found)?.verdict]).toEqual([98, 'regressed']);
  });

  test('finds the same numbers as run does, whatever the commit has', async () => {
    const io = withScenario(BUSY);
    commitAll(io);
    io.writeText('site.yaml', SLOWER);
    // Two scenarios share the events that auto aims at.
    const result = () => io.readText('reports/tiny/result.json').replace(/"targetEvents": \d+/, '');
    await checkAgain(io, '--baseline', 'git:main');
    const checked = result();
    await run(io, 'run', 'site.yaml', '--no-charts', '-q', '--reps', '10');
    expect(result()).toBe(checked);
  });

  test('a budget that is new has a number of then, too', async () => {
    const io = withScenario(BUSY);
    commitAll(io);
    io.writeText('site.yaml', `${SLOWER}  - { id: mean, target: "request:buy", expect: mean < 1s }\n`);
    const { found } = await checkAgain(io, '--baseline', 'git:main');
    expect(only(found).budgets.map(({ budget, baseline }) => [budget.id, baseline?.verdict])).toEqual([
      ['quick', 'regressed'],
      ['mean', 'regressed'],
    ]);
  });

  test('a scenario that is new has nothing to be compared with', async () => {
    const io = withScenario(BUSY);
    commitAll(io);
    io.writeText('new.yaml', BUSY);
    const { code, stdout } = await run(io, 'check', 'new.yaml', '--no-charts', '--baseline', 'git:main');
    expect(code).toBe(0);
    expect(stdout).toContain('no baseline');
  });

  test('where the commit cannot be simulated, the file stands in, and both say so', async () => {
    const io = withScenario(BUSY.replace('servers: 2', 'serverz: 2'));
    commitAll(io);
    io.writeText('site.yaml', BUSY);
    const without = await checkAgain(io, '--baseline', 'git:main');
    expect([without.code, only(without.found).baseline]).toEqual([0, null]);
    expect(io.stderr.text()).toContain('cannot be simulated by this version; there is no baseline file');
    await checkAgain(io, '--update-baseline');
    io.writeText('site.yaml', SLOWER);
    const { code, found } = await checkAgain(io, '--baseline', 'git:main');
    expect([code, only(found).baseline?.notes]).toEqual([98, ['unreadable-scenario']]);
  });

  test('an unknown commit is refused, with what to fetch', async () => {
    const io = withScenario(BUSY);
    commitAll(io);
    const { code, stderr } = await check(io, '--baseline', 'git:origin/main');
    expect(code).toBe(104);
    expect(stderr).toContain('git fetch origin');
  });
});

describe('tolerances', () => {
  const limits = (baseline: string) => BUSY.replace('id: quick,', `id: quick, baseline: ${baseline},`);

  test.each([
    ['the tolerance', ['--tolerance', '90%'], (text: string) => text],
    ['the floor', ['--floor', '500ms'], (text: string) => text],
    ['the budget’s own tolerance', [], () => limits('{ max: +90% }')],
    ['the budget’s own floor', [], () => limits('{ max: +1%, floor: 500ms }')],
  ])('what is within %s is no regression', async (_, options, change) => {
    const io = await withBaseline(BUSY);
    const slower = change(BUSY).replace('exponential: 20ms', 'exponential: 22ms');
    io.writeText('site.yaml', slower);
    const { code, found } = await checkAgain(io, ...options);
    expect([code, changeOf(found)?.verdict]).toEqual([0, 'within-tolerance']);
  });

  test('what is better is no regression', async () => {
    const io = await withBaseline(SLOWER);
    io.writeText('site.yaml', BUSY);
    const { code, found } = await checkAgain(io);
    expect([code, changeOf(found)?.verdict]).toEqual([0, 'improved']);
    expect(changeOf(found)?.worseBy).toBeLessThan(0);
  });

  test('--budgets judges some only', async () => {
    const io = withScenario(`${BROKEN}  - { id: mean, target: "request:buy", expect: mean < 1s }\n`);
    const { code, found } = await checkAgain(io, '--budgets', 'mean');
    expect([code, only(found).budgets.map(({ budget }) => budget.id)]).toEqual([0, ['mean']]);
  });
});

describe('what is written', () => {
  test('files of fixed names; a later run takes away those of the check', async () => {
    const io = withScenario(BUSY);
    await checkAgain(io);
    const names = ['check.json', 'junit.xml', 'metrics.txt', 'result.json', 'run.json', 'stations.csv'];
    expect(io.names()).toEqual([
      ...[...names, 'summary.md', 'timeline.csv'].map((name) => `reports/tiny/${name}`),
      'site.yaml',
    ]);
    expect(JSON.parse(io.readText('reports/tiny/check.json'))).toEqual(JSON.parse(io.stdout.text()));
    await run(io, 'run', 'site.yaml', '--no-charts', '-q');
    expect(io.names().join()).not.toMatch(/check\.json|junit|metrics|summary/);
  });

  test.each([
    ['junit', /^<\?xml/],
    ['markdown', /^<!-- hongfeng:tiny -->\n/],
    ['openmetrics', /# EOF\n$/],
    ['json', /^\{/],
    ['github', /^::error file=site\.yaml,line=11,title=tiny%3A quick::P95/],
  ])('--format %s alone is on stdout', async (format, pattern) => {
    const { stdout } = await check(withScenario(BROKEN, { isTerminal: true }), '--format', format);
    expect(stdout).toMatch(pattern);
    expect(stdout).not.toContain('\u001b');
  });

  test('in GitHub Actions annotations go to stderr, and the summary of the step is added to', async () => {
    const io = withScenario(BROKEN, { env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' } });
    io.writeText('summary.md', 'before\n');
    const { stdout, stderr } = await check(io);
    expect(stderr).toMatch(/^::error file=site\.yaml,line=11,/m);
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(io.readText('summary.md')).toMatch(/^before\n<!-- hongfeng:tiny -->\n/);
  });

  test('in GitHub Actions no name becomes a command', async () => {
    const hostile = BROKEN.replace('seed: tiny', 'seed: "::stop-commands::x"\ntitle: "::add-mask::x"');
    const io = withScenario(hostile, { env: { GITHUB_ACTIONS: 'true' } });
    const { stdout, stderr } = await check(io);
    expect(stdout).toContain('::add-mask::x');
    expect(`${stdout}${stderr}`.split('\n').filter((line) => /^\s*(::|##\[)/.test(line))).toEqual([
      expect.stringMatching(/^::error file=site\.yaml/),
    ]);
  });

  test('--lang zh says the same in Chinese, in every file that people read', async () => {
    const io = withScenario(BROKEN);
    const { stdout } = await check(io, '--lang', 'zh');
    expect(stdout).toContain('✗ 不通过');
    for (const name of ['summary.md', 'junit.xml']) {
      expect(io.readText(`reports/tiny/${name}`)).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test('several scenarios: one document, each in a folder of its own', async () => {
    const io = withScenario(BUSY);
    io.writeText('two.yaml', BROKEN.replace('scenario: tiny', 'scenario: two'));
    const { code, stdout } = await run(io, 'check', 'site.yaml', 'two.yaml', '--json', '--no-charts');
    const { exitCode, scenarios } = JSON.parse(stdout) as CheckDocument;
    expect([code, exitCode]).toEqual([99, 99]);
    expect(scenarios.map(({ scenario, outcome }) => [scenario.id, outcome])).toEqual([
      ['tiny', 'pass'],
      ['two', 'fail'],
    ]);
    expect(io.names()).toContain('reports/two/junit.xml');
    const together = await run(io, 'check', 'site.yaml', 'two.yaml', '--out', 'x');
    expect(together.code).toBe(2);
  });

  test('no result depends on -j or the clock; colour adds escape codes and nothing else', async () => {
    const [one, other] = [withScenario(BUSY, { stepMs: 1 }), withScenario(BUSY, { stepMs: 500 })];
    await check(one, '-j', '1');
    await check(other, '-j', '2');
    expect(one.readText('reports/tiny/check.json')).toBe(other.readText('reports/tiny/check.json'));
    const coloured = await check(withScenario(BUSY), '--color', 'always');
    expect(coloured.stdout).toContain('\u001b[1m');
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, '')).toBe(one.stdout.text());
  });
});
