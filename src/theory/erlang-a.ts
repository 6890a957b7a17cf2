import { birthDeathProbabilities, expected } from './birth-death.ts';
import type { Mmc } from './mmc.ts';

export interface AbandonmentMeans {
  readonly abandonProbability: number;
  /** Probability that an arriving job finds all servers busy. */
  readonly waitProbability: number;
  /** Time in the queue of all jobs, those that leave it unserved included. */
  readonly meanWaitSec: number;
  readonly meanWaitingJobs: number;
  readonly utilization: number;
}

/**
 * Erlang A, M/M/c+M: a waiting job gives up after an exponential patience. Stable at any load.
 *
 *     death(n) = min(n, c)·μ + max(0, n − c)·θ   P(abandon) = θL_q/λ        θ = 1/mean patience
 *
 * Source: Palm 1957; Garnett, Mandelbaum & Reiman 2002, M&SOM 4:208.
 */
export function erlangA(queue: Mmc, patienceMeanSec: number): AbandonmentMeans {
  const { arrivalRatePerSec, serviceRatePerSec, serverCount } = queue;
  const probabilities = birthDeathProbabilities({
    birthRatePerSec: () => arrivalRatePerSec,
    deathRatePerSec: (n) =>
      Math.min(n, serverCount) * serviceRatePerSec + Math.max(0, n - serverCount) / patienceMeanSec,
    stateMax: Infinity,
  });
  const meanWaitingJobs = expected(probabilities, (n) => Math.max(0, n - serverCount));
  return {
    abandonProbability: meanWaitingJobs / (patienceMeanSec * arrivalRatePerSec),
    waitProbability: expected(probabilities, (n) => (n >= serverCount ? 1 : 0)),
    meanWaitSec: meanWaitingJobs / arrivalRatePerSec,
    meanWaitingJobs,
    utilization: expected(probabilities, (n) => Math.min(n, serverCount)) / serverCount,
  };
}
