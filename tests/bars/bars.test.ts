/**
 * What users of other tools complain of, as bars that this one must clear; each is tested in depth elsewhere, and here once
 * from the outside, by its number. Bar 18, a report in three seconds, is one of speed: `npm run bench:report`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { SERVICE, site } from '../../bench/gate/scenarios.ts';
import { tryOut } from '../../bench/gate/trial.ts';
import { COMMANDS } from '../../src/cli/command-spec.ts';
import { MODEL_CODES } from '../../src/cli/explain/model-codes.ts';
import { renderAnnotations } from '../../src/report/ci/github.ts';
import { renderJunit } from '../../src/report/ci/junit.ts';
import { renderMarkdown } from '../../src/report/ci/markdown.ts';
import { renderHtml } from '../../src/report/html.ts';
import { CODES } from '../../src/scenario/codes.ts';
import { fakeIo, LONG, run, TINY, type FakeIo, type FakeOptions } from '../cli/fake-io.ts';
import { documentOf, manyBroken } from '../report/ci/example-check.ts';
import { readXml } from '../report/ci/xml.ts';
import { largeSite } from '../report/example-findings.ts';

function withSite(text = TINY, options: FakeOptions = {}): FakeIo {
  const io = fakeIo(options);
  io.writeText('site.yaml', text);
  return io;
}

const QUICK = ['--reps', '2', '--no-charts'];

/** Positionals of every command that prints a document, and options that make it quick. */
const WITH_JSON: Readonly<Record<string, readonly string[]>> = {
  run: ['site.yaml', '--verbose', ...QUICK],
  check: ['site.yaml', '--verbose', ...QUICK],
  compare: ['site.yaml', 'site.yaml', '--reps', '2'],
  capacity: ['site.yaml', '--from', '1x', '--to', '2x', '--precision', '50%', '--reps', '5'],
  explain: ['p99'],
  report: ['out/result.json', '--no-charts'],
  sensitivity: ['site.yaml', '--reps', '2'],
  validate: ['site.yaml'],
};

test('bar 1: --json of every command is one document and nothing else, on a terminal or not', async () => {
  const having = COMMANDS.filter(({ options }) => options.some(({ name }) => name === 'json'));
  expect(having.map(({ name }) => name).toSorted()).toEqual(Object.keys(WITH_JSON).toSorted());
  for (const [command, words] of Object.entries(WITH_JSON)) {
    for (const isTerminal of [false, true]) {
      const io = withSite(TINY, { isTerminal, stepMs: 500 });
      if (command === 'report') {
        await run(io, 'run', 'site.yaml', ...QUICK, '-q', '-o', 'out');
      }
      const { stdout, stderr } = await run(io, command, ...words, '--json');
      expect(() => JSON.parse(stdout) as unknown, `${command}: ${stderr}`).not.toThrow();
      expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: expect.any(Number) as number });
    }
  }
});

test('bar 2: the same scenario and seed give the same result.json, with one job or four', async () => {
  const bytes = async (...options: string[]): Promise<string> => {
    const io = withSite();
    await run(io, 'run', 'site.yaml', '--no-charts', '-q', '-o', 'out', ...options);
    return io.readText('out/result.json');
  };
  const first = await bytes('-j', '1');
  expect(await bytes('-j', '1')).toBe(first);
  expect(await bytes('-j', '4')).toBe(first);
});

test('bars 3 and 4: an unrelated component changes nothing, all differences are 0, exit code 0', async () => {
  const options = { service: SERVICE, hasUnrelated: false, lasts: '10s' };
  const same = await tryOut(site(options), site(options), 'same');
  const beside = await tryOut(site(options), site({ ...options, hasUnrelated: true }), 'beside');
  for (const { exitCode, verdicts, worseBy } of [same, beside]) {
    expect([exitCode, worseBy]).toEqual([0, 0]);
    expect(new Set(verdicts)).toEqual(new Set(['equal']));
  }
});

test('bar 4: 2 % more service time at 85 % load is reported with five replications', async () => {
  const options = { service: SERVICE, hasUnrelated: false, lasts: '75s' };
  const slower = site({ ...options, service: '10.2ms' });
  const { exitCode } = await tryOut(site(options), slower, '7', '--reps', '5', '--tolerance', '1%');
  expect(exitCode).toBe(98);
});

