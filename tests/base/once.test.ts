import { expect, test } from 'vitest';
import { once } from '../../src/base/once.ts';

test('a value is worked out when it is first asked for, and once, even if it is null', () => {
  let times = 0;
  const value = once(() => {
    times++;
    return null;
  });
  expect(times).toBe(0);
  expect([value(), value(), times]).toEqual([null, null, 1]);
});
