import { multiply, solveLeft, type Matrix } from './linear-solve.ts';
import { checkStable } from './queue-means.ts';
import { at, dot, sum, tabulate } from './vector.ts';

/** Largest change of an entry of R at which the iteration ends. */
const CONVERGED = 1e-15;
const ITERATIONS_MAX = 1_000_000;

export interface MmppQueue {
  /** Arrival rate in each phase of the modulating chain. */
  readonly arrivalRatesPerSec: readonly number[];
  /** switchRatesPerSec[i][j]: rate from phase i to phase j; the diagonal is ignored. */
  readonly switchRatesPerSec: Matrix;
  /** μ, one exponential server. */
  readonly serviceRatePerSec: number;
}

export interface MmppMeans {
  readonly meanArrivalRatePerSec: number;
  readonly utilization: number;
  readonly meanJobs: number;
  readonly meanSojournSec: number;
  /** Probability that an arriving job finds the server busy: above ρ, because arrivals come in bursts. */
  readonly waitProbability: number;
}

/**
 * MMPP/M/1: Poisson arrivals whose rate is modulated by a Markov chain, by the matrix-geometric method.
 *
 *     π_n = π_0·Rⁿ,   Λ + R(Q − Λ − μI) + μR² = 0,   π_0 = θ(I − R),   L = π_0·R(I − R)^{−2}·1 = θR(I − R)^{−1}·1
 *
 * Λ arrival rates on a diagonal, Q generator of the phases, θ its steady state; R the least non-negative solution, by
 * functional iteration from 0. Source: Neuts, Matrix-Geometric Solutions in Stochastic Models, 1981, ch. 3.
 */
export function mmppQueue(queue: MmppQueue): MmppMeans {
  const { arrivalRatesPerSec, serviceRatePerSec } = queue;
  const generator = generatorOf(queue.switchRatesPerSec);
  const phases = stationaryPhases(generator);
  const meanArrivalRatePerSec = dot(phases, arrivalRatesPerSec);
  const utilization = meanArrivalRatePerSec / serviceRatePerSec;
  checkStable(utilization);

  const rate = rateMatrix(queue, generator);
  const complement = rate.map((row, i) => row.map((value, j) => (i === j ? 1 : 0) - value)); // I − R
  const [empty = []] = multiply([phases], complement); // π₀
  const [once = []] = multiply([phases], rate);
  const meanJobs = sum(solveLeft(complement, once));
  return {
    meanArrivalRatePerSec,
    utilization,
    meanJobs,
    meanSojournSec: meanJobs / meanArrivalRatePerSec,
    waitProbability: 1 - dot(empty, arrivalRatesPerSec) / meanArrivalRatePerSec,
  };
}

/** R ← (Λ + μR²)·(μI + Λ − Q)^{−1}, which increases from 0 to the solution. */
function rateMatrix({ arrivalRatesPerSec, serviceRatePerSec }: MmppQueue, generator: Matrix): number[][] {
  const out = generator.map((row, i) =>
    row.map((value, j) => (i === j ? serviceRatePerSec + at(arrivalRatesPerSec, i) : 0) - value),
  );
  let rate = generator.map((row) => row.map(() => 0));
  for (let iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
    const squared = multiply(rate, rate);
    const next = squared.map((row, i) => {
      const inflow = row.map(
        (value, j) => serviceRatePerSec * value + (i === j ? at(arrivalRatesPerSec, i) : 0),
      );
      return solveLeft(out, inflow);
    });
    const change = Math.max(...next.flatMap((row, i) => row.map((value, j) => value - (rate[i]?.[j] ?? 0))));
    rate = next;
    if (change <= CONVERGED) return rate;
  }
  throw new RangeError('rate matrix did not converge: utilization too near 1');
}

function generatorOf(switchRatesPerSec: Matrix): number[][] {
  return switchRatesPerSec.map((row, i) => {
    const leaving = sum(row.filter((_, j) => j !== i));
    return row.map((value, j) => (i === j ? -leaving : value));
  });
}

/** θ with θQ = 0, Σθ = 1: the last column of Q, which the others imply, is replaced by ones. */
function stationaryPhases(generator: Matrix): number[] {
  const last = generator.length - 1;
  const system = generator.map((row) => row.map((value, j) => (j === last ? 1 : value)));
  return solveLeft(
    system,
    tabulate(generator.length, (j) => (j === last ? 1 : 0)),
  );
}
