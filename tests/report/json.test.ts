import { describe, expect, test } from 'vitest';
import { parseFindings, renderJson } from '../../src/report/json.ts';
import { chineseNames, doubleEleven, hostileNames, withoutData } from './example-findings.ts';

describe('result.json', () => {
  test.each([
    ['double 11', doubleEleven],
    ['Chinese', chineseNames],
    ['hostile', hostileNames],
    ['no data', withoutData],
  ])('reads back as it was written: %s', (_, build) => {
    const findings = build();
    const text = renderJson(findings);
    expect(parseFindings(text)).toEqual({ ok: true, findings });
    expect(renderJson(build())).toBe(text);
  });

  test('keeps the order of declaration, ends with one newline, and has a list of numbers on one line', () => {
    const text = renderJson(doubleEleven());
    expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(doubleEleven()));
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).toMatch(/"fromNs": \[0,1000000000,2000000000,/);
    expect(text.length).toBeLessThan(JSON.stringify(doubleEleven()).length * 1.05);
  });

  test.each([[NaN], [Infinity], [undefined]])('refuses %s instead of writing null', (value) => {
    const base = doubleEleven();
    const broken = { ...base, verdict: { ...base.verdict, availability: value as unknown as null } };
    expect(() => renderJson(broken)).toThrow('document.verdict.availability');
  });
});

describe('a file that is no result', () => {
  const change = (changes: object) => JSON.stringify({ ...doubleEleven(), ...changes });

  test.each([
    ['{', 'not-json'],
    ['[]', 'not-a-result'],
    ['null', 'not-a-result'],
    ['{"schemaVersion": 1}', 'not-a-result'],
    [change({ tool: { name: 'other', version: '1' } }), 'not-a-result'],
    [change({ schemaVersion: '1' }), 'not-a-result'],
    [change({ schemaVersion: 2 }), 'other-version'],
    [change({ budgets: undefined }), 'incomplete'],
    [change({ timeline: [] }), 'incomplete'],
  ])('%.30s is %s', (text, kind) => {
    expect(parseFindings(text)).toMatchObject({ ok: false, problem: { kind } });
  });

  test('says which version it found and which key is missing', () => {
    expect(parseFindings(change({ schemaVersion: 2 }))).toMatchObject({ problem: { found: 2, readable: 4 } });
    expect(parseFindings(change({ calls: null }))).toMatchObject({ problem: { key: 'calls' } });
  });
});
