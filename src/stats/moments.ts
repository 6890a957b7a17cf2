/** What a sample says about its mean and spread. */
export interface SampleMoments {
  readonly count: number;
  /** Arithmetic mean; NaN without samples. */
  readonly mean: number;
  /** Unbiased variance, divisor n − 1; NaN below two samples. */
  readonly variance: number;
}

/**
 * Sample mean and unbiased variance in one pass.
 *
 *     δ = x_n − m_{n−1}     m_n = m_{n−1} + δ/n     S_n = S_{n−1} + δ·(x_n − m_n)     s² = S_n / (n − 1)
 *
 * No difference of large sums is taken, so a small spread around a large mean (nanoseconds since the start) survives.
 * Source: Welford 1962, Technometrics 4(3):419.
 */
export function sampleMoments(values: Iterable<number>): SampleMoments {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    count++;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }
  return {
    count,
    mean: count === 0 ? NaN : mean,
    variance: count < 2 ? NaN : squares / (count - 1),
  };
}
