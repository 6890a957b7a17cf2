import { describe, expect, test } from 'vitest';
import { renderAnnotations } from '../../../src/report/ci/github.ts';
import { renderJunit } from '../../../src/report/ci/junit.ts';
import { renderMarkdown } from '../../../src/report/ci/markdown.ts';
import { renderOpenMetrics } from '../../../src/report/ci/openmetrics.ts';
import { renderCheckText } from '../../../src/report/ci/text.ts';
import type { CheckDocument } from '../../../src/study/gate/gate-check.ts';
import { doubleEleven, HOSTILE, holding } from '../example-findings.ts';
import { checkOf, documentOf, hostile, manyBroken } from './example-check.ts';
import { readXml, type Element } from './xml.ts';

const DOCUMENT = documentOf(checkOf(doubleEleven()));
const junit = (document: CheckDocument) => readXml(renderJunit(document, { secondsOf: () => 1.5 }));
const bytes = (text: string) => new TextEncoder().encode(text).length;

/** A name that means something in every output at once, and cannot be told from code in some. */
const NASTY = [
  HOSTILE,
  '`` | a | ``\n::error::x\r\n<details></summary>&amp;]]> -->',
  '@everyone #1 !2 http://evil.example www.evil.example',
  '%0A::stop-commands::x \ud800 \uffff "\\',
].join(' ');

const REFUSED: CheckDocument = {
  ...documentOf(),
  refused: [
    {
      file: NASTY,
      problems: [
        { code: 'HF101', message: NASTY, help: NASTY, at: { file: NASTY, line: 3, col: 2 } },
        { code: null, message: NASTY, help: null, at: null },
      ],
    },
  ],
};

describe('JUnit', () => {
  const suiteOf = (document: CheckDocument): Element => junit(document).children[0]!;

  test('a scenario is a suite, a judged number a case, and the counts are right', () => {
    const root = junit(DOCUMENT);
    const [suite] = root.children;
    expect(root).toMatchObject({ name: 'testsuites', attributes: { name: 'hongfeng', time: '1.500' } });
    expect(suite?.attributes).toMatchObject({ name: 'double-11', file: 'site.yaml', skipped: '0' });
    const cases = suite!.children;
    const failing = cases.filter(({ children }) => children.some(({ name }) => name === 'failure'));
    expect(cases.length).toBe(DOCUMENT.scenarios[0]?.budgets.length);
    expect(failing.length).toBeGreaterThan(1);
    for (const { attributes } of [root, suite!]) {
      expect(attributes).toMatchObject({
        tests: `${cases.length}`,
        failures: `${failing.length}`,
        errors: '0',
      });
    }
    for (const { name, attributes } of cases) {
      expect(name).toBe('testcase');
      expect(Object.keys(attributes)).toEqual(['name', 'classname', 'file', 'line', 'time']);
      expect(attributes['classname']).toMatch(/^double-11\./);
    }
  });

  test('the first sentence of a failure is its message, all of it is the body', () => {
    const failure = suiteOf(DOCUMENT).children.flatMap(({ children }) => children)[0]!;
    expect(failure.attributes['message']).toMatch(/ is .*, limit /);
    expect(failure.text.startsWith(failure.attributes['message']!)).toBe(true);
  });

  test('what no budget says is a case of its own', () => {
    const runaway = documentOf(checkOf(holding(), { outcome: 'fail', budgets: [], baseline: null }));
    expect(suiteOf(runaway).children[0]?.children[0]?.attributes['message']).toContain('without end');
    const stopped = documentOf(checkOf(holding(), { outcome: 'interrupted' }));
    expect(junit(stopped).attributes).toMatchObject({ errors: '1' });
    expect(junit(REFUSED).attributes).toMatchObject({ errors: '1', failures: '0', tests: '1' });
  });

  test('hostile names stay names', () => {
    expect(suiteOf(documentOf(hostile(NASTY))).attributes['file']).toContain('<img src=x');
    expect(junit(REFUSED).children[0]?.attributes['name']).toContain('<details>');
  });
});

