import { expect, test } from 'vitest';
import { fakeIo, run, TINY } from './fake-io.ts';

const QUICK = ['--reps', '2', '--no-charts', '-q'];
const BASELINE = 'reports/baseline/tiny.json';

test('two scenarios of one id: the second is refused, and the files are those of the first', async () => {
  const io = fakeIo();
  io.writeText('a.yaml', TINY.replace('p95 < 1s', 'p95 < 1us'));
  io.writeText('b.yaml', TINY);
  const { code, stderr } = await run(io, 'check', 'a.yaml', 'b.yaml', ...QUICK);
  expect(code).toBe(104);
  expect(stderr).toContain('b.yaml: its id tiny is that of a.yaml');
  const written = JSON.parse(io.readText('reports/tiny/check.json')) as { scenarios: { outcome: string }[] };
  expect(written.scenarios.map(({ outcome }) => outcome)).toEqual(['fail']);
});

test('--budgets that one of several scenarios lacks refuses that one; the other is judged', async () => {
  const io = fakeIo();
  io.writeText('a.yaml', TINY);
  io.writeText(
    'b.yaml',
    TINY.replace('scenario: tiny', 'scenario: other').replace('id: quick', 'id: prompt'),
  );
  const { code, stderr } = await run(io, 'check', 'b.yaml', 'a.yaml', '--budgets', 'quick', ...QUICK);
  expect(code).toBe(104);
  expect(stderr).toContain('other has no budget "quick"');
  expect(io.names()).toContain('reports/tiny/check.json');
});

test.each([
  ['of another version', (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 99')],
  ['with the marks of a merge', (text: string) => `<<<<<<< HEAD\n${text}`],
])('a baseline %s is replaced by --update-baseline, and by nothing else', async (_, damage) => {
  const io = fakeIo();
  io.writeText('site.yaml', TINY);
  expect((await run(io, 'check', 'site.yaml', '--update-baseline', ...QUICK)).code).toBe(0);
  const sound = io.readText(BASELINE);
  const damaged = damage(sound);
  expect(damaged).not.toBe(sound);
  io.writeText(BASELINE, damaged);
  expect((await run(io, 'check', 'site.yaml', ...QUICK)).code).toBe(104);
  expect(io.readText(BASELINE)).toBe(damaged);
  expect((await run(io, 'check', 'site.yaml', '--update-baseline', ...QUICK)).code).toBe(0);
  expect(io.readText(BASELINE)).toBe(sound);
});

test('--update-baseline overwrites no file that is not a baseline', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', TINY);
  io.writeText('package.json', '{"name": "shop"}');
  const { code } = await run(
    ...([io, 'check', 'site.yaml', '--baseline', 'package.json', '--update-baseline', ...QUICK] as const),
  );
  expect(code).toBe(104);
  expect(io.readText('package.json')).toBe('{"name": "shop"}');
});

test('with another warm-up nothing pairs with the baseline', async () => {
  const io = fakeIo();
  io.writeText('site.yaml', TINY);
  await run(io, 'check', 'site.yaml', '--update-baseline', ...QUICK);
  io.writeText('site.yaml', TINY.replace('warmUp: 1s', 'warmUp: 3s'));
  const { code } = await run(io, 'check', 'site.yaml', '--strict', ...QUICK);
  expect(code).toBe(97);
  expect(io.readText('reports/tiny/check.json')).toContain('other-warm-up');
});
