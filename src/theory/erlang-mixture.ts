import { poissonProbability } from './poisson.ts';
import { quantileFromSurvival } from './root.ts';
import { at } from './vector.ts';

/** A sum of a random number k of exponential phases of one rate; `weights[k]` is P(k), k = 0, 1, …. */
export interface ErlangMixture {
  readonly weights: readonly number[];
  readonly ratePerSec: number;
}

/**
 * P(T > t) = Σ_k P(k)·P(Poisson(μt) < k): the k-th phase has not ended when fewer than k points have passed.
 *
 * The sojourn at an FCFS server of rate μ is such a time: a job that finds n others waits for n + 1 phases.
 */
export function mixtureSurvival({ weights, ratePerSec }: ErlangMixture, timeSec: number): number {
  let passed = 0; // P(Poisson(μt) < k)
  let survival = 0;
  for (const [k, weight] of weights.entries()) {
    survival += weight * Math.min(1, passed);
    passed += poissonProbability(k, ratePerSec * timeSec);
  }
  return survival;
}

export function mixtureQuantileSec(mixture: ErlangMixture, probability: number): number {
  return quantileFromSurvival(
    (timeSec) => mixtureSurvival(mixture, timeSec),
    probability,
    1 / mixture.ratePerSec,
  );
}

/** Σ k·P(k)/μ. */
export function mixtureMeanSec({ weights, ratePerSec }: ErlangMixture): number {
  return weights.reduce((total, _, k) => total + k * at(weights, k), 0) / ratePerSec;
}
