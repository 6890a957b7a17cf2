import { expect, test } from 'vitest';
import { similarName } from '../../src/base/similar.ts';

test.each([
  ['servrs', ['service', 'servers'], 'servers'],
  ['exponental', ['exponential', 'erlang'], 'exponential'],
  ['ngnix', ['nginx', 'mysql'], 'nginx'],
  ['Lasts', ['lasts'], 'lasts'],
  ['扣除库存', ['查询', '扣减库存'], '扣减库存'],
  ['下但', ['支付', '下单'], '下单'],
])('%s of %j: %s', (word, names, best) => {
  expect(similarName(word, names)).toBe(best);
});

test.each([
  ['买', ['卖']],
  ['a', ['b']],
  ['支付', ['下单']],
  ['', ['a']],
  ['servers', ['requests']],
])('%s: none of %j is close', (word, names) => {
  expect(similarName(word, names)).toBeNull();
});
