/** Retry budgets are exact for whatever ratio is written: what was earned n times is n times the ratio. */
import { expect, test } from 'vitest';
import { fractionOf } from '../../src/compile/parts/fraction.ts';
import { makeRetrying, type Retrying } from '../../src/run/kernel/retrying.ts';
import { KIT } from '../../src/run/kit.ts';
import { RetryBudgets } from '../../src/run/retry-budgets.ts';

function budget(ratio: number, burst: number, callerCount = 1): Retrying {
  const { numerator, denominator } = fractionOf(ratio, 1e9);
  const retryBudgets = [{ tokens: numerator, perAttempts: denominator, burst, callerCount }];
  return makeRetrying(KIT, new RetryBudgets({ retryBudgets }));
}

/** Retries paid by one caller that earns `attempts` times after having spent all it had. */
function paidAfter(attempts: number, ratio: number, burst: number): number {
  const budgets = budget(ratio, burst);
  while (budgets.pay(0, 0));
  for (let i = 0; i < attempts; i++) budgets.earn(0, 0);
  let paid = 0;
  while (budgets.pay(0, 0)) paid++;
  return paid;
}

test.each([
  [0.1, 10],
  [0.0004, 2500], // 0.04 %: less than a thousandth
  [1 / 3, 3],
  [0.00123, 81_301], // ⌈1/0.00123⌉ = 814, but a hundred of them need 81,301
  [1, 1],
])('a ratio of %f earns its token with the attempt that completes it, not before', (ratio, attempts) => {
  const tokens = Math.floor(attempts * ratio + 1e-9);
  expect(paidAfter(attempts, ratio, 1000)).toBe(tokens);
  expect(paidAfter(attempts - 1, ratio, 1000)).toBe(tokens - 1);
});

test('a burst of ten million starts full and is paid to the last token', () => {
  const budgets = budget(0.1, 1e7);
  for (let i = 0; i < 1e7; i++) if (!budgets.pay(0, 0)) throw new Error(`denied after ${i}`);
  expect(budgets.pay(0, 0)).toBe(false);
});

test('a full budget earns nothing, not even a part of a token; callers have one each', () => {
  const budgets = budget(0.5, 2, 2);
  budgets.earn(0, 0); // full: lost
  expect([budgets.pay(0, 0), budgets.pay(0, 0)]).toEqual([true, true]);
  budgets.earn(0, 0);
  expect(budgets.pay(0, 0)).toBe(false);
  budgets.earn(0, 0);
  expect(budgets.pay(0, 0)).toBe(true);
  expect([budgets.pay(0, 1), budgets.pay(0, 1), budgets.pay(0, 1)]).toEqual([true, true, false]);
});
