import { describe, expect, test } from 'vitest';
import type { Findings } from '../../src/analysis/findings.ts';
import { displayWidth } from '../../src/base/width.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderText } from '../../src/report/text.ts';
import { EN } from '../../src/report/texts/en.ts';
import { ZH } from '../../src/report/texts/zh.ts';
import * as examples from './example-findings.ts';
import { capacityDocument, comparisonDocument, sensitivityDocument } from './example-review.ts';

type Node =
  string | readonly unknown[] | Readonly<Record<string, unknown>> | ((...args: unknown[]) => unknown);

const WINDOWS = [
  { kind: 'all' },
  { kind: 'phase', phase: '⟦p⟧' },
  { kind: 'after', phase: '⟦p⟧' },
  { kind: 'range', from: '⟦f⟧', to: '⟦t⟧' },
  { kind: 'worst', length: '⟦l⟧', within: '⟦w⟧' },
  { kind: 'slices', length: '⟦l⟧', within: '⟦w⟧', good: '⟦g⟧' },
];
const PHRASE = {
  ...{ id: '⟦i⟧', metric: 'p99', target: '⟦t⟧', window: WINDOWS[1], value: '⟦v⟧', limit: '⟦l⟧', op: '<' },
  ...{ margin: '⟦m⟧', isBroken: true, isUpperLimit: true, doubt: '⟦d⟧', lossUsed: null },
};
const RECOVERY = {
  ...{ name: '⟦n⟧', stations: '⟦s⟧', left: '⟦l⟧', from: '⟦f⟧', length: '⟦e⟧', others: '⟦o⟧', after: '⟦a⟧' },
  ...{
    known: '⟦k⟧',
    drain: '⟦d⟧',
    offeredBefore: '⟦q⟧',
    offeredAfter: '⟦r⟧',
    goodBefore: '⟦g⟧',
    goodAfter: '⟦h⟧',
  },
};

/** Arguments of those functions that take more than names and numbers: one list for each case they tell apart. */
const CASES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  // Compared sentence by sentence in advice.test.ts.
  advice: [[{ code: 'HF000' }]],
  'budgets.label': WINDOWS.map((window) => [window]),
  'budgets.during': WINDOWS.map((window) => [window]),
  'verdict.budget': [[PHRASE], [{ ...PHRASE, margin: null, doubt: null, target: '*' }]],
  'verdict.aborted': [true, false].map((isShare) => [{ ...PHRASE, window: WINDOWS.at(-1) }, '⟦a⟧', isShare]),
  'verdict.margin': [
    [PHRASE],
    [{ ...PHRASE, isBroken: false }],
    [{ ...PHRASE, isUpperLimit: false }],
    [{ ...PHRASE, lossUsed: '⟦u⟧' }],
    [{ ...PHRASE, lossUsed: '⟦u⟧', isBroken: false }],
  ],
  'verdict.broke': Object.keys(EN.words.breakKind).map((kind) => [
    {
      kind,
      name: '⟦n⟧',
      at: '⟦a⟧',
      offered: '⟦o⟧',
      value: '⟦v⟧',
      shed: { share: '⟦s⟧', phase: '⟦p⟧' },
      admits: '⟦d⟧',
    },
  ]),
  'verdict.noData': Object.keys(EN.words.noData).flatMap((because) =>
    [true, false].map((hasValue) => [PHRASE, because, { samples: 71, needed: '⟦n⟧', hasValue }]),
  ),
  'verdict.deciding': Object.keys(EN.words.status).map((status) => [status, '⟦s⟧']),
  'verdict.truncated': Object.keys(EN.words.stop).map((reason) => [reason, '⟦a⟧']),
  'verdict.stoppedInWarmUp': Object.keys(EN.words.stop).map((reason) => [reason]),
  'mode.line': ['exact', 'sliced', 'sampled'].flatMap((mode) =>
    ['auto', 'asked', 'nothing-to-leave-out'].map((choice) => [mode, '⟦s⟧', choice]),
  ),
  'mode.ranAway': [[{ count: 71, of: 72 }], [{ count: 1, of: 72 }]],
  'mode.imprecise': ['⟦w⟧', null].map((width) => ['⟦t⟧', 71, 72, { measure: '⟦m⟧', width }]),
  'startUp.cut': [['⟦t⟧', ['⟦a⟧', '⟦b⟧']]],
  'startUp.pilot.cut': [['⟦t⟧', ['⟦a⟧', '⟦b⟧']]],
  'stability.run': ['stable', 'backlogged', 'overloaded', 'metastable'].flatMap((verdict) =>
    ['⟦d⟧', null].map((drained) => [{ verdict }, '⟦s⟧', drained]),
  ),
  'stability.recovery': ['recovered', 'recovering', 'metastable', 'overloaded', 'unknown'].flatMap((status) =>
    [RECOVERY, { ...RECOVERY, after: null, drain: null, others: null }].map((phrase) => [
      { status, because: 'too-short', judgedBy: 'budgets' },
      phrase,
    ]),
  ),
  'stability.retryLoad': Object.keys(EN.stability.load).map((status) => [
    { status },
    { group: '⟦g⟧', hidden: '⟦h⟧', capacity: '⟦c⟧', attempts: '⟦a⟧', offered: '⟦o⟧' },
  ]),
  'capacity.saturated': [['⟦g⟧', '⟦l⟧', '⟦u⟧']],
  'next.outOfReach': [
    ['⟦i⟧', '⟦t⟧', { layer: '⟦l⟧', time: '⟦m⟧', of: '⟦o⟧' }],
    ['⟦i⟧', '⟦t⟧', null],
  ],
  'sizing.cost': [
    ['⟦s⟧', []],
    ['⟦s⟧', ['⟦a⟧']],
    ['', ['⟦a⟧', '⟦b⟧']],
  ],
  'sizing.step': [
    ['⟦r⟧', ['⟦a⟧', '⟦b⟧'], '⟦c⟧'],
    ['⟦r⟧', ['⟦a⟧'], null],
  ],
  'sizing.then': [['⟦t⟧', { name: '⟦n⟧', used: '⟦u⟧', factor: '⟦f⟧' }]],
  'gate.against': [
    ['file', '⟦n⟧', null],
    ['git', '⟦n⟧', '⟦c⟧'],
  ],
  'gate.counts': [{ broken: 71, worse: 72, warnings: 73, all: 290 }].map((counts) => [counts]),
  'verdict.runaway': [
    ['⟦g⟧', '⟦s⟧', '⟦w⟧'],
    ['⟦g⟧', null, '⟦w⟧'],
  ],
};

