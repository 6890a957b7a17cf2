import { exp } from '../base/math.ts';
import { decayFirstMoment, decayIntegral } from './decay.ts';
import { erlangB } from './erlang.ts';
import type { AbandonmentMeans } from './erlang-a.ts';
import type { Mmc } from './mmc.ts';
import { quantileFromSurvival } from './root.ts';

/**
 * M/M/c+D: a waiting job gives up after exactly `patienceSec`, as at a connection pool with an acquire time-out.
 *
 * The wait V a patient job would have has density, with δ = cμ − λ and p = P(c − 1 jobs present),
 *
 *     v(t) = λp·e^{−δt} for t < τ,   λp·e^{−δτ}·e^{−cμ(t−τ)} for t ≥ τ        τ patience
 *     1/p = 1/B(c − 1, λ/μ) + ∫v/p   P(abandon) = P(V ≥ τ) = λp·e^{−δτ}/(cμ)   E[wait] = E[min(V, τ)]
 *
 * Any load. Source: Baccelli & Hebuterne 1981, Performance '81:159; Zeltyn & Mandelbaum 2005, Queueing Systems 51:361.
 */
export function fixedPatience(queue: Mmc, patienceSec: number): AbandonmentMeans {
  const { arrivalRatePerSec, serviceRatePerSec, serverCount } = queue;
  const { abandonProbability, servedAfter, servedWaitIntegralSec } = waitLaw(queue, patienceSec);
  const meanWaitSec = servedWaitIntegralSec + patienceSec * abandonProbability;
  return {
    abandonProbability,
    waitProbability: servedAfter(0) + abandonProbability,
    meanWaitSec,
    meanWaitingJobs: arrivalRatePerSec * meanWaitSec,
    utilization: (arrivalRatePerSec * (1 - abandonProbability)) / (serverCount * serviceRatePerSec),
  };
}

/** Mean wait of the jobs that are served:  ∫₀^τ P(t < V < τ)dt / (1 − P(abandon)). */
export function fixedPatienceServedMeanWaitSec(queue: Mmc, patienceSec: number): number {
  const { abandonProbability, servedWaitIntegralSec } = waitLaw(queue, patienceSec);
  return servedWaitIntegralSec / (1 - abandonProbability);
}

/** Quantile of the wait of the jobs that are served, from P(t < V < τ)/(1 − P(abandon)); never above the patience. */
export function fixedPatienceServedWaitQuantileSec(
  queue: Mmc,
  patienceSec: number,
  probability: number,
): number {
  const { abandonProbability, servedAfter } = waitLaw(queue, patienceSec);
  const survival = (timeSec: number) =>
    servedAfter(Math.min(timeSec, patienceSec)) / (1 - abandonProbability);
  return quantileFromSurvival(survival, probability, patienceSec);
}

interface WaitLaw {
  readonly abandonProbability: number;
  /** P(t < V < τ). */
  readonly servedAfter: (timeSec: number) => number;
  /** ∫₀^τ P(t < V < τ)dt. */
  readonly servedWaitIntegralSec: number;
}

/** Below capacity the density is measured from t = 0, above it from t = τ, so that no exponential overflows. */
function waitLaw(queue: Mmc, tau: number): WaitLaw {
  const { arrivalRatePerSec: lambda, serviceRatePerSec: mu, serverCount } = queue;
  const capacity = serverCount * mu;
  const delta = capacity - lambda;
  const below = 1 / erlangB({ offeredLoadErlangs: lambda / mu, serverCount: serverCount - 1 }); // P(N < c)/p
  const span = { ratePerSec: Math.abs(delta), timeSec: tau };
  const fall = exp(-span.ratePerSec * tau);
  if (delta >= 0) {
    const atZero = lambda / (below + lambda * (decayIntegral(span) + fall / capacity)); // v(0)
    return {
      abandonProbability: (atZero * fall) / capacity,
      servedAfter: (t) => atZero * exp(-delta * t) * decayIntegral({ ratePerSec: delta, timeSec: tau - t }),
      servedWaitIntegralSec: atZero * decayFirstMoment(span),
    };
  }
  const atPatience = lambda / (below * fall + lambda * (decayIntegral(span) + 1 / capacity)); // v(τ)
  return {
    abandonProbability: atPatience / capacity,
    servedAfter: (t) => atPatience * decayIntegral({ ratePerSec: -delta, timeSec: tau - t }),
    servedWaitIntegralSec: atPatience * (tau * decayIntegral(span) - decayFirstMoment(span)),
  };
}
