import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../src/base/diagnostics.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { readCatalogue } from '../../src/scenario/catalogue.ts';
import { name } from '../../src/scenario/schema/name.ts';
import { codes, load, siteText, sound } from './load.ts';
import { CATALOGUE } from './shipped.ts';

const NAME = name('Any.', 'desk');
const isName = (text: string): boolean => NAME.safeParse(text).success;

test.each([
  '下单',
  '库存-redis',
  'Kasse_1',
  'заказ',
  '주문',
  'कार्ट',
  '注文2',
  'é',
  '𠮷野家',
  'x'.repeat(64),
  '𠮷'.repeat(64),
])('%s is a name', (text) => {
  expect(isName(text.normalize('NFC'))).toBe(true);
});

test.each([
  ['empty', ''],
  ['a digit first', '2nd'],
  ['a mark first', '\u0301a'],
  ['a dash first', '-a'],
  ['a space', 'my desk'],
  ['an ideographic space', '下\u3000单'],
  ['a dot, which parts station and operation', 'a.b'],
  ['a colon', '下：单'],
  ['a wildcard', 'a*'],
  ['a zero-width space', 'a\u200bb'],
  ['a zero-width joiner', 'a\u200db'],
  ['a bidi override', 'a\u202eb'],
  ['a bidi isolate', 'a\u2066b'],
  ['a soft hyphen', 'a\u00adb'],
  ['a byte-order mark', 'a\ufeff'],
  ['a Hangul filler, which is a letter that shows nothing', 'a\u3164'],
  ['a variation selector', '下\ufe00'],
  ['an emoji', 'a🎉'],
  ['65 letters', 'x'.repeat(65)],
  ['65 letters of two UTF-16 units', '𠮷'.repeat(65)],
])('%s is refused', (_, text) => {
  expect(isName(text)).toBe(false);
});

const CHINESE = `traffic:
  curve: [{ at: 0s, rate: 50/s, phase: 预热 }, { at: 5s, rate: 90/s, phase: 零点 }]
  mix: { 下单: 30%, 浏览: 70% }
layers:
  库存-redis: { kind: redis-cluster, shards: 4 }
stations:
  订单:
    servers: 4
    operations: { 创建: [{ serve: 2ms }, { call: 库存.扣减 }], 查询: [{ serve: 1ms }] }
  库存: { servers: 2, operations: { 扣减: [{ serve: 1ms, at: 订单 }, { call: 库存-redis }] } }
requests:
  下单: { path: [订单.创建] }
  浏览: { path: [订单.查询] }
budgets:
  - { id: 下单延迟, target: "request:下单", expect: p99 < 50ms, window: 零点 }
  - { id: 扣减, target: "operation:库存.*", expect: p99 < 50ms }
  - { id: 忙碌, target: "station:库*", expect: util < 80% }
`;

describe('a scenario with Chinese names', () => {
  test('is one: references, budget targets, wildcards, phases, --set', () => {
    const scenario = sound(CHINESE, ['stations.库存.servers=3', 'traffic.mix.下单=30%']);
    expect(Object.keys(scenario.stations)).toEqual(['库存-redis', '订单', '库存']);
    expect(scenario.stations['库存']?.servers).toBe(3);
    expect(scenario.budgets.map(({ window }) => window)).toEqual(['零点', null, null]);
  });

  test('expands to a scenario with the same names', () => {
    const { scenario } = load(siteText(CHINESE));
    const again = load(load(siteText(CHINESE)).expandedText);
    expect(again.scenario?.stations).toEqual(scenario?.stations);
  });

  test('gets suggestions, and a caret under the characters it is about', () => {
    const text = siteText(CHINESE.replace('call: 库存.扣减', 'call: 库存.扣除'));
    const [found] = load(text).diagnostics;
    expect(found).toMatchObject({
      code: 'HF301',
      length: 5,
      help: expect.stringContaining('扣减') as string,
    });
    const [, , , line = '', caret = ''] = renderDiagnostic(found!).split('\n');
    const columns = (part: string): number =>
      Array.from(part).reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0);
    expect(caret.indexOf('^')).toBe(columns(line.slice(0, line.indexOf('库存.扣除'))) - 1 + ' '.length);
    expect(caret.match(/\^+/)?.[0]).toHaveLength(columns('库存.扣除'));
  });

  test('is accepted by the JSON Schema', () => {
    const validate = new Ajv.default({ strict: false }).compile(scenarioJsonSchema(readCatalogue(CATALOGUE)));
    const site = { clock: { lasts: '1s' }, traffic: { rate: '1/s' }, scenario: 'a' };
    const station = { servers: 1, service: '1ms' };
    expect(validate({ ...site, stations: { 库存: station }, requests: { 下单: { path: ['库存'] } } })).toBe(
      true,
    );
    expect(validate({ ...site, stations: { '库 存': station }, requests: {} })).toBe(false);
    expect(validate({ ...site, stations: { '库存：': station }, requests: {} })).toBe(false);
    expect(validate({ ...site, stations: { ['x'.repeat(65)]: station }, requests: {} })).toBe(false);
    expect(validate({ ...site, stations: { ['𠮷'.repeat(64)]: station }, requests: {} })).toBe(true);
  });
});

test('the pattern for editors takes every letter, digit and mark, with and without the flag u', () => {
  const { pattern } = NAME.meta() as { pattern: string };
  const [plain, unicode] = [new RegExp(pattern), new RegExp(pattern, 'u')];
  const refused: string[] = [];
  for (let code = 0; code < 0x32000; code++) {
    const word = `a${String.fromCodePoint(code)}`.normalize('NFC');
    if (code >= 0xd800 && code < 0xe000) continue;
    if (isName(word) && !(plain.test(word) && unicode.test(word))) refused.push(code.toString(16));
  }
  expect(refused).toEqual([]);
});

describe('names are compared in their composed form (NFC)', () => {
  const composed = 'caf\u00e9';
  const decomposed = 'cafe\u0301';

  test('a name and a reference to it written in two ways are one', () => {
    const text = `stations: { ${composed}: { servers: 1, service: 5ms } }\nrequests: { view: { path: [${decomposed}] } }\n`;
    expect(Object.keys(sound(text, [`stations.${decomposed}.servers=2`]).stations)).toEqual([composed]);
    expect(sound(text, [`stations.${decomposed}.servers=2`]).stations[composed]?.servers).toBe(2);
  });

  test('two of them are the same key twice', () => {
    const station = '{ servers: 1, service: 5ms }';
    expect(codes(`stations: { ${composed}: ${station}, ${decomposed}: ${station} }\n`)).toContain('HF005');
  });
});

test('the id of a scenario names a folder and stays ASCII', () => {
  expect(load(siteText('').replace('scenario: site', 'scenario: 站点')).diagnostics[0]?.code).toBe('HF108');
});
