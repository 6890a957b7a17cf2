import { expect, test } from 'vitest';
import type { Findings, ShadowFinding, ShadowRow } from '../../src/analysis/findings.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderText } from '../../src/report/text.ts';
import { largeSite, singleDesk, unmeasured } from './example-findings.ts';
import { MS } from './example-rows.ts';

const ROW: ShadowRow = {
  group: 'desk',
  phase: null,
  formula: 'M/M/c',
  quantity: 'waitNsMean',
  theory: 7.4554 * MS,
  simulated: 7.9 * MS,
  standardError: 0.25 * MS,
  batches: 120,
  differenceSe: 1.7784,
  suspicious: false,
};
const NO_ERROR: ShadowRow = {
  ...ROW,
  quantity: 'waitNsP99',
  standardError: null,
  batches: 0,
  differenceSe: null,
};

const withShadow = (shadow: Partial<ShadowFinding>, base: Findings = singleDesk()): Findings => ({
  ...base,
  shadow: { rows: [], refusals: [], ...shadow },
});
const text = (findings: Findings): string =>
  renderText(findings, { colour: false, files: [] }).replace(/\s+/g, ' ');
const page = (findings: Findings): string =>
  renderHtml({ result: findings }, { file: 'site.yaml' }).replaceAll('<wbr />', '').replace(/\s+/g, ' ');

test('the terminal says how many can be checked and names the largest difference', () => {
  const shown = text(withShadow({ rows: [NO_ERROR, ROW] }));
  expect(shown).toContain(
    'THEORY 1 of 2 stations can be checked against closed forms, 1 of them with their waits; ' +
      'largest difference 1.8 standard errors (desk, mean wait)',
  );
  expect(shown).not.toContain('please report it');
});

test('without any row, and without any standard error, it says so', () => {
  expect(text(withShadow({}))).toContain('None of 2 stations can be checked');
  expect(text(withShadow({ rows: [NO_ERROR] }))).toContain('too few windows to tell a standard error');
  expect(text(withShadow({}, unmeasured()))).not.toContain('THEORY');
});

test('what is no chance is a warning before everything else, in both reports', () => {
  const findings = withShadow({ rows: [{ ...ROW, differenceSe: -6.25, suspicious: true }] });
  const alarm =
    '1 simulated value too far from theory to be chance (desk: mean wait 6.3 standard errors away)';
  expect(text(findings)).toContain(`! ${alarm}`);
  expect(page(findings)).toContain(alarm);
  expect(page(findings)).toContain('<details open><summary>Theory beside simulation: 1 value</summary>');
  expect(page(findings)).toContain('no chance');
});

test('the page shows theory, simulation, difference, and why others have none; names are escaped', () => {
  const shown = page(
    withShadow({
      rows: [ROW, NO_ERROR],
      refusals: [
        { group: '<hall>', phase: null, reason: 'behind-a-queue', of: '<web>' },
        { group: '<hall>', phase: 'rush', reason: 'behind-a-queue', of: '<web>' },
      ],
    }),
  );
  for (const part of ['M/M/c', '7.455 ms', '7.900 ms', '250.0 µs', 'wait P99']) expect(shown).toContain(part);
  expect(shown).toContain('Waits without a closed form: 1');
  expect(shown).toContain('<td>&lt;hall&gt;</td><td>whole run, rush</td>');
  expect(shown).toContain('what leaves &lt;web&gt; is not known to be Poisson');
});

test('two hundred stations in five phases: the largest differences, and how many more there are', () => {
  const rows = largeSite().stations.map((each, index): ShadowRow => ({
    ...ROW,
    group: each.group,
    phase: each.phase,
    differenceSe: index / 1000,
  }));
  const shown = page(withShadow({ rows }, largeSite()));
  const last = rows.at(-1)!;
  expect(shown).toContain(`Theory beside simulation: ${rows.length} values`);
  expect(shown).toContain(`and ${rows.length - 100} more with smaller differences`);
  expect(shown.indexOf(`>${last.group}</td>`)).toBeGreaterThan(0);
});

test('the page says what the standard errors rest on: batches of one run, or replications', () => {
  const one = withShadow({ rows: [ROW] });
  const several = { ...one, replications: { ...one.replications, asked: 5, done: 5 } };
  expect(page(one)).toContain('by batch means');
  expect(page(several)).not.toContain('batch');
  expect(page(several)).toContain('means over the replications');
});
