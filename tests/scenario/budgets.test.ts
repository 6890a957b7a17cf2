import { describe, expect, test } from 'vitest';
import { load, siteText, sound } from './load.ts';

const CURVE =
  'traffic: { curve: [{ at: 0s, rate: 100/s, phase: before }, { at: 4s, rate: 100/s, phase: peak }, { at: 7500ms, rate: 9/s, phase: over }] }\n';

/** One budget on all requests, with these keys besides. */
function budget(keys: string, more = ''): string {
  return `${CURVE}budgets:\n  - { id: a, target: "*", expect: p99 < 5ms, ${keys} }\n${more}`;
}

function read(keys: string, more = '') {
  return sound(budget(keys, more)).budgets[0]!;
}

/** `code`, the text the caret stands under, and the fix, of every mistake. */
function mistakes(text: string) {
  const whole = siteText(text);
  return load(whole).diagnostics.map(({ code, line, col, help }) => {
    const here = whole.split('\n')[line - 1]!.slice(col - 1);
    return { code, where: /^[^,}\]]+/.exec(here)?.[0].trim(), help };
  });
}

describe('windows', () => {
  test('are a phase, a range, what comes after, the worst stretch, or slices', () => {
    expect(read('window: peak').window).toBe('peak');
    expect(read('window: all').window).toBeNull();
    expect(read('window: { from: 2s, to: 7500ms }').window).toEqual({
      kind: 'range',
      fromNs: 2e9,
      toNs: 7.5e9,
    });
    expect(read('window: { after: peak }').window).toEqual({ kind: 'after', phase: 'peak' });
    expect(read('window: { worst: 2s, within: peak }').window).toEqual({
      kind: 'worst',
      lengthNs: 2e9,
      within: 'peak',
    });
    expect(read('window: { slices: 1s, good: 99.9% }').window).toEqual({
      kind: 'slices',
      lengthNs: 1e9,
      within: null,
      goodRatio: 0.999,
    });
  });

  test.each([
    ['window: pek', 'HF310', 'pek', 'a phase with a similar name exists: "peak"'],
    ['window: { after: pek }', 'HF310', 'pek', 'a phase with a similar name exists: "peak"'],
    ['window: { worst: 2s, within: pek }', 'HF310', 'pek', 'a phase with a similar name exists: "peak"'],
    ['window: { worst: 2600ms }', 'HF321', '2600ms', 'write 3s, or a clock.window that divides it'],
    ['window: { slices: 1ms, good: 9% }', 'HF321', '1ms', 'write 1s, or a clock.window that divides it'],
    ['window: { from: 1.2s, to: 4s }', 'HF321', '1.2s', 'write 1s, or a clock.window that divides it'],
    ['window: { from: 4s, to: 4s }', 'HF203', '4s', 'write from: 4s, to: 4s, or the instants you mean'],
    ['window: { after: over }', 'HF324', 'over', 'name an earlier phase'],
    ['window: { worst: 4s, within: peak }', 'HF324', '4s', 'write at most 3.5s'],
    ['window: { worst: 11s }', 'HF324', '11s', 'write at most 10s'],
    ['window: { slices: 11s, good: 9% }', 'HF324', '11s', 'write at most 10s'],
    ['window: { from: 1s, to: 12s }', 'HF324', '12s', 'write to: 10s'],
    ['window: { slices: 1s }', 'HF102', 'window', 'add good:'],
    ['window: { worst: 2 }', 'HF201', '2', 'write 2us, 2ms or 2s'],
  ])('%s is refused', (keys, code, where, help) => {
    const found = mistakes(budget(keys));
    expect(found).toMatchObject([{ code, help }]);
    expect(found[0]?.where).toContain(where.split(' ')[0]);
  });

  test('a finer clock makes room for a finer window', () => {
    const text = `${budget('window: { worst: 2600ms }')}clock: { lasts: 10s, window: 200ms }\n`;
    expect(sound(text).budgets).toHaveLength(1);
  });
});

