import { poissonProbability } from './poisson.ts';

export interface InfiniteServer {
  readonly arrivalRatePerSec: number;
  readonly serviceMeanSec: number;
}

/**
 * M/G/∞, a delay: everyone is served at once. Jobs present are Poisson with mean a = λS whatever the service law.
 *
 *     P(N = n) = e^{−a}·aⁿ/n!   L = λS   W = S
 *
 * Source: Kleinrock, Queueing Systems I, 1975, §3.4.
 */
export function infiniteServerMeanJobs({ arrivalRatePerSec, serviceMeanSec }: InfiniteServer): number {
  return arrivalRatePerSec * serviceMeanSec;
}

export function infiniteServerProbability(station: InfiniteServer, jobCount: number): number {
  return poissonProbability(jobCount, infiniteServerMeanJobs(station));
}
