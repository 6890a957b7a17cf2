import { expect, test } from 'vitest';
import { scaledInput } from '../../src/study/scaled-input.ts';

test.each([
  ['14us', '16.8us', '11.2us'],
  ['0.4ms', '0.48ms', '0.32ms'],
  ['20k/s', '24k/s', '16k/s'],
  ['80%', '96%', '64%'],
  ['92%', '92%', '73.6%'],
  ['2.6 GHz', '3.12 GHz', '2.08 GHz'],
  ['2k', '2.4k', '1.6k'],
  [200, '240', '160'],
  [2, '3', '1'],
  [1, '2', '1'],
  [0.8, '0.96', '0.64'],
  [{ mean: '2ms', cv: 0.8 }, '{ mean: 2.4ms, cv: 0.8 }', '{ mean: 1.6ms, cv: 0.8 }'],
  [{ exponential: '5ms' }, '{ exponential: 6ms }', '{ exponential: 4ms }'],
  [
    {
      mixture: [
        { share: '90%', time: '1ms' },
        { share: '10%', time: '10ms' },
      ],
    },
    '{ mixture: [{ share: 90%, time: 1.2ms }, { share: 10%, time: 12ms }] }',
    '{ mixture: [{ share: 90%, time: 0.8ms }, { share: 10%, time: 8ms }] }',
  ],
  ['zipf 0.99', null, null],
  ['bound', null, null],
  [true, null, null],
  [{ count: 4 }, null, null],
])('%j a fifth more is %s, a fifth less %s', (value, more, less) => {
  expect(scaledInput(value, 1.2)).toBe(more);
  expect(scaledInput(value, 0.8)).toBe(less);
});
