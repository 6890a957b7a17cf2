import { expectation, exploreChain, steadyState, type Transition } from './ctmc.ts';

/** Times of one visit to a front station whose thread is held while it waits for the database; all exponential. */
export interface HeldThreads {
  readonly threadCount: number;
  /** Work on the thread before and after the database call, mean; cores are never short. */
  readonly beforeMeanSec: number;
  readonly afterMeanSec: number;
  readonly connectionCount: number;
  readonly databaseMeanSec: number;
}

export interface HeldThreadsMeans {
  readonly throughputPerSec: number;
  /** Wait for a thread. */
  readonly meanQueueWaitSec: number;
  /** Wait for a connection and the database call itself. */
  readonly meanDatabaseSec: number;
  /** From arrival to reply, of requests let in. */
  readonly meanResponseSec: number;
  readonly meanHeldThreads: number;
  readonly threadUtilization: number;
  readonly databaseUtilization: number;
}

/** State: requests waiting for a thread, working before the call, at the database, working after it. */
type State = readonly [queued: number, before: number, database: number, after: number];

export interface OpenHeldThreads extends HeldThreads {
  /** Poisson. */
  readonly arrivalRatePerSec: number;
  /** Requests that may wait for a thread; further ones are lost. */
  readonly waitingRoomMax: number;
}

/**
 * Two tiers, open: requests take one of the threads, hold it through a synchronous database call, and queue first for
 * threads, then for connections. Exact steady state of the Markov chain; there is no product form, because a thread
 * waiting for the database is not free for others.
 */
export function openHeldThreads(
  model: OpenHeldThreads,
): HeldThreadsMeans & { readonly lossProbability: number } {
  const { arrivalRatePerSec, waitingRoomMax, threadCount } = model;
  const chain = exploreChain([0, 0, 0, 0], (state) => {
    const moves = serviceMoves(model, state as State);
    if (holding(state) < threadCount) moves.push(step(state, [0, 1, 0, 0], arrivalRatePerSec));
    else if (state[0] !== waitingRoomMax) moves.push(step(state, [1, 0, 0, 0], arrivalRatePerSec));
    return moves;
  });
  const probabilities = steadyState(chain);
  const mean = (f: (state: readonly number[]) => number) => expectation(chain, probabilities, f);
  const lossProbability = mean((state) =>
    state[0] === waitingRoomMax && holding(state) === threadCount ? 1 : 0,
  );
  return { ...meansOf(model, mean), lossProbability };
}

export interface ClosedHeldThreads extends HeldThreads {
  readonly population: number;
  /** Z, exponential. */
  readonly thinkMeanSec: number;
}

/** The same two tiers, closed: users think, then send one request and wait for its reply. Nothing is lost. */
export function closedHeldThreads(model: ClosedHeldThreads): HeldThreadsMeans {
  const { population, thinkMeanSec, threadCount } = model;
  const chain = exploreChain([0, 0, 0, 0], (state) => {
    const moves = serviceMoves(model, state as State);
    const thinking = population - (state[0] ?? 0) - holding(state);
    const arrival = holding(state) < threadCount ? [0, 1, 0, 0] : [1, 0, 0, 0];
    moves.push(step(state, arrival, thinking / thinkMeanSec));
    return moves;
  });
  const probabilities = steadyState(chain);
  return meansOf(model, (f) => expectation(chain, probabilities, f));
}

/** Work ends before the call, at the database, after the call; a freed thread goes to the queue. */
function serviceMoves(model: HeldThreads, state: State): Transition[] {
  const [queued, before, database, after] = state;
  const { beforeMeanSec, afterMeanSec, connectionCount, databaseMeanSec } = model;
  const moves = [step(state, [0, -1, 1, 0], before / beforeMeanSec)];
  const databaseRate = Math.min(database, connectionCount) / databaseMeanSec;
  const leave = (from: number[]) =>
    queued > 0 ? [-1, (from[1] ?? 0) + 1, from[2] ?? 0, from[3] ?? 0] : from;
  if (afterMeanSec === 0) {
    moves.push(step(state, leave([0, 0, -1, 0]), databaseRate));
  } else {
    moves.push(
      step(state, [0, 0, -1, 1], databaseRate),
      step(state, leave([0, 0, 0, -1]), after / afterMeanSec),
    );
  }
  return moves;
}

function step(state: readonly number[], change: readonly number[], ratePerSec: number): Transition {
  return { to: state.map((value, index) => value + (change[index] ?? 0)), ratePerSec };
}

function holding([, before = 0, database = 0, after = 0]: readonly number[]): number {
  return before + database + after;
}

/** Little's law for each part; the throughput is the rate at which the database completes. */
function meansOf(
  model: HeldThreads,
  mean: (f: (state: readonly number[]) => number) => number,
): HeldThreadsMeans {
  const busyConnections = mean(([, , database = 0]) => Math.min(database, model.connectionCount));
  const throughputPerSec = busyConnections / model.databaseMeanSec;
  const meanQueued = mean(([queued = 0]) => queued);
  const meanHeldThreads = mean(holding);
  return {
    throughputPerSec,
    meanQueueWaitSec: meanQueued / throughputPerSec,
    meanDatabaseSec: mean(([, , database = 0]) => database) / throughputPerSec,
    meanResponseSec: (meanQueued + meanHeldThreads) / throughputPerSec,
    meanHeldThreads,
    threadUtilization: meanHeldThreads / model.threadCount,
    databaseUtilization: busyConnections / model.connectionCount,
  };
}
