/** How far a run in some mode is from the reference. */
import { quantileNearestRank, sortSamples } from '../../src/stats/quantiles.ts';
import { MEASURES, type Measure, type Series } from './series.ts';

/** Of all that both runs have a number for: relative for percentiles, in shares of one (of capacity, of requests) for the rest. */
export interface Errors {
  readonly pairs: number;
  /** Absolute errors: nearest rank. */
  readonly median: number;
  readonly p90: number;
  readonly worst: number;
  /** With sign: what is left of it in the mean is no chance. */
  readonly meanSigned: number;
}

export type ErrorsByMeasure = Readonly<Record<Measure, Errors | null>>;

/** A run in some mode and a run without it, with different seeds. */
export interface Compared {
  readonly reference: Series;
  readonly run: Series;
}

/**
 * Errors of several runs, each against its reference, taken together; null where there is nothing to compare.
 *
 *     percentiles: x / x_ref − 1        utilization, share not good: x − x_ref
 */
export function errorsOf(compared: readonly Compared[]): ErrorsByMeasure {
  const found = MEASURES.map(
    (measure) => [measure, summary(compared.flatMap((each) => differences(measure, each)))] as const,
  );
  return Object.fromEntries(found) as ErrorsByMeasure;
}

function differences(measure: Measure, { reference, run }: Compared): number[] {
  const isRelative = measure !== 'utilization' && measure !== 'notGood';
  return Object.entries(reference[measure]).flatMap(([key, expected]) => {
    const value = run[measure][key];
    if (value === undefined) return [];
    return [isRelative ? value / expected - 1 : value - expected];
  });
}

function summary(errors: readonly number[]): Errors | null {
  if (errors.length === 0) return null;
  const sizes = sortSamples(errors.map(Math.abs));
  return {
    pairs: errors.length,
    median: quantileNearestRank(sizes, 0.5),
    p90: quantileNearestRank(sizes, 0.9),
    worst: quantileNearestRank(sizes, 1),
    meanSigned: errors.reduce((sum, each) => sum + each, 0) / errors.length,
  };
}
