import { describe, expect, test } from 'vitest';
import { planReview, reviewPlanText } from '../../src/cli/review-plan.ts';
import type { CapacityDocument } from '../../src/study/capacity-document.ts';
import type { SensitivityDocument } from '../../src/study/sensitivity-document.ts';
import { EVERY_REQUEST } from '../analysis/builders.ts';
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

test('says before it begins how much it simulates; -q does not', async () => {
  const { stderr } = await review(withSite(SITE), '--no-charts', '--no-progress');
  expect(stderr).toMatch(
    /review: a search for the capacity, some 10 loads; 1 times one replica less; up to 12 assumed inputs, each less and more, 2 replications\n {2}some [\d.]+ ?[kM]? events, about /,
  );
  expect((await review(withSite(SITE), '--no-charts', '-q')).stderr).not.toContain('review:');
});

describe('how much a review simulates', () => {
  const planned = (predictedEvents: number, asked: number | null = null) =>
    planReview({ mode: { ...EVERY_REQUEST, sampling: null, predictedEvents } }, asked, [
      [{ name: 'web', count: 1 }],
    ]);

  test('is all of it where that costs little', () => {
    expect(planned(1e6).sensitivity).toEqual({ replications: 5, inputs: 12 });
    expect(planned(1e6).events).toEqual({ capacity: 50e6, without: 5e6, sensitivity: 125e6 });
    expect(reviewPlanText(planned(1e6), 'site.yaml', 2)).not.toContain('hongfeng sensitivity');
  });

  test('is fewer replications, and then fewer inputs, where it costs much; how to get the others is said', () => {
    expect(planned(20e6).sensitivity).toEqual({ replications: 4, inputs: 12 });
    expect(planned(58e6).sensitivity).toEqual({ replications: 3, inputs: 5 });
    expect(planned(1e9).sensitivity).toEqual({ replications: 3, inputs: 1 });
    // Some ten minutes of two cores, at 5 million events a second each.
    const { events } = planned(58e6);
    expect(events.capacity + events.without + events.sensitivity).toBeLessThan(6e9);
    expect(reviewPlanText(planned(58e6), 'site.yaml', 2)).toContain(
      'all 12 inputs, each with 5 replications: hongfeng sensitivity site.yaml',
    );
  });

  test('is what --reps asks for where it does', () => {
    expect(planned(58e6, 8)).toMatchObject({
      ...{ replications: 8, areAsked: true, sensitivity: { replications: 8, inputs: 12 } },
      events: { capacity: 10 * 8 * 58e6, without: 8 * 58e6, sensitivity: 25 * 8 * 58e6 },
    });
  });
});

describe('studies of an earlier run in the same folder', () => {
  test('are left, and said to be of another scenario where they are', async () => {
    const io = withSite(SITE);
    await review(io, '--no-charts', '-q');
    const again = await run(io, 'run', 'site.yaml', '--no-charts', '--no-progress');
    expect(again.stderr).not.toContain('another version');
    io.writeText('site.yaml', SITE.replace('rate: 300/s', 'rate: 310/s'));
    const { stderr, code } = await run(io, 'run', 'site.yaml', '--no-charts', '--no-progress');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'note: reports/shop/capacity.json, reports/shop/sensitivity.json are of another version of this scenario; ' +
        'make them again (hongfeng capacity site.yaml, hongfeng sensitivity site.yaml), or remove them\n',
    );
    expect(io.names()).toEqual(
      expect.arrayContaining(['reports/shop/capacity.json', 'reports/shop/sensitivity.json']),
    );
  });

  test('that nobody can read are no matter', async () => {
    const io = withSite(SITE);
    await run(io, 'run', 'site.yaml', '--no-charts', '-q', '--reps', '1');
    io.writeText('reports/shop/capacity.json', '{');
    const { stderr } = await run(io, 'run', 'site.yaml', '--no-charts', '--no-progress');
    expect(stderr).not.toContain('another version');
  });
});
