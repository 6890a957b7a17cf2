import { birthDeathProbabilities, expected } from './birth-death.ts';

export interface FiniteSource {
  /** N clients in all, each with one request at a time or none. */
  readonly population: number;
  /** Z: exponential time between a response and the next request of a client. */
  readonly thinkMeanSec: number;
  readonly serviceMeanSec: number;
  readonly serverCount: number;
}

export interface FiniteSourceMeans {
  readonly throughputPerSec: number;
  readonly meanSojournSec: number;
  /** Jobs at the station, waiting and in service. */
  readonly meanJobs: number;
  /** Per server, in [0, 1]. */
  readonly utilization: number;
  readonly emptyProbability: number;
}

/**
 * M/M/c//N, the machine-repair model: a closed loop of N clients that think and then use c servers.
 *
 *     birth(n) = (N − n)/Z   death(n) = min(n, c)/S   X = Σ p_n·min(n, c)/S   W = L/X
 *
 * Source: Kleinrock I, 1975, §3.8. Exact for exponential times.
 */
export function finiteSource({
  population,
  thinkMeanSec,
  serviceMeanSec,
  serverCount,
}: FiniteSource): FiniteSourceMeans {
  const probabilities = birthDeathProbabilities({
    birthRatePerSec: (n) => (population - n) / thinkMeanSec,
    deathRatePerSec: (n) => Math.min(n, serverCount) / serviceMeanSec,
    stateMax: population,
  });
  const meanBusy = expected(probabilities, (n) => Math.min(n, serverCount));
  const meanJobs = expected(probabilities, (n) => n);
  const throughputPerSec = meanBusy / serviceMeanSec;
  return {
    throughputPerSec,
    meanSojournSec: meanJobs / throughputPerSec,
    meanJobs,
    utilization: meanBusy / serverCount,
    emptyProbability: probabilities[0] ?? 0,
  };
}
