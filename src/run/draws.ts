/**
 * Keyed draws of a run: every address that draws has its own stream, and a draw is a function of (stream, draw key of
 * the activation). The key of a request is its number; a call, branch, send or loop turn derives its own from it.
 */
import { pinned } from '../base/pinned.ts';
import { hash32, streamKey } from '../random/streams.ts';

export interface StreamKeys {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

/** Keys of named streams, in the order of the names; '' gives 0 (nothing is drawn there). */
export function streamKeys(seed: string, names: readonly string[]): StreamKeys {
  const known = new Map<string, { k0: number; k1: number }>();
  const low = pinned(new Int32Array(names.length));
  const high = pinned(new Int32Array(names.length));
  names.forEach((name, index) => {
    if (name === '') return;
    const key = known.get(name) ?? streamKey(seed, name);
    known.set(name, key);
    low[index] = key.k0;
    high[index] = key.k1;
  });
  return { low, high };
}

/** What turn `turn` of a loop at nesting `level` adds (by exclusive or, so that it can be taken away again). */
export function turnWord(level: number, turn: number): number {
  return turn === 0 ? 0 : hash32(0x2b7e1516, 0x28aed2a6, turn, level) | 0;
}
