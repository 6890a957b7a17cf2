import { gammaQ } from '../../src/base/math.ts';
import { childHi, childLo, streamKey } from '../../src/random/streams.ts';

export type Hash = (k0: number, k1: number, lo: number, hi: number) => number;

/** A sequence of draws as a simulation asks for them. */
type Walk = readonly [name: string, draw: (hash: Hash, i: number) => number];

const KEY = streamKey('quality', 'service');
const STREAMS = Array.from({ length: 4096 }, (_, i) => streamKey('quality', `s${i}`));

const WALKS: readonly Walk[] = [
  ['sequential lo', (hash, i) => hash(KEY.k0, KEY.k1, i, 0)],
  ['sequential hi', (hash, i) => hash(KEY.k0, KEY.k1, 7, i)],
  ['lo in steps of 2^16', (hash, i) => hash(KEY.k0, KEY.k1, i << 16, i >>> 16)],
  ['lo and hi together', (hash, i) => hash(KEY.k0, KEY.k1, i, i)],
  ['lo and hi against each other', (hash, i) => hash(KEY.k0, KEY.k1, i, -i)],
  ['a grid of 64 visits', (hash, i) => hash(KEY.k0, KEY.k1, i >> 6, i & 63)],
  ['children of one activation', (hash, i) => ofChild(hash, 5, 0, i)],
  ['one child of each activation', (hash, i) => ofChild(hash, i, 0, 3)],
  ['grandchildren', (hash, i) => ofChild(hash, childLo(i >> 8, 0, 1), childHi(i >> 8, 0, 1), i & 255)],
  ['streams named in sequence', (hash, i) => hash(STREAMS[i & 4095]!.k0, STREAMS[i & 4095]!.k1, i >> 12, 0)],
];

function ofChild(hash: Hash, lo: number, hi: number, salt: number): number {
  return hash(KEY.k0, KEY.k1, childLo(lo, hi, salt), childHi(lo, hi, salt));
}

/** Two-sided p-value below which a test counts as failed: some 200 are made, so chance fails none of them. */
const P_MIN = 1e-6;

/** Names of the tests that `hash` fails; empty for a good one. */
export function qualityProblems(hash: Hash, draws = 1 << 15): string[] {
  return [
    ...WALKS.flatMap((walk) => walkProblems(hash, draws, walk)),
    ...streamProblems(hash),
    ...avalancheProblems(hash),
    ...collisionProblems(hash),
  ];
}

function walkProblems(hash: Hash, draws: number, [name, draw]: Walk): string[] {
  const words = Uint32Array.from({ length: draws }, (_, i) => draw(hash, i));
  const found: string[] = [];
  const check = (test: string, p: number): void => {
    if (Math.min(p, 1 - p) < P_MIN / 2) found.push(`${test}, ${name}`);
  };
  for (const shift of [0, 8, 16, 24]) {
    check(
      `byte at bit ${shift}`,
      chiSquareP(words, (word) => (word >>> shift) & 255),
    );
  }
  for (const lag of [1, 2, 3, 64]) {
    const pair = (shift: number) => (word: number, i: number) =>
      (((word >>> shift) & 15) << 4) | ((words[(i + lag) % draws]! >>> shift) & 15);
    check(`pairs of high bits at lag ${lag}`, chiSquareP(words, pair(28)));
    check(`pairs of low bits at lag ${lag}`, chiSquareP(words, pair(0)));
    const shifted = words.map((_, i) => words[(i + lag) % draws]!);
    check(`serial correlation at lag ${lag}`, normalP(correlation(words, shifted) * Math.sqrt(draws)));
  }
  check('mean', normalP(meanZ(words)));
  const rare = words.reduce((count, word) => count + (word < 0x400000 ? 1 : 0), 0) - draws / 1024;
  check('frequency of the lowest 2^-10', normalP(rare / Math.sqrt(draws / 1024)));
  return found;
}

/** 100 streams at equal activations: every pair, and all pairs together. */
function streamProblems(hash: Hash): string[] {
  const draws = 4096;
  const rows = STREAMS.slice(0, 100).map(({ k0, k1 }) =>
    Uint32Array.from({ length: draws }, (_, i) => hash(k0, k1, i, 0)),
  );
  let largest = 0;
  let sumOfSquares = 0;
  let pairs = 0;
  for (let a = 0; a < rows.length; a++) {
    for (let b = 0; b < a; b++) {
      const z = correlation(rows[a]!, rows[b]!) * Math.sqrt(draws);
      largest = Math.max(largest, Math.abs(z));
      sumOfSquares += z * z;
      pairs++;
    }
  }
  const found: string[] = [];
  if (2 * normalP(-largest) * pairs < 1e-3) found.push('correlation between two streams');
  const p = gammaQ(sumOfSquares / 2, { shape: pairs / 2 });
  if (Math.min(p, 1 - p) < P_MIN / 2) found.push('correlation among streams');
  return found;
}

/** Largest distance from ½ of P(output bit flips | input bit flips), over counting inputs. */
export function avalancheBias(hash: Hash): number {
  const trials = 20_000;
  let worst = 0;
  for (let bit = 0; bit < 128; bit++) {
    const flip = (word: number): number => (bit >> 5 === word ? 1 << (bit & 31) : 0);
    const flips = new Int32Array(32);
    for (let i = 0; i < trials; i++) {
      const k0 = Math.imul(i, 0x2545f491);
      const changed =
        hash(k0, 99, i, i >> 4) ^ hash(k0 ^ flip(2), 99 ^ flip(3), i ^ flip(0), (i >> 4) ^ flip(1));
      for (let out = 0; out < 32; out++) flips[out]! += (changed >>> out) & 1;
    }
    for (const count of flips) worst = Math.max(worst, Math.abs(count / trials - 0.5));
  }
  return worst;
}

function avalancheProblems(hash: Hash): string[] {
  return avalancheBias(hash) > 0.02 ? ['avalanche'] : [];
}

/** 2^18 activations, 8 expected collisions: a Poisson count outside 0 … 27 has a probability below 1e-7. */
function collisionProblems(hash: Hash): string[] {
  const seen = new Set<number>();
  for (let i = 0; i < 1 << 18; i++) seen.add(hash(KEY.k0, KEY.k1, i >> 9, i & 511));
  return (1 << 18) - seen.size > 27 ? ['collisions'] : [];
}

/** P(χ²₂₅₅ > observed) for 256 equally likely bins. */
function chiSquareP(words: Uint32Array, bin: (word: number, i: number) => number): number {
  const counts = new Int32Array(256);
  words.forEach((word, i) => counts[bin(word, i)]!++);
  const expected = words.length / 256;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return gammaQ(statistic / 2, { shape: 127.5 });
}

/** P(Z < z). */
function normalP(z: number): number {
  const tail = gammaQ((z * z) / 2, { shape: 0.5 }) / 2;
  return z < 0 ? tail : 1 - tail;
}

function meanZ(words: Uint32Array): number {
  const sum = words.reduce((total, word) => total + (word + 0.5) / 2 ** 32 - 0.5, 0);
  return sum / Math.sqrt(words.length / 12);
}

/** Of uniform words, about their known mean and variance. */
function correlation(a: Uint32Array, b: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! / 2 ** 32 - 0.5) * (b[i]! / 2 ** 32 - 0.5);
  return (12 * sum) / a.length;
}
