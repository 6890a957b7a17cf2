/** The coverage study in small: that intervals cover as often as they say, and that the study would notice if not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile, LENGTH_UNITS, requestsOf } from '../../bench/coverage/compile.ts';
import { configurationOf, CONFIGURATIONS } from '../../bench/coverage/configurations.ts';
import { judge } from '../../bench/coverage/judge.ts';
import { SmallRuns } from '../../bench/coverage/small-runs.ts';
import { estimate, estimatesOf, MEASURES, REPLICATIONS, type Estimate } from '../../bench/coverage/study.ts';
import { coverageTable, lengthTable } from '../../bench/coverage/tables.ts';
import { addTallies, talliesOf, tallyOf, type Tallies } from '../../bench/coverage/tally.ts';
import { isKnown, studiesTasks } from '../../bench/coverage/tasks.ts';
import { truthsOf } from '../../bench/coverage/truths.ts';
import { digestOf } from '../../bench/digest.ts';
import { analyse } from '../../src/analysis/analyse.ts';
import { CONFIDENCE_LEVEL } from '../../src/analysis/intervals.ts';
import { binomialCdf } from '../../src/stats/binomial.ts';
import { Study } from '../../src/study/replications.ts';
import { OwnThread } from '../../src/study/workplace.ts';
import { input } from '../analysis/builders.ts';

const SMALL = configurationOf('mm1-50');
/** Some 2,000 requests a replication. */
const SMALL_UNITS = 500;
const STUDIES = 200;
/** Probability of less covering, or of more, at which it is no accident. */
const IMPOSSIBLE = 1e-4 / 2;

function truthsOfSmall() {
  const truths = truthsOf(SMALL);
  if (!isKnown(truths)) throw new Error('the small cell has closed forms');
  return truths;
}

const compiled = compile(SMALL, SMALL_UNITS);
const workplace = new SmallRuns();
const ofStudies = await Promise.all(
  Array.from({ length: STUDIES }, (_, study) =>
    estimate(SMALL, compiled, {
      seed: `coverage/${SMALL.id}/${study}`,
      replications: REPLICATIONS,
      workplace,
    }),
  ),
);

/** The smaller of P(X ≤ covered) and P(X ≥ covered) if each interval covers with the probability it states. */
function tailOf(covered: number): number {
  const stated = { trialCount: STUDIES, probability: CONFIDENCE_LEVEL };
  return Math.min(binomialCdf(covered, stated), 1 - binomialCdf(covered - 1, stated));
}

function halved({ value, interval }: Estimate): Estimate {
  if (value === null || interval === null) return { value, interval };
  const [lower, upper] = interval;
  return { value, interval: [(value + lower) / 2, upper === null ? null : (value + upper) / 2] };
}

describe.each(MEASURES)('200 studies of M/M/1 at ρ 0.5: %s', (measure) => {
  const truth = truthsOfSmall()[measure];
  const coveredBy = (change: (estimate: Estimate) => Estimate): number =>
    ofStudies.reduce((sum, estimates) => sum + tallyOf(change(estimates[measure]), truth).covered, 0);

  test('is covered as often as the intervals say', () => {
    expect(tailOf(coveredBy((each) => each))).toBeGreaterThan(IMPOSSIBLE);
  });

  test('is seen not to be covered by intervals half as wide', () => {
    expect(tailOf(coveredBy(halved))).toBeLessThan(IMPOSSIBLE);
  });
});

describe('a study', () => {
  test('looks at the rows of the result', async () => {
    const { scenario, model } = compiled;
    const study = new Study(model, new OwnThread(() => Promise.resolve()));
    const { replications, ...plan } = await study.simulate({ count: 2, goal: null });
    const parts = { ...input(), scenario, model, replications, plan };
    const { requests, stations } = analyse(parts);
    const { latency } = requests.find(({ phase }) => phase === null)!;
    const desk = stations.find(({ group, phase }) => group === 'desk' && phase === null)!;
    expect(estimatesOf('desk', parts)).toEqual({
      'mean wait': { value: desk.wait.meanNs, interval: desk.wait.intervals?.meanNs },
      P95: { value: latency.p95Ns, interval: latency.intervals?.p95Ns },
      P99: { value: latency.p99Ns, interval: latency.intervals?.p99Ns },
      utilization: { value: desk.utilization, interval: desk.intervals?.utilization },
    });
  });

  test.each(['mm16-70', 'mg1-50', 'tandem-70', 'layered-60'])(
    'of %s measures what a run measures',
    async (id) => {
      const { model } = compile(configurationOf(id), 10);
      const [small, ordinary] = await Promise.all(
        [new SmallRuns(), new OwnThread(() => Promise.resolve())].map((place) =>
          new Study(model, place).simulate({ count: 3, goal: null }),
        ),
      );
      expect(small!.replications.map(digestOf)).toEqual(ordinary!.replications.map(digestOf));
      expect(new Set(small!.replications.map(digestOf)).size).toBe(3);
    },
  );

  test.each(CONFIGURATIONS)(
    'of $id is of a sound scenario whose true values lie where they should',
    (each) => {
      const { model } = compile(each, SMALL_UNITS);
      expect(model.groups.map(({ name }) => name)).toContain(each.group);
      const truths = truthsOf(each);
      expect(truths.utilization).toBeCloseTo(each.utilization, 2);
      expect(truths.P95 ?? 1).toBeLessThan(truths.P99 ?? 2);
    },
  );

  test('is as much longer as queues remember longer', () => {
    expect(requestsOf(SMALL, 100)).toBe(400);
    expect(requestsOf(configurationOf('mm1-90'), 100)).toBe(10_000);
  });
});

