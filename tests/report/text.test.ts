import { describe, expect, test } from 'vitest';
import type { BudgetFinding, Findings } from '../../src/analysis/findings.ts';
import { displayWidth } from '../../src/base/width.ts';
import { nextSteps } from '../../src/report/sentences.ts';
import { renderText } from '../../src/report/text.ts';
import { EN } from '../../src/report/texts/en.ts';

import * as examples from './example-findings.ts';

const FILES = ['reports/double-11/report.html'];
const render = (findings: Findings) => renderText(findings, { colour: false, files: FILES });
const EXAMPLES = [
  ['double 11', examples.doubleEleven],
  ['holding', examples.holding],
  ['one desk', examples.singleDesk],
  ['200 stations', examples.largeSite],
  ['Chinese names', examples.chineseNames],
  ['no data', examples.withoutData],
  ['truncated', examples.truncated],
  ['hostile names', examples.hostileNames],
  ['unmeasured', examples.unmeasured],
  ['unended', examples.unended],
  ['many alike', examples.manyAlike],
] as const;

describe.each(EXAMPLES)('%s', (_, build) => {
  test('fits into 80 columns, ends with one newline, holds no control characters', () => {
    const text = render(build());
    for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  test('colour adds escape codes and nothing else', () => {
    const findings = build();
    const coloured = renderText(findings, { colour: true, files: FILES });
    expect(coloured).toContain('\u001b[');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(render(findings));
  });
});

test('an inconclusive verdict says in its first column what it counts as, however long the names are', () => {
  const findings = examples.doubleEleven();
  const target = `request:${'very-'.repeat(12)}long`;
  const row = (countsAs: 'pass' | 'warn' | 'fail'): BudgetFinding => ({
    ...findings.budgets[0]!,
    target,
    verdict: 'inconclusive',
    countsAs,
    noDataBecause: null,
  });
  const text = render({ ...findings, budgets: [row('fail'), row('warn'), row('pass')] });
  for (const word of ['FAIL?', 'warn?', 'pass?'])
    expect(text).toMatch(new RegExp(`^ {2}~ ${word.replace('?', '\\?')} `, 'm'));
  expect(text).toContain('3 inconclusive');
  expect(text).toContain(EN.terminal.inconclusive);
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
});

test('opens with the decision, then budgets, then what breaks first', () => {
  const text = render(examples.doubleEleven());
  const heads = [
    'DOES NOT HOLD',
    'BUDGETS',
    'BREAKS FIRST',
    'REQUESTS',
    'LAYERS',
    'COST',
    'HOW',
    'NEXT',
    'FILES',
  ];
  const places = heads.map((head) => text.indexOf(head));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(text).toContain('P95 of create during peak is 212 ms, limit < 100 ms (over by 112 %).');
  expect(text).toMatch(
    /First to break: gateway sheds requests from 00:02:21.5 on, at 525k\/s offered\s+\(it admits 500k\/s, and its burst lasts until then\);\s+during ramp it sheds\s+40\.0 %\./,
  );
  expect(text).toMatch(/No\s+sizing\s+helps/);
});

test('lists broken budgets first, each with sign and word', () => {
  const lines = render(examples.doubleEleven()).split('\n');
  const start = lines.findIndex((line) => line.startsWith('BUDGETS'));
  expect(lines[start]).toBe('BUDGETS  2 failed · 1 without data · 1 warning · 2 passed');
  const verdicts = lines.slice(start + 2, start + 8).map((line) => line.slice(2, 11).trim());
  expect(verdicts).toEqual(['✗ FAIL', '✗ FAIL', '? no data', '! warn', '✓ pass', '✓ pass']);
});

test('a value just inside its limit is not printed as the limit', () => {
  expect(render(examples.holding())).toMatch(/p99 < 200ms +199\.96 ms +\+0\.0200 %/);
});

test('one failure in many is not 100 %', () => {
  expect(render(examples.holding())).toContain('99.9971 % of 477M requests are answered well.');
});

test('an incomplete run and a broken law come before the verdict', () => {
  const text = render(examples.truncated());
  for (const alarm of ['NOT THE WHOLE RUN', 'bug of the simulator', 'order.threads grows without end']) {
    expect(text.indexOf(alarm)).toBeGreaterThanOrEqual(0);
    expect(text.indexOf(alarm)).toBeLessThan(text.indexOf('✗ DOES NOT HOLD'));
  }
});

test('a verdict that no budget decides says what does', () => {
  const base = examples.truncated();
  const passing = base.budgets.filter(({ verdict }) => verdict === 'pass');
  const sayWith = (status: 'does-not-hold' | 'cannot-say') =>
    render({ ...base, budgets: passing, verdict: { ...base.verdict, status, decidingBudget: null } });
  expect(sayWith('does-not-hold')).toContain('A queue grows without end, so nothing holds.');
  expect(sayWith('cannot-say')).toContain('it cannot say that a budget holds.');
});

test('no data is a dash and never 0', () => {
  const text = render(examples.withoutData());
  expect(text).toContain('? CANNOT SAY');
  expect(text).toContain('No request arrived.');
  expect(text).toMatch(/create +0\/s +0\/s +– +(– +)?– \(0\) +– \(0\) +– \(0\) +113 ms/);
});

test('what is lost is said by class and cause, the largest share first, with its half-width', () => {
  const base = examples.doubleEleven();
  expect(render(base)).toMatch(/LOST .*\n +class +cause +share\n +\S+ +shed +40\.0 %\n/);
  const failureShares = {
    ...{ shed: null, rejected: null, abandoned: null, failed: null },
    timedOut: [0.48, 0.52] as [number, number],
  };
  const requests = base.requests.slice(0, 1).map((each) => ({
    ...each,
    offered: 1000,
    failures: { shed: 100, rejected: 0, abandoned: 0, timedOut: 500, failed: 0 },
    intervals: { goodPerSec: null, availability: null, failureShares },
  }));
  const replications = { ...base.replications, asked: 5, done: 5 };
  expect(render({ ...base, replications, requests })).toMatch(
    /LOST .*\n.*±\n +\S+ +timed out +50\.0 % +±4\.0 %\n +\S+ +shed +10\.0 % +–\n/,
  );
});

test('long lists are cut, and the reader is told', () => {
  expect(render(examples.largeSite())).toContain('… and 188 more in report.html');
});

test('the way the result was obtained is said, with its error', () => {
  expect(render(examples.doubleEleven())).toMatch(/Sliced 1\/50.*[\s\S]*P99 2\.10 %/);
  const exact = { ...examples.doubleEleven().mode, mode: 'exact', slice: 1, errors: [] } as const;
  expect(render({ ...examples.doubleEleven(), mode: exact })).toContain('Exact: every request was simulated');
  expect(render(examples.doubleEleven())).toMatch(/no\s+confidence\s+interval;\s+--reps\s+5\s+gives\s+one/);
});

test('a run sampled in time says what it measured, what it could not, and which minutes to doubt', () => {
  const base = examples.doubleEleven();
  const minutes = [0, 2, 4, 6, 8, 10].map((minute) => ({
    fromNs: minute * 60e9,
    toNs: (minute + 1) * 60e9,
    because: 'steep' as const,
  }));
  const sampling = {
    ...{
      periodNs: 60e9,
      warmNs: 1e9,
      measuredNs: 5e9,
      weight: 12,
      measuredRatio: 0.2,
      contiguousRatio: 0.125,
    },
    ...{ extensions: 1, unseenNs: 27.5e9, errors: { p50: 0.015, p95: 0.014, p99: 0.022 }, doubtful: minutes },
  };
  const text = render({ ...base, mode: { ...base.mode, mode: 'sampled', sampling } }).replaceAll(/\s+/g, ' ');
  expect(text).toContain('Sampled in time and sliced 1/50');
  expect(text).toContain(
    'Of every 60.0 s of quiet time 5.00 s were measured and count 12 times; 20.0 % of the time',
  );
  expect(text).toContain('median: P50 1.50 %, P95 1.40 %, P99 2.20 % (docs/modes.md).');
  expect(text).toContain('kept the run going 1 time; nothing stands for 27.5 s before.');
  expect(text).toMatch(
    /The percentiles of 6 minutes are ill-conditioned.*: \d\d:\d\d:\d\d – \d\d:\d\d:\d\d, .* and 1 more stretch\./,
  );
});

test('targets that are alike are one row with the tightest of them; broken ones are never put together', () => {
  const lines = render(examples.manyAlike()).split('\n');
  const start = lines.findIndex((line) => line.startsWith('BUDGETS'));
  expect(lines[start]).toBe('BUDGETS  1 failed · 4 without data · 14 passed');
  const [failed, without, passed, , after] = lines.slice(start + 2);
  expect(failed).toMatch(/^ {2}✗ FAIL .* −50\.0 % {2}order\.create, peak$/);
  expect(without).toMatch(/^ {2}\? no data .* – +– {2}4 targets.*happened$/);
  expect(passed).toMatch(/^ {2}✓ pass .* 75\.0 ms +\+25\.0 % {2}recom.*…/);
  expect(after).toBe('');
});

test.each(['interrupted', 'runaway'] as const)(
  '%s in the warm-up: nothing was measured, and nothing is claimed',
  (reason) => {
    const text = render(examples.unmeasured(reason));
    expect(text).toContain('STOPPED IN THE WARM-UP');
    for (const claim of [
      'No request arrived',
      'Nothing reached',
      'BUDGETS',
      'REQUESTS',
      'minSamples',
      '+-',
      ':-',
    ]) {
      expect(text).not.toContain(claim);
    }
    expect(text.includes('order.threads grows without end since the warm-up')).toBe(reason === 'runaway');
  },
);

test('what most requests still inside hide is said, not called a lack of data', () => {
  const text = render(examples.unended());
  expect(text).toMatch(/is 199\.96 ms of what had ended,\s+but\s+enough\s+requests\s+were\s+still\s+inside/);
});

test('an availability is said in what it may lose', () => {
  const base = examples.doubleEleven();
  const text = render({ ...base, verdict: { ...base.verdict, decidingBudget: 3 } });
  expect(text).toContain('(800× what may be lost)');
});

test('names what the cost leaves out; without a sizing, what a limiter was asked itself', () => {
  const text = render({ ...examples.doubleEleven(), sizing: null });
  expect(text).toMatch(/without:\s+redis,\s+kafka\s+\(no\s+price\s+given\)/);
  expect(text).toMatch(/it\s+admits\s+500k\/s,\s+its\s+peak\s+asks\s+for\s+1\.00M\/s/);
});

test('says what would carry the plan, what it costs, what is the fullest then, and how to try it', () => {
  const [, steps = ''] = /NEXT\n([^]*)/.exec(render(examples.doubleEleven())) ?? [];
  const text = steps.replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    'To carry the planned 1.00M/s: gateway 50 → 80 replicas, gateway.limit 10k/s → 15k/s a replica; 52.8 CNY an hour more.',
  );
  expect(text).toContain('gateway is the fullest, 62.5 %, and the next to break');
  expect(text).toContain('--set layers.gateway.replicas=80 --set layers.gateway.limit.rate=15k/s');
});

test('proposes no sizing where the plan holds, or where nothing is too small', () => {
  const base = examples.doubleEleven();
  const { sizing } = base;
  expect(render({ ...base, verdict: { ...base.verdict, status: 'holds' } })).not.toContain(
    'To carry the planned',
  );
  const enough = sizing === null ? null : { ...sizing, changes: [] };
  expect(render({ ...base, sizing: enough })).not.toContain('To carry the planned');
});

test('budgets about what nobody uses ask for traffic, not for a longer run', () => {
  const base = examples.withoutData();
  const idle = { ...base, budgets: base.budgets.map((each) => ({ ...each, samples: 0 })) };
  expect(render(idle)).toMatch(/Bring\s+requests/);
  expect(render(idle)).not.toContain('Simulate longer');
});

test('some targets alike are not called all of them, nor the tightest shown where none has a margin', () => {
  const note = 'the tightest is shown';
  expect(render(examples.manyAlike())).toContain(note);
  const base = examples.manyAlike();
  const without = base.budgets.filter(({ margin }) => margin === null || margin < 0);
  const text = render({ ...base, budgets: without });
  expect(text).toMatch(/– +4 targets/);
  expect(text).not.toContain(note);
});

type NoData = NonNullable<BudgetFinding['noDataBecause']>;

/** The second budget of the example without data for this reason: the only one, and it decides. */
function undecided(because: NoData, rest: Partial<BudgetFinding> = {}): Findings {
  const base = examples.unended();
  return { ...base, budgets: base.budgets.map((each) => ({ ...each, noDataBecause: because, ...rest })) };
}

test('too few samples for a verdict do not hide the value they have', () => {
  const few = { samples: 500 };
  const judged = render(undecided('few-samples', few));
  expect(judged).toMatch(/is\s+199\.96 ms,\s+but\s+500\s+samples/);
  expect(judged).not.toMatch(/no\s+value/);
  expect(render(undecided('few-samples', { ...few, value: null }))).toMatch(/no\s+value:\s+500\s+samples/);
});

test.each([
  ['no-samples', 'bringTraffic'],
  ['few-samples', 'moreSamples'],
  ['still-inside', 'answerRequests'],
  ['none-completed', 'answerRequests'],
] as const)('%s has a next step of its own', (because, step) => {
  expect(nextSteps(undecided(because), EN)).toContain(EN.next[step](1));
});

test.each([
  [null, 'runToEnd'],
  [{ group: 'order.threads', sinceNs: 402e9, waitingJobs: 2_400_000 }, 'answerRequests'],
] as const)('a run cut short is one that does not say why budgets have no data', (runaway, step) => {
  const stop = {
    reason: runaway === null ? 'interrupted' : 'runaway',
    atNs: 433e9,
    truncated: true,
    runaway,
  };
  const steps = nextSteps({ ...undecided('no-samples'), stop } as Findings, EN);
  expect(steps).toContain(EN.next[step](1));
  expect(steps).not.toContain(EN.next.bringTraffic(1));
});

test('the error of slicing may be a formula, and is not called measured alone', () => {
  expect(render(examples.doubleEleven())).toMatch(/measured\s+or\s+estimated,\s+at\s+worst/);
});

test('what broke in some replications only says in how many, and runaways are counted', () => {
  const base = examples.doubleEleven();
  const firstBreak = { ...base.verdict.firstBreak!, replications: 4 };
  const replications = { ...base.replications, asked: 5, done: 5 };
  const some = { ...base, verdict: { ...base.verdict, firstBreak }, replications };
  expect(render(some).replaceAll(/\s+/g, ' ')).toContain('it sheds 40.0 % (in 4 of 5 runs).');
  const ranAway = (count: number): string =>
    render({
      ...base,
      replications: { ...base.replications, asked: 5, stoppedBy: 'runaway', ranAway: { count, of: 5 } },
    }).replaceAll(/\s+/g, ' ');
  expect(ranAway(1)).toContain(
    'Of 5 replications one ran away: a queue grew without end. It is shown alone.',
  );
  expect(ranAway(3)).toContain('Of 5 replications 3 ran away: a queue grew without end. The first of them');
});
