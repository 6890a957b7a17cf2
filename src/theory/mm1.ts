import { exp, ln } from '../base/math.ts';
import { checkStable, queueMeans, type QueueMeans } from './queue-means.ts';

export interface Mm1 {
  /** λ, Poisson arrivals. */
  readonly arrivalRatePerSec: number;
  /** μ, exponential service. */
  readonly serviceRatePerSec: number;
}

/**
 * Means of M/M/1.
 *
 *     ρ = λ/μ   P(wait) = ρ   W_q = ρ/(μ − λ)   W = 1/(μ − λ)
 *
 * Source: Kleinrock, Queueing Systems I, 1975, §3.2. Requires λ < μ.
 */
export function mm1({ arrivalRatePerSec, serviceRatePerSec }: Mm1): QueueMeans {
  const utilization = arrivalRatePerSec / serviceRatePerSec;
  checkStable(utilization);
  return queueMeans({
    arrivalRatePerSec,
    serviceMeanSec: 1 / serviceRatePerSec,
    serverCount: 1,
    waitProbability: utilization,
    meanWaitSec: utilization / (serviceRatePerSec - arrivalRatePerSec),
  });
}

/** P(W > t) = e^{−(μ−λ)t}: the sojourn time is exponential. */
export function mm1SojournSurvival({ arrivalRatePerSec, serviceRatePerSec }: Mm1, timeSec: number): number {
  checkStable(arrivalRatePerSec / serviceRatePerSec);
  return exp(-(serviceRatePerSec - arrivalRatePerSec) * timeSec);
}

/** t = −ln(1 − p)/(μ − λ). */
export function mm1SojournQuantileSec(
  { arrivalRatePerSec, serviceRatePerSec }: Mm1,
  probability: number,
): number {
  checkStable(arrivalRatePerSec / serviceRatePerSec);
  return -ln(1 - probability) / (serviceRatePerSec - arrivalRatePerSec);
}

/** t = max(0, ln(ρ/(1 − p))/(μ − λ)), from P(W_q > t) = ρ·e^{−(μ−λ)t}. */
export function mm1WaitQuantileSec(
  { arrivalRatePerSec, serviceRatePerSec }: Mm1,
  probability: number,
): number {
  const utilization = arrivalRatePerSec / serviceRatePerSec;
  checkStable(utilization);
  return Math.max(0, ln(utilization / (1 - probability)) / (serviceRatePerSec - arrivalRatePerSec));
}

/**
 * Asymptotic variance σ² of the mean wait: over N jobs its standard error is √(σ²/N). Says how long a run must be.
 *
 *     σ² = ρ(2 + 5ρ − 4ρ² + ρ³) / (μ²(1 − ρ)⁴)        in s²
 *
 * Source: Daley 1968, J. Austral. Math. Soc. 8:683.
 */
export function mm1MeanWaitVarianceSec2({ arrivalRatePerSec, serviceRatePerSec }: Mm1): number {
  const rho = arrivalRatePerSec / serviceRatePerSec;
  checkStable(rho);
  const idleSquared = (1 - rho) * (1 - rho);
  const numerator = rho * (2 + rho * (5 + rho * (-4 + rho)));
  return numerator / (idleSquared * idleSquared * serviceRatePerSec * serviceRatePerSec);
}