describe('tallies', () => {
  const truths = { 'mean wait': 10, P95: 10, P99: 10, utilization: 10 };
  const at = (lower: number, upper: number | null): Estimate => ({ value: 10, interval: [lower, upper] });
  const tallies: Tallies = talliesOf(
    { 'mean wait': at(9, 11), P95: at(7, 9), P99: at(11, 12), utilization: { value: null, interval: null } },
    truths,
  );

  test('tell what covers, what promises too much, and what says nothing', () => {
    expect(tallies).toEqual({
      'mean wait': { studies: 1, intervals: 1, covered: 1, tooLow: 0, open: 0, relativeHalfWidths: 0.1 },
      P95: { studies: 1, intervals: 1, covered: 0, tooLow: 1, open: 0, relativeHalfWidths: 0.1 },
      P99: { studies: 1, intervals: 1, covered: 0, tooLow: 0, open: 0, relativeHalfWidths: 0.05 },
      utilization: { studies: 1, intervals: 0, covered: 0, tooLow: 0, open: 0, relativeHalfWidths: 0 },
    });
    expect(addTallies([tallies, tallies]).P95).toEqual({
      ...{ studies: 2, intervals: 2, covered: 0, tooLow: 2, open: 0, relativeHalfWidths: 0.2 },
    });
  });

  test('count an interval without an upper end as what it is', () => {
    const [covering, beyond] = [tallyOf(at(9, null), 10), tallyOf(at(11, null), 10)];
    expect(covering).toEqual({
      ...{ studies: 1, intervals: 1, covered: 1 },
      tooLow: 0,
      open: 1,
      relativeHalfWidths: 0,
    });
    expect(beyond).toEqual({ ...covering, covered: 0 });
    const open = { ...tallies, P95: addTallies([{ ...tallies, P95: covering }, tallies]).P95, P99: beyond };
    const table = lengthTable([{ id: 'mm1-50', lengthUnits: 100, studies: 1, truths, tallies: open }]);
    expect(table).toContain(
      '| 50.0 %, 50.0 % too low, ± 10.0 %, 50.0 % open | 0.0 %, 0.0 % too low, all open |',
    );
  });

  test('fill the tables', () => {
    const series = [{ id: 'mm1-50', lengthUnits: 100, studies: 1, truths, tallies }];
    const judgements = MEASURES.map(() => ({ pTooLow: 1, pTooHigh: 1, verdict: 'ok' as const }));
    expect(coverageTable(series, judgements).split('\n').slice(2, 5)).toEqual([
      '| M/M/1, ρ 0.5 | 400 | 1 | mean wait | 0.00001000 ms | 100.00 % | 20.7 % … 100.0 % | 0.0 % | ± 10.0 % | ok |',
      '| M/M/1, ρ 0.5 | 400 | 1 | P95 | 0.00001000 ms | 0.00 % | 0.0 % … 79.3 % | 100.0 % | ± 10.0 % | ok |',
      '| M/M/1, ρ 0.5 | 400 | 1 | P99 | 0.00001000 ms | 0.00 % | 0.0 % … 79.3 % | 0.0 % | ± 5.0 % | ok |',
    ]);
    expect(lengthTable(series)).toContain('| 0.0 %, 100.0 % too low, ± 10.0 % |');
    expect(lengthTable(series)).toContain('| no interval |');
  });
});

describe('the verdict', () => {
  const cells = (...covered: number[]) => covered.map((each) => ({ covered: each, intervals: 2_000 }));

  test('is about the limits, with all cells in mind', () => {
    // 93 % and 98 % of 2,000 are 1,860 and 1,960; a cell by itself is found wanting from 1.64 deviations on.
    const verdicts = judge(cells(1_900, 1_860, 1_815, 1_960, 1_985)).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['ok', 'ok', 'too low', 'ok', 'too high']);
    expect(judge(cells(1_834))[0]!.verdict).toBe('too low');
    expect(judge([...cells(1_834), ...cells(...new Array<number>(40).fill(1_900))])[0]!.verdict).toBe('ok');
  });
});

test('the table of docs/coverage.md is of these cells, and passes the test it states', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/coverage.md'), 'utf8');
  const rows = page.split('\n').filter((line) => / \| (ok|too low|too high) \|$/.test(line));
  const cells = rows.map((row) => row.split(' | '));
  const listed = cells.map(([title, requests, , measure]) => [title, requests, measure]);
  const expected = CONFIGURATIONS.flatMap((each) => {
    const requests = requestsOf(each, LENGTH_UNITS).toLocaleString('en');
    return MEASURES.map((measure) => [`| ${each.title}`, requests, measure]);
  });
  expect(listed).toEqual(expected);
  const hits = cells.map((cell) => {
    const intervals = Number(cell[2]!.replace(',', ''));
    return { covered: Math.round((parseFloat(cell[5]!) / 100) * intervals), intervals };
  });
  expect(judge(hits).map(({ verdict }) => verdict)).toEqual(cells.map(() => 'ok'));
});

test('no study is done twice or left out, however they are cut', () => {
  const series = ['mm1-50', 'mm1-90'].map((id) => ({ id, lengthUnits: 100, studies: 620 }));
  const tasks = studiesTasks(series, truthsOfSmall);
  for (const { id } of series) {
    const own = tasks.filter((task) => task.id === id);
    const numbers = own.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
    expect(numbers).toEqual(Array.from({ length: 620 }, (_, i) => i));
  }
  expect(tasks[0]!.id).toBe('mm1-90');
});