/** Where nothing else is said, numbers that occur nowhere else; or as text, where only that will do. */
function casesOf(path: string, text: (...args: unknown[]) => unknown): readonly (readonly unknown[])[] {
  const known = CASES[path];
  if (known !== undefined) return known;
  const numbers = [...Array(text.length).keys()].map((nth) => 71 + nth);
  try {
    text(...numbers);
    return [numbers];
  } catch {
    return [numbers.map(String)];
  }
}

/** What stands in the text of an argument: `⟦x⟧`, and the numbers from 71 on. */
const placeholders = (text: unknown) =>
  [...new Set(JSON.stringify(text ?? '').match(/⟦.⟧|\b7[1-6]\b/g) ?? [])].sort();

function compare(path: string, en: Node, zh: Node, found: string[]): void {
  if (typeof en === 'function' && typeof zh === 'function') {
    for (const args of casesOf(path, en)) {
      const [one, other] = [placeholders(en(...args)), placeholders(zh(...args))];
      if (one.join() !== other.join())
        found.push(`${path}(${JSON.stringify(args)}): ${one.join()} and ${other.join()}`);
    }
  } else if (typeof en === 'object' && typeof zh === 'object') {
    expect([path, Object.keys(zh)]).toEqual([path, Object.keys(en)]);
    for (const key of Object.keys(en)) {
      const at = path === '' ? key : `${path}.${key}`;
      compare(at, (en as Record<string, Node>)[key]!, (zh as Record<string, Node>)[key]!, found);
    }
  } else {
    expect([path, typeof zh]).toEqual([path, typeof en]);
  }
}

/** Three words in a row that no name, unit or metric is made of. */
const ENGLISH = /[A-Za-z]{2,}[,;:]? [a-z]{2,}[,;:]? [a-z]{2,}/;

const texts = (page: string) =>
  page
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<code>[\s\S]*?<\/code>/g, '')
    .replace(/<span lang="en">[^<]*<\/span>/g, '')
    .split(/<[^>]*>/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Without a diagnostic that is quoted, and the English word beside a Chinese one in the glossary. */
const foreignTaken = (text: string) => text.replace(/（诊断：.*?）/, '').replace(/ \([a-zA-Z, ]+\)$/, '');

/** A site whose own words are Chinese: what is English then comes from the product. */
function translated(base: Findings): Findings {
  return {
    ...base,
    scenario: { ...base.scenario, title: '双十一零点', description: '按计划' },
    budgets: base.budgets.map((each) => ({ ...each, why: '应用一秒后放弃' })),
    claims: base.claims.map((each) => ({ ...each, says: '说法', finding: '其实', source: '文档' })),
  };
}

describe('Chinese', () => {
  test('says with each text what English says', () => {
    const found: string[] = [];
    compare('', EN, ZH, found);
    expect(found).toEqual([]);
  });

  test('every word of the glossary is there', () => {
    expect(ZH.glossary.map(({ word }) => /\((.*)\)/.exec(word)?.[1] ?? word)).toEqual(
      EN.glossary.map(({ word }) => word),
    );
  });

  test.each([
    ['the site', translated(examples.chineseNames())],
    ['no data', translated(examples.withoutData())],
    ['nothing measured', translated(examples.unmeasured())],
    ['a desk', translated(examples.singleDesk())],
  ])('no sentence of the page is English: %s', (_, result) => {
    const studies = {
      capacity: capacityDocument(),
      comparison: comparisonDocument(),
      sensitivity: sensitivityDocument(),
    };
    for (const documents of [{ result }, { result, ...studies }]) {
      const page = texts(renderHtml(documents, { file: 'site.yaml', texts: ZH }));
      const english = page.filter((each) => ENGLISH.test(foreignTaken(each)));
      expect(english).toEqual([]);
      expect(page.join('')).toMatch(/[一-鿿]{4}/);
    }
  });

  test('no sentence of the terminal summary is English, and it keeps to its columns', () => {
    const summary = (columns: number) =>
      renderText(translated(examples.chineseNames()), { colour: false, files: [], texts: ZH, columns }).split(
        '\n',
      );
    const text = summary(2000).join('\n');
    for (const line of summary(80)) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(text.split('\n').filter((line) => ENGLISH.test(foreignTaken(line)))).toEqual([]);
    expect(text).toContain('扛不住');
  });

  test('the search for English finds it', () => {
    const page = texts(
      renderHtml({ result: translated(examples.chineseNames()) }, { file: 'site.yaml', texts: EN }),
    );
    expect(page.filter((each) => ENGLISH.test(each)).length).toBeGreaterThan(50);
  });
});
