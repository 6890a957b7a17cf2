/** Where a percentile was refused for want of samples, every report says so with their number. */
import { expect, test } from 'vitest';
import type { Findings, LatencySummary } from '../../src/analysis/findings.ts';
import { renderStationsCsv, renderTimelineCsv } from '../../src/report/csv.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderText } from '../../src/report/text.ts';
import { doubleEleven } from './example-findings.ts';

const REFUSED = { p90Ns: null, p95Ns: null, p99Ns: null, p999Ns: null };
const few = (latency: LatencySummary, samples: number): LatencySummary => ({
  ...latency,
  samples,
  ...REFUSED,
});

/** 61 observations each: a median, and nothing beyond it; 412 sampled requests, none of them slow enough. */
function site(): Findings {
  const base = doubleEleven();
  return {
    ...base,
    requests: base.requests.map((each) => ({
      ...each,
      latency: few(each.latency, 61),
      unloaded: few(each.unloaded, 62),
    })),
    stations: base.stations.map((each) => ({
      ...each,
      wait: few(each.wait, 63),
      sojourn: each.sojourn === null ? null : few(each.sojourn, 64),
    })),
    anatomy: base.anatomy.filter(({ of }) => of === 'mean').map((each) => ({ ...each, samples: 412 })),
  };
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ');
const page = (findings: Findings): string =>
  squeezed(renderHtml({ result: findings }, { file: 'site.yaml' }));
const text = (findings: Findings): string => renderText(findings, { colour: false, files: [] });

test('terminal: the number stands in the percentile’s place, and a line explains it', () => {
  const shown = text(site());
  expect(shown).toMatch(/create .* 144 ms +– \(61\) +– \(61\) +/);
  expect(shown).toContain('– (63)');
  expect(shown.match(/n samples are too few for this percentile/g)).toHaveLength(2);
  expect(text(doubleEleven())).not.toContain('too few for this percentile');
});

test('terminal and page: a budget without a verdict says how many samples there are and are needed', () => {
  const budgets = doubleEleven()
    .budgets.filter(({ noDataBecause }) => noDataBecause === 'few-samples')
    .map((each) => ({ ...each, level: 'error' as const }));
  expect(budgets).toHaveLength(1);
  const base = doubleEleven();
  const undecided: Findings = {
    ...base,
    budgets,
    verdict: { ...base.verdict, status: 'cannot-say', decidingBudget: 0 },
  };
  const sentence = '812 samples are too few, 10,000 are needed';
  expect(squeezed(text(undecided))).toContain(sentence);
  expect(text(undecided)).toMatch(/p99\.9 < 500ms +– \(812\) /);
  expect(page(undecided)).toContain(sentence);
  expect(page(undecided)).toContain('too few samples: 812 of 10,000');
});

test('page: requests, unloaded, stations and the slowest 1 % alike', () => {
  const shown = page(site());
  for (const samples of [61, 62, 63, 64]) expect(shown).toContain(`– (${samples})`);
  expect(shown).toContain('The slowest 1 %: no data; 412 samples, and 1,000 are needed');
  expect(page(doubleEleven())).not.toContain('The slowest 1 %: no data');
});

test('csv: an empty cell, and the number in a column of its own', () => {
  const [heads, first] = renderStationsCsv(site())
    .split('\n')
    .map((line) => line.split(','));
  const cell = (head: string) => first![heads!.indexOf(head)];
  expect([cell('wait_samples'), cell('sojourn_samples')]).toEqual(['63', '64']);
  expect([cell('wait_p99_ms'), cell('wait_p999_ms')]).toEqual(['', '']);
  const [timeHeads, window] = renderTimelineCsv(doubleEleven())
    .split('\n')
    .map((line) => line.split(','));
  expect(window![timeHeads!.indexOf('create.latency_samples')]).toBe('5000');
  expect(window![timeHeads!.indexOf('create.p999_ms')]).toBe('');
});
