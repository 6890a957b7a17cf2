import { expect, test } from 'vitest';
import { displayWidth } from '../../src/base/width.ts';
import { renderComparison } from '../../src/report/comparison.ts';
import { compare } from '../../src/study/compare.ts';
import type { Comparison, Difference } from '../../src/study/comparison.ts';
import { input, MS } from '../analysis/builders.ts';

const FILES = { before: 'a.yaml', after: 'b.yaml' };
const BASE = compare(input(), input());

const row = (extra: Partial<Difference>): Difference => ({
  ...{ target: 'request:buy', metric: 'p99', unit: 'ns', phase: null, spanNs: null },
  ...{ before: 200 * MS, after: 210 * MS, difference: 10 * MS, relativeDifference: 0.05 },
  ...{ interval: [9 * MS, 11 * MS], pValue: 0.001, adjustedPValue: 0.01, verdict: 'significant' },
  ...extra,
});

const NOT_TESTED = { pValue: null, adjustedPValue: null };

function render(differences: readonly Difference[], extra: Partial<Comparison> = {}): string {
  const replications = { ...BASE.replications, asked: 2, done: 2, seeds: ['s', 's#2'] };
  return renderComparison({ ...BASE, replications, differences, ...extra }, { colour: false, files: FILES });
}

/** Lines of the table, its head first. */
function tableOf(text: string): string[] {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => /^ +of +measure/.test(line));
  return lines.slice(
    head,
    lines.findIndex((line, index) => index > head && !/^ {2}[ ≈?] {2}\S/.test(line)),
  );
}

test('one row a difference: values with as many digits as tell them apart, change and interval as shares', () => {
  const change = { after: 200.1 * MS, difference: 0.1 * MS, relativeDifference: 0.0005 };
  expect(tableOf(render([row(change)]))).toEqual([
    '     of   measure  phase    before     after     change      ±',
    '     buy  P99             200.0 ms  200.1 ms  +0.0500 %  ±0.50',
  ]);
});

test('significant ones first, then what one side has no data of, then noise; each by the size of the change', () => {
  const rows = [
    row({ target: 'station:noise', verdict: 'within-noise', relativeDifference: 9 }),
    row({ target: 'station:small', relativeDifference: -0.01 }),
    row({ target: 'station:large', relativeDifference: -0.5 }),
    row({
      target: 'station:gone',
      verdict: 'unknown',
      after: null,
      difference: null,
      relativeDifference: null,
      interval: null,
      ...NOT_TESTED,
    }),
    row({ target: 'station:equal', verdict: 'equal', difference: 0, relativeDifference: 0, ...NOT_TESTED }),
  ];
  const text = render(rows);
  const order = tableOf(text)
    .slice(1)
    .map((line) =>
      line
        .replace(/^([ ≈?]*\S+).*/, '$1')
        .trim()
        .replace(/ +/, ' '),
    );
  expect(order).toEqual(['large', 'small', '? gone', '≈ noise']);
  expect(text).toContain('2 significant · 1 inside noise (≈) · 1 without enough data (?) · 1');
  expect(text).toContain('with all 3 tests considered');
});

test('a share changes by points, what became many times as much by a factor', () => {
  const rates = { before: 0.94, after: 0.972, difference: 0.032, relativeDifference: 0.032 / 0.94 };
  const share = row({ metric: 'availability', unit: 'ratio', ...rates, interval: [0.031, 0.033] });
  expect(render([share])).toMatch(/availability +94\.0 % +97\.2 % +\+3\.20 points +±0\.10\n/);
  const used = row({ ...share, metric: 'util', before: 0.001, after: 0.15, difference: 0.149 });
  expect(render([used])).toMatch(/utilization +0\.100 % +15\.0 % +\+14\.9 points +±0\.10\n/);
  const lost = row({ ...share, before: 0.9999, after: 0.99978, difference: -0.00012, interval: null });
  expect(render([lost])).toMatch(/availability +99\.99 % +99\.97[78] % +−0\.012 points +–\n/);
  const wait = { before: MS, after: 157 * MS, difference: 156 * MS, relativeDifference: 156 };
  const huge = row({ metric: 'wait.p99', ...wait, interval: [155 * MS, 157 * MS] });
  expect(render([huge])).toMatch(/wait P99 +1\.00 ms +157 ms +×157 +±1\.0\n/);
});

