import { describe, expect, test } from 'vitest';
import type { LimiterShares } from '../../../src/compile/advice/limiter-loads.ts';
import { settledShares } from '../../../src/compile/advice/settled-shares.ts';

describe('shares of limiters', () => {
  test('of two that each keep work from the other solve both equations', () => {
    // A first passes a and then b, B the other way round; 100/s each, 80/s and 60/s let through.
    const through = settledShares(['a', 'b'], (name, shares) => {
      const [rate, other] = name === 'a' ? [80, 'b'] : [60, 'a'];
      return Math.min(1, rate / (100 + 100 * shares.get(other)!));
    });
    const [a, b] = [through.get('a')!, through.get('b')!];
    expect(a * (100 + 100 * b)).toBeCloseTo(80, 9);
    expect(b * (100 + 100 * a)).toBeCloseTo(60, 9);
  });

  test('of several in one loop of many turns settle', () => {
    const names = ['a', 'b', 'c'];
    const turns = 50;
    const asked = (at: number, shares: LimiterShares): number => {
      const [a, b, c] = names.map((name) => shares.get(name)!) as [number, number, number];
      let [sum, alive] = [0, 1];
      for (let turn = 0; turn < turns; turn++) {
        sum += alive * [1, a, a * b][at]!;
        alive *= a * b * c;
      }
      return sum;
    };
    const rates = [40, 39.9, 39.8];
    const shareOf = (name: string, shares: LimiterShares): number => {
      const at = names.indexOf(name);
      return Math.min(1, rates[at]! / asked(at, shares));
    };
    const through = settledShares(names, shareOf);
    for (const name of names) expect(through.get(name)).toBeCloseTo(shareOf(name, through), 9);
  });

  test('that never settle are no shares', () => {
    const swing = (name: string, shares: LimiterShares): number =>
      name === 'a' ? 1 - shares.get('b')! : shares.get('a')!;
    expect(() => settledShares(['a', 'b'], swing)).toThrow();
  });
});