describe('GitHub annotations', () => {
  const lines = (document: CheckDocument) => renderAnnotations(document).split('\n').slice(0, -1);

  test('one a problem, at its line', () => {
    const found = lines(DOCUMENT);
    expect(found.length).toBe(
      DOCUMENT.scenarios[0]?.budgets.filter(({ severity }) => severity !== 'none').length,
    );
    expect(found[0]).toMatch(/^::error file=site\.yaml,line=\d+,title=double-11%3A [\w-]+::[^\n]+$/);
    expect(renderAnnotations(documentOf(checkOf(holding(), { outcome: 'pass', budgets: [] })))).toBe('');
  });

  test('ten at most, the worst first, and the last says how many more there are', () => {
    const found = lines(documentOf(manyBroken(500)));
    expect(found).toHaveLength(10);
    expect(found[0]).toContain('budget-499');
    expect(found[9]).toContain('::and 491 more problems');
  });

  test.each([
    ['a check', documentOf(hostile(NASTY))],
    ['a refusal', REFUSED],
  ])('hostile names of %s make no command of their own', (_, document) => {
    for (const line of lines(document)) {
      const [, properties, message] = /^::(?:error|warning) ([^:]*)::(.*)$/.exec(line) ?? [];
      expect(properties, line).toBeDefined();
      expect(properties?.split(',').map((each) => each.split('=')[0])).toEqual(
        properties?.includes('line=') === true ? ['file', 'line', 'title'] : ['file', 'title'],
      );
      expect(message).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});

describe('Markdown', () => {
  const render = (document: CheckDocument, bytesMax = 60_000) => renderMarkdown(document, { bytesMax });

  test('a mark, the verdict, what is wrong in ten rows, the rest folded away, cost', () => {
    const text = render(DOCUMENT);
    expect(text).toMatch(/^<!-- hongfeng:double-11 -->\n\*\*✗ `double-11`: FAILS\*\* · \d+ failed/);
    const open = text.slice(0, text.indexOf('<details>'));
    expect(open.split('\n').filter((line) => line.startsWith('| ')).length).toBeLessThanOrEqual(12);
    expect(text).toContain('1,090 CNY an hour (1,240 CNY before, −12.1 %)');
    expect(text).toContain('git:origin/main (aaaaaaaaaaaa)');
  });

  test.each([60_000, 900_000])(
    '500 failing budgets stay within %d bytes, and what is left out is counted',
    (max) => {
      const all = documentOf(...Array.from({ length: 24 }, () => manyBroken(500)));
      const text = render(all, max);
      expect(bytes(text)).toBeLessThanOrEqual(max);
      expect(bytes(text)).toBeGreaterThan(max / 2);
      expect(text.match(/: FAILS\*\*/g)).toHaveLength(24);
      expect(text).toMatch(/\d+ rows? left out/);
    },
  );

  test.each([
    ['a check', documentOf(hostile(NASTY))],
    ['a refusal', REFUSED],
  ])('hostile names of %s are in code spans: no markup, no mention, no link, no cell', (_, document) => {
    const text = render(document);
    expect(text).toContain('hacked');
    for (const line of text.split('\n')) {
      const bare = line.replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
      expect(bare, line).not.toMatch(/hacked|everyone|evil|::/);
      if (line.startsWith('| ') && !line.includes('---')) {
        const cells = line.replaceAll('\\|', '').split('|').length;
        expect(cells, line).toBe(document === REFUSED ? 5 : 10);
      }
    }
  });
});

test('a bar in a name is escaped in a table, where it would end the cell, and nowhere else', () => {
  const text = renderMarkdown(documentOf(hostile('a|b')), { bytesMax: 60_000 });
  const lines = text.split('\n');
  expect(lines.filter((line) => line.startsWith('- ')).join()).toMatch(/`[^`]*a\|b/);
  for (const line of lines) {
    if (line.startsWith('| ')) expect(line).not.toMatch(/a\|b/);
    else expect(line).not.toContain('\\|');
  }
  expect(lines.filter((line) => line.startsWith('| ')).join()).toContain('a\\|b');
});

describe('OpenMetrics', () => {
  const SAMPLE = /^[a-z_]+\{([a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*\} -?[\d.e+-]+$/;

  test('every line is a comment or a sample, no sample twice, an end at the end', () => {
    for (const document of [DOCUMENT, documentOf(hostile(NASTY)), REFUSED]) {
      const lines = renderOpenMetrics(document).split('\n');
      expect(lines.slice(-2)).toEqual(['# EOF', '']);
      const samples = lines.slice(0, -2).filter((line) => !line.startsWith('# '));
      for (const line of samples) expect(line).toMatch(SAMPLE);
      const names = samples.map((line) => line.slice(0, line.lastIndexOf('} ')));
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('a scenario that was refused does not pass, by its file, once', () => {
    const refused = [...REFUSED.refused, { file: 'a.yaml', problems: [] }, { file: 'a.yaml', problems: [] }];
    const text = renderOpenMetrics({ ...DOCUMENT, refused });
    const samples = text.split('\n').filter((line) => line.startsWith('hongfeng_passes'));
    expect(samples.filter((line) => line.endsWith('} 0'))).toHaveLength(3);
    expect(text.match(/^hongfeng_passes\{file="a.yaml"\} 0$/gm)).toHaveLength(1);
  });

  test('times are in seconds; what has no value is left out', () => {
    const text = renderOpenMetrics(DOCUMENT);
    const { budget } = DOCUMENT.scenarios[0]!.budgets.find((each) => each.budget.unit === 'ns')!;
    expect(text).toMatch(
      new RegExp(
        `^hongfeng_budget_seconds\\{[^}]*metric="${budget.metric}"[^}]*\\} ${budget.value! * 1e-9}$`,
        'm',
      ),
    );
    expect(text).toContain('hongfeng_passes{scenario="double-11"} 0\n');
    expect(text).not.toMatch(/NaN|null|Infinity/);
  });
});

test('on the terminal hostile names move no cursor and break no line', () => {
  const text = renderCheckText(hostile(NASTY), { colour: false, files: [NASTY] });
  expect(text).toContain('hacked');
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
