import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import { MODEL_CODES } from '../../src/cli/explain/model-codes.ts';
import { METRIC_NAMES } from '../../src/scenario/budget-metrics.ts';
import { CODES } from '../../src/scenario/codes.ts';
import { SCHEMA_KEYS } from '../promises/schema-keys.ts';
import { fakeIo, run, TINY, type FakeIo } from './fake-io.ts';

const explain = (io: FakeIo, ...options: string[]) => run(io, 'explain', ...options);

async function explained(thing: string): Promise<string> {
  const { code, stdout, stderr } = await explain(fakeIo(), thing);
  expect({ code, stderr }, thing).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Codes as they stand in quotes in the sources. */
const CODES_IN_SOURCES = new Set(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('explain'))
    .flatMap((name) => [...readFileSync(join('src', name), 'utf8').matchAll(/\bHF\d{3}\b/g)])
    .map(([code]) => code),
);

describe('a code', () => {
  test('every one that the sources have, and no other, is explained with what to do', async () => {
    const known = Object.keys({ ...CODES, ...MODEL_CODES });
    expect(known.toSorted()).toEqual([...CODES_IN_SOURCES].toSorted());
    for (const code of known) {
      const text = await explained(code);
      expect(text).toMatch(new RegExp(`^${code}  (error|warning|info): .+\\n(  .+\\n)+$`));
    }
  });

  test('severity and title are those of the documentation', () => {
    const rows = readFileSync('docs/scenario.md', 'utf8').matchAll(/^\| (HF\d+) \| (.*) \| (\w+) \|$/gm);
    const documented: unknown = Object.fromEntries(
      [...rows].map(([, code, title, severity]) => [code, `${title} ${severity}`]),
    );
    const own = Object.entries({ ...CODES, ...MODEL_CODES }).map(([code, { title, severity }]) => [
      code,
      `${title} ${severity}`,
    ]);
    expect(Object.fromEntries(own)).toEqual(documented);
  });
});

test('every metric is explained with its limit and its targets', async () => {
  for (const metric of METRIC_NAMES) {
    const text = await explained(metric);
    expect(text.split('\n')[0]).toBe(`${metric}  a metric that budgets limit`);
    expect(text).toMatch(/Its limit is .+\./);
    expect(text).toMatch(/\n {2}Of .*\(/);
  }
  expect(await explained('p(99.90)')).toContain('p99.9  a metric');
});

test('every key of scenario files is explained', async () => {
  const own = SCHEMA_KEYS.filter((key) => !key.startsWith('layers.*('));
  expect(own.length).toBeGreaterThan(100);
  for (const key of own.filter((_, index) => index % 9 === 0)) {
    const word = key.replace(/\[\]|\.\*|\([^)]*\)|<|>/g, '').replace(/^\.|\.$/g, '');
    expect(await explained(word), key).toMatch(/ {2}a key of scenario files\n {2}\S/);
  }
  expect(await explained('budgets.window')).toContain('Keys inside: from, to, after, worst,');
});

describe('a budget of the last result', () => {
  const STORM = readFileSync('scenarios/retry-storm.yaml', 'utf8');

  async function withStorm(): Promise<FakeIo> {
    const io = fakeIo();
    io.writeText('storm.yaml', STORM);
    await run(io, 'run', 'storm.yaml', '--no-charts', '-q', '--reps', '1');
    return io;
  }

  test('that broke: the chain of causes, with times and numbers', async () => {
    const { code, stdout } = await explain(await withStorm(), 'answers');
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/✗ FAIL request:order Share of errors of order .* limit < 1\.00 %/);
    const order = [
      'db-dip: a disturbance',
      'db saturates',
      'time out',
      'retries begin',
      'budget answers: errors',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(text).toMatch(/ t\+00:20 db-dip/);
  });

  test('as JSON: the steps name each other', async () => {
    const { stdout } = await explain(await withStorm(), 'answers', '--json');
    const { budget, $schema } = JSON.parse(stdout) as {
      $schema: string;
      budget: { chain: { kind: string; because: number | null }[] };
    };
    expect($schema).toBe('urn:hongfeng:explanation:1');
    expect(budget.chain[0]).toMatchObject({ kind: 'disturbed', because: null });
    expect(budget.chain.at(-1)?.kind).toBe('budget-broken');
    budget.chain.forEach(({ because }, index) => {
      expect(because ?? -1).toBeLessThan(index);
    });
  });

  test('that holds, of the newest result or the one that is named', async () => {
    const io = await withStorm();
    io.writeText('tiny.yaml', TINY);
    await run(io, 'run', 'tiny.yaml', '--no-charts', '-q');
    const { stdout } = await explain(io, 'quick');
    expect(stdout).toMatch(/^Budget quick of tiny\n {2}✓ pass request:buy\n/);
    expect((await explain(io, 'answers')).code).toBe(2);
    const named = await explain(io, 'answers', '--result', 'reports/retry-storm/result.json');
    expect(named.code).toBe(0);
  });
});

test('what there is not is refused, with the nearest name', async () => {
  const { code, stderr } = await explain(fakeIo(), 'HF3011');
  expect(code).toBe(2);
  expect(stderr).toContain('a similar one exists: HF301');
  const none = await explain(fakeIo(), 'xyzzy-plugh');
  expect(none.stderr).toContain('there is no result in reports/ yet');
});
