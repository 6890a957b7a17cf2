import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/base/diagnostics.ts';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { COMMANDS, LATER_COMMANDS, LATER_OPTIONS } from '../../src/cli/command-spec.ts';
import { readRunOptions, type RunOptions } from '../../src/cli/run-options.ts';
import { fakeIo, run } from './fake-io.ts';

function options(...argv: string[]): RunOptions {
  const parsed = parseCommandLine(['run', 'x.yaml', ...argv], '1');
  if (parsed.kind === 'text') throw new Error(parsed.text);
  return readRunOptions(parsed.args, { cpuCount: 2 });
}

function refusal(...argv: string[]): string {
  try {
    options(...argv);
  } catch (error) {
    if (error instanceof UserError && error.exitCode === 2) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('run options', () => {
  test('defaults', () => {
    expect(options()).toEqual({
      file: 'x.yaml',
      out: null,
      seed: null,
      overrides: [],
      json: false,
      lang: 'en',
      jobs: 2,
      replications: null,
      precision: null,
      timeLimitMs: null,
      untilNs: null,
      mode: 'auto',
      slice: null,
      quiet: false,
      verbose: false,
      progress: true,
      charts: true,
      review: false,
      colour: 'auto',
    });
  });

  test.each([
    [[], 10, null],
    [['--max-reps', '6'], 6, 6],
    [['--max-reps', '30'], 10, 30],
    [['--reps', '5'], 5, null],
    [['--reps', '7', '--max-reps', '7'], 7, 7],
  ])('a precision with %j begins with %i replications', (more, replications, replicationsMax) => {
    const precision = { target: 0.02, replicationsMax };
    expect(options('--precision', '2%', ...more)).toMatchObject({ replications, precision });
  });

  test.each([
    [['--reps', '4'], '--reps 5 or more'],
    [['--max-reps', '4'], '--max-reps 5 or more'],
    [['--reps', '7', '--max-reps', '6'], '--max-reps 6 contradicts --reps 7'],
  ])('a precision with %j is refused', (more, hint) => {
    expect(refusal('--precision', '2%', ...more)).toContain(hint);
  });

  test('all of them', () => {
    const all = [
      '-o',
      'dir',
      '--seed',
      'abc',
      '--json',
      '-j',
      '4',
      '--time-limit',
      '1.5s',
      '--until',
      '3m',
      '--slice',
      '10',
    ];
    expect(options(...all, '-q', '--no-charts', '--review', '--color', 'never')).toEqual({
      file: 'x.yaml',
      out: 'dir',
      seed: 'abc',
      overrides: [],
      json: true,
      lang: 'en',
      jobs: 4,
      replications: null,
      precision: null,
      timeLimitMs: 1500,
      untilNs: 180e9,
      mode: 'sliced',
      slice: 10,
      quiet: true,
      verbose: false,
      progress: false,
      charts: false,
      review: true,
      colour: 'never',
    });
  });

  test('any text is a seed, as typed', () => {
    for (const seed of ['007', '1e3', '0x10', '洪峰', 'a b', '9007199254740993']) {
      expect(options('--seed', seed).seed).toBe(seed);
    }
    expect(options('--seed=-1').seed).toBe('-1');
  });

  test('--set may be repeated and takes no more than its own value', () => {
    const { overrides, file } = options('--set', 'a.b[2]=1M/s', '--set', 'c=x=y', '--quiet');
    expect(file).toBe('x.yaml');
    expect(overrides).toEqual([
      { path: 'a.b[2]', value: '1M/s' },
      { path: 'c', value: 'x=y' },
    ]);
    const parsed = parseCommandLine(['run', '--set', 'a=1', 'y.yaml'], '1');
    expect(parsed.kind === 'command' && readRunOptions(parsed.args, { cpuCount: 2 }).file).toBe('y.yaml');
  });

  test.each(['abc', '0', '-1', '1.5', '1e3', '0x10', 'NaN', 'Infinity', '9007199254740993', ''])(
    '--slice %s is no whole number',
    (value) => {
      expect(refusal(`--slice=${value}`)).toContain('--slice');
    },
  );

  test.each(['60', 'abc', '-5s', '0s', 'NaN'])('--time-limit %s is no duration', (value) => {
    expect(refusal(`--time-limit=${value}`)).toContain('--time-limit');
  });

  test.each([
    [['--seed', '1', '--seed', '2']],
    [['--out', 'a', '-o', 'b']],
    [['-j', '1', '-j', '2']],
    [['--json', '--json', '--mode', 'exact', '--mode', 'auto']],
  ])('an option that stands once cannot be given twice: %j', (argv) => {
    expect(refusal(...argv)).toContain('more than once');
  });

  test('contradictions and malformed values', () => {
    expect(refusal('--mode', 'exact', '--slice', '10')).toContain('contradicts');
    expect(refusal('--mode', 'quick')).toContain(
      '--mode must be one of exact, sliced, sampled, auto: "quick"',
    );
    expect(refusal('--set', 'novalue')).toContain('PATH=VALUE');
    expect(refusal('--set', '=1')).toContain('PATH=VALUE');
    expect(refusal('--set')).toContain('--set needs a value');
    expect(refusal('-o')).toContain('-o needs a value');
    expect(refusal('--', '--quiet')).toContain('"--"');
    expect(refusal('y.yaml')).toContain('"y.yaml"');
  });

  test.each(['--json=foo', '--json=true', '-q=1', '--no-charts=yes'])('%s: a flag takes no value', (word) => {
    expect(refusal(word)).toContain('takes no value');
  });

  test.each(['seed', 'out', 'until', 'slice', 'jobs'])('--%s is not empty', (name) => {
    expect(refusal(`--${name}=`)).toContain(`--${name} is empty`);
    expect(refusal(`--${name}`, '')).toContain(`--${name} is empty`);
  });

  test.each(['a=', 'a= '])('--set %j has no value', (text) => {
    expect(refusal('--set', text)).toContain('--set a=');
    expect(options('--set', 'a=""').overrides).toEqual([{ path: 'a', value: '""' }]);
  });

  test('colour, verbosity', () => {
    expect(options('--no-color').colour).toBe('never');
    expect(options('--no-color', '--color', 'never').colour).toBe('never');
    expect(options('-v').verbose).toBe(true);
    expect(refusal('--no-color', '--color', 'always')).toContain('contradicts');
    expect(refusal('-q', '-v')).toContain('contradicts');
  });

  test.each(LATER_OPTIONS)('--%s is known, and not supported yet', (name) => {
    expect(refusal(`--${name}`)).toContain(`--${name} is not supported yet`);
    expect(refusal(`--${name}=3`)).toContain(`--${name} is not supported yet`);
    expect(options(`--seed=--${name}`).seed).toBe(`--${name}`);
  });

  test('a misspelt option is answered with the nearest one of this command', () => {
    expect(refusal('--sede', '3')).toContain('--seed');
    expect(refusal('--no-chart')).toContain('--no-charts');
    expect(refusal('--frobnicate')).not.toContain('similar');
    expect(() => parseCommandLine(['validate', 'x', '--sede', '1'], '1')).toThrow(/^(?!.*--seed)/s);
  });
});

describe('the tool', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']]])('%j explains itself on stdout', async (argv) => {
    const { code, stdout, stderr } = await run(fakeIo(), ...argv);
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(`hongfeng ${name}`);
    expect(stderr).toBe('');
  });

  const commands = COMMANDS.map(({ name }) => name).filter((name) => name !== 'help');
  test.each(commands)('%s --help is what "help" prints on it', async (name) => {
    const { stdout } = await run(fakeIo(), name, '--help');
    expect(stdout).toContain(`hongfeng ${name}`);
    expect((await run(fakeIo(), 'help', name)).stdout).toBe(stdout);
  });

  test('--version is the version of package.json', async () => {
    expect((await run(fakeIo(), '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('help is the same in every language of the environment', async () => {
    const chinese = fakeIo({ env: { LC_ALL: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8' } });
    const before = process.env['LC_ALL'];
    process.env['LC_ALL'] = 'zh_CN.UTF-8'; // yargs looks at the real one
    try {
      expect((await run(chinese, 'run', '--help')).stdout).toBe(
        (await run(fakeIo(), 'run', '--help')).stdout,
      );
      expect((await run(fakeIo(), 'run', '--help')).stdout).toContain('Options:');
    } finally {
      if (before === undefined) delete process.env['LC_ALL'];
      else process.env['LC_ALL'] = before;
    }
  });

  test.each([
    [['rum', 'x.yaml'], 'run'],
    [['--quiet', 'run', 'x.yaml'], 'after the command'],
    [['run'], 'hongfeng run <scenario>'],
    [['validate'], 'hongfeng help validate'],
    [['run', '-'], 'standard input'],
    [['validate', '-', 'x.yaml'], 'standard input'],
    [['run', ''], 'scenario'],
    [['validate', ''], 'files'],
    ...LATER_COMMANDS.map((name): [string[], string] => [[name, 'x'], 'not supported yet']),
    [['help', 'exit-code'], 'exit-codes'],
    [['completion', 'fish'], 'bash'],
    [['frobnicate'], 'validate'],
  ])('%j is a wrong command line: exit code 2, nothing on stdout', async (argv, hint) => {
    const { code, stdout, stderr } = await run(fakeIo(), ...argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(hint);
  });

  test('every exit code is explained', async () => {
    const { stdout } = await run(fakeIo(), 'help', 'exit-codes');
    for (const code of [0, 1, 2, 104, 105]) expect(stdout).toMatch(new RegExp(`^ *${code}  `, 'm'));
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each(['bash', 'zsh'])('completion for %s knows all commands and options', async (shell) => {
    const { stdout } = await run(fakeIo(), 'completion', shell);
    for (const { name, options: all } of COMMANDS) {
      expect(stdout).toContain(name);
      for (const option of all) expect(stdout).toContain(`--${option.name}`);
    }
  });
});
