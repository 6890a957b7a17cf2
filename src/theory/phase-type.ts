import { exp } from '../base/math.ts';
import { solveLeft } from './linear-solve.ts';
import { quantileFromSurvival } from './root.ts';
import { at, sum } from './vector.ts';

/** Jumps expected in one step of uniformisation: e^{−32} is far from underflow. */
const JUMPS_PER_STEP = 32;

/**
 * Time until a Markov chain leaves its phases: sums, mixtures and loops of exponential times.
 *
 * `initial` may sum to less than 1; the rest is the probability of time zero.
 */
export interface PhaseType {
  readonly initial: readonly number[];
  readonly moves: readonly PhaseMove[];
  /** Rate at which each phase ends everything. */
  readonly exitRatesPerSec: readonly number[];
}

export interface PhaseMove {
  readonly from: number;
  readonly to: number;
  readonly ratePerSec: number;
}

/**
 * Exponential phases one after another. `entry[i]` is the probability of starting at phase i; by default all start at
 * the first (hypoexponential; equal rates make Erlang-k).
 */
export function seriesPhases(ratesPerSec: readonly number[], entry?: readonly number[]): PhaseType {
  const last = ratesPerSec.length - 1;
  const initial = ratesPerSec.map((_, phase) => (entry ? (entry[phase] ?? 0) : phase === 0 ? 1 : 0));
  const moves = ratesPerSec.slice(0, last).map((ratePerSec, from) => ({ from, to: from + 1, ratePerSec }));
  return { initial, moves, exitRatesPerSec: ratesPerSec.map((rate, phase) => (phase === last ? rate : 0)) };
}

/** Erlang-k: k phases in series with the given mean in all. */
export function erlangPhases({ phaseCount, meanSec }: { phaseCount: number; meanSec: number }): PhaseType {
  return seriesPhases(new Array<number>(phaseCount).fill(phaseCount / meanSec));
}

/** Hyperexponential: branch i with probability p_i, exponential with rate r_i. */
export function parallelPhases(branches: readonly { probability: number; ratePerSec: number }[]): PhaseType {
  return {
    initial: branches.map(({ probability }) => probability),
    moves: [],
    exitRatesPerSec: branches.map(({ ratePerSec }) => ratePerSec),
  };
}

/**
 * P(T > t) = α·e^{Tt}·1 by uniformisation.
 *
 *     e^{Tt} = Σ_k e^{−Λt}(Λt)^k/k! · (I + T/Λ)^k        Λ = largest rate out of a phase
 *
 * No negative term, so the error is a few units in the last place; cost is proportional to Λt.
 * Source: Jensen 1953; Stewart, Introduction to the Numerical Solution of Markov Chains, 1994, §8.2.
 */
export function phaseSurvival(law: PhaseType, timeSec: number): number {
  const ratePerSec = Math.max(0, ...outRates(law));
  const stepCount = Math.max(1, Math.ceil((ratePerSec * timeSec) / JUMPS_PER_STEP));
  let vector = [...law.initial];
  for (let step = 0; step < stepCount; step++) {
    vector = uniformisedStep(law, vector, (ratePerSec * timeSec) / stepCount);
  }
  return Math.min(1, sum(vector));
}

/** Least t with P(T ≤ t) ≥ probability; 0 when the atom at zero is large enough. */
export function phaseQuantileSec(law: PhaseType, probability: number): number {
  return quantileFromSurvival(
    (timeSec) => phaseSurvival(law, timeSec),
    probability,
    1 / Math.max(...outRates(law)),
  );
}

/** E T = Σ of the mean times spent in the phases. */
export function phaseMeanSec(law: PhaseType): number {
  return sum(phaseOccupanciesSec(law));
}

/** Mean time spent in each phase before the end: the row vector α·(−T)^{−1}, in seconds. */
export function phaseOccupanciesSec(law: PhaseType): number[] {
  const negated = outRates(law).map((outRate, from) =>
    law.initial.map((_, to) => (from === to ? outRate : 0)),
  );
  for (const { from, to, ratePerSec } of law.moves) {
    const row = negated[from];
    if (row) row[to] = at(row, to) - ratePerSec;
  }
  return solveLeft(negated, law.initial);
}

function outRates(law: PhaseType): number[] {
  const rates = [...law.exitRatesPerSec];
  for (const { from, ratePerSec } of law.moves) rates[from] = at(rates, from) + ratePerSec;
  return rates;
}

/** The phase probabilities after a time in which the uniformised chain makes `jumps` jumps in the mean. */
function uniformisedStep(law: PhaseType, start: readonly number[], jumps: number): number[] {
  const rates = outRates(law);
  const uniformRate = Math.max(...rates);
  let term = [...start];
  let weight = exp(-jumps);
  let covered = weight;
  const result = term.map((value) => value * weight);
  for (let k = 1; covered < 1 - 1e-16 && k < 10 * JUMPS_PER_STEP; k++) {
    const next = term.map((value, phase) => value * (1 - at(rates, phase) / uniformRate));
    for (const { from, to, ratePerSec } of law.moves) {
      next[to] = at(next, to) + (at(term, from) * ratePerSec) / uniformRate;
    }
    term = next;
    weight *= jumps / k;
    covered += weight;
    for (const [phase, value] of term.entries()) result[phase] = at(result, phase) + weight * value;
  }
  return result;
}
