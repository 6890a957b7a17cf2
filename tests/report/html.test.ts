import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { renderHtml } from '../../src/report/html.ts';
import { rerunCommand } from '../../src/report/rerun.ts';
import type { ReviewDocuments } from '../../src/report/review.ts';
import * as examples from './example-findings.ts';
import { capacityDocument, comparisonDocument, sensitivityDocument } from './example-review.ts';

/** The page without its scripts and styles, and without the places where a name may break. */
function visible(page: string): string {
  return page
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replaceAll('<wbr />', '');
}

const withoutTags = (markup: string) => markup.replaceAll(/<[^>]*>/g, '');

const render = (documents: ReviewDocuments) => renderHtml(documents, { file: 'site.yaml' });
const plain = (build: () => Findings) => visible(render({ result: build() }));

/** A result with every other study beside it. */
const reviewed = (result = examples.doubleEleven()): ReviewDocuments => ({
  result,
  capacity: capacityDocument(),
  sensitivity: sensitivityDocument(),
  comparison: comparisonDocument(),
});

const SECTIONS = [
  ...['budgets', 'breaks', 'headroom', 'changes', 'cost', 'map', 'event', 'anatomy', 'requests', 'stations'],
  ...['protections', 'stability', 'sensitivity', 'claims', 'belief', 'reproduce', 'glossary'],
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

test('the decision, budgets, chain, headroom, changes and cost come before the first chart over time', () => {
  const page = visible(render(reviewed()));
  const places = [
    ...['DOES NOT HOLD', 'class="tiles"', 'id="budgets"', 'id="breaks"', 'class="chain"', 'id="chart-knee"'],
    ...['id="headroom"', 'id="changes"', 'id="cost"', 'data-kind="time"'],
  ].map((each) => page.indexOf(each));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
});

test('a study that is missing is one line with the command that makes it', () => {
  const page = plain(examples.doubleEleven);
  const lines = [...page.matchAll(/<p class="fill">[^]*?<code>([^]*?)<\/code>/g)].map(([, command = '']) =>
    withoutTags(command),
  );
  expect(lines).toEqual([
    'hongfeng capacity site.yaml',
    'hongfeng compare LAST site.yaml --attribute --out .',
    'hongfeng run site.yaml --review',
    'hongfeng run site.yaml --review',
  ]);
  expect(visible(render(reviewed()))).not.toContain('class="fill"');
});

test('what would carry the plan: what fills, what to change, what a limit alone would do, and the command', () => {
  const page = withoutTags(plain(examples.doubleEleven)).replaceAll(/\s+/g, ' ');
  const block = page.slice(page.indexOf('What would carry the planned 1.00M/s'));
  expect(block).toContain('Raising gateway.limit alone is not enough: what then fills is gateway (100 %).');
  expect(block).toMatch(/gateway\.limit ?✗ 200 % ?83\.0 % ?gateway\.limit 10k\/s → 15k\/s a replica/);
  expect(block).toMatch(/hongfeng run site\.yaml .*--set layers\.gateway\.replicas=80/);
  expect(page).toContain('replicas to multiples of 10');
});

test('the failure chain: steps in order, each with time, traffic and what brought it about', () => {
  const [, list = ''] = /<ol class="chain">([^]*?)<\/ol>/.exec(plain(examples.doubleEleven)) ?? [];
  const steps = list
    .split('<li')
    .slice(1)
    .map((step) =>
      step
        .replace(/^[^>]*>|<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );
  expect(steps).toHaveLength(7);
  expect(steps[1]).toBe(
    '00:03:03.2 ∅ order-db.pool@order runs out of free tokens: 100 % used at 525k/s offered · begins here',
  );
  expect(steps[4]).toContain('retries begin, up to 1.80× the calls at 525k/s offered · because of 4');
  expect(steps[6]).toContain('breaks: 212 ms');
});

test('room behind a limiter that sheds is said to be above what that lets through', () => {
  const findings = examples.doubleEleven();
  const headroom = findings.headroom.map((row) => ({
    ...row,
    behind: row.layer === 'redis' ? ['gateway'] : [],
  }));
  const note = 'Above what gateway lets through, not above the planned traffic: redis.';
  expect(render({ result: { ...findings, headroom } })).toContain(note);
  expect(render({ result: findings })).not.toContain('not above the planned traffic');
});

test('N − 1 and ×1.2 stand beside the headroom, with a sign where it is not enough', () => {
  const [, section = ''] = /id="headroom"([^]*?)<\/section>/.exec(plain(examples.doubleEleven)) ?? [];
  const text = section.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  // redis: 91.9 % at the peak, of ten replicas nine, and × 1.2.
  expect(text).toContain('! 91.9 % ✗ 102 % ✗ 110 %');
  expect(text).toContain('One layer cannot take ×1.2 traffic: redis.');
});

test('changes say what, by how much, and because of which input', () => {
  const [, section = ''] = /id="changes"([^]*?)<\/section>/.exec(visible(render(reviewed()))) ?? [];
  const text = section.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  expect(text).toContain('layers.order.replicas changed 12 10 site.yaml:4');
  expect(text).toContain('P99 create 100 ms 115 ms +15.0 % layers.order.replicas 91.0 %');
  expect(text).toContain('≈ 1 inside noise · 1 exactly equal');
  expect(visible(render(reviewed()))).toContain('1 measure moved');
});

test('a site of 200 stations is drawn by layer, and says what it leaves out', () => {
  const [, section = ''] = /id="map"([^]*?)<\/section>/.exec(plain(examples.largeSite)) ?? [];
  expect([...section.matchAll(/class="box"/g)]).toHaveLength(60);
  expect(section).toContain('200 stations drawn as 200 layers.');
  expect(section).toContain('140 parts with the least load left out.');
});

test('loads nothing: no address in the page', () => {
  const page = render(reviewed());
  expect(page).not.toMatch(/https?:\/\//);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^(#|data:)/);
  expect(page).toContain('default-src &#39;none&#39;; script-src &#39;unsafe-inline&#39;');
});

test('names are text wherever they occur, in every document', () => {
  const page = render({
    result: examples.hostileNames(),
    capacity: capacityDocument(examples.HOSTILE),
    sensitivity: sensitivityDocument(examples.HOSTILE),
    comparison: comparisonDocument(examples.HOSTILE),
  });
  expect(page).not.toContain('<img src=x');
  expect(page).not.toContain('</script><script>globalThis');
  expect(page).not.toContain('\u001b');
  expect(page).toContain('&lt;img src=x onerror=&quot;');
  expect([...page.matchAll(/<script/g)]).toHaveLength(2);
});

test('without scripts the page is the same but for them', () => {
  const documents = reviewed();
  const off = renderHtml(documents, { file: 'site.yaml', script: false });
  expect(off).not.toContain('<script');
  expect(visible(render(documents)).replace(/\s+/g, '')).toBe(visible(off).replace(/\s+/g, ''));
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
  const page = render({ result: { ...base, scenario } });
  expect(withoutTags(page)).toContain('--seed &#39;it&#39;\\&#39;&#39;s; rm -rf /&#39;');
});

test('a run that ended in its warm-up shows no section that would be made of nothing', () => {
  const page = plain(examples.unmeasured);
  const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual(['claims', 'belief', 'reproduce', 'glossary']);
  expect([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(ids);
  expect(page).toContain('STOPPED IN THE WARM-UP');
  expect(page).not.toMatch(/class="plot|class="tile|Nothing reached|\+-/);
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
    new RegExp(`<td data-h="class">${row.request}</td>\\s*<td class="n" data-v="${row.offered}" `),
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

test('stays below 2 MB for an hour of 200 stations', () => {
  const result = examples.largeSite(3600);
  expect(result.timeline.fromNs).toHaveLength(3600);
  expect(Buffer.byteLength(render(reviewed(result)))).toBeLessThan(2e6);
});

test('the same findings give the same bytes', () => {
  expect(render(reviewed(examples.chineseNames()))).toBe(render(reviewed(examples.chineseNames())));
});

/** Text of a section, without its markup. */
function textOf(id: string, page: string): string {
  const [, section = ''] = new RegExp(`id="${id}"([^]*?)</section>`).exec(page) ?? [];
  return section.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

test('the map is of the busiest moment: what sheds then is marked on its station, however idle its servers are', () => {
  const base = examples.doubleEleven();
  const { fromNs } = base.timeline;
  const limiters = [{ limiter: 'gateway', shedPerSec: fromNs.map(() => 513_000) }];
  const page = plain(() => ({ ...base, timeline: { ...base.timeline, limiters } }));
  expect(textOf('map', page)).toMatch(
    /At the busiest moment, 00:0\d:\d\d with 1\.01M\/s offered: gateway sheds 513k\/s; fullest is redis, /,
  );
  expect(page).toMatch(/<g class="part bad">\s*<title>gateway: [^<]*⊖ sheds 513k\/s<\/title>/);
  const quiet = limiters.map((each) => ({ ...each, shedPerSec: fromNs.map(() => 0) }));
  expect(plain(() => ({ ...base, timeline: { ...base.timeline, limiters: quiet } }))).not.toContain(
    '⊖ sheds',
  );
});

test('whether to believe it begins with a plain answer', () => {
  const text = textOf('belief', plain(examples.doubleEleven));
  expect(text).toContain(
    'do they rest on? The arithmetic holds: all 3 self-checks agree. A part of the traffic was simulated and stands for ' +
      'all of it, in one run. The answer is as good as its inputs: 2 of 5 are assumed, not measured.',
  );
});

test('the ledger is ordered by effect where a study has told, and linked from where assumptions are mentioned', () => {
  const base = examples.doubleEleven();
  const [input] = sensitivityDocument().inputs;
  const of = (path: string, value: string): Findings['ledger'][number] => ({
    ...{ path, value, origin: 'scenario', confidence: 'assumed', source: null, range: null },
  });
  const ledger = [
    of('stations.a.servers', '1'),
    of('stations.order.operations.create[0].serve', input!.value),
  ];
  const page = visible(render(reviewed({ ...base, ledger })));
  const [, rows = ''] = /id="ledger"([^]*?)<\/table>/.exec(page) ?? [];
  expect(rows.indexOf('stations.order')).toBeGreaterThan(0);
  expect(rows.indexOf('stations.order')).toBeLessThan(rows.indexOf('stations.a.'));
  expect(rows).toContain('31.0 %');
  expect([...page.matchAll(/<a href="#ledger">/g)].length).toBeGreaterThan(1);
});

test('prices that are assumed are called so, in the section and on the tile', () => {
  const base = examples.doubleEleven();
  const price = {
    path: 'stations.order.price',
    value: '1 CNY/h',
    origin: 'scenario',
    source: null,
    range: null,
  };
  const withPrice = (confidence: 'assumed' | 'cited') =>
    plain(() => ({ ...base, ledger: [...base.ledger, { ...price, confidence }] }));
  expect(textOf('cost', withPrice('assumed'))).toContain('The only price is assumed');
  expect(withPrice('assumed')).toContain('at assumed prices');
  expect(withPrice('cited')).not.toMatch(/price is assumed|at assumed prices/);
});
