import { erlangInterarrival, type Gm1 } from './gm1.ts';

export interface RoundRobin {
  /** λ of all servers together, Poisson. */
  readonly arrivalRatePerSec: number;
  readonly serviceRatePerSec: number;
  readonly serverCount: number;
}

/**
 * What one of n FCFS servers behind a strict round robin is: E_n/M/1, because it gets every n-th Poisson arrival.
 * Hand it to `gm1` and its quantiles.
 *
 *     A = sum of n exponential gaps, mean n/λ
 */
export function roundRobinServer({ arrivalRatePerSec, serviceRatePerSec, serverCount }: RoundRobin): Gm1 {
  return {
    interarrival: erlangInterarrival({ phaseCount: serverCount, meanSec: serverCount / arrivalRatePerSec }),
    serviceRatePerSec,
  };
}
