import { checkLevel, noInterval, type IntervalResult } from './interval.ts';
import { studentTTwoSided } from './student-t.ts';

export interface SectionedEstimate {
  /** A mean, a share or any other functional of all samples together. */
  readonly pooledValue: number;
  /** The same functional of each section alone; a section is a replication or a long batch. */
  readonly sectionValues: readonly number[];
}

/**
 * Sectioning: the value comes from the pooled samples, its error from how much the sections differ from it.
 *
 *     θ̂ ± t_{R−1,(1+level)/2} · √(1/(R−1)·Σ(θ̂_r − θ̂)²) / √R        θ̂ pooled, θ̂_r of section r, R sections
 *
 * A ratio of few samples is biased, and R such ratios average to a biased value; the pooled one has R times the
 * samples. Centring on it makes the interval a little wider instead of shifted (batching centres on the mean of θ̂_r).
 * Sections must be equally long. A quantile of a short section is biased and skewed beyond what this makes up for:
 * `woodruffInterval` is for those. Source: Asmussen & Glynn, Stochastic Simulation, 2007, §III.5b; Nakayama 2014, ACM
 * TOMACS 24(4):19.
 */
export function sectionedInterval(estimate: SectionedEstimate, level: number): IntervalResult {
  checkLevel(level);
  const { pooledValue, sectionValues } = estimate;
  const count = sectionValues.length;
  if (count < 2) return noInterval(pooledValue, 2);
  const halfWidth = studentTTwoSided(level, count - 1) * sectionedError(estimate);
  return {
    kind: 'interval',
    point: pooledValue,
    lower: pooledValue - halfWidth,
    upper: pooledValue + halfWidth,
    level,
  };
}

/** Standard error of the pooled value: √(1/(R−1)·Σ(θ̂_r − θ̂)²) / √R, for two sections or more. */
export function sectionedError({ pooledValue, sectionValues }: SectionedEstimate): number {
  const count = sectionValues.length;
  const squares = sectionValues.reduce(
    (sum, value) => sum + (value - pooledValue) * (value - pooledValue),
    0,
  );
  return Math.sqrt(squares / (count - 1) / count);
}
