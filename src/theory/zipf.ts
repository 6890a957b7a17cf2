import { pow } from '../base/math.ts';
import { at, sum, tabulate } from './vector.ts';

export interface Zipf {
  readonly keyCount: number;
  /** s ≥ 0; 0 makes all keys alike. */
  readonly exponent: number;
}

/**
 * Share of requests of each key, the most popular first.
 *
 *     p_r = r^{−s} / Σ_{k=1..n} k^{−s}        r rank from 1, s exponent
 */
export function zipfShares({ keyCount, exponent }: Zipf): number[] {
  const weights = tabulate(keyCount, (index) => pow(index + 1, -exponent));
  const total = sum(weights.toReversed()); // smallest first: fewer digits lost
  return weights.map((weight) => weight / total);
}

/** Share of requests of each shard when key of rank r lies on shard (r − 1) mod shardCount. */
export function shardShares(keyShares: readonly number[], shardCount: number): number[] {
  const shares = new Array<number>(shardCount).fill(0);
  for (const [index, share] of keyShares.entries()) {
    shares[index % shardCount] = at(shares, index % shardCount) + share;
  }
  return shares;
}
