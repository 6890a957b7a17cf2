import { expm1, ln, log1p } from '../base/math.ts';
import { checkStable, queueMeans, type QueueMeans } from './queue-means.ts';
import { bisect } from './root.ts';

/**
 * A law of interarrival times A, known by its mean and by 1 − E[e^{−sA}], one minus its Laplace–Stieltjes transform,
 * s in 1/s. The complement, because it keeps its digits at small s, which is where heavy traffic looks.
 */
export interface Interarrival {
  readonly meanSec: number;
  readonly transformComplement: (ratePerSec: number) => number;
}

/** Interarrival times all the same:  1 − e^{−s·d}. */
export function deterministicInterarrival(meanSec: number): Interarrival {
  return { meanSec, transformComplement: (s) => -expm1(-s * meanSec) };
}

/** Erlang-k:  1 − (1 + s·m/k)^{−k}. What each of k servers behind a round robin sees of Poisson arrivals. */
export function erlangInterarrival({
  phaseCount,
  meanSec,
}: {
  phaseCount: number;
  meanSec: number;
}): Interarrival {
  return { meanSec, transformComplement: (s) => -expm1(-phaseCount * log1p((s * meanSec) / phaseCount)) };
}

/** Hyperexponential:  Σ p_i·s/(r_i + s). */
export function hyperexponentialInterarrival(
  branches: readonly { probability: number; ratePerSec: number }[],
): Interarrival {
  const total = (f: (probability: number, ratePerSec: number) => number) =>
    branches.reduce((partial, { probability, ratePerSec }) => partial + f(probability, ratePerSec), 0);
  return {
    meanSec: total((probability, ratePerSec) => probability / ratePerSec),
    transformComplement: (s) => total((probability, ratePerSec) => (probability * s) / (ratePerSec + s)),
  };
}

export interface Gm1 {
  readonly interarrival: Interarrival;
  /** μ, exponential service. */
  readonly serviceRatePerSec: number;
}

/**
 * 1 − σ of G/M/1, where σ is the probability that an arriving job waits, the root below 1 of
 *
 *     σ = E[e^{−μ(1−σ)A}]        A interarrival time, μ service rate
 *
 * With ε = 1 − σ:  1 − E[e^{−μεA}] = ε. The left side is concave and steeper at 0 (slope 1/ρ), so there is one ε > 0.
 * Source: Kleinrock I, 1975, §6.4. Requires ρ < 1.
 */
export function gm1NoWaitProbability({ interarrival, serviceRatePerSec }: Gm1): number {
  checkStable(1 / (interarrival.meanSec * serviceRatePerSec));
  const excess = (gap: number) => interarrival.transformComplement(serviceRatePerSec * gap) - gap;
  let low = 0.5;
  while (excess(low) <= 0) low /= 2;
  return bisect(excess, { low, high: 1 });
}

/** Means of G/M/1:  W_q = σ/(μ(1 − σ)). */
export function gm1(queue: Gm1): QueueMeans {
  const noWait = gm1NoWaitProbability(queue);
  return queueMeans({
    arrivalRatePerSec: 1 / queue.interarrival.meanSec,
    serviceMeanSec: 1 / queue.serviceRatePerSec,
    serverCount: 1,
    waitProbability: 1 - noWait,
    meanWaitSec: (1 - noWait) / (queue.serviceRatePerSec * noWait),
  });
}

/** The sojourn is exponential with rate μ(1 − σ). */
export function gm1SojournQuantileSec(queue: Gm1, probability: number): number {
  return -ln(1 - probability) / (queue.serviceRatePerSec * gm1NoWaitProbability(queue));
}

/** P(W_q > t) = σ·e^{−μ(1−σ)t}. */
export function gm1WaitQuantileSec(queue: Gm1, probability: number): number {
  const noWait = gm1NoWaitProbability(queue);
  return Math.max(0, ln((1 - noWait) / (1 - probability)) / (queue.serviceRatePerSec * noWait));
}
