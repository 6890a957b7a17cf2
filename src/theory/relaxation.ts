import { checkStable } from './queue-means.ts';

export interface RelaxingQueue {
  readonly serviceMeanSec: number;
  /** Squared coefficients of variation of the gaps between arrivals and of the service time. */
  readonly arrivalScv: number;
  readonly serviceScv: number;
  readonly serverCount: number;
  /** ρ of one server. */
  readonly utilization: number;
}

/**
 * Time in which a queue forgets what it started with: the distance from steady state falls like e^{−t/τ} or faster.
 *
 *     τ = S + S·(c_a² + c_s²) / (2.8·c·(1 − √ρ)²)        S mean service time, c servers
 *
 * The second term is of the queue (Odoni & Roth 1983, Operations Research 31(3):432, for one server, of which c are as
 * one that is c times as fast); the first is of the servers, which are all there is to an infinite-server station.
 * Requires ρ < 1.
 */
export function relaxationSec({
  serviceMeanSec,
  arrivalScv,
  serviceScv,
  serverCount,
  utilization,
}: RelaxingQueue): number {
  checkStable(utilization);
  const slack = 1 - Math.sqrt(utilization);
  const queueing = (arrivalScv + serviceScv) / (2.8 * serverCount * slack * slack);
  return serviceMeanSec * (1 + queueing);
}
