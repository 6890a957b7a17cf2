import { sum } from './vector.ts';

/** What is left of an infinite chain when it is cut, relative to what was kept. */
const NEGLIGIBLE = 1e-18;
/** Weights are scaled down when one passes this, long before overflow. */
const LARGE = 1e200;

export interface BirthDeath {
  /** Rate from n to n + 1. */
  readonly birthRatePerSec: (n: number) => number;
  /** Rate from n to n − 1, n ≥ 1. */
  readonly deathRatePerSec: (n: number) => number;
  /** The last state, or Infinity; then birth(n)/death(n + 1) must not increase from some n on and end below 1. */
  readonly stateMax: number;
}

/**
 * Steady-state probabilities of a birth–death chain on 0, 1, …, stateMax.
 *
 *     p_{n+1} = p_n·birth(n)/death(n + 1)   Σ p_n = 1
 *
 * Only products of positive numbers: every probability is accurate to a few units in the last place per state.
 * Source: Kleinrock, Queueing Systems I, 1975, §3.1.
 */
export function birthDeathProbabilities({
  birthRatePerSec,
  deathRatePerSec,
  stateMax,
}: BirthDeath): number[] {
  let weights = [1];
  let weight = 1;
  let total = 1;
  for (let n = 0; n < stateMax; n++) {
    const ratio = birthRatePerSec(n) / deathRatePerSec(n + 1);
    if (stateMax === Infinity && ratio < 1 && (weight * ratio) / (1 - ratio) < NEGLIGIBLE * total) break;
    weight *= ratio;
    total += weight;
    weights.push(weight);
    if (total > LARGE) {
      weights = weights.map((value) => value / LARGE);
      weight /= LARGE;
      total /= LARGE;
    }
  }
  const norm = sum(weights);
  return weights.map((value) => value / norm);
}

/** Σ f(n)·p_n. */
export function expected(probabilities: readonly number[], f: (n: number) => number): number {
  return probabilities.reduce((total, probability, n) => total + probability * f(n), 0);
}
