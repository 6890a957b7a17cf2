import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatDuration,
  formatRate,
  formatShare,
  formatSize,
  parseClock,
  parseDuration,
  parseHourlyPrice,
  parseMoney,
  parseNumber,
  parseRate,
  parseShare,
  parseSize,
} from '../../src/base/units.ts';

describe('reads what people write', () => {
  test.each([
    ['250us', 250_000],
    ['250µs', 250_000],
    ['1.5s', 1_500_000_000],
    ['12m', 720e9],
    ['12 min', 720e9],
    ['1h30m', 5400e9],
    ['0s', 0],
    ['1e3ms', 1e9],
    ['104d', 104 * 86_400e9],
    ['0.1ms', 100_000],
  ])('duration %s', (text, ns) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: ns });
  });

  test.each([
    ['3.6/s', 3.6],
    ['20k/s', 20_000],
    ['1M/s', 1e6],
    ['600/min', 10],
    ['36/h', 0.01],
    ['500 rps', 500],
  ])('rate %s', (text, perSec) => {
    expect(parseRate(text)).toEqual({ ok: true, value: perSec });
  });

  test('shares, sizes, money, clocks, plain numbers', () => {
    expect(parseShare('70%')).toEqual({ ok: true, value: 0.7 });
    expect(parseSize('2MiB')).toEqual({ ok: true, value: 2 * 1024 * 1024 });
    expect(parseSize('64KB')).toEqual({ ok: true, value: 64_000 });
    expect(parseMoney('100 CNY')).toEqual({ ok: true, value: { amount: 100, currency: 'CNY' } });
    expect(parseHourlyPrice('1.6 USD/h')).toEqual({ ok: true, value: { amount: 1.6, currency: 'USD' } });
    expect(parseClock('2600 MHz')).toEqual({ ok: true, value: 2.6 });
    expect(parseNumber('50M')).toEqual({ ok: true, value: 50e6 });
  });
});

describe('refuses, with one fix', () => {
  test.each(['5', '-5ms', '', 'fast', '5 parsecs', '105d', '0.4ns', '5ms and a bit', '1..5s', 'NaNs'])(
    'duration %j',
    (text) => {
      expect(parseDuration(text)).toMatchObject({ ok: false, help: expect.stringMatching(/./) as string });
    },
  );

  test.each(['5', '-5/s', '20k', '1M/x', '2G/s', 'k/s'])('rate %j', (text) => {
    expect(parseRate(text).ok).toBe(false);
  });

  test('a bare fraction is told its per cent', () => {
    expect(parseShare('0.95')).toMatchObject({ ok: false, help: expect.stringContaining('95%') as string });
    expect(parseShare('101%').ok).toBe(false);
  });

  test('money without a currency, sizes without a unit, absurd clocks', () => {
    expect(
      [parseMoney('100'), parseSize('100'), parseClock('99 GHz'), parseHourlyPrice('1 USD')].map(
        ({ ok }) => ok,
      ),
    ).toEqual([false, false, false, false]);
  });
});

describe('prints three significant digits', () => {
  test.each([
    [0, '0s'],
    [999, '999ns'],
    [999.9e3, '1ms'],
    [1_234_567, '1.23ms'],
    [90e9, '1.5min'],
    [-5e6, '-5ms'],
  ])('duration %d', (ns, text) => {
    expect(formatDuration(ns)).toBe(text);
  });

  test('rates, counts, shares, sizes', () => {
    expect([
      formatRate(20_000),
      formatRate(0.001),
      formatCount(0.5),
      formatShare(0.9995),
      formatSize(2 ** 21),
    ]).toEqual(['20k/s', '3.6/h', '0.5', '99.95%', '2MiB']);
  });

  test('what is printed reads back within the rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 52 }), (ns) => {
        const back = parseDuration(formatDuration(ns));
        expect(back.ok && Math.abs(back.value - ns) <= ns * 0.00501).toBe(true);
      }),
    );
  });
});
