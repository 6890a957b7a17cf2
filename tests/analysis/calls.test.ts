import { expect, test } from 'vitest';
import type { CallSite } from '../../src/model/model.ts';
import { findingsOf, measurements, model } from './builders.ts';

function site(name: string, inner = false): CallSite {
  return {
    name,
    inner,
    salt: 0,
    start: 0,
    timeout: -1,
    attempts: 1,
    backoff: { baseNs: 0, capNs: 0, jitter: 'none' },
    budget: -1,
    callerRegister: 0,
    station: 0,
    stream: name,
  };
}

test('sites of one name are one call; an attempt inside another site adds only its time-outs', () => {
  const none = new Float64Array(10);
  const counts = (attempts: number, timedOut: number) => ({
    series: { attempts: none, retries: none, timedOut: none },
    attempts,
    retries: 2,
    deniedByBudget: 1,
    timedOut,
    failed: 3,
  });
  const { calls } = findingsOf({
    model: model({ slice: 10, calls: [site('a > b', true), site('a > b'), site('a > b'), site('a > c')] }),
    measurements: measurements({ calls: [counts(50, 7), counts(50, 0), counts(20, 0), counts(1, 1)] }),
  });
  expect(calls).toEqual([
    { call: 'a > b', attempts: 700, retries: 40, deniedByBudget: 20, timedOut: 70, failed: 60 },
    { call: 'a > c', attempts: 10, retries: 20, deniedByBudget: 10, timedOut: 10, failed: 30 },
  ]);
});
