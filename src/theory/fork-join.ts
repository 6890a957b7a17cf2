import { exploreChain, steadyState } from './ctmc.ts';
import { harmonicNumber } from './fan-out.ts';
import { mm1, type Mm1 } from './mm1.ts';
import { poissonProbability } from './poisson.ts';
import { quantileFromSurvival } from './root.ts';
import { at, tabulate } from './vector.ts';

/**
 * Mean response of fork–join over two M/M/1 queues: both branches start at the arrival, the last one ends it.
 *
 *     R = (12 − ρ)/8 · 1/(μ − λ)
 *
 * Source: Flatto & Hahn 1984, SIAM J. Appl. Math. 44:1041; Nelson & Tantawi 1988, IEEE Trans. Computers 37:739.
 */
export function forkJoin2MeanSec(branch: Mm1): number {
  const { utilization, meanSojournSec } = mm1(branch);
  return ((12 - utilization) / 8) * meanSojournSec;
}

/**
 * Mean response of fork–join over n M/M/1 queues, an approximation within about 5 % for n ≤ 32; exact for n = 2.
 *
 *     R_n ≈ (H_n/H_2 + (4/11)·(1 − H_n/H_2)·ρ)·R_2
 *
 * Source: Nelson & Tantawi 1988, eq. 24.
 */
export function forkJoinMeanApproximationSec(branch: Mm1, branchCount: number): number {
  const { utilization } = mm1(branch);
  const ratio = harmonicNumber(branchCount) / harmonicNumber(2);
  return (ratio + (4 / 11) * (1 - ratio) * utilization) * forkJoin2MeanSec(branch);
}

/**
 * Quantile of the response of fork–join over two M/M/1 queues: no closed form, from the chain of both queue lengths.
 *
 * An arrival that finds (m, n) leaves after the longer of two independent Erlang times of m + 1 and n + 1 phases.
 * Queues are cut at `jobsMax`, the tail beyond is about ρ^jobsMax.
 */
export function forkJoin2QuantileSec(branch: Mm1, probability: number, jobsMax: number): number {
  const { arrivalRatePerSec, serviceRatePerSec } = branch;
  const chain = exploreChain([0, 0], (lengths) => {
    const [shorter = 0, longer = 0] = lengths;
    return [
      { to: [shorter + 1, longer + 1], ratePerSec: longer < jobsMax ? arrivalRatePerSec : 0 },
      { to: [shorter - 1, longer], ratePerSec: shorter > 0 ? serviceRatePerSec : 0 },
      { to: [shorter, longer - 1].sort((a, b) => a - b), ratePerSec: longer > 0 ? serviceRatePerSec : 0 },
    ];
  });
  const probabilities = steadyState(chain);
  const survival = (timeSec: number): number => {
    // done[n] = P(n + 1 phases have ended by t)
    let passed = 0;
    const done = tabulate(jobsMax + 1, (n) => {
      passed += poissonProbability(n, serviceRatePerSec * timeSec);
      return 1 - passed;
    });
    return chain.states.reduce(
      (total, [m = 0, n = 0], index) => total + at(probabilities, index) * (1 - at(done, m) * at(done, n)),
      0,
    );
  };
  return quantileFromSurvival(survival, probability, 1 / serviceRatePerSec);
}
