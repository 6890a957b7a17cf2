/** Whether what was covered is what a 95 % interval should cover. */
import { binomialCdf } from '../../src/stats/binomial.ts';
import { holmAdjusted } from '../../src/stats/holm.ts';

/** An interval that covers less than this is dishonest, one that covers more than that is of little use. */
export const COVERAGE_MIN = 0.93;
export const COVERAGE_MAX = 0.98;
/** Probability that any sound cell is found wanting, all cells and both sides together. */
export const FAMILY_LEVEL = 0.05;

export interface Hits {
  readonly covered: number;
  readonly intervals: number;
}

export interface Judgement {
  /** Adjusted by Holm over all cells and both sides: how probable so few, or so many, hits are at the limit. */
  readonly pTooLow: number;
  readonly pTooHigh: number;
  readonly verdict: 'ok' | 'too low' | 'too high';
}

/**
 * Two one-sided binomial tests a cell:  P(X ≤ k; p = 0.93)  and  P(X ≥ k; p = 0.98),  k of n intervals that cover.
 */
export function judge(cells: readonly Hits[]): Judgement[] {
  const pValues = cells.flatMap(({ covered, intervals: trialCount }) => [
    binomialCdf(covered, { trialCount, probability: COVERAGE_MIN }),
    binomialCdf(trialCount - covered, { trialCount, probability: 1 - COVERAGE_MAX }),
  ]);
  const adjusted = holmAdjusted(pValues);
  return cells.map((_, index) => {
    const [pTooLow = 1, pTooHigh = 1] = adjusted.slice(2 * index, 2 * index + 2);
    const isTooLow = pTooLow <= FAMILY_LEVEL;
    return {
      pTooLow,
      pTooHigh,
      verdict: isTooLow ? 'too low' : pTooHigh <= FAMILY_LEVEL ? 'too high' : 'ok',
    };
  });
}
