import { checkStable, queueMeans, type QueueMeans } from './queue-means.ts';
import type { ServiceMoments } from './service-moments.ts';

export interface Mg1 {
  /** λ, Poisson arrivals. */
  readonly arrivalRatePerSec: number;
  readonly service: ServiceMoments;
}

/**
 * Pollaczek–Khinchine: means of M/G/1, any order of service that does not look at service times.
 *
 *     W_q = λE[S²] / (2(1 − ρ))        ρ = λE[S]
 *
 * Fixed service waits half as long as exponential. Source: Kleinrock I, 1975, eq. 5.70. Requires ρ < 1.
 */
export function mg1({ arrivalRatePerSec, service }: Mg1): QueueMeans {
  const utilization = arrivalRatePerSec * service.meanSec;
  checkStable(utilization);
  return queueMeans({
    arrivalRatePerSec,
    serviceMeanSec: service.meanSec,
    serverCount: 1,
    waitProbability: utilization,
    meanWaitSec: (arrivalRatePerSec * service.secondSec2) / (2 * (1 - utilization)),
  });
}

/**
 * Standard deviation of the wait, first come first served.
 *
 *     E[W_q²] = 2·E[W_q]² + λE[S³]/(3(1 − ρ))
 *
 * Source: Takács 1962; Kleinrock I, eq. 5.113.
 */
export function mg1FcfsWaitDeviationSec(queue: Mg1): number {
  const { utilization, meanWaitSec } = mg1(queue);
  const third = (queue.arrivalRatePerSec * queue.service.thirdSec3) / (3 * (1 - utilization));
  return Math.sqrt(meanWaitSec * meanWaitSec + third);
}

/**
 * Standard deviation of the wait, last come first served without preemption: same mean, longer tail.
 *
 *     E[W_q²] = λE[S³]/(3(1−ρ)²) + (λE[S²])²/(2(1−ρ)³)
 *
 * Source: Takács 1963; Cohen, The Single Server Queue, 1982, §III.3.4.
 */
export function mg1LcfsWaitDeviationSec(queue: Mg1): number {
  const { utilization, meanWaitSec } = mg1(queue);
  const idle = 1 - utilization;
  const residual = queue.arrivalRatePerSec * queue.service.secondSec2;
  const second =
    (queue.arrivalRatePerSec * queue.service.thirdSec3) / (3 * idle * idle) +
    (residual * residual) / (2 * idle * idle * idle);
  return Math.sqrt(second - meanWaitSec * meanWaitSec);
}
