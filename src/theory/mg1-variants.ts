import { mg1, type Mg1 } from './mg1.ts';
import { checkStable, queueMeans, type QueueMeans } from './queue-means.ts';
import type { ServiceMoments } from './service-moments.ts';

/**
 * Mean wait of M/G/1 whose idle server goes on vacations, one after another until a job is there (a poll loop, a GC).
 *
 *     W_q = W_q(M/G/1) + E[V²]/(2E[V])        V vacation
 *
 * Source: Fuhrmann & Cooper 1985, Operations Research 33:1117.
 */
export function vacationMeanWaitSec(queue: Mg1, vacation: Omit<ServiceMoments, 'thirdSec3'>): number {
  return mg1(queue).meanWaitSec + vacation.secondSec2 / (2 * vacation.meanSec);
}

export interface BatchArrivals {
  readonly batchRatePerSec: number;
  /** E[X] and E[X²] of the number of jobs in a batch. */
  readonly batchJobsMean: number;
  readonly batchJobsSecond: number;
  readonly service: ServiceMoments;
}

/**
 * Means of M^[X]/G/1: jobs arrive in batches and are served one at a time.
 *
 *     W_q = λE[S²]/(2(1 − ρ)) + E[S]·(E[X²]/E[X] − 1)/(2(1 − ρ))        λ = λ_b·E[X], ρ = λE[S]
 *
 * The second part is what the jobs ahead in its own batch, and the larger variance, cost. P(wait) is the share of jobs
 * that are not the first of a batch finding the server idle: 1 − (1 − ρ)/E[X].
 * Source: Gross & Harris, Fundamentals of Queueing Theory, 3rd ed. 1998, §3.1; Burke 1975, Operations Research 23:830.
 */
export function batchArrivals(queue: BatchArrivals): QueueMeans {
  const { batchRatePerSec, batchJobsMean, batchJobsSecond, service } = queue;
  const arrivalRatePerSec = batchRatePerSec * batchJobsMean;
  const utilization = arrivalRatePerSec * service.meanSec;
  checkStable(utilization);
  const batchExcess = service.meanSec * (batchJobsSecond / batchJobsMean - 1);
  return queueMeans({
    arrivalRatePerSec,
    serviceMeanSec: service.meanSec,
    serverCount: 1,
    waitProbability: 1 - (1 - utilization) / batchJobsMean,
    meanWaitSec: (arrivalRatePerSec * service.secondSec2 + batchExcess) / (2 * (1 - utilization)),
  });
}
