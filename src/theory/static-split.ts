import { mm1 } from './mm1.ts';
import { checkStable } from './queue-means.ts';
import { at, sum } from './vector.ts';

export interface StaticSplit {
  /** λ of all servers together, Poisson. */
  readonly arrivalRatePerSec: number;
  /** μ of each server, FCFS. */
  readonly serviceRatesPerSec: readonly number[];
}

/**
 * Mean sojourn over servers that each get a fixed share of a Poisson stream, chosen at random per job.
 *
 *     W = Σ w_i/(μ_i − w_iλ)        w_i shares, Σ w_i = 1
 *
 * Thinning makes each server an M/M/1 of its own.
 */
export function splitMeanSojournSec(
  { arrivalRatePerSec, serviceRatesPerSec }: StaticSplit,
  shares: readonly number[],
): number {
  return sum(
    serviceRatesPerSec.map((serviceRatePerSec, server) => {
      const share = at(shares, server);
      return share * mm1({ arrivalRatePerSec: share * arrivalRatePerSec, serviceRatePerSec }).meanSojournSec;
    }),
  );
}

/**
 * The arrival rate of each server under the static split with the least mean sojourn.
 *
 *     λ_i = μ_i − √μ_i·(Σμ − λ)/Σ√μ        over the servers in use
 *
 * At low load the slow servers get nothing: they are left out, slowest first, while their rate would be negative.
 * Source: Buzen & Chen 1974, Proc. IFIP Congress:271. Requires λ < Σμ.
 */
export function optimalSplitPerSec({ arrivalRatePerSec, serviceRatesPerSec }: StaticSplit): number[] {
  checkStable(arrivalRatePerSec / sum(serviceRatesPerSec));
  const used = [...serviceRatesPerSec].sort((left, right) => right - left);
  let slack = slackPerRoot(used, arrivalRatePerSec);
  // The slowest server in use gets √μ·(√μ − slack).
  while (used.length > 1 && Math.sqrt(used.at(-1) ?? 0) <= slack) {
    used.pop();
    slack = slackPerRoot(used, arrivalRatePerSec);
  }
  return serviceRatesPerSec.map((rate) => Math.max(0, rate - Math.sqrt(rate) * slack));
}

/** (Σμ − λ)/Σ√μ. */
function slackPerRoot(rates: readonly number[], arrivalRatePerSec: number): number {
  return (sum(rates) - arrivalRatePerSec) / sum(rates.map((rate) => Math.sqrt(rate)));
}
