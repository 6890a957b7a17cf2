import { expect, test } from 'vitest';
import type { CapacityDocument } from '../../src/study/capacity-document.ts';
import type { SensitivityDocument } from '../../src/study/sensitivity-document.ts';
import { fakeIo, run, type FakeIo, type FakeOptions } from './fake-io.ts';

const SITE = `scenario: shop
clock: { lasts: 20s, warmUp: 1s }
traffic: { rate: 300/s }
stations:
  web: { replicas: 3, servers: 2, operations: { page: [{ serve: { exponential: 2ms } }, { call: db }] } }
  db: { servers: 4, service: { value: { exponential: 5ms }, confidence: assumed, source: a guess } }
requests:
  buy: { path: [web.page] }
budgetDefaults: { minSamples: 100 }
budgets:
  - { id: tail, target: "request:buy", expect: p95 < 60ms }
`;

function withSite(text: string, options: FakeOptions = {}): FakeIo {
  const io = fakeIo(options);
  io.writeText('site.yaml', text);
  return io;
}

const review = (io: FakeIo, ...options: string[]) =>
  run(io, 'run', 'site.yaml', '--review', '--reps', '2', ...options);

test('one command makes the result, the studies beside it and one report of all', async () => {
  const io = withSite(SITE);
  const { code, stdout } = await review(io);
  expect(code).toBe(0);
  for (const name of ['result.json', 'capacity.json', 'sensitivity.json', 'report.html']) {
    expect(stdout).toContain(`reports/shop/${name}`);
    expect(io.names()).toContain(`reports/shop/${name}`);
  }
  const capacity = JSON.parse(io.readText('reports/shop/capacity.json')) as CapacityDocument;
  expect(capacity.bound.kind).toBe('bound');
  expect(capacity.without.map(({ taken }) => taken)).toEqual([[{ layer: 'web', count: 1, of: 3 }]]);
  expect(capacity.without[0]?.atOne?.multiplier).toBe(1);
  expect(capacity.without[0]?.bound).toBeNull();
  const sensitivity = JSON.parse(io.readText('reports/shop/sensitivity.json')) as SensitivityDocument;
  expect(sensitivity.inputs.map(({ path }) => path)).toEqual(['stations.db.service']);
  // The report is drawn with them: no section says which command would fill it.
  const page = io.readText('reports/shop/report.html');
  expect(page).toContain('id="sensitivity"');
  expect(page).not.toContain('hongfeng run site.yaml --review');
});

test('the studies are those of the commands by themselves', async () => {
  const io = withSite(SITE);
  await review(io, '--no-charts', '-q');
  const saved = (name: string): unknown => JSON.parse(io.readText(`reports/shop/${name}`));
  const alone = await run(withSite(SITE), 'sensitivity', 'site.yaml', '--reps', '2', '--json');
  expect(JSON.parse(alone.stdout)).toEqual(saved('sensitivity.json'));
  const search = await run(
    withSite(SITE),
    'capacity',
    'site.yaml',
    '--reps',
    '2',
    '--precision',
    '2%',
    '--json',
  );
  const { bound } = JSON.parse(search.stdout) as CapacityDocument;
  expect(bound).toEqual((saved('capacity.json') as CapacityDocument).bound);
});

test('without a required budget there is no capacity, and that is said; the rest is there', async () => {
  const io = withSite(SITE.replace('p95 < 60ms', 'p95 < 60ms, level: warn'));
  const { code, stderr } = await review(io, '--no-charts');
  expect(code).toBe(0);
  expect(stderr).toContain('note: no capacity in this review: no budget is required');
  expect(io.names()).not.toContain('reports/shop/capacity.json');
  expect(io.names()).toContain('reports/shop/sensitivity.json');
});

test('Ctrl-C between the run and its studies leaves the run: exit code 105', async () => {
  const io = withSite(SITE, {
    onPause: (self, count) => {
      if (count === 3) self.interrupt();
    },
  });
  const { code } = await review(io, '--no-charts', '-j', '1');
  expect(code).toBe(105);
  expect(io.names()).toContain('reports/shop/result.json');
});
