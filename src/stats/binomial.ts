import { incompleteBeta } from './incomplete-beta.ts';

export interface Binomial {
  readonly trialCount: number;
  /** Probability of a hit in one trial, strictly between 0 and 1. */
  readonly probability: number;
}

/**
 * P(X ≤ k) for X binomial(n, p):  I_{1−p}(n − k, k + 1).  Source: DLMF 8.17.5.
 */
export function binomialCdf(hitCount: number, { trialCount, probability }: Binomial): number {
  if (hitCount < 0) return 0;
  if (hitCount >= trialCount) return 1;
  return incompleteBeta(1 - probability, { a: trialCount - hitCount, b: hitCount + 1 });
}
