import { birthDeathProbabilities, expected } from './birth-death.ts';
import { checkStable } from './queue-means.ts';

export interface SharedStation {
  readonly arrivalRatePerSec: number;
  readonly serviceMeanSec: number;
  /** c cores; a job runs on one core at most, n > c jobs share them equally. */
  readonly serverCount: number;
}

/**
 * P(N = n) of M/G/c processor sharing, to where the rest is negligible: that of M/M/c, whatever the service law.
 *
 *     p_{n+1} = p_n·λS/min(n + 1, c)        geometric in ρ for c = 1
 *
 * Insensitive because the discipline is symmetric. Source: Kelly, Reversibility and Stochastic Networks, 1979, §3.3;
 * Cohen 1979, Acta Informatica 12:245. Requires ρ < 1.
 */
export function sharedProbabilities({
  arrivalRatePerSec,
  serviceMeanSec,
  serverCount,
}: SharedStation): number[] {
  checkStable((arrivalRatePerSec * serviceMeanSec) / serverCount);
  return birthDeathProbabilities({
    birthRatePerSec: () => arrivalRatePerSec,
    deathRatePerSec: (n) => Math.min(n, serverCount) / serviceMeanSec,
    stateMax: Infinity,
  });
}

export function sharedMeanJobs(station: SharedStation): number {
  return expected(sharedProbabilities(station), (n) => n);
}

/** W = L/λ. */
export function sharedMeanSojournSec(station: SharedStation): number {
  return sharedMeanJobs(station) / station.arrivalRatePerSec;
}

/**
 * Mean sojourn of a job that needs `serviceSec` of one core, c = 1:  x/(1 − ρ). Every job is slowed by one factor.
 *
 * Source: Kleinrock, Queueing Systems II, 1976, eq. 4.17.
 */
export function sharedConditionalSojournSec(
  { arrivalRatePerSec, serviceMeanSec }: Omit<SharedStation, 'serverCount'>,
  serviceSec: number,
): number {
  const utilization = arrivalRatePerSec * serviceMeanSec;
  checkStable(utilization);
  return serviceSec / (1 - utilization);
}
