import { describe, expect, test } from 'vitest';
import type { Findings, RecoveryFinding, StabilityFinding } from '../../src/analysis/findings.ts';
import { displayWidth } from '../../src/base/width.ts';
import { eventCharts } from '../../src/report/charts.ts';
import { renderHtml } from '../../src/report/html.ts';
import { nextSteps } from '../../src/report/sentences.ts';
import { renderText } from '../../src/report/text.ts';
import { EN } from '../../src/report/texts/en.ts';
import * as examples from './example-findings.ts';

const RECOVERY: RecoveryFinding = {
  disturbance: 'db-dip',
  stations: ['db'],
  fromNs: 20e9,
  toNs: 22e9,
  capacityRatio: 0.2,
  others: [],
  status: 'recovered',
  because: null,
  judgedBy: 'budgets',
  recoveredNs: 3.4e9,
  drainNs: null,
  offeredBeforePerSec: 700,
  offeredAfterPerSec: 701,
  goodBeforeRatio: 1,
  goodAfterRatio: 0.02,
};

const LOAD: StabilityFinding['retryLoads'][number] = {
  group: 'db',
  layer: 'storage',
  attempts: 4,
  capacityPerSec: 1000,
  hiddenPerSec: 250,
  offeredPeakPerSec: 700,
  status: 'vulnerable',
};

function having(
  recovery: Partial<RecoveryFinding>,
  verdict: StabilityFinding['run']['verdict'] = 'backlogged',
): Findings {
  const run = { verdict, sinceNs: 20e9, drainedNs: verdict === 'backlogged' ? 26e9 : null };
  const stability = { run, recoveries: [{ ...RECOVERY, ...recovery }], retryLoads: [LOAD] };
  return { ...examples.singleDesk(), stability };
}

/** The block of the terminal summary, on one line. */
function block(findings: Findings): string {
  const text = renderText(findings, { colour: false, files: [] });
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
  const found = text.split('\n\n').find((each) => each.startsWith('STABILITY')) ?? '';
  return found.replace(/\s+/g, ' ');
}

describe('what became of a disturbance is one sentence', () => {
  const never = { recoveredNs: null };
  test.each<[Partial<RecoveryFinding>, string]>([
    [{}, 'budgets hold again 3.40 s (windows of 1.00 s) after its end.'],
    [{ recoveredNs: 0 }, 'budgets hold as soon as it is over.'],
    [{ interval: [3e9, 4e9] }, 'again 3.40 s (3.00 s – 4.00 s; windows of 1.00 s) after its end.'],
    [
      { others: ['cache-dip'] },
      'together with cache-dip, budgets hold again 3.40 s (windows of 1.00 s) after the last of them.',
    ],
    [{ judgedBy: 'service' }, 'all is as before 3.40 s (windows of 1.00 s) after its end.'],
    [{ status: 'recovering', ...never, drainNs: 10e9 }, 'the queues need another 10.0 s at their pace.'],
    [{ status: 'recovering', ...never }, 'getting better (2.00 % good at the end, 100 % before).'],
    [{ status: 'metastable', ...never }, 'metastable, it keeps itself down.'],
    [{ status: 'metastable', ...never }, 'the load is back (701/s offered, 700/s before)'],
    [{ status: 'overloaded', ...never }, 'or a queue from before explains it.'],
    [{ status: 'unknown', because: 'too-short', ...never }, 'too little of the run is left behind it.'],
    [{ status: 'unknown', because: 'bad-before', ...never }, 'it was not well before either.'],
    [{ status: 'unknown', because: 'nothing-before', ...never }, 'no calm time before it'],
    [{ status: 'unknown', because: 'cut-short', ...never }, 'the run was stopped.'],
  ])('%j', (recovery, sentence) => {
    expect(block(having(recovery))).toContain(sentence);
    expect(block(having(recovery))).toContain('db-dip (20.0 % of db left at');
  });
});

test('the run is called what it is', () => {
  expect(block(having({}))).toContain('Queues grew from');
  expect(block(having({}, 'overloaded'))).toContain('Overloaded from');
  expect(block(having({}, 'metastable'))).toContain('Down for good since the disturbance at');
});

test('hidden capacity beside what was offered', () => {
  expect(block(having({}))).toContain(
    'db: hidden capacity 250/s (1.00k/s ÷ 4.00 attempts), peak 700/s: vulnerable, retries can keep an overload going.',
  );
});

test('nothing is said where nothing was disturbed and every queue kept up', () => {
  expect(block(examples.singleDesk())).toBe('');
});

test('a run that stays down is told what to do first', () => {
  expect(nextSteps(having({}, 'metastable'), EN)[0]).toBe(
    'Give the calls that reach db a retry budget, or keep its load below 250/s.',
  );
  expect(nextSteps(having({}), EN)[0]).not.toContain('retry budget');
});

test('the page has the same sentences, and names are escaped', () => {
  const findings = having({ disturbance: '<b>dip</b>', stations: ['<i>db</i>'] });
  const page = renderHtml({ result: findings }, { file: 'site.yaml' });
  const start = page.indexOf('<section id="stability"');
  const section = page.slice(start, page.indexOf('</section>', start));
  expect(section).toContain('budgets hold again 3.40 s (windows of 1.00 s) after its end.');
  expect(section).toContain('&lt;b&gt;dip&lt;/b&gt;');
  expect(section).not.toMatch(/<[bi]>/);
  expect(section).toContain('250/s');
});

test('charts over time have a band for it, behind those of the phases', () => {
  const traffic = eventCharts(having({})).find(({ id }) => id === 'traffic')?.plan;
  expect(traffic?.kind === 'lines' ? traffic.bands.at(-1) : null).toEqual({
    label: 'db-dip',
    from: 20,
    to: 22,
    isOverlay: true,
  });
});
