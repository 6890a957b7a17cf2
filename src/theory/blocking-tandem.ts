import { expectation, exploreChain, steadyState, type Transition } from './ctmc.ts';
import { at } from './vector.ts';

export interface BlockingTandem {
  /** μ of each station, one exponential server each, in the order of visits. */
  readonly serviceRatesPerSec: readonly number[];
  /** Places to wait in front of every station but the first, which always has work. */
  readonly waitingRoomMax: number;
}

/**
 * Throughput of a saturated line with finite buffers and blocking after service: a finished job stays on its server
 * while the next station is full. With no buffers, two stations reach 2/3 and three 22/39 of one station's rate.
 *
 * State, per station: 2·(jobs at the station) + (1 if its server is blocked); the first counts as one job.
 * Source: Hunt 1956, Operations Research 4:674.
 */
export function blockingTandemThroughputPerSec({
  serviceRatesPerSec,
  waitingRoomMax,
}: BlockingTandem): number {
  const lastStation = serviceRatesPerSec.length - 1;
  const chain = exploreChain([2, ...serviceRatesPerSec.slice(1).map(() => 0)], (state) =>
    serviceRatesPerSec.flatMap((ratePerSec, station): Transition[] =>
      isWorking(at(state, station)) ? [{ to: finish(state, station, waitingRoomMax), ratePerSec }] : [],
    ),
  );
  const probabilities = steadyState(chain);
  const busyLast = expectation(chain, probabilities, (state) => (isWorking(at(state, lastStation)) ? 1 : 0));
  return busyLast * at(serviceRatesPerSec, lastStation);
}

function isWorking(code: number): boolean {
  return code >= 2 && code % 2 === 0;
}

/** Service ends at a station: its job moves on or blocks the server; a leaving job lets those behind it move up. */
function finish(state: readonly number[], station: number, waitingRoomMax: number): number[] {
  const next = [...state];
  const isLast = station === state.length - 1;
  if (!isLast && at(next, station + 1) >= 2 * (waitingRoomMax + 1)) {
    next[station] = at(next, station) + 1;
    return next;
  }
  if (!isLast) next[station + 1] = at(next, station + 1) + 2;
  for (let vacated = station; vacated > 0; vacated--) {
    const behind = vacated - 1;
    const behindIsBlocked = at(next, behind) % 2 === 1;
    // The leaving job is replaced by the one that blocked the station behind, if any.
    if (!behindIsBlocked) {
      next[vacated] = at(next, vacated) - 2;
      return next;
    }
    next[behind] = at(next, behind) - 1;
  }
  return next; // the first station starts its next job at once
}
