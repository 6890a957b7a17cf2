const FULL = 4294967296;

/** Probability as the threshold a 32-bit draw is compared with. */
export function thresholdOf(probability: number): number {
  return Math.round(probability * FULL);
}

/** Shares that sum to 1 as cumulative thresholds × 2^32. From the last share above 0 on it is exactly 2^32. */
export function cumulativeThresholds(shares: readonly number[]): number[] {
  let last = shares.length - 1;
  while (last > 0 && !(shares[last]! > 0)) last--;
  const total = shares.reduce((sum, share) => sum + share, 0);
  let sum = 0;
  return shares.map((share, index) => {
    sum += share;
    return index >= last ? FULL : Math.min(FULL, thresholdOf(sum / total));
  });
}