describe('bar 5: exit code', () => {
  const BUSY = TINY.replace('lasts: 20s', 'lasts: 60s').replace('rate: 50/s', 'rate: 80/s');
  const code = async (text: string, ...options: string[]): Promise<number> =>
    (await run(withSite(text), 'check', 'site.yaml', '--no-charts', ...options)).code;

  test('0, 2, 99 and 104', async () => {
    expect(await code(BUSY)).toBe(0);
    expect(await code(BUSY, '--confidence', 'much')).toBe(2);
    expect(await code(BUSY.replace('p95 < 1s', 'p95 < 1ms'))).toBe(99);
    expect(await code(BUSY.replace('servers', 'serverz'))).toBe(104);
  });

  test('96: no traffic holds the budgets', async () => {
    const io = withSite(BUSY.replace('p95 < 1s', 'p95 < 1ns'));
    const found = await run(io, 'capacity', 'site.yaml', '--reps', '5', '--budgets', 'quick');
    expect(found.code).toBe(96);
  });

  test('98: worse than the baseline', async () => {
    const io = withSite(BUSY);
    await run(io, 'check', 'site.yaml', '--no-charts', '--update-baseline');
    io.writeText('site.yaml', BUSY.replace('exponential: 20ms', 'exponential: 22ms'));
    expect((await run(io, 'check', 'site.yaml', '--no-charts')).code).toBe(98);
  });

  test('105: stopped', async () => {
    const onPause = (self: FakeIo): void => {
      self.interrupt();
    };
    expect((await run(withSite(LONG, { onPause }), 'check', 'site.yaml', '--no-charts')).code).toBe(105);
  });
});

describe('bar 6: refused before simulating, with file, line and column', () => {
  test.each([
    ['an unknown metric', TINY.replace('p95 < 1s', 'p95x < 1s'), 'HF205', 11],
    ['an unknown target', TINY.replace('request:buy', 'request:bye'), 'HF309', 11],
    ['a second budget of one id', `${TINY}  - { id: quick, target: "*", expect: p95 < 1s }\n`, 'HF304', 12],
    ['a missing unit', TINY.replace('p95 < 1s', 'p95 < 1'), 'HF205', 11],
    ['the same key twice', TINY.replace('seed: tiny', 'seed: tiny\nseed: other'), 'HF005', 4],
  ])('%s', async (_, text, code, line) => {
    const found = await run(withSite(text), 'check', 'site.yaml');
    expect(found.code).toBe(104);
    expect(found.stderr).toMatch(new RegExp(`error\\[${code}\\][^]*--> site\\.yaml:${line}:\\d+`));
  });

  test.each([['--reps'], ['--jobs'], ['--slice']])('%s with a value that is no number', async (option) => {
    const { code, stderr } = await run(withSite(), 'check', 'site.yaml', option, 'abc');
    expect(code).toBe(2);
    expect(stderr).toContain(`${option} must be a whole number`);
  });
});

test('bar 7: a budget with nothing observed fails', async () => {
  const text = TINY.replace('buy: { path: [desk] }', 'buy: { path: [desk] }\n  never: { path: [desk] }')
    .replace('traffic: { rate: 50/s }', 'traffic: { rate: 50/s, mix: { buy: 100%, never: 0% } }')
    .replace('request:buy', 'request:never');
  const { code, stdout } = await run(withSite(text), 'check', 'site.yaml', '--json', ...QUICK);
  expect(code).toBe(99);
  expect(stdout).toContain('"noDataBecause": "no-samples"');
});

