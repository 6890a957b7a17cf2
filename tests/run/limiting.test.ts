/** Token buckets against the same bucket in BigInt: every answer is the same, to the ns, for ever. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Limiter } from '../../src/model/model.ts';
import { makeLimiting } from '../../src/run/kernel/limiting.ts';
import { TokenBuckets } from '../../src/run/token-buckets.ts';

type Bucket = Pick<Limiter, 'tokens' | 'perNs' | 'burst'>;

/** One bucket, asked at an instant. */
function limiting(bucket: Bucket, warmUpNs = 0, windows = 1) {
  const limiter = { ...bucket, name: 'limit', station: 0, instanceCount: 1, scale: 1 };
  const buckets = new TokenBuckets({ limiters: [limiter], warmUpNs }, windows);
  const now = new Float64Array(1);
  const { admits, closeWindow } = makeLimiting(buckets, now);
  const ask = (atNs: number): boolean => {
    now[0] = atNs;
    return admits(0, 0);
  };
  return { ask, closeWindow, buckets };
}

function answers(bucket: Bucket, instantsNs: readonly number[]): boolean[] {
  const limiter = limiting(bucket);
  return instantsNs.map(limiter.ask);
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
  const { ask } = limiting(bucket);
  let burst = 0;
  while (ask(0)) burst++;
  expect(burst).toBe(1_000_000);
  // Token n of those that come after the burst is there at ⌈n × T⌉ and not a ns before.
  for (let n = 1; n <= 100_000; n++) {
    const dueNs = Number((BigInt(n) * 10n ** 13n + 1_234_566n) / 1_234_567n);
    if (ask(dueNs - 1)) throw new Error(`token ${n} came early`);
    if (!ask(dueNs)) throw new Error(`token ${n} came late`);
  }
});

test('each window has its own first refusal, the warm-up none', () => {
  const { ask, closeWindow, buckets } = limiting({ tokens: 1, perNs: 1e9, burst: 1 }, 1e9, 3);
  expect([ask(-1e9), ask(-5e8)]).toEqual([true, false]);
  closeWindow(-1);
  expect([ask(0), ask(4e8), ask(6e8)]).toEqual([true, false, false]);
  closeWindow(0);
  expect(ask(1e9)).toBe(true);
  closeWindow(1);
  expect([ask(2e9), ask(2e9)]).toEqual([true, false]);
  closeWindow(2);
  expect([...buckets.firstShedSeriesNs]).toEqual([4e8, Infinity, 2e9]);
  expect([...buckets.shedSeries]).toEqual([2, 0, 1]);
  expect([...buckets.askedSeries]).toEqual([3, 1, 2]);
});
