import { exploreChain, expectation, steadyState, type Chain, type Transition } from './ctmc.ts';
import { mixtureMeanSec, mixtureQuantileSec, type ErlangMixture } from './erlang-mixture.ts';
import { at } from './vector.ts';

export interface JoinShortestQueue {
  /** λ of all servers together, Poisson. */
  readonly arrivalRatePerSec: number;
  readonly serviceRatePerSec: number;
  readonly serverCount: number;
  /** Jobs at one server at which the chain is cut; the tail beyond falls like ρ^(servers·jobs). */
  readonly jobsMax: number;
}

export interface JoinShortestQueueLaw {
  readonly meanSojournSec: number;
  /** Probability that no server is idle when a job arrives. */
  readonly allBusyProbability: number;
  readonly sojournQuantileSec: (probability: number) => number;
}

/**
 * Each arrival joins the shortest of c single-server FCFS queues, ties at random; jobs never move.
 *
 * No closed form (Kingman 1961; Flatto & McKean 1977): the steady state of the sorted queue lengths, cut at `jobsMax`.
 * A job that joins m others stays for m + 1 exponential phases. The states number C(jobsMax + c, c): two servers with
 * 70 jobs are 2,556 states, four with 24 are 20,475.
 */
export function joinShortestQueue(model: JoinShortestQueue): JoinShortestQueueLaw {
  const chain = sortedQueueChain(model);
  const probabilities = steadyState(chain);
  const sojourn: ErlangMixture = {
    ratePerSec: model.serviceRatePerSec,
    weights: joinedLengths(chain, probabilities, model.jobsMax),
  };
  return {
    meanSojournSec: mixtureMeanSec(sojourn),
    allBusyProbability: expectation(chain, probabilities, ([shortest = 0]) => (shortest > 0 ? 1 : 0)),
    sojournQuantileSec: (probability) => mixtureQuantileSec(sojourn, probability),
  };
}

/** Queue lengths in ascending order: who has which length does not matter. */
function sortedQueueChain({
  arrivalRatePerSec,
  serviceRatePerSec,
  serverCount,
  jobsMax,
}: JoinShortestQueue): Chain {
  return exploreChain(new Array<number>(serverCount).fill(0), (lengths) => {
    const moves: Transition[] = [];
    if (at(lengths, 0) < jobsMax) {
      // Adding to the last of the equally short queues keeps the order, as taking from the first of equals does.
      const joined = lengths.lastIndexOf(at(lengths, 0));
      moves.push({ to: lengths.with(joined, at(lengths, joined) + 1), ratePerSec: arrivalRatePerSec });
    }
    for (const length of lengths) {
      if (length === 0) continue;
      const first = lengths.indexOf(length);
      moves.push({ to: lengths.with(first, length - 1), ratePerSec: serviceRatePerSec });
    }
    return moves;
  });
}

/** Weights of an Erlang mixture: P(the shortest queue has k − 1 jobs) at k; arrivals at a full system left out. */
function joinedLengths(chain: Chain, probabilities: Float64Array, jobsMax: number): number[] {
  const weights = new Array<number>(jobsMax + 1).fill(0);
  let accepted = 0;
  for (const [index, [shortest = 0]] of chain.states.entries()) {
    if (shortest === jobsMax) continue;
    weights[shortest + 1] = at(weights, shortest + 1) + at(probabilities, index);
    accepted += at(probabilities, index);
  }
  return weights.map((weight) => weight / accepted);
}
