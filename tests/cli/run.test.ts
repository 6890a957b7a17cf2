import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { fakeIo, LONG, run, RUNAWAY, TINY, type FakeIo, type FakeOptions } from './fake-io.ts';

function withScenario(text: string, options: FakeOptions = {}): FakeIo {
  const io = fakeIo(options);
  io.writeText('site.yaml', text);
  return io;
}

function resultOf(io: FakeIo, folder = 'reports/tiny'): Findings {
  return JSON.parse(io.readText(`${folder}/result.json`)) as Findings;
}

describe('a run that ends', () => {
  test('prints the summary on stdout, writes all files, and exits 0', async () => {
    const io = withScenario(TINY);
    const { code, stdout, stderr } = await run(io, 'run', `${io.folder}/site.yaml`);
    expect(code).toBe(0);
    expect(stdout).toContain('HOLDS');
    expect(stdout).toContain('reports/tiny/report.html');
    expect(stderr).toBe('');
    const names = io.names();
    expect(names.filter((name) => !name.includes('/charts/'))).toEqual([
      'reports/tiny/report.html',
      'reports/tiny/result.json',
      'reports/tiny/run.json',
      'reports/tiny/stations.csv',
      'reports/tiny/timeline.csv',
      'site.yaml',
    ]);
    expect(names).toContain('reports/tiny/charts/event.png');
    expect(io.readText('reports/tiny/report.html')).toMatch(/^<!doctype html>/);
  });

  test('exits 0 when a budget is broken: run describes, it does not judge', async () => {
    const io = withScenario(TINY.replace('p95 < 1s', 'p95 < 1ms'));
    const { code, stdout } = await run(io, 'run', 'site.yaml', '--no-charts');
    expect(code).toBe(0);
    expect(stdout).toContain('DOES NOT HOLD');
  });

  test('every law of the simulator holds', async () => {
    const io = withScenario(TINY);
    await run(io, 'run', 'site.yaml', '--no-charts');
    expect(resultOf(io).checks.length).toBeGreaterThan(5);
    expect(resultOf(io).checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  test('the same scenario and seed give the same bytes, whatever the clock says and -j', async () => {
    const first = withScenario(TINY, { stepMs: 1 });
    const second = withScenario(TINY, { stepMs: 1000 });
    await run(first, 'run', 'site.yaml', '--no-charts');
    await run(second, 'run', 'site.yaml', '--no-charts', '-j', '4', '--no-progress');
    expect(first.readText('reports/tiny/result.json')).toBe(second.readText('reports/tiny/result.json'));
    expect(first.readText('reports/tiny/run.json')).not.toBe(second.readText('reports/tiny/run.json'));
  });

  test('run.json holds what may differ: command line, machine, times', async () => {
    const io = withScenario(TINY, { stepMs: 10 });
    await run(io, 'run', 'site.yaml', '--no-charts', '-j', '2');
    expect(JSON.parse(io.readText('reports/tiny/run.json'))).toMatchObject({
      argv: ['run', 'site.yaml', '--no-charts', '-j', '2'],
      jobs: 2,
      startedAt: '2025-11-11T00:00:00.000Z',
      stop: 'completed',
      startUpCpuMs: 480,
      machine: { hostname: 'host' },
      scenario: { id: 'tiny', file: 'site.yaml', seed: 'tiny' },
    });
  });
});

describe('options', () => {
  test('--json prints result.json, and only that', async () => {
    const io = withScenario(TINY, { isTerminal: true, stepMs: 500 });
    const { stdout } = await run(io, 'run', 'site.yaml', '--no-charts', '--json');
    expect(stdout).toBe(io.readText('reports/tiny/result.json'));
    expect((JSON.parse(stdout) as Findings).scenario.id).toBe('tiny');
  });

  test('--quiet prints nothing at all, and still writes', async () => {
    const io = withScenario(TINY, { isTerminal: true, stepMs: 500 });
    const { stdout, stderr } = await run(io, 'run', 'site.yaml', '--no-charts', '-q');
    expect([stdout, stderr]).toEqual(['', '']);
    expect(resultOf(io).scenario.id).toBe('tiny');
  });

  test('--seed takes any text and changes the draws', async () => {
    const io = withScenario(TINY);
    await run(io, 'run', 'site.yaml', '--no-charts', '-o', 'a');
    await run(io, 'run', 'site.yaml', '--no-charts', '-o', 'b', '--seed', '洪峰');
    expect(resultOf(io, 'b').scenario.seed).toBe('洪峰');
    expect(resultOf(io, 'b').verdict.offered).not.toBe(resultOf(io, 'a').verdict.offered);
  });

  test('--set changes the scenario and its hash, and is refused where it leads nowhere', async () => {
    const io = withScenario(TINY);
    await run(io, 'run', 'site.yaml', '--no-charts', '-o', 'a');
    await run(
      io,
      'run',
      'site.yaml',
      '--no-charts',
      '-o',
      'b',
      '--set',
      'stations.desk.servers=5',
      '--set',
      'scenario=other',
    );
    const [a, b] = [resultOf(io, 'a'), resultOf(io, 'b')];
    expect(b.stations[0]?.serverCount).toBe(5);
    expect(b.scenario.id).toBe('other');
    expect(b.scenario.sha256).not.toBe(a.scenario.sha256);
    const { code, stderr } = await run(io, 'run', 'site.yaml', '--set', 'stations.dask.servers=5');
    expect(code).toBe(104);
    expect(stderr).toContain('desk');
  });

  test('without --set the hash is that of the file', async () => {
    const io = withScenario(TINY);
    await run(io, 'run', 'site.yaml', '--no-charts');
    const { createHash } = await import('node:crypto');
    expect(resultOf(io).scenario.sha256).toBe(createHash('sha256').update(TINY).digest('hex'));
  });

  test('--until simulates only the beginning', async () => {
    const io = withScenario(TINY);
    const { code } = await run(io, 'run', 'site.yaml', '--no-charts', '--until', '5s');
    expect(code).toBe(0);
    expect(resultOf(io)).toMatchObject({
      scenario: { lastsNs: 5e9 },
      stop: { reason: 'completed', truncated: false },
    });
    expect(resultOf(io).timeline.toNs.at(-1)).toBe(5e9);
  });

  test('--until beyond the end is refused: 2; up to the end it changes nothing', async () => {
    const io = withScenario(TINY);
    const { code, stdout, stderr } = await run(io, 'run', 'site.yaml', '--until', '20001ms');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('20001ms');
    await run(io, 'run', 'site.yaml', '--no-charts', '-o', 'a');
    await run(io, 'run', 'site.yaml', '--no-charts', '-o', 'b', '--until', '20s');
    expect(io.readText('b/result.json')).toBe(io.readText('a/result.json'));
  });

  test('the result says what the command line changed, and nothing of where the file lies', async () => {
    const io = withScenario(TINY.replace('rate: 50/s', 'rate: 150/s'));
    const changes = ['--until', '5s', '--set', 'stations.desk.servers=1', '--set', 'title=a b'];
    await run(io, 'run', 'site.yaml', '--no-charts', '-o', 'a', ...changes);
    expect(resultOf(io, 'a').scenario).toMatchObject({
      untilNs: 5e9,
      overrides: [
        { path: 'stations.desk.servers', value: '1' },
        { path: 'title', value: 'a b' },
      ],
    });
    expect(resultOf(io, 'a').advice.length).toBeGreaterThan(0);
    await run(io, 'run', `${io.folder}/site.yaml`, '--no-charts', '-o', 'b', ...changes);
    expect(io.readText('b/result.json')).toBe(io.readText('a/result.json'));
  });

  test('the report holds a command that gives the same result again', async () => {
    const io = withScenario(TINY);
    const first = ['run', 'site.yaml', '--seed', "it's", '--set', 'title=a b', '--until', '5s'];
    await run(io, ...first, '--mode', 'exact');
    const page = () => io.readText('reports/tiny/report.html').replaceAll(/<\/?span[^>]*>/g, '');
    const command = `hongfeng run site.yaml --seed 'it'\\''s' --set 'title=a b' --until 5s --mode exact --reps 5`;
    expect(page()).toContain(`<code>${command.replaceAll("'", '&#39;')}</code>`);
    await run(io, 'run', `${io.folder}/site.yaml`);
    expect(page()).toContain('<code>hongfeng run site.yaml --seed tiny --reps 5</code>');
  });

  test('--verbose says on stderr how the result came about', async () => {
    const io = withScenario(TINY, { stepMs: 1 });
    const { stdout, stderr } = await run(io, 'run', 'site.yaml', '--no-charts', '--json', '-v');
    expect(stdout).toBe(io.readText('reports/tiny/result.json'));
    expect(stderr).toMatch(
      /^mode: exact \(auto\), slice 1\/1, .* events predicted\nevents: .*\ntime: prepare /,
    );
  });

  test('colour only when asked for or on a terminal that has it', async () => {
    const plain = withScenario(TINY);
    expect((await run(plain, 'run', 'site.yaml', '--no-charts')).stdout).not.toContain('\u001b');
    const terminal = withScenario(TINY, { isTerminal: true, env: { NO_COLOR: '1', CI: '1' } });
    const quiet = await run(terminal, 'run', 'site.yaml', '--no-charts');
    expect(quiet.stdout + quiet.stderr).not.toContain('\u001b');
    const forced = withScenario(TINY);
    expect((await run(forced, 'run', 'site.yaml', '--no-charts', '--color', 'always')).stdout).toContain(
      '\u001b[',
    );
  });

  test('a report of an earlier run does not stay beside a new result', async () => {
    const io = withScenario(TINY);
    io.files.makeFolder('reports/tiny/charts');
    for (const name of ['report.html', 'charts/traffic.png', 'charts/mine.txt'])
      io.writeText(`reports/tiny/${name}`, 'old');
    await run(io, 'run', 'site.yaml', '--no-charts');
    expect(io.names().filter((name) => name.includes('charts') || name.includes('report.html'))).toEqual([
      'reports/tiny/charts/mine.txt',
    ]);
  });
});

describe('a run that is stopped', () => {
  test('Ctrl-C: what is complete is written, marked truncated; exit code 105', async () => {
    const io = withScenario(LONG, {
      onPause: (world, count) => {
        if (count === 1) world.interrupt();
      },
    });
    const { code, stderr } = await run(io, 'run', 'site.yaml', '--no-charts');
    expect(code).toBe(105);
    expect(stderr).toContain('Ctrl-C again');
    const { stop, verdict, timeline } = resultOf(io, 'reports/long');
    expect(stop).toMatchObject({ reason: 'interrupted', truncated: true });
    expect(verdict.status).toBe('cannot-say');
    expect(timeline.toNs.at(-1)).toBe(stop.atNs);
    expect(io.quits).toEqual([]);
  });

  test.each([
    ['Ctrl-C', 'interrupted', []],
    ['--time-limit', 'time-limit', ['--time-limit', '250ms']],
  ] as const)('%s ends the pilot that chooses the warm-up, and the run', async (_, reason, options) => {
    // Far more than the two million events of a first pilot.
    const text = LONG.replace('lasts: 20s, warmUp: 1s', 'lasts: 1000s');
    let pauses = 0;
    const io = withScenario(text, {
      stepMs: reason === 'time-limit' ? 100 : 0,
      onPause: (world, count) => {
        pauses++;
        if (count === 0 && reason === 'interrupted') world.interrupt();
      },
    });
    const { code } = await run(io, 'run', 'site.yaml', '--no-charts', '--reps', '1', ...options);
    expect(code).toBe(105);
    expect(resultOf(io, 'reports/long').stop).toMatchObject({ reason, truncated: true });
    expect(pauses).toBeLessThan(10);
  });

  test.each([
    ['Ctrl-C', 'interrupted', []],
    ['--time-limit', 'time-limit', ['--time-limit', '1s']],
  ] as const)('%s ends what a precision adds, between two replications too', async (_, reason, options) => {
    // Too short to be stopped while they are simulated.
    const io = withScenario(TINY, {
      stepMs: reason === 'time-limit' ? 100 : 0,
      onPause: (world, count) => {
        if (count === 0 && reason === 'interrupted') world.interrupt();
      },
    });
    const goal = ['--precision', '0.001%', '--reps', '5'];
    const { code } = await run(io, 'run', 'site.yaml', '--no-charts', ...goal, ...options);
    expect(code).toBe(105);
    const { done, stoppedBy, precision } = resultOf(io).replications;
    expect(stoppedBy).toBe(reason);
    expect(done).toBeLessThan(20);
    expect(precision).toMatchObject({ reached: false, limit: reason });
  });

  test('the second Ctrl-C quits at once', async () => {
    const io = withScenario(LONG, {
      onPause: (world, count) => {
        if (count === 0) {
          world.interrupt();
          world.interrupt();
        }
      },
    });
    await run(io, 'run', 'site.yaml', '--no-charts');
    expect(io.quits).toEqual([105]);
  });

  test('Ctrl-C means nothing to us once the command is done', async () => {
    const io = withScenario(TINY);
    await run(io, 'run', 'site.yaml', '--no-charts');
    io.interrupt();
    io.interrupt();
    expect(io.quits).toEqual([]);
  });

  test('--time-limit counts real time', async () => {
    const io = withScenario(LONG, { stepMs: 100 });
    const { code } = await run(io, 'run', 'site.yaml', '--no-charts', '--time-limit', '250ms');
    expect(code).toBe(105);
    expect(resultOf(io, 'reports/long').stop).toMatchObject({ reason: 'time-limit', truncated: true });
  });

  test('a runaway queue names the station and the second it began, and exits 0', async () => {
    const io = withScenario(RUNAWAY);
    const { code, stdout } = await run(io, 'run', 'site.yaml', '--no-charts');
    expect(code).toBe(0);
    expect(resultOf(io, 'reports/flood')).toMatchObject({
      stop: { reason: 'runaway', truncated: true, runaway: { group: 'desk', sinceNs: 0 } },
      verdict: { status: 'does-not-hold' },
    });
    expect(stdout).toContain('desk');
  });
});

describe('stdout', () => {
  test('a reader that has gone is no failure', async () => {
    const io = withScenario(TINY, { isClosed: true });
    expect((await run(io, 'run', 'site.yaml', '--no-charts')).code).toBe(0);
  });
});
