import { exp } from '../base/math.ts';
import { poissonProbability } from './poisson.ts';
import { checkStable } from './queue-means.ts';
import { quantileFromSurvival } from './root.ts';
import { at, sum } from './vector.ts';

export interface Md1 {
  /** λ, Poisson arrivals. */
  readonly arrivalRatePerSec: number;
  /** D, the same for every job. */
  readonly serviceTimeSec: number;
}

/**
 * P(wait > t) in M/D/1, first come first served.
 *
 *     P(W_q ≤ t) = Σ_{j=0..k−1} Q_{k−1−j}·e^{−u}·u^j/j!      (k−1)D ≤ t < kD,  u = λ(kD − t),  Q_i = P(N ≤ i + 1)
 *
 * All terms positive, so the absolute error is about 1e-15 at any t; Erlang's alternating series loses every digit
 * beyond t ≈ 20D.
 * Source: Franx 2001, Operations Research Letters 29:221, for one server.
 */
export function md1WaitSurvival({ arrivalRatePerSec, serviceTimeSec }: Md1, timeSec: number): number {
  const offeredLoad = arrivalRatePerSec * serviceTimeSec;
  checkStable(offeredLoad);
  const k = Math.floor(timeSec / serviceTimeSec) + 1;
  const weights = md1Weights(offeredLoad, k + 1);
  const u = arrivalRatePerSec * (k * serviceTimeSec - timeSec);
  let atMost = sum(weights); // ∝ P(N ≤ k), shrinking to P(N ≤ k − j)
  let probability = 0;
  for (let j = 0; j < k; j++) {
    probability += atMost * poissonProbability(j, u);
    atMost -= at(weights, k - j);
  }
  return Math.max(0, 1 - (1 - offeredLoad) * probability);
}

export function md1WaitQuantileSec(queue: Md1, probability: number): number {
  return quantileFromSurvival(
    (timeSec) => md1WaitSurvival(queue, timeSec),
    probability,
    queue.serviceTimeSec,
  );
}

/**
 * P(loss) of M/D/1/K: one server, K jobs at most. Any load, also above 1. It is also the share that a token bucket of
 * K tokens, refilled every D seconds, refuses of Poisson arrivals.
 *
 *     P(loss) = 1 − 1/(π₀ + a)        a = λD, π₀ the empty share at departures, ∝ the weights of M/D/1 up to K − 1
 *
 * Source: Cooper, Introduction to Queueing Theory, 2nd ed. 1981, §5.9.
 */
export function md1kLossProbability({ arrivalRatePerSec, serviceTimeSec }: Md1, jobsMax: number): number {
  const offeredLoad = arrivalRatePerSec * serviceTimeSec;
  const emptyShare = 1 / sum(md1Weights(offeredLoad, jobsMax));
  return 1 - 1 / (emptyShare + offeredLoad);
}

/**
 * Departures that leave n jobs behind, n < count, in units of those that leave none.
 *
 *     w_{n+1} = (P(A > n) + Σ_{i=1..n} w_i·P(A > n + 1 − i)) / P(A = 0)      A Poisson with mean a
 *
 * Source: Ramaswami 1988, Stochastic Models 4:183, of which this is the scalar case: no subtraction.
 */
function md1Weights(offeredLoad: number, count: number): number[] {
  const tails = poissonTails(offeredLoad, count);
  const weights = [1];
  for (let n = 0; n + 1 < count; n++) {
    let inflow = at(tails, n);
    for (let i = 1; i <= n; i++) inflow += at(weights, i) * at(tails, n + 1 - i);
    weights.push(inflow / exp(-offeredLoad));
  }
  return weights;
}

/** P(A > n), n < count, each summed from its own far end: small tails keep their digits. */
function poissonTails(mean: number, count: number): number[] {
  const tails: number[] = [];
  let tail = 0;
  // Beyond count + mean + 60 the probabilities are below 10⁻³⁰ of the first tail kept.
  for (let n = Math.ceil(count + 2 * mean) + 60; n > 0; n--) {
    tail += poissonProbability(n, mean);
    if (n <= count) tails.push(tail);
  }
  return tails.reverse();
}
