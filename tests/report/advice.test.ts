import { expect, test } from 'vitest';
import { ADVICE } from '../../src/compile/advice/texts.ts';
import { renderHtml } from '../../src/report/html.ts';
import { ZH } from '../../src/report/texts/zh.ts';
import { doubleEleven } from './example-findings.ts';

type AnyAdvice = (words: Readonly<Record<string, string>>) => { message: string; help: string };

const CODES = Object.entries(ADVICE) as unknown as [code: string, text: AnyAdvice][];

/** Every word by its name, but for those that are said to be something else. */
function wordsBut(others: Readonly<Record<string, string>>): Record<string, string> {
  const names = CODES.flatMap(([, text]) => {
    const asked: string[] = [];
    text(new Proxy({}, { get: (_, name) => (asked.push(String(name)), '1') }));
    text(new Proxy({}, { get: (_, name) => (asked.push(String(name)), '') }));
    text(new Proxy({}, { get: (_, name) => (asked.push(String(name)), '2') }));
    return asked;
  });
  return { ...Object.fromEntries(names.map((name) => [name, `⟦${name}⟧`])), ...others };
}

const placeholders = (text: unknown) => [...new Set(JSON.stringify(text).match(/⟦.*?⟧/g) ?? [])].sort();

test.each([
  ['all there is', {}],
  ['one of each', { instances: '1', attempts: '1' }],
  [
    'none of what may be missing',
    { needsReplicas: '', unshed: '', isBehind: '', outer: '', acquire: '', caller: '' },
  ],
  ['needs in all', { needsReplicas: '', needsEach: '', isBehind: '' }],
])('every advice says in Chinese what it says in English: %s', (_, others) => {
  const words = wordsBut(others);
  const differing = CODES.filter(([code, text]) => {
    const chinese = ZH.advice({ code, words });
    return placeholders(text(words)).join() !== placeholders(chinese).join();
  });
  expect(differing.map(([code]) => code)).toEqual([]);
  expect(CODES.length).toBeGreaterThan(10);
});

test('the Chinese page has Chinese advice; a message that is not made of words is marked as English', () => {
  const words = { budget: 'order-p95', phase: 'peak' };
  const of = (code: string) => ({ code, severity: 'warning', help: 'do this', at: null }) as const;
  const advice = [
    { ...of('HF652'), message: 'in English', words },
    { ...of('HF313'), message: 'no effect at all' },
  ];
  const page = renderHtml({ result: { ...doubleEleven(), advice } }, { file: 'site.yaml', texts: ZH });
  expect(page).toContain('预算 order-p95 针对阶段 peak');
  expect(page).not.toContain('in English');
  expect(page).toContain('<span lang="en">no effect at all</span>');
});