describe('measures and the time they are kept for', () => {
  const SITE = `${CURVE}stations: { desk: { servers: 1, service: 5ms, operations: { run: [{ serve: 1ms }] } } }\nrequests: { view: { path: [desk.run] } }\n`;
  const on = (target: string, expected: string, window = '', defaults = '') =>
    `${SITE}${defaults}budgets:\n  - { id: a, target: "${target}", expect: ${expected}${window} }\n`;

  test.each([
    ['*', 'errors.timedOut < 1%'],
    ['*', 'goodput > 9/s'],
    ['*', 'retries.amplification < 1.2x'],
    ['*', 'headroom >= 1.3x'],
    ['operation:desk.run', 'availability > 99%'],
    ['service:desk', 'wait.p99 < 5ms'],
    ['station:desk', 'wait.mean < 5ms'],
    ['station:desk', 'queue.mean < 3'],
    ['station:desk', 'errors.rejected < 1%'],
    ['layer:desk', 'headroom > 1.1x'],
  ])('%s has %s', (target, expected) => {
    expect(mistakes(on(target, expected))).toEqual([]);
  });

  test.each([
    ['*', 'util < 80%', 'HF311'],
    ['request:view', 'headroom > 1.1x', 'HF311'],
    ['operation:desk.run', 'wait.p99 < 5ms', 'HF311'],
    ['station:desk', 'goodput > 1/s', 'HF311'],
    ['*', 'errors.lost < 1%', 'HF205'],
    ['*', 'headroom >= 1.3', 'HF205'],
    ['*', 'goodput > 9', 'HF205'],
    ['station:desk', 'wait.p99 < 5', 'HF205'],
    ['*', 'cost.perHour < 5', 'HF205'],
  ])('%s refuses %s', (target, expected, code) => {
    const found = mistakes(on(target, expected));
    expect(found.map((each) => each.code)).toEqual([code]);
    expect(found[0]?.where).toBe(expected);
    expect(found[0]?.help).not.toBeNull();
  });

  test('what is kept by phase takes no other stretch, what is kept for the run takes none', () => {
    expect(mistakes(on('station:desk', 'p99 < 5ms', ', window: peak'))).toEqual([]);
    expect(mistakes(on('station:desk', 'p99 < 5ms', ', window: { after: peak }'))).toEqual([]);
    expect(mistakes(on('station:desk', 'p99 < 5ms', ', window: { worst: 2s }'))).toMatchObject([
      { code: 'HF322' },
    ]);
    expect(mistakes(on('station:desk', 'util < 50%', ', window: { worst: 2s }'))).toEqual([]);
    expect(mistakes(on('*', 'headroom > 1.1x', ', window: peak'))).toMatchObject([
      { code: 'HF322', where: 'peak' },
    ]);
    expect(mistakes(on('*', 'headroom > 1.1x', ', window: all'))).toEqual([]);
  });

  test('a default window is no mistake for what is kept for the run, only for what could take a phase', () => {
    const defaults = 'budgetDefaults: { window: peak }\n';
    expect(mistakes(on('*', 'headroom > 1.1x', '', defaults))).toEqual([]);
    const sliding = 'budgetDefaults: { window: { worst: 2s } }\n';
    expect(mistakes(on('station:desk', 'p99 < 5ms', '', sliding))).toMatchObject([{ code: 'HF322' }]);
  });
});

describe('costs', () => {
  const desk = (price: string) => `stations: { desk: { servers: 1, service: 5ms${price} } }\n`;
  const cost = (expected: string, price = ', price: 2 CNY/h', value = '') =>
    `${desk(price)}requests: { view: { path: [desk]${value} } }\nbudgets:\n  - { id: a, target: "*", expect: ${expected} }\n`;

  test('need prices in their currency, and orders to be shared by', () => {
    expect(sound(cost('cost.perHour <= 1300 CNY')).budgets[0]?.expect).toEqual([
      { metric: 'cost.perHour', op: '<=', limit: 1300, currency: 'CNY', text: 'cost.perHour <= 1300 CNY' },
    ]);
    expect(mistakes(cost('cost.perHour < 9 CNY', ''))).toEqual([
      {
        code: 'HF323',
        where: 'cost.perHour < 9 CNY',
        help: 'give stations or hosts one, e.g. price: 1.6 CNY/h',
      },
    ]);
    expect(mistakes(cost('cost.perHour < 9 USD'))).toMatchObject([
      { code: 'HF323', help: 'prices are in CNY' },
    ]);
    expect(mistakes(cost('cost.per10k < 9 CNY'))).toMatchObject([
      { code: 'HF323', help: 'give a request class a value, e.g. value: 100 CNY' },
    ]);
    expect(mistakes(cost('cost.per10k < 9 CNY', ', price: 2 CNY/h', ', value: 9 CNY'))).toEqual([]);
  });
});

