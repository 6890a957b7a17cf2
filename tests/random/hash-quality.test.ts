import { describe, expect, test } from 'vitest';
import { hash32 } from '../../src/random/streams.ts';
import { avalancheBias, type Hash, qualityProblems } from './hash-quality.ts';

/** Undoes the multiplication by 0x9e3779b9 modulo 2^32. */
const INVERSE_OF_GOLDEN_RATIO = 0x144cbc89;

test('the draws pass every test of quality', { timeout: 60_000 }, () => {
  expect(qualityProblems(hash32, 1 << 18)).toEqual([]);
});

test('every input bit flips every output bit half of the time', () => {
  expect(avalancheBias(hash32)).toBeLessThan(0.02);
});

describe('the tests of quality find', () => {
  const planted: readonly [name: string, hash: Hash, problem: string][] = [
    [
      'a counter with a golden-ratio step',
      (k0, k1, lo, hi) => (Math.imul(lo + hi, 0x9e3779b9) + k0 + k1) >>> 0,
      'pairs of high bits at lag 1, sequential lo',
    ],
    [
      'a multiplication without xorshift',
      (k0, k1, lo, hi) => Math.imul(Math.imul(lo ^ k0, 0x21f0aaad) + (hi ^ k1), 0x735a2d97) >>> 0,
      'byte at bit 0, lo in steps of 2^16',
    ],
    ['a key that is not used', (_k0, _k1, lo, hi) => hash32(1, 2, lo, hi), 'correlation between two streams'],
    [
      'a key whose streams are shifts of each other',
      (k0, _k1, lo, hi) => hash32(1, 2, lo + (k0 & 7), hi),
      'correlation among streams',
    ],
    ['a hi that is folded into lo', (k0, k1, lo, hi) => hash32(k0, k1, lo + hi, 0), 'collisions'],
    [
      'a single round',
      (k0, k1, lo, hi) => {
        const x = Math.imul((lo ^ k0) + (hi ^ k1), 0x21f0aaad);
        return (x ^ (x >>> 15)) >>> 0;
      },
      'avalanche',
    ],
    ['a lost bit', (k0, k1, lo, hi) => (hash32(k0, k1, lo, hi) & ~256) >>> 0, 'byte at bit 8, sequential hi'],
    [
      'a bias of 1/64',
      (k0, k1, lo, hi) => {
        const word = hash32(k0, k1, lo, hi);
        return hash32(k1, k0, lo, hi) < 0x10000000 ? word >>> 1 : word;
      },
      'mean, sequential lo',
    ],
  ];

  test('a second word that is added as it is', { timeout: 60_000 }, () => {
    const bare: Hash = (k0, k1, lo, hi) => hash32(k0, k1, lo, Math.imul(hi, INVERSE_OF_GOLDEN_RATIO));
    expect(qualityProblems(bare, 1 << 18)).toContain('pairs of high bits at lag 64, sequential hi');
  });

  test.each(planted)('%s', (_name, hash, problem) => {
    expect(qualityProblems(hash)).toContain(problem);
  });
});