test('from nothing the change is in the unit of the value', () => {
  const text = render([
    row({
      metric: 'wait.mean',
      before: 0,
      after: 2 * MS,
      difference: 2 * MS,
      relativeDifference: null,
      interval: [MS, 3 * MS],
    }),
  ]);
  expect(text).toMatch(/mean wait +0 ms +2\.00 ms +\+2\.00 ms +±1\.00 ms\n/);
});

test('sixteen rows at most, with the number of the rest', () => {
  const many = Array.from({ length: 40 }, (_, index) => row({ target: `station:s${index}` }));
  const text = render(many);
  expect(tableOf(text)).toHaveLength(17);
  expect(text).toContain('… and 24 more; --json has all');
});

test('nothing in common, and everything equal, are said in words', () => {
  expect(render([])).toContain('There is nothing that both have.');
  expect(render([row({ verdict: 'equal' })])).toContain('1 measure compared: all exactly equal.');
});

test('a queue that grew without end is named, on the side where it did', () => {
  const runaways = [{ seed: 's', group: 'desk', atNs: 1 }];
  const text = render([], { after: { ...BASE.after, runaways } });
  expect(text).toMatch(/! after: the queue of desk grew without end in 1 of 2 replications\./);
  expect(text).toContain('hongfeng run b.yaml');
  expect(text).not.toContain('nothing that both have');
});

test('hostile and long names are escaped and cut: 80 columns, no control characters', () => {
  const name = `\u001b[31m洪峰\u202e${'x'.repeat(90)}`;
  const long = row({ target: `request:${name}`, phase: name, metric: 'worst.availability', spanNs: 1e10 });
  const scenario = { ...BASE.before.scenario, title: name, overrides: [{ path: name, value: name }] };
  const side = { ...BASE.before, scenario, only: [`station:${name}`] };
  const text = render([long, { ...long, verdict: 'within-noise' }], { before: side, after: side });
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
  expect(text).toContain('\\x1b[31m');
});

const side = (
  change: Partial<Comparison['before']['scenario']>,
  mode: Partial<Comparison['after']['mode']> = {},
) => ({
  ...BASE.before,
  scenario: { ...BASE.before.scenario, ...change },
  mode: { ...BASE.before.mode, ...mode },
});

test.each([
  ['exact', 1, 'every request simulated'],
  ['sliced', 4, 'one request in 4 simulated'],
  ['sampled', 1, 'some stretches of time simulated, the same of both, every request in them'],
  ['sampled', 4, 'some stretches of time simulated, the same of both, one request in 4 in them'],
] as const)('the head says in one phrase what is simulated: %s, slice %i', (mode, slice, phrase) => {
  const after = side({}, { mode, slice });
  const head = render([], { after }).replace(/\s+/g, ' ');
  expect(head).toContain(`; ${phrase}`);
  if (mode === 'sampled') expect(head).not.toContain('every request simulated');
});

test('the head names what differs between the clocks, and nothing where they are alike', () => {
  const clock = { from: null, lastsNs: 20e9, warmUpNs: 1e9, windowNs: 1e9 };
  const before = side(clock);
  expect(render([], { before, after: side(clock) })).not.toContain('clocks differ');
  const after = side({ ...clock, from: '20:00', warmUpNs: 2e9, windowNs: 1e8 });
  expect(render([], { before, after }).replace(/\s+/g, ' ')).toContain(
    'The clocks differ: from unset and 20:00, warm-up 1s and 2s, window 1s and 100ms.',
  );
  expect(render([], { before, after: side({ ...clock, lastsNs: 40e9 }) })).toContain(
    'The clocks differ: lasts 20s and 40s.',
  );
});
