import { expm1, ln, log1p } from '../base/math.ts';

export interface FanOut {
  /** Branches started at once; the request waits for the last. */
  readonly branchCount: number;
  /** Mean of each branch, independent and exponential. */
  readonly branchMeanSec: number;
}

/** H_n = 1 + ½ + … + 1/n. */
export function harmonicNumber(n: number): number {
  let total = 0;
  for (let k = n; k >= 1; k--) total += 1 / k;
  return total;
}

/** Mean of the slowest of n exponential branches:  S·H_n. */
export function slowestMeanSec({ branchCount, branchMeanSec }: FanOut): number {
  return branchMeanSec * harmonicNumber(branchCount);
}

/** Quantile of the slowest of n exponential branches:  −S·ln(1 − p^{1/n}). */
export function slowestQuantileSec({ branchCount, branchMeanSec }: FanOut, probability: number): number {
  return -branchMeanSec * ln(-expm1(ln(probability) / branchCount));
}

/**
 * Share of requests with at least one slow branch:  1 − (1 − q)ⁿ, q the share of slow branches.
 *
 * Source: Dean & Barroso 2013, The Tail at Scale, CACM 56(2):74.
 */
export function slowRequestProbability(branchCount: number, slowBranchProbability: number): number {
  return -expm1(branchCount * log1p(-slowBranchProbability));
}
