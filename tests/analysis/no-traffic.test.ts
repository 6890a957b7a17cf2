import { describe, expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import {
  budget,
  condition,
  findingsOf,
  limiter,
  limiterMeasured,
  measurements,
  model,
  requestClass,
  scenario,
} from './builders.ts';

const METRICS = ['p99', 'mean', 'max', 'errors', 'shed', 'timeouts', 'availability', 'throughput'];
const LIMITS = [
  ['<', 1e12],
  ['>=', 0],
  ['==', 0],
] as const;
const budgets = ['*', 'request:*', 'request:idle', 'station:*', 'layer:*', 'service:*'].map((target) =>
  budget(
    [...METRICS, ...(target.startsWith('request:') ? [] : ['util', 'queue.max'])].flatMap((metric) =>
      LIMITS.map(([op, limit]) => condition(metric, op, limit)),
    ),
    { id: target, target, minSamples: 0 },
  ),
);

const classOf = (name: string) => ({ name, start: 0, priority: 0, timeout: -1, value: null });

describe('without traffic', () => {
  const idle = findingsOf({
    scenario: scenario({ budgets }),
    model: model({ limiters: [limiter('shop.limit')], classes: [classOf('idle')] }),
    measurements: measurements({ limiters: [limiterMeasured(0, 0)] }),
  });

  test('no budget passes and none fails', () => {
    expect(new Set(idle.budgets.map(({ verdict }) => verdict))).toEqual(new Set(['no-data']));
    expect(idle.verdict).toMatchObject({
      status: 'cannot-say',
      firstBreak: null,
      tightest: null,
      availability: null,
    });
  });

  test('no number is infinite or not a number', () => {
    expect(() => renderJson(idle)).not.toThrow();
  });
});

test('a class without requests passes no budget beside one that has some', () => {
  const some = requestClass({ offered: 100, good: 100 });
  const { budgets: judged } = findingsOf({
    scenario: scenario({ budgets: budgets.filter(({ target }) => target === 'request:*') }),
    model: model({ classes: [classOf('buy'), classOf('idle')] }),
    measurements: measurements({ classes: [some, requestClass()], samples: [] }),
  });
  const of = (target: string) => judged.filter((row) => row.target === target).map(({ verdict }) => verdict);
  expect(of('request:buy')).toContain('pass');
  expect(new Set(of('request:idle'))).toEqual(new Set(['no-data']));
});
