import { ln, normalCdf } from '../base/math.ts';
import { quantileFromSurvival } from './root.ts';
import { checkStable } from './queue-means.ts';
import { at, sum } from './vector.ts';

/** A service time by its tail. */
export interface ServiceTail {
  readonly meanSec: number;
  /** P(S > t). */
  readonly survival: (timeSec: number) => number;
  /** E[(S − t)⁺], in s. */
  readonly excessSec: (timeSec: number) => number;
}

/** Lognormal service:  E[(S − t)⁺] = E[S]·Φ(σ − z) − t·Φ(−z),  z = (ln t − μ)/σ,  σ² = ln(1 + c²),  c² the squared CV. */
export function lognormalTail({ meanSec, scv }: { meanSec: number; scv: number }): ServiceTail {
  const variance = ln(1 + scv);
  const sigma = Math.sqrt(variance);
  const mu = ln(meanSec) - variance / 2;
  const standardised = (timeSec: number): number => (ln(timeSec) - mu) / sigma;
  return {
    meanSec,
    survival: (timeSec) => (timeSec <= 0 ? 1 : normalCdf(-standardised(timeSec))),
    excessSec: (timeSec) => {
      if (timeSec <= 0) return meanSec - timeSec;
      const z = standardised(timeSec);
      return meanSec * normalCdf(sigma - z) - timeSec * normalCdf(-z);
    },
  };
}

export interface Mg1Tail {
  /** λ, Poisson arrivals. */
  readonly arrivalRatePerSec: number;
  readonly service: ServiceTail;
  /** h: width of the lattice on which the wait is computed; the error falls with its square. */
  readonly stepSec: number;
}

/**
 * Quantile of wait plus service in M/G/1, first come first served, for any service time.
 *
 * The wait is a sum of a geometric number of residual service times (Pollaczek–Khinchine), P(S_e > t) = E[(S − t)⁺]/E[S].
 * With these rounded to the nearest multiple of h, Panjer's recursion gives it:
 *
 *     g_0 = (1 − ρ)/(1 − ρf_0)     g_n = ρ/(1 − ρf_0)·Σ_{k=1..n} f_k·g_{n−k}     f_k = P((k−½)h < S_e ≤ (k+½)h)
 *     P(W > t) = P(W_q > t) + Σ_{nh ≤ t} g_n·P(S > t − nh)
 *
 * Source: Asmussen, Applied Probability and Queues, 2nd ed. 2003, §VIII.5 (the sum); Panjer 1981, ASTIN Bulletin 12:22
 * (the recursion). Requires λE[S] < 1. Cost (t/h)².
 */
export function mg1ResponseQuantileSec(queue: Mg1Tail, probability: number): number {
  const { service, stepSec } = queue;
  const weights: number[] = [];
  const survival = (timeSec: number): number => {
    const last = Math.floor(timeSec / stepSec);
    extendWait(weights, queue, last);
    const reached = weights.slice(0, last + 1);
    return reached.reduce(
      (total, weight, n) => total + weight * service.survival(timeSec - n * stepSec),
      1 - sum(reached),
    );
  };
  return quantileFromSurvival(survival, probability, service.meanSec);
}

/** Appends g_n up to n = `last`. */
function extendWait(weights: number[], { arrivalRatePerSec, service, stepSec }: Mg1Tail, last: number): void {
  const utilization = arrivalRatePerSec * service.meanSec;
  checkStable(utilization);
  const beyond = (k: number): number => service.excessSec((k + 0.5) * stepSec) / service.meanSec;
  const residuals = Array.from({ length: last + 1 }, (_, k) => (k === 0 ? 1 : beyond(k - 1)) - beyond(k));
  const none = 1 - utilization * at(residuals, 0);
  if (weights.length === 0) weights.push((1 - utilization) / none);
  for (let n = weights.length; n <= last; n++) {
    let convolved = 0;
    for (let k = 1; k <= n; k++) convolved += at(residuals, k) * at(weights, n - k);
    weights.push((utilization / none) * convolved);
  }
}
