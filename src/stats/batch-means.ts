import { normalQuantile } from '../base/math.ts';

/** Fewer batches than this say too little about their own spread. */
export const BATCHES_MIN = 10;
/** Share of the tests in which independent batches are taken for correlated, and merged in vain. */
const TEST_LEVEL = 0.01;

/** A ratio as it was observed in stretches of one run, one behind the other: e.g. job-ns waited, and jobs. */
export interface RatioSeries {
  readonly numerators: ArrayLike<number>;
  readonly denominators: ArrayLike<number>;
}

export interface BatchMeans {
  /** Σ numerators / Σ denominators; null when nothing was observed. */
  readonly value: number | null;
  /** null: fewer than `BATCHES_MIN` stretches, none that differ, or still correlated when so few are left. */
  readonly standardError: number | null;
  /** Batches the standard error rests on; 0 without one. */
  readonly batchCount: number;
}

/**
 * Standard error of a ratio from one run, by batch means.
 *
 *     θ̂ = ΣY / ΣX    r_b = Y_b − θ̂X_b    SE = √(A · B/(B − 1) · Σ r_b²) / ΣX        B batches
 *     C = 1 − Σ(r_b − r_{b+1})² / (2Σ r_b²)     A = (1 + C)/(1 − C) where C > 0, else 1
 *
 * Batches are merged in pairs until von Neumann's ratio no longer tells them from independent ones, that is until
 * C ≤ z·√((B − 2)/(B² − 1)), z the normal quantile at 99 %; A makes up for the correlation a short series hides.
 * Source: Fishman 1978, Management Science 24(5):510 (merging); Lada, Steiger & Wilson 2008, J. Simulation 2:170 (A);
 * Law, Simulation Modeling and Analysis, §9.5.3 (ratio of batch means). What is longer than a tenth of the run is seen
 * by no batch.
 */
export function batchMeans({ numerators, denominators }: RatioSeries): BatchMeans {
  const total = sum(denominators);
  if (total <= 0) return { value: null, standardError: null, batchCount: 0 };
  const value = sum(numerators) / total;
  let residuals = Array.from(numerators, (each, b) => each - value * (denominators[b] ?? 0));
  while (residuals.length >= BATCHES_MIN) {
    const squares = residuals.reduce((partial, each) => partial + each * each, 0);
    if (squares === 0) break;
    const count = residuals.length;
    const correlation = correlationOf(residuals, squares);
    if (correlation <= correlationMax(count)) {
      const inflation = correlation > 0 ? (1 + correlation) / (1 - correlation) : 1;
      const standardError = Math.sqrt((inflation * squares * count) / (count - 1)) / total;
      return { value, standardError, batchCount: count };
    }
    residuals = merged(residuals);
  }
  return { value, standardError: null, batchCount: 0 };
}

/** C: the correlation of neighbours, with the ends' share. */
function correlationOf(residuals: readonly number[], squares: number): number {
  let differences = 0;
  for (let b = 1; b < residuals.length; b++) {
    const step = (residuals[b] ?? 0) - (residuals[b - 1] ?? 0);
    differences += step * step;
  }
  return 1 - differences / (2 * squares);
}

function correlationMax(count: number): number {
  return normalQuantile(1 - TEST_LEVEL) * Math.sqrt((count - 2) / (count * count - 1));
}

/** Neighbours added up in pairs; one that is left over joins the last pair. */
function merged(residuals: readonly number[]): number[] {
  const pairs = Array.from(
    { length: Math.floor(residuals.length / 2) },
    (_, pair) => (residuals[2 * pair] ?? 0) + (residuals[2 * pair + 1] ?? 0),
  );
  if (residuals.length % 2 === 1) pairs[pairs.length - 1] = (pairs.at(-1) ?? 0) + (residuals.at(-1) ?? 0);
  return pairs;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] ?? 0;
  return total;
}