describe('the page', () => {
  const page = renderHtml({ result: largeSite(3600) }, { file: 'site.yaml' });
  const visible = page.replace(/<(script|style)[^]*?<\/\1>/g, '');

  test('bar 8: loads nothing, shows verdict and budgets without a script, and is below 2 MB', () => {
    expect(page).not.toMatch(/(?:src|href|action|data)\s*=\s*["']?(?:https?:)?\/\//i);
    expect(page).not.toMatch(/@import|url\(\s*["']?(?:https?:)?\/\//i);
    expect(visible).toMatch(/class="verdict/);
    expect(visible).toMatch(/id="budgets"[^]*<table/);
    expect(new TextEncoder().encode(page).length).toBeLessThan(2e6);
  });

  test('bar 9: the decision stands before the first chart over time', () => {
    const first = visible.indexOf('id="event"');
    expect(first).toBeGreaterThan(0);
    for (const part of [
      'class="verdict',
      'id="budgets"',
      'id="breaks"',
      'id="headroom"',
      'id="cost"',
      'id="changes"',
    ]) {
      expect(visible.indexOf(part), part).toBeGreaterThan(0);
      expect(visible.indexOf(part), part).toBeLessThan(first);
    }
  });
});

test('bar 10: report draws the same bytes as the run', async () => {
  const io = withSite();
  await run(io, 'run', 'site.yaml', '-q', '-o', 'out', '--reps', '2');
  const drawn = (): Record<string, string> =>
    Object.fromEntries(
      io.names().flatMap((name) => (name.startsWith('out/') ? [[name, io.readText(name)]] : [])),
    );
  const before = drawn();
  expect(Object.keys(before)).toContain('out/report.html');
  await run(io, 'report', 'out/result.json', '-q');
  expect(drawn()).toEqual(before);
});

test('bar 11: 500 failing budgets: JUnit is sound, ten annotations at most, a summary below 900 KB', () => {
  const document = documentOf(manyBroken(500));
  const { attributes, children } = readXml(renderJunit(document, { secondsOf: () => 1 }));
  expect(attributes).toMatchObject({ tests: '500', failures: '500' });
  expect(children[0]?.children).toHaveLength(500);
  expect(renderAnnotations(document).trimEnd().split('\n')).toHaveLength(10);
  const summary = new TextEncoder().encode(renderMarkdown(document, { bytesMax: 900_000 })).length;
  expect(summary).toBeLessThan(900_000);
});

test('bar 12: NO_COLOR and pipes get no escape bytes; nothing of progress where nobody looks', async () => {
  const plain = withSite(TINY, { isTerminal: true, env: { NO_COLOR: '1' } });
  const piped = withSite(LONG, { env: { CI: 'true' }, stepMs: 500 });
  for (const io of [plain, piped]) {
    for (const command of ['run', 'check']) await run(io, command, 'site.yaml', '--no-progress', ...QUICK);
    expect(io.stdout.text()).toContain('hongfeng');
    expect(io.stdout.text() + io.stderr.text()).not.toContain('\u001b');
  }
  const { stderr } = await run(
    withSite(LONG, { env: { CI: 'true' }, stepMs: 500 }),
    'check',
    'site.yaml',
    ...QUICK,
  );
  expect(stderr).not.toMatch(/\r|events\/s/);
});

test('bar 13: the schema is draft-07 and accepts every shipped scenario', async () => {
  const { stdout } = await run(fakeIo(), 'schema');
  const schema = JSON.parse(stdout) as { readonly $schema: string };
  expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
  const validate = new Ajv.default({ strict: false }).compile(schema);
  const files = readdirSync('scenarios').filter((name) => /(?<!claims)\.yaml$/.test(name));
  expect(files.length).toBeGreaterThan(4);
  for (const name of files) {
    const isValid = validate(parse(readFileSync(`scenarios/${name}`, 'utf8')));
    expect(isValid, `${name}: ${JSON.stringify(validate.errors?.slice(0, 2))}`).toBe(true);
  }
});

test('bar 14: help is the same whatever the language of the environment', async () => {
  const before = { ...process.env };
  onTestFinished(() => {
    process.env = before;
  });
  const helpIn = async (locale: string): Promise<string> => {
    process.env = { ...before, LC_ALL: locale, LANG: locale, LANGUAGE: locale };
    const { stdout } = await run(fakeIo({ env: { LC_ALL: locale } }), 'help', 'check');
    return stdout;
  };
  const help = await helpIn('C');
  expect(help).toContain('--baseline');
  expect(await helpIn('zh_CN.UTF-8')).toBe(help);
});

test('bar 15: a pasted hpa block is known by name; autoscaling is not supported yet', async () => {
  const hpa = 'hpa: { minReplicas: 2, maxReplicas: 10, metrics: [{ type: Resource }] }';
  const text = TINY.replace('service: { exponential: 20ms } }', `service: { exponential: 20ms }, ${hpa} }`);
  const { code, stderr } = await run(withSite(text), 'validate', 'site.yaml');
  expect(code).toBe(104);
  expect(stderr + (await run(withSite(text), 'validate', 'site.yaml')).stdout).toContain('HF107');
});

test('bar 16: init and run work in an empty folder, and say what to do next', async () => {
  const io = fakeIo();
  const made = await run(io, 'init');
  expect(made.stdout).toContain('Next: hongfeng run hongfeng.yaml');
  const { code, stdout } = await run(io, 'run', 'hongfeng.yaml', '--no-charts');
  expect(code).toBe(0);
  expect(stdout).toContain('\nNEXT\n');
});

test('bar 17: every error code has a page', async () => {
  const io = fakeIo();
  for (const code of Object.keys({ ...CODES, ...MODEL_CODES })) {
    expect((await run(io, 'explain', code)).code, code).toBe(0);
  }
});
