import { birthDeathProbabilities, expected } from './birth-death.ts';
import { phaseQuantileSec, phaseSurvival, seriesPhases } from './phase-type.ts';
import { at } from './vector.ts';

export interface Mmck {
  readonly arrivalRatePerSec: number;
  /** μ of one server. */
  readonly serviceRatePerSec: number;
  readonly serverCount: number;
  /** K: the most jobs waiting and in service together. */
  readonly jobsMax: number;
}

export interface MmckMeans {
  readonly lossProbability: number;
  readonly throughputPerSec: number;
  readonly utilization: number;
  readonly meanJobs: number;
  readonly meanWaitingJobs: number;
  /** Of jobs that were let in. */
  readonly acceptedWaitProbability: number;
  readonly acceptedMeanWaitSec: number;
  readonly acceptedMeanSojournSec: number;
}

/** P(N = n), n = 0…K, of M/M/c/K: the birth–death chain with rates λ and min(n, c)·μ. Any λ, also above cμ. */
export function mmckProbabilities(queue: Mmck): number[] {
  const { arrivalRatePerSec, serviceRatePerSec, serverCount, jobsMax } = queue;
  return birthDeathProbabilities({
    birthRatePerSec: () => arrivalRatePerSec,
    deathRatePerSec: (n) => Math.min(n, serverCount) * serviceRatePerSec,
    stateMax: jobsMax,
  });
}

/**
 * Means of M/M/c/K: c servers, K − c places to wait, further arrivals are lost.
 *
 *     P(loss) = p_K   X = λ(1 − p_K)   W_q = L_q/X   W = W_q + 1/μ
 *
 * Poisson arrivals see time averages, so p_K is also the share of arrivals lost. Source: Kleinrock I, §3.6.
 */
export function mmck(queue: Mmck): MmckMeans {
  const { arrivalRatePerSec, serviceRatePerSec, serverCount, jobsMax } = queue;
  const probabilities = mmckProbabilities(queue);
  const lossProbability = at(probabilities, jobsMax);
  const throughputPerSec = arrivalRatePerSec * (1 - lossProbability);
  const meanWaitingJobs = expected(probabilities, (n) => Math.max(0, n - serverCount));
  const allBusyButNotFull = expected(probabilities, (n) => (n >= serverCount && n < jobsMax ? 1 : 0));
  const acceptedMeanWaitSec = meanWaitingJobs / throughputPerSec;
  return {
    lossProbability,
    throughputPerSec,
    utilization: throughputPerSec / (serverCount * serviceRatePerSec),
    meanJobs: expected(probabilities, (n) => n),
    meanWaitingJobs,
    acceptedWaitProbability: allBusyButNotFull / (1 - lossProbability),
    acceptedMeanWaitSec,
    acceptedMeanSojournSec: acceptedMeanWaitSec + 1 / serviceRatePerSec,
  };
}

/**
 * Wait of a job that was let in: it finds n < K jobs and, if n ≥ c, waits for n − c + 1 departures at rate cμ.
 */
export function mmckWaitSurvival(queue: Mmck, timeSec: number): number {
  return phaseSurvival(waitPhases(queue, []), timeSec);
}

export function mmckWaitQuantileSec(queue: Mmck, probability: number): number {
  return phaseQuantileSec(waitPhases(queue, []), probability);
}

/** Wait and service of a job that was let in. */
export function mmckSojournQuantileSec(queue: Mmck, probability: number): number {
  return phaseQuantileSec(waitPhases(queue, [queue.serviceRatePerSec]), probability);
}

/** The departures still to be waited for, as exponential phases in series, and then the phases of `after`. */
function waitPhases(queue: Mmck, after: readonly number[]) {
  const { serviceRatePerSec, serverCount, jobsMax } = queue;
  const probabilities = mmckProbabilities(queue);
  const accepted = 1 - at(probabilities, jobsMax);
  // Entering at phase i leaves jobsMax − serverCount − i departures to wait for.
  const seen = probabilities.slice(serverCount, jobsMax).reverse();
  const atOnce = probabilities.slice(0, serverCount).reduce((sum, probability) => sum + probability, 0);
  const rates = [...seen.map(() => serverCount * serviceRatePerSec), ...after];
  const entry = [...seen, ...(after.length > 0 ? [atOnce] : [])].map((probability) => probability / accepted);
  return seriesPhases(rates, entry);
}