describe('settings', () => {
  test('a baseline has a tolerance and a floor of every unit', () => {
    expect(read('baseline: { max: +5% }').baseline).toEqual({ maxRelative: 0.05, floor: {} });
    expect(read('baseline: { max: 3%, floor: 2ms }').baseline).toEqual({
      maxRelative: 0.03,
      floor: { ns: 2e6 },
    });
    expect(read('baseline: { max: +0%, floor: [1ms, 0.1%, 5/s, 3, 0.05x, 2 CNY] }').baseline?.floor).toEqual({
      ns: 1e6,
      ratio: 0.001,
      perSec: 5,
      count: 3,
      factor: 0.05,
      money: 2,
    });
    const inherited = 'budgetDefaults: { confidence: 99%, baseline: { max: +3%, floor: 1ms } }\n';
    expect(read('level: warn', inherited)).toMatchObject({
      confidence: 0.99,
      baseline: { maxRelative: 0.03, floor: { ns: 1e6 } },
    });
    expect(read('level: warn')).toMatchObject({ confidence: 0.95, baseline: null });
  });

  test.each([
    ['baseline: { max: 5 }', 'HF205'],
    ['baseline: { max: -5% }', 'HF205'],
    ['baseline: { max: 5%, floor: soon }', 'HF205'],
    ['baseline: { max: 5%, floor: [1ms, 2ms] }', 'HF205'],
    ['baseline: { floor: 1ms }', 'HF102'],
    ['confidence: 100%', 'HF202'],
    ['confidence: 0.9', 'HF201'],
    ['warn: p99 < 4', 'HF205'],
    ['warn: util < 40%', 'HF311'],
    ['level: on', 'HF104'],
    ['abort: { after: -1s }', 'HF201'],
    ['abort: 30s', 'HF103'],
    ['abort: {}', 'HF102'],
  ])('%s is refused', (keys, code) => {
    const errors = load(siteText(budget(keys))).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map((each) => each.code)).toEqual([code]);
  });

  test('a floor in a unit that no condition of the budget has is warned of; of the defaults none is', () => {
    const found = (keys: string, rest = '') =>
      mistakes(budget(keys, rest)).map(({ code, where }) => [code, where]);
    expect(found('baseline: { max: +3% }')).toEqual([]);
    expect(found('baseline: { max: +3%, floor: 1ms }')).toEqual([]);
    expect(found('baseline: { max: +3%, floor: [1ms, 5/s] }')).toEqual([['HF313', '5/s']]);
    expect(found('baseline: { max: +3%, floor: 1ms }, window: { slices: 10s, good: 99% }')).toEqual([
      ['HF313', '1ms'],
    ]);
    expect(found('level: warn', 'budgetDefaults: { baseline: { max: 5%, floor: 5/s } }\n')).toEqual([]);
  });

  test('an abort is read, and none is none', () => {
    expect(read('abort: { after: 2s }').abort).toEqual({ afterNs: 2e9 });
    expect(read('level: warn').abort).toBeNull();
  });

  test.each([
    ['abort: { after: 9s }, window: all', []],
    ['abort: { after: 10s }', [['HF324', '10s', 'write less than 10s']]],
    ['abort: { after: 6s }, window: peak', [['HF324', '6s', 'write less than 6s']]],
    ['abort: { after: 5s }, window: { worst: 2s, within: peak }', []],
    ['abort: { after: 3s }, window: { from: 8s, to: 9s }', [['HF324', '3s', 'write less than 2s']]],
    ['abort: { after: 3s }, window: { after: peak }', [['HF324', '3s', 'write less than 2.5s']]],
    [
      'abort: { after: 1s }, level: warn',
      [['HF313', '{ after: 1s', 'write level: error, or leave abort out']],
    ],
    ['abort: { after: 1s }, level: off', []],
  ])('what would never end anything is told: %s', (keys, wanted) => {
    const found = mistakes(budget(keys)).map(({ code, where, help }) => [code, where, help]);
    expect(found).toEqual(wanted);
  });

  test("budgetDefaults.level and window count as the budget's own", () => {
    const codes = (rest: string) =>
      mistakes(budget('abort: { after: 6s }', `budgetDefaults: { ${rest} }\n`)).map(({ code }) => code);
    expect(codes('level: warn')).toEqual(['HF313']);
    expect(codes('window: peak')).toEqual(['HF324']);
    expect(codes('minSamples: 5')).toEqual([]);
  });

  test.each([
    ['"station:desk"', 'p99 < 1s'],
    ['"station:desk"', 'wait.p99 < 1s'],
    ['"*"', 'headroom > 1.2x'],
    ['"*"', 'retries.amplification < 2x'],
  ])('%s: %s is not kept by window, and cannot be watched', (target, condition) => {
    const text = `budgets:\n  - { id: a, target: ${target}, expect: ${condition}, abort: { after: 1s } }\n`;
    const codes = load(siteText(text)).diagnostics.map(({ code }) => code);
    expect(codes).toEqual(['HF322']);
    expect(load(siteText(text.replace(', abort: { after: 1s }', ''))).diagnostics).toEqual([]);
  });

  test('owner, runbook, why and warnings are read; a budget that is off is checked', () => {
    expect(read('warn: [p99 < 4ms, errors < 1%], owner: shop, runbook: wiki, why: money')).toMatchObject({
      warn: [
        { metric: 'p99', limit: 4e6 },
        { metric: 'errors', limit: 0.01 },
      ],
      owner: 'shop',
      runbook: 'wiki',
      why: 'money',
    });
    expect(read('level: off').level).toBe('off');
    expect(mistakes(budget('level: off, window: pek'))).toMatchObject([{ code: 'HF310' }]);
  });
});
