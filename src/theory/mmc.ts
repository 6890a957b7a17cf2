import { exp, ln } from '../base/math.ts';
import { decayIntegral } from './decay.ts';
import { erlangC } from './erlang.ts';
import { queueMeans, type QueueMeans } from './queue-means.ts';
import { quantileFromSurvival } from './root.ts';

export interface Mmc {
  /** λ, Poisson arrivals. */
  readonly arrivalRatePerSec: number;
  /** μ of one server, exponential service. */
  readonly serviceRatePerSec: number;
  /** c. */
  readonly serverCount: number;
}

/**
 * Means of M/M/c, one queue for all servers.
 *
 *     P(wait) = C(c, λ/μ)   W_q = C/(cμ − λ)        C = Erlang C
 *
 * Source: Cooper, Introduction to Queueing Theory, 2nd ed. 1981, §3.5. Requires λ < cμ.
 */
export function mmc(queue: Mmc): QueueMeans {
  const { arrivalRatePerSec, serviceRatePerSec, serverCount } = queue;
  const waitProbability = mmcWaitProbability(queue);
  return queueMeans({
    arrivalRatePerSec,
    serviceMeanSec: 1 / serviceRatePerSec,
    serverCount,
    waitProbability,
    meanWaitSec: waitProbability / (serverCount * serviceRatePerSec - arrivalRatePerSec),
  });
}

/** t = max(0, ln(C/(1 − p))/(cμ − λ)), from P(W_q > t) = C·e^{−(cμ−λ)t}. */
export function mmcWaitQuantileSec(queue: Mmc, probability: number): number {
  const drainRatePerSec = queue.serverCount * queue.serviceRatePerSec - queue.arrivalRatePerSec;
  return Math.max(0, ln(mmcWaitProbability(queue) / (1 - probability)) / drainRatePerSec);
}

/** Inverse of `mmcSojournSurvival`. */
export function mmcSojournQuantileSec(queue: Mmc, probability: number): number {
  const survival = sojournSurvival(queue, mmcWaitProbability(queue));
  return quantileFromSurvival(survival, probability, 1 / queue.serviceRatePerSec);
}

/**
 * P(sojourn > t) in M/M/c, first come first served.
 *
 *     e^{−μt}·(1 + C·μ·(1 − e^{−(θ−μ)t})/(θ − μ))        θ = cμ − λ, with t for the fraction where θ = μ
 *
 * The service time Exp(μ) plus, with probability C, an independent wait Exp(θ).
 */
export function mmcSojournSurvival(queue: Mmc, timeSec: number): number {
  return sojournSurvival(queue, mmcWaitProbability(queue))(timeSec);
}

function mmcWaitProbability({ arrivalRatePerSec, serviceRatePerSec, serverCount }: Mmc): number {
  return erlangC({ offeredLoadErlangs: arrivalRatePerSec / serviceRatePerSec, serverCount });
}

function sojournSurvival(queue: Mmc, waitProbability: number): (timeSec: number) => number {
  const { arrivalRatePerSec: lambda, serviceRatePerSec: mu, serverCount } = queue;
  const theta = serverCount * mu - lambda;
  // The formula is symmetric in θ and μ but for the factor μ: with the slower rate in front nothing overflows.
  const slower = Math.min(theta, mu);
  const difference = Math.abs(theta - mu);
  return (timeSec) => {
    const waitedAndServed = exp(-slower * timeSec) * decayIntegral({ ratePerSec: difference, timeSec });
    return exp(-mu * timeSec) + waitProbability * mu * waitedAndServed;
  };
}
