import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatAgainst,
  formatByUnit,
  formatCount,
  formatDuration,
  formatFactor,
  formatMargin,
  formatMoney,
  formatRate,
  formatShare,
  significant,
} from '../../src/report/format.ts';

describe('quantities', () => {
  test.each([
    [0, '0 ms'],
    [0.4, '0.400 ns'],
    [250, '250 ns'],
    [8_600, '8.60 µs'],
    [999_999, '1.00 ms'],
    [214e6, '214 ms'],
    [1.25e9, '1.25 s'],
    [75e9, '75.0 s'],
    [750e9, '12.5 min'],
    [null, '–'],
  ])('formatDuration(%d ns) = %s', (ns, text) => {
    expect(formatDuration(ns)).toBe(text);
  });

  test.each([
    [0, '0/s'],
    [0.25, '0.250/s'],
    [999, '999/s'],
    [999_999, '1.00M/s'],
    [1e6, '1.00M/s'],
    [12_345, '12.3k/s'],
    [null, '–'],
  ])('formatRate(%d) = %s', (perSec, text) => {
    expect(formatRate(perSec)).toBe(text);
  });

  test.each([
    [0, '0'],
    [0.02, '0.0200'],
    [0.000_1, '0.000100'],
    [0.000_004_02, '< 0.0001'],
    [11.05, '11.1'],
    [12_345, '12,345'],
    [999_999, '999,999'],
    [477_000_000, '477M'],
    [null, '–'],
  ])('formatCount(%d) = %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  test('money, factors and margins', () => {
    expect(formatMoney(1090.4, 'CNY')).toBe('1,090 CNY');
    expect(formatMoney(0.1387, 'CNY')).toBe('0.139 CNY');
    expect(formatMoney(null, 'CNY')).toBe('–');
    expect(formatFactor(1.0878)).toBe('1.09×');
    expect(formatMargin(0.3)).toBe('+30.0 %');
    expect(formatMargin(-1.117)).toBe('−112 %');
    expect(formatMargin(-499.2)).toBe('−499×');
    expect(formatMargin(0.99979)).toBe('+99.9 %');
    expect(formatMargin(null)).toBe('–');
  });

  test('a figure keeps 3 significant digits: at most 0.5 % off', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e15, noNaN: true }), (value) => {
        expect(Math.abs(Number(significant(value)) / value - 1)).toBeLessThanOrEqual(0.00501);
      }),
    );
  });
});

describe('shares never claim more than is true', () => {
  test.each([
    [0, '0 %'],
    [1e-9, '< 0.0001 %'],
    [0.0000123, '0.00123 %'],
    [0.0007, '0.0700 %'],
    [0.4, '40.0 %'],
    [0.99, '99.0 %'],
    [0.995, '99.5 %'],
    [0.999, '99.9 %'],
    [0.9995, '99.95 %'],
    [0.9999, '99.99 %'],
    [0.9995001, '99.95 %'],
    [0.991, '99.1 %'],
    [0.99953, '99.953 %'],
    [0.9999996, '> 99.9999 %'],
    [1, '100 %'],
    [1.12, '112 %'],
    [null, '–'],
  ])('formatShare(%d) = %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  test('what failed a little is not 100 %, what happened a little is not 0 %', () => {
    const small = fc.double({ min: 1e-12, max: 0.02, minExcluded: true, noNaN: true });
    fc.assert(
      fc.property(small, (share) => {
        expect(formatShare(share)).not.toMatch(/^0(\.0+)? %$/);
        expect(formatShare(1 - share)).not.toMatch(/^100/);
      }),
    );
  });

  test('close to 1 it is rounded down', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.9901, max: 0.999998, noNaN: true }), (share) => {
        expect(Number.parseFloat(formatShare(share)) / 100).toBeLessThanOrEqual(share + 1e-9);
      }),
    );
  });
});

describe('a value beside its limit', () => {
  test('gets the digits that tell them apart', () => {
    expect(formatAgainst(199.96e6, 200e6, 'ns')).toBe('199.96 ms');
    expect(formatAgainst(200e6, 200e6, 'ns')).toBe('200 ms');
    expect(formatAgainst(0.79999, 0.8, 'ratio')).toBe('79.999 %');
    expect(formatAgainst(0.9995, 0.9995, 'ratio')).toBe('99.95 %');
    expect(formatAgainst(0.9995001, 0.9995, 'ratio')).toBe('99.95001 %');
    expect(formatAgainst(null, 0.8, 'ratio')).toBe('–');
  });

  test('is never printed as the limit unless it is the limit', () => {
    const limits = fc.integer({ min: 1, max: 1e9 });
    const distances = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(limits, distances, (limit, distance) => {
        const value = limit + distance;
        fc.pre(value > 0 && distance !== 0);
        for (const unit of ['ns', 'perSec', 'count'] as const) {
          expect(formatAgainst(value, limit, unit)).not.toBe(formatByUnit(limit, unit));
        }
      }),
    );
  });
});
