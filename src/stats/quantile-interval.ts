import { ln } from '../base/math.ts';
import { binomialCdf, type Binomial } from './binomial.ts';
import { checkLevel, noInterval, type IntervalResult } from './interval.ts';
import { quantileNearestRank, sampleOfRank, type SortedSamples } from './quantiles.ts';

/**
 * Interval for a quantile from independent samples, free of any assumption about their distribution.
 *
 *     [x_(l), x_(u)]   l = max{ l : P(B ≤ l−1) ≤ α/2 }   u = min{ u : P(B ≥ u) ≤ α/2 }
 *     B ~ Bin(n, p) is the number of samples below the quantile, α = 1 − level
 *
 * That B is binomial is all that is used. Covers with at least the level. There is no interval when even the largest
 * sample may lie below the quantile too often: a P99.9 needs thousands.
 * Requests of one run are not independent; thin them, or use `woodruffInterval` over replications.
 * Source: Le Boudec, Performance Evaluation of Computer and Communication Systems, 2010, theorem 2.1.
 *
 * @throws {RangeError} unless 0 < probability < 1.
 */
export function orderStatisticInterval(
  sorted: SortedSamples,
  probability: number,
  level: number,
): IntervalResult {
  checkLevel(level);
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`probability must be between 0 and 1: ${probability}`);
  }
  const point = sorted.length === 0 ? null : quantileNearestRank(sorted, probability);
  const ranks = orderStatisticRanks({ trialCount: sorted.length, probability }, level);
  if (point === null || ranks === null) return noInterval(point, samplesNeeded(probability, level));
  return {
    kind: 'interval',
    point,
    lower: sampleOfRank(sorted, ranks.lower),
    upper: sampleOfRank(sorted, ranks.upper),
    level,
  };
}

/** The ranks l and u of `orderStatisticInterval`, counted from 1; `null` when one of them does not exist. */
export function orderStatisticRanks(below: Binomial, level: number): { lower: number; upper: number } | null {
  const tail = (1 - level) / 2;
  const last = below.trialCount;
  const lower = firstWhere(last + 1, (rank) => binomialCdf(rank - 1, below) > tail) - 1;
  const upper = firstWhere(last + 1, (rank) => 1 - binomialCdf(rank - 1, below) <= tail);
  return lower < 1 || upper > last ? null : { lower, upper };
}

/** Smallest n for which both ends exist:  max(p, 1−p)^n ≤ α/2. */
function samplesNeeded(probability: number, level: number): number {
  return Math.ceil(ln((1 - level) / 2) / ln(Math.max(probability, 1 - probability)));
}

/** Smallest n in 1…end−1 with `holds(n)`, where `holds` turns true once; `end` when it never does. */
function firstWhere(end: number, holds: (n: number) => boolean): number {
  let low = 1;
  let high = end;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
