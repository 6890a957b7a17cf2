import type { Limiter } from '../../model/model.ts';
import { fractionOf, greatestCommonDivisor } from './fraction.ts';

/** A rate written by people has a small denominator; beyond this one it is taken as the nearest such fraction. */
const DENOMINATOR_MAX = 1_000_000;
const NS_PER_SEC = 1_000_000_000;

/**
 * Rate as whole tokens per whole ns: the best fraction p/q of tokens per second with q ≤ 10^6 (so "100 a minute", read
 * as 1.666…, is 5 every 3 s exactly), reduced to lowest terms.
 */
export function tokenRate(ratePerSec: number): Pick<Limiter, 'tokens' | 'perNs'> {
  const { numerator, denominator } = fractionOf(ratePerSec, DENOMINATOR_MAX);
  const divisor = greatestCommonDivisor(numerator, denominator * NS_PER_SEC);
  return { tokens: numerator / divisor, perNs: (denominator * NS_PER_SEC) / divisor };
}
