import { birthDeathProbabilities, expected } from './birth-death.ts';
import { checkStable } from './queue-means.ts';

export interface SharedRates {
  readonly arrivalRatePerSec: number;
  /** S, on an undisturbed core. */
  readonly serviceMeanSec: number;
  /** R(n), total rate in cores with n jobs, n = 1…length; the last holds above. */
  readonly rates: readonly number[];
}

/**
 * Jobs present on average under processor sharing whose total rate depends on how many share it.
 *
 *     p_{n+1} = p_n·λS/R(n + 1)        L = Σ n·p_n
 *
 * Insensitive to the law of the demand, as every symmetric discipline is, whatever R. Source: Kelly, Reversibility and
 * Stochastic Networks, 1979, §3.3. Requires λS < R(∞).
 */
export function sharedRatesMeanJobs({ arrivalRatePerSec, serviceMeanSec, rates }: SharedRates): number {
  const rateOf = (n: number): number => rates[Math.min(n, rates.length) - 1] ?? 0;
  checkStable((arrivalRatePerSec * serviceMeanSec) / rateOf(rates.length));
  const probabilities = birthDeathProbabilities({
    birthRatePerSec: () => arrivalRatePerSec,
    deathRatePerSec: (n) => rateOf(n) / serviceMeanSec,
    stateMax: Infinity,
  });
  return expected(probabilities, (n) => n);
}
