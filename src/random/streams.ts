import seedrandom from 'seedrandom';

/**
 * Random numbers that are looked up, not consumed.
 *
 * A draw is a pure function of (seed, stream name, activation): `hash32(k0, k1, lo, hi)`, where (k0, k1) is the
 * stream's key, made once, and (lo, hi) the key of the activation that draws. No draw moves another one: adding a
 * stream or dropping a request leaves all other draws as they were, and two scenarios share random numbers
 * wherever they share names. It is a counter-based generator in the sense of Salmon et al. 2011 (Parallel random
 * numbers: as easy as 1, 2, 3), with a weaker and cheaper mixing function.
 *
 * It must pass tests/random/hash-quality.test.ts. For one (stream, hi) the draws over lo are a permutation of the
 * 32-bit words, so 2^20 of them never collide where 2^20 independent ones would collide 128 times; the variance of
 * a mean of n draws is low by the factor 1 − n/2^32.
 */
export interface StreamKey {
  readonly k0: number;
  readonly k1: number;
}

/**
 * Key of a stream: two int32 words from seedrandom's default generator (ARC4), seeded with seed NUL name.
 *
 * Any two strings will do, and different pairs give independent keys. Some 20 µs: once per stream and run.
 */
export function streamKey(seed: string, name: string): StreamKey {
  const generator = seedrandom(`${asBytes(seed)}\0${asBytes(name)}`);
  return { k0: generator.int32(), k1: generator.int32() };
}

/**
 * One character per byte of the modified UTF-8 of `text` (each UTF-16 unit by itself, NUL as two bytes).
 *
 * seedrandom keeps only the lower 8 bits of each character, so that 洪 and * would be the same seed, and it repeats
 * its key, so that 'a' and 'aa' would be; ASCII text is unchanged here, and with exactly one NUL between seed and
 * name no text is the repetition of another.
 */
function asBytes(text: string): string {
  let bytes = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0 && unit < 0x80) bytes += text[i]!;
    else if (unit < 0x800) bytes += String.fromCharCode(0xc0 | (unit >> 6), 0x80 | (unit & 63));
    else bytes += String.fromCharCode(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63));
  }
  return bytes;
}

/**
 * The draw of stream (k0, k1) for activation (lo, hi): uint32, uniform.
 *
 *     B((A(lo ⊕ k0) + hi·φ) ⊕ k1)    A, B: bijections of 32-bit words, two xorshift-multiply rounds each
 *
 * φ = 2^32·0.618…; without it, B alone has to hide that hi counts, and does not: among 2^18 draws, pairs 64 apart
 * betray it. A is [16 21f0aaad 15 735a2d97 15], from the search of skeeto/hash-prospector issue 19; B is
 * [16 a812d533 15 b278e4ad 17] of its README. Hot: five multiplications, one of them off the critical path, no
 * state, no allocation. `lo` and `hi` may be int32 or uint32.
 */
export function hash32(k0: number, k1: number, lo: number, hi: number): number {
  return hashInt32(k0, k1, lo, hi) >>> 0;
}

/**
 * As hash32, but read as int32. For hot callers: where V8 does not inline a call it boxes a result above 2^31.
 */
export function hashInt32(k0: number, k1: number, lo: number, hi: number): number {
  let x = lo ^ k0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  x = ((x ^ (x >>> 15)) + Math.imul(hi, 0x9e3779b9)) ^ k1;
  x = Math.imul(x ^ (x >>> 16), 0xa812d533);
  x = Math.imul(x ^ (x >>> 15), 0xb278e4ad);
  return x ^ (x >>> 17);
}

/**
 * Key of a child activation: (childLo, childHi) of its parent's key and a salt that tells siblings apart (a visit
 * number, an attempt, an instruction's address). Together 64 bits: among n activations two share a key with
 * probability about n²/2^65, 3 % for 10^9. int32 results.
 */
export function childLo(lo: number, hi: number, salt: number): number {
  return hash32(Math.imul(salt, 0x9e3779b9) ^ 0x243f6a88, salt ^ 0x85a308d3, lo, hi) | 0;
}

/** Upper word of a child's key; see `childLo`. */
export function childHi(lo: number, hi: number, salt: number): number {
  return hash32(Math.imul(salt, 0x85ebca6b) ^ 0x13198a2e, salt ^ 0x03707344, hi, lo) | 0;
}
