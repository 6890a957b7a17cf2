import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { rerunCommand } from '../../src/report/rerun.ts';
import * as examples from './example-findings.ts';
import { CHART_JS, renderPage } from './page-files.ts';

/** The page without its scripts, styles and pictures. */
function visible(page: string): string {
  return page
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/data:image[^"]*/g, '');
}

const plain = (build: () => Parameters<typeof renderHtml>[0]) =>
  visible(renderHtml(build(), { file: 'site.yaml', chartJs: CHART_JS, pictures: [] }));

const SECTIONS = [
  ...['budgets', 'breaks', 'headroom', 'stability', 'cost', 'event', 'anatomy', 'requests', 'stations'],
  ...['protections', 'claims', 'belief', 'reproduce', 'glossary'],
];

describe.each([
  ['double 11', examples.doubleEleven],
  ['one desk', examples.singleDesk],
  ['Chinese names', examples.chineseNames],
  ['no data', examples.withoutData],
  ['truncated', examples.truncated],
  ['hostile names', examples.hostileNames],
  ['unended', examples.unended],
  ['many alike', examples.manyAlike],
])('%s', (_, build) => {
  test('has every section, in the order of the decision', () => {
    const ids = [...plain(build).matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(SECTIONS);
  });

  test('prints no value that a program leaks', () => {
    expect(plain(build)).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });
});

test('the verdict comes before the budgets, those before any chart', () => {
  const page = plain(examples.doubleEleven);
  const places = ['DOES NOT HOLD', 'id="budgets"', 'id="breaks"', '<canvas'].map((each) =>
    page.indexOf(each),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
});

test('loads nothing: no address but pictures in the page', async () => {
  const page = (await renderPage(examples.doubleEleven())).replace(CHART_JS, '');
  expect(page).not.toMatch(/https?:\/\//);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^(#|data:)/);
  expect(page).toContain('default-src &#39;none&#39;; script-src &#39;unsafe-inline&#39;');
});

test('names are text wherever they occur', () => {
  const page = renderHtml(examples.hostileNames(), { file: 'site.yaml', chartJs: '', pictures: [] });
  expect(page).not.toContain('<img src=x');
  expect(page).not.toContain('</script><script>globalThis');
  expect(page).not.toContain('\u001b');
  expect(page).toContain('&lt;img src=x onerror=&quot;');
  expect([...page.matchAll(/<script/g)]).toHaveLength(3);
});

test('says what was found: an incomplete run, a claim that cannot be true, an assumed input', () => {
  const page = plain(examples.truncated);
  expect(page.indexOf('NOT THE WHOLE RUN')).toBeLessThan(page.indexOf('class="verdict'));
  expect(page).toContain('The terms of its own path add up to 163 ms');
  expect(page).toContain('Assumption ledger: 2 of 5 inputs assumed');
  expect(page).toContain('1 of 4 self-checks broken');
  expect(page.indexOf('>? </span> assumed') < page.indexOf('cited')).toBe(true);
});

test('a command for a shell keeps its seed together', () => {
  const base = examples.doubleEleven();
  const scenario = { ...base.scenario, seed: "it's; rm -rf /" };
  const page = renderHtml({ ...base, scenario }, { file: 'site.yaml', chartJs: '', pictures: [] });
  expect(page).toContain('--seed &#39;it&#39;\\&#39;&#39;s; rm -rf /&#39;');
});

test('a run that ended in its warm-up shows no section that would be made of nothing', () => {
  const page = plain(examples.unmeasured);
  const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual(['claims', 'belief', 'reproduce', 'glossary']);
  expect([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(ids);
  expect(page).toContain('STOPPED IN THE WARM-UP');
  expect(page).not.toMatch(/<canvas|class="tile|Nothing reached|\+-/);
});

test('budgets: the deciding one is the first row; verdict, value and margin stand before the rest', () => {
  const base = examples.doubleEleven();
  const [, row = ''] = /id="budgets"[^]*?<tbody>([^]*?)<\/tr>/.exec(plain(() => base)) ?? [];
  const cells = [...row.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, cell = '']) =>
    cell.replace(/<[^>]*>/g, '').trim(),
  );
  expect(cells.slice(0, 4)).toEqual(['✗ FAIL', '60.0 %', '−799×', 'availability &gt;= 99.95%']);
});

test('budgets alike are one row, and all of them one by one below', () => {
  const [, section = ''] = /id="budgets"([^]*?)<\/section>/.exec(plain(examples.manyAlike)) ?? [];
  const [first = '', second = ''] = section.split('<details');
  expect([...first.matchAll(/<tr>/g)]).toHaveLength(1 + 3);
  expect([...second.matchAll(/<tr>/g)]).toHaveLength(1 + 19);
  expect(first).toContain('+ 13 more');
});

test('how requests ended is a table of its own, in counts', () => {
  const row = examples.doubleEleven().requests[0]!;
  expect(plain(examples.doubleEleven)).toMatch(
    new RegExp(`<td>${row.request}</td>\\s*<td class="n"\\s+data-v="${row.offered}">`),
  );
});

test('a precision that was not reached says so, and what the limit was', () => {
  const base = examples.doubleEleven();
  const pageOf = (limit: 'replications' | 'memory' | 'time-limit') => {
    const measures = [{ measure: 'p99 request:buy', relativeHalfWidth: 0.2 }];
    const precision = { target: 0.02, replicationsMax: 40, reached: false, limit, measures };
    const stoppedBy = limit === 'time-limit' ? limit : null;
    return plain(() => ({
      ...base,
      replications: { ...base.replications, asked: 5, done: 22, stoppedBy, precision },
    }));
  };
  expect(pageOf('replications')).toContain('NOT AS PRECISE AS ASKED');
  expect(pageOf('replications')).toContain('Replications were the limit: 40 at most (--max-reps).');
  expect(pageOf('replications')).not.toContain('Memory was the limit');
  // All that were asked for are there; it was some of those added that are not.
  expect(pageOf('time-limit')).toContain('It met the time limit.');
  expect(pageOf('time-limit')).not.toContain('of 5 replications');
  expect(pageOf('memory')).toContain('Memory was the limit: 40 replications');
});

test('the command line is that of the file as typed, with what was changed', () => {
  const base = examples.doubleEleven();
  const overrides = [{ path: 'layers.订单.replicas', value: '8' }];
  const scenario = { ...base.scenario, seed: '-1', overrides, untilNs: 90e9 };
  const mode = { ...base.mode, choice: 'asked', slice: 50 } as const;
  expect(rerunCommand({ ...base, scenario, mode }, 'my site.yaml')).toBe(
    `hongfeng run 'my site.yaml' --seed=-1 --set 'layers.订单.replicas=8' --until 90s --slice 50 --reps 1`,
  );
  expect(rerunCommand(base, '-x.yaml')).toBe('hongfeng run ./-x.yaml --seed double-11 --reps 1');
  const precision = { target: 0.02, replicationsMax: 40, reached: true, limit: null, measures: [] };
  expect(
    rerunCommand({ ...base, replications: { ...base.replications, asked: 3, precision } }, 'x.yaml'),
  ).toBe('hongfeng run x.yaml --seed double-11 --reps 3 --precision 2% --max-reps 40');
  const short = { ...precision, reached: false, limit: 'memory' as const };
  expect(
    rerunCommand({ ...base, replications: { ...base.replications, asked: 3, precision: short } }, 'x.yaml'),
  ).toBe('hongfeng run x.yaml --seed double-11 --reps 3 --precision 2%');
  const sampled = { ...base.mode, choice: 'asked', mode: 'sampled', slice: 1 } as const;
  expect(rerunCommand({ ...base, mode: sampled }, 'x.yaml')).toMatch(/ --mode sampled --reps 1$/);
  expect(rerunCommand({ ...base, mode: { ...sampled, slice: 10 } }, 'x.yaml')).toMatch(
    / --mode sampled --slice 10 --reps 1$/,
  );
});

test('stays below 2 MB for 200 stations and 720 windows, fallback pictures included', async () => {
  const page = await renderPage(examples.largeSite());
  expect(Buffer.byteLength(page)).toBeLessThan(2e6);
  expect([...page.matchAll(/<img src="data:image\/png;base64,/g)]).toHaveLength(8);
});

test('the same findings give the same bytes', async () => {
  expect(await renderPage(examples.chineseNames())).toBe(await renderPage(examples.chineseNames()));
});
