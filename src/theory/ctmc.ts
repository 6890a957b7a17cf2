import { at } from './vector.ts';

/** Relative change of the probabilities in one sweep at which the iteration ends. */
const CONVERGED = 1e-14;
const SWEEPS_MAX = 200_000;

export interface Transition {
  readonly to: readonly number[];
  readonly ratePerSec: number;
}

/** A finite Markov chain in continuous time: its states, numbered as found, and who flows into whom. */
export interface Chain {
  readonly states: readonly (readonly number[])[];
  /** Into state j flow the entries inflowStart[j] … inflowStart[j+1] − 1 of the two lanes below. */
  readonly inflowStart: Int32Array;
  readonly inflowFrom: Int32Array;
  readonly inflowRatesPerSec: Float64Array;
  readonly outRatesPerSec: Float64Array;
}

/**
 * All states reachable from `initial`, breadth first. A state is a list of small whole numbers.
 *
 * @throws {RangeError} beyond `stateCountMax` states: the model forgot to truncate a queue.
 */
export function exploreChain(
  initial: readonly number[],
  transitionsFrom: (state: readonly number[]) => Iterable<Transition>,
  stateCountMax = 200_000,
): Chain {
  const states = [initial];
  const numbers = new Map([[initial.join(), 0]]);
  const flows: { from: number; to: number; ratePerSec: number }[] = [];
  for (const [from, state] of states.entries()) {
    for (const { to, ratePerSec } of transitionsFrom(state)) {
      if (ratePerSec === 0) continue;
      const key = to.join();
      let number = numbers.get(key);
      if (number === undefined) {
        if (states.length === stateCountMax)
          throw new RangeError(`chain has more than ${stateCountMax} states`);
        number = states.push(to) - 1;
        numbers.set(key, number);
      }
      if (number !== from) flows.push({ from, to: number, ratePerSec });
    }
  }
  return indexChain(states, flows);
}

function indexChain(
  states: readonly (readonly number[])[],
  flows: { from: number; to: number; ratePerSec: number }[],
): Chain {
  flows.sort((left, right) => left.to - right.to || left.from - right.from);
  const inflowStart = new Int32Array(states.length + 1);
  const outRatesPerSec = new Float64Array(states.length);
  for (const { from, to, ratePerSec } of flows) {
    inflowStart[to + 1] = at(inflowStart, to + 1) + 1;
    outRatesPerSec[from] = at(outRatesPerSec, from) + ratePerSec;
  }
  for (const state of states.keys()) {
    inflowStart[state + 1] = at(inflowStart, state + 1) + at(inflowStart, state);
  }
  return {
    states,
    inflowStart,
    inflowFrom: Int32Array.from(flows, ({ from }) => from),
    inflowRatesPerSec: Float64Array.from(flows, ({ ratePerSec }) => ratePerSec),
    outRatesPerSec,
  };
}

/**
 * Steady state of an irreducible chain by Gauss–Seidel sweeps.
 *
 *     π_j ← Σ_i π_i·q_ij / Σ_k q_jk        j = 0, 1, …, then backwards; normalised after each pair of sweeps
 *
 * Positive terms only. Ends when a pair of sweeps moves less than 1e-14 of the probability in all.
 * Source: Stewart, Introduction to the Numerical Solution of Markov Chains, 1994, §3.2.
 */
export function steadyState(chain: Chain): Float64Array {
  const count = chain.states.length;
  const probabilities = new Float64Array(count).fill(1 / count);
  const before = new Float64Array(count);
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    before.set(probabilities);
    for (let j = 0; j < count; j++) relax(chain, probabilities, j);
    for (let j = count - 1; j >= 0; j--) relax(chain, probabilities, j);
    if (normalise(probabilities, before) <= CONVERGED) return probabilities;
  }
  throw new RangeError(`steady state not reached in ${SWEEPS_MAX} sweeps over ${count} states`);
}

/** The innermost loop. Every index is in range by construction, so `?? 0` only tells the compiler so. */
function relax(chain: Chain, p: Float64Array, j: number): void {
  const { inflowFrom, inflowRatesPerSec } = chain;
  const end = chain.inflowStart[j + 1] ?? 0;
  let inflow = 0;
  for (let k = chain.inflowStart[j] ?? 0; k < end; k++) {
    inflow += (p[inflowFrom[k] ?? 0] ?? 0) * (inflowRatesPerSec[k] ?? 0);
  }
  p[j] = inflow / (chain.outRatesPerSec[j] ?? 0);
}

/** Scales to a sum of 1; returns the sum of absolute changes since `before`. */
function normalise(p: Float64Array, before: Float64Array): number {
  const total = p.reduce((sum, value) => sum + value, 0);
  let change = 0;
  for (const [j, value] of p.entries()) {
    p[j] = value / total;
    change += Math.abs(value / total - at(before, j));
  }
  return change;
}

/** Σ f(state)·π(state). */
export function expectation(
  chain: Chain,
  probabilities: ArrayLike<number>,
  f: (state: readonly number[]) => number,
): number {
  return chain.states.reduce((total, state, index) => total + f(state) * at(probabilities, index), 0);
}
