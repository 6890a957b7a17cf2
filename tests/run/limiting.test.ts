/** Token buckets against the same bucket in BigInt: every answer is the same, to the ns, for ever. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Limiter } from '../../src/model/model.ts';
import { Limiting } from '../../src/run/limiting.ts';

type Bucket = Pick<Limiter, 'tokens' | 'perNs' | 'burst'>;

function limiting(bucket: Bucket, warmUpNs = 0, windows = 1): Limiting {
  const limiter = { ...bucket, name: 'limit', station: 0, instanceCount: 1, scale: 1 };
  return new Limiting({ limiters: [limiter], warmUpNs }, windows);
}

function answers(bucket: Bucket, instantsNs: readonly number[]): boolean[] {
  const limiter = limiting(bucket);
  return instantsNs.map((atNs) => limiter.admits(0, 0, Float64Array.of(atNs)));
}

/** The bucket as it is described: units flow in, at most `burst` tokens of them stay. */
function exactAnswers({ tokens, perNs, burst }: Bucket, instantsNs: readonly number[]): boolean[] {
  const full = BigInt(burst) * BigInt(perNs);
  let units = full;
  let lastNs = 0n;
  return instantsNs.map((at) => {
    const atNs = BigInt(at);
    units += (atNs - lastNs) * BigInt(tokens);
    if (units > full) units = full;
    lastNs = atNs;
    if (units < BigInt(perNs)) return false;
    units -= BigInt(perNs);
    return true;
  });
}

test('answers as the bucket does in whole numbers, with rates whose units go far beyond 2^53', () => {
  const bucket = fc.record({
    tokens: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 40 })),
    perNs: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1e9, max: 1e15 })),
    burst: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 1000 })),
  });
  fc.assert(
    fc.property(bucket, fc.array(fc.nat(6), { minLength: 1, maxLength: 300 }), (each, gaps) => {
      fc.pre((each.burst * each.perNs) / each.tokens < 2 ** 45);
      // Gaps about the time a token takes, and none.
      const stepNs = Math.max(1, Math.round(each.perNs / each.tokens / 3));
      let atNs = 0;
      const instants = gaps.map((gap) => (atNs += gap * stepNs));
      expect(answers(each, instants)).toEqual(exactAnswers(each, instants));
    }),
  );
});

test('a rate of 123.4567/s with a burst of a million drifts by nothing in a million admissions', () => {
  // A token every 10^13 / 1,234,567 ns; units of a full bucket: 10^19.
  const bucket = { tokens: 1_234_567, perNs: 1e13, burst: 1_000_000 };
  const limiter = limiting(bucket);
  const at = Float64Array.of(0);
  let burst = 0;
  while (limiter.admits(0, 0, at)) burst++;
  expect(burst).toBe(1_000_000);
  // Token n of those that come after the burst is there at ⌈n × T⌉ and not a ns before.
  for (let n = 1; n <= 100_000; n++) {
    const dueNs = Number((BigInt(n) * 10n ** 13n + 1_234_566n) / 1_234_567n);
    at[0] = dueNs - 1;
    if (limiter.admits(0, 0, at)) throw new Error(`token ${n} came early`);
    at[0] = dueNs;
    if (!limiter.admits(0, 0, at)) throw new Error(`token ${n} came late`);
  }
});

test('each window has its own first refusal, the warm-up none', () => {
  const limiter = limiting({ tokens: 1, perNs: 1e9, burst: 1 }, 1e9, 3);
  const ask = (atNs: number) => limiter.admits(0, 0, Float64Array.of(atNs));
  expect([ask(-1e9), ask(-5e8)]).toEqual([true, false]);
  limiter.closeWindow(-1);
  expect([ask(0), ask(4e8), ask(6e8)]).toEqual([true, false, false]);
  limiter.closeWindow(0);
  expect(ask(1e9)).toBe(true);
  limiter.closeWindow(1);
  expect([ask(2e9), ask(2e9)]).toEqual([true, false]);
  limiter.closeWindow(2);
  expect([...limiter.firstShedSeriesNs]).toEqual([4e8, Infinity, 2e9]);
  expect([...limiter.shedSeries]).toEqual([2, 0, 1]);
  expect([...limiter.askedSeries]).toEqual([3, 1, 2]);
});
