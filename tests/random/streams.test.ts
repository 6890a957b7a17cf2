import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childHi, childLo, hash32, streamKey } from '../../src/random/streams.ts';

type SeedAndName = readonly [seed: string, name: string];

const keyText = (...[seed, name]: SeedAndName): string => {
  const { k0, k1 } = streamKey(seed, name);
  return `${k0},${k1}`;
};

describe('streamKey', () => {
  test('is the same for ever', () => {
    expect(streamKey('1', 'traffic')).toEqual({ k0: 1240988329, k1: -1931257730 });
    expect(streamKey('双11', '支付.service')).toEqual({ k0: -1644604370, k1: 741020006 });
    expect(streamKey('', '')).toEqual({ k0: 994027583, k1: -749346234 });
  });

  test('gives words of 32 bits', () => {
    for (let i = 0; i < 200; i++) {
      const { k0, k1 } = streamKey('words', `s${i}`);
      expect([k0 | 0, k1 | 0]).toEqual([k0, k1]);
    }
  });

  test.each<readonly [string, SeedAndName, SeedAndName]>([
    ['characters that share their lower byte', ['洪', ''], ['*', '']],
    ['a name that repeats itself', ['', 'a'], ['', 'aa']],
    ['a seed that repeats itself', ['1', ''], ['11', '']],
    ['a character moved from the seed to the name', ['ab', 'c'], ['a', 'bc']],
    ['a seed with the separator in it', ['a\0b', 'c'], ['a', 'b\0c']],
    ['halves of a surrogate pair', ['\ud83d', ''], ['\ude00', '']],
    ['long names that differ at the beginning', ['1', `x${'.'.repeat(600)}`], ['1', `y${'.'.repeat(600)}`]],
    ['long names that differ at the end', ['1', `${'.'.repeat(600)}x`], ['1', `${'.'.repeat(600)}y`]],
    ['an integer seed and its neighbour', ['1', 'traffic'], ['2', 'traffic']],
  ])('tells apart %s', (_case, a, b) => {
    expect(keyText(...a)).not.toBe(keyText(...b));
  });

  test('tells apart any two pairs of strings', () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 0x2a, 0x6d2a, 0xd83d, 0xde00),
    );
    const text = fc.array(unit, { maxLength: 6 }).map((units) => String.fromCharCode(...units));
    const pair = fc.tuple(text, text);
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        fc.pre(a[0] !== b[0] || a[1] !== b[1]);
        return keyText(...a) !== keyText(...b);
      }),
      { numRuns: 200 },
    );
  });

  test('does not depend on what was asked for before, and leaves Math.random alone', () => {
    const random = Math.random;
    const first = keyText('7', 'cache');
    for (let i = 0; i < 50; i++) keyText('7', `other${i}`);
    expect(keyText('7', 'cache')).toBe(first);
    expect(Math.random).toBe(random);
  });
});

describe('hash32', () => {
  const { k0, k1 } = streamKey('1', 'traffic');

  test('is the same for ever', () => {
    expect([0, 1, 2, 3].map((lo) => hash32(k0, k1, lo, 0))).toEqual([
      385371455, 3382613458, 3618763753, 1730313182,
    ]);
    expect([1, 2, -1].map((hi) => hash32(k0, k1, 5, hi))).toEqual([3805489683, 1303208070, 3678133599]);
  });

  test('reads its words modulo 2^32, signed or not', () => {
    const word = fc.integer({ min: -0x80000000, max: 0x7fffffff });
    fc.assert(
      fc.property(word, word, word, word, (a, b, lo, hi) => {
        const draw = hash32(a, b, lo, hi);
        expect(draw).toBe(hash32(a >>> 0, b >>> 0, lo >>> 0, hi >>> 0));
        expect(draw).toBe(draw >>> 0);
      }),
    );
  });

  test('for one stream and hi is a permutation of lo', () => {
    const draws = new Set(Array.from({ length: 1 << 18 }, (_, lo) => hash32(k0, k1, lo, 3)));
    expect(draws.size).toBe(1 << 18);
  });
});

describe('keys of child activations', () => {
  const keyOf = (lo: number, hi: number, salt: number): string =>
    `${childLo(lo, hi, salt)},${childHi(lo, hi, salt)}`;

  test('are the same for ever', () => {
    expect([childLo(1, 0, 1), childHi(1, 0, 1), childLo(1, 0, 2), childHi(1, 0, 2)]).toEqual([
      1558588533, -609337582, -1489481138, 1390889436,
    ]);
  });

  test('differ between parents, salts and generations', () => {
    const keys = new Set<string>();
    for (let lo = 0; lo < 1000; lo++) {
      for (let salt = 0; salt < 64; salt++) {
        keys.add(keyOf(lo, 0, salt));
        keys.add(keyOf(childLo(lo, 0, salt), childHi(lo, 0, salt), 1));
      }
    }
    expect(keys.size).toBe(2 * 1000 * 64);
  });

  test('each word alone collides as often as chance has it', () => {
    // 2^18 draws of 32 bits: 8 expected, outside 0 … 27 with a probability below 1e-7.
    for (const word of [childLo, childHi]) {
      const words = new Set<number>();
      for (let i = 0; i < 1 << 18; i++) words.add(word(i >> 6, 0, i & 63));
      expect((1 << 18) - words.size).toBeLessThan(28);
    }
  });
});
