import { describe, expect, test } from 'vitest';
import { clockOf } from '../../src/report/clock.ts';

const S = 1e9;

describe('with a start on the wall clock', () => {
  const clock = clockOf({ from: '2025-11-10T23:58:00+08:00', lastsNs: 720 * S });

  test.each([
    [0, '23:58:00'],
    [120 * S, '00:00:00'],
    [261.5 * S, '00:02:21.5'],
    [119.97 * S, '00:00:00'],
    [24 * 3600 * S, '23:58:00 +1d'],
    [(24 * 3600 + 120) * S, '00:00:00 +2d'],
  ])('%d ns is %s', (atNs, text) => {
    expect(clock(atNs)).toBe(text);
  });

  test('seconds and fractions may be left out or given', () => {
    expect(clockOf({ from: '2025-11-10T23:58', lastsNs: 720 * S })(S)).toBe('23:58:01');
    expect(clockOf({ from: '2025-11-10 23:58:00.500', lastsNs: 720 * S })(S)).toBe('23:58:01.5');
  });
});

describe('without', () => {
  test('time counts from the start of the run', () => {
    const clock = clockOf({ from: null, lastsNs: 7200 * S });
    expect([0, 141.5 * S, 3725 * S].map(clock)).toEqual(['t+00:00', 't+02:21.5', 't+01:02:05']);
  });

  test('a date without a time names no clock', () => {
    expect(clockOf({ from: '2025-11-10', lastsNs: 720 * S })(S)).toBe('t+00:01');
  });

  test('a short run shows thousandths', () => {
    expect(clockOf({ from: null, lastsNs: 20 * S })(1.2345e9)).toBe('t+00:01.235');
  });
});
