/** Steady-state means of one station; waits of jobs in the order of arrival unless a formula says otherwise. */
export interface QueueMeans {
  /** Busy server-time over available server-time, ρ. */
  readonly utilization: number;
  /** Probability that an arriving job waits. */
  readonly waitProbability: number;
  readonly meanWaitSec: number;
  /** Wait and service. */
  readonly meanSojournSec: number;
  /** Jobs waiting, not counting those in service. */
  readonly meanWaitingJobs: number;
  /** Jobs waiting and in service. */
  readonly meanJobs: number;
}

export interface QueueFacts {
  readonly arrivalRatePerSec: number;
  readonly serviceMeanSec: number;
  readonly serverCount: number;
  readonly waitProbability: number;
  readonly meanWaitSec: number;
}

/**
 * Completes the means of a station that loses no job from its mean wait.
 *
 *     ρ = λS/c   W = W_q + S   L_q = λW_q   L = λW        (utilization law and Little's law)
 */
export function queueMeans(facts: QueueFacts): QueueMeans {
  const { arrivalRatePerSec, serviceMeanSec, serverCount, waitProbability, meanWaitSec } = facts;
  const meanSojournSec = meanWaitSec + serviceMeanSec;
  return {
    utilization: (arrivalRatePerSec * serviceMeanSec) / serverCount,
    waitProbability,
    meanWaitSec,
    meanSojournSec,
    meanWaitingJobs: arrivalRatePerSec * meanWaitSec,
    meanJobs: arrivalRatePerSec * meanSojournSec,
  };
}

/** @throws {RangeError} unless 0 ≤ utilization < 1: a saturated queue has no steady state. */
export function checkStable(utilization: number): void {
  if (!(utilization >= 0 && utilization < 1)) {
    throw new RangeError(`no steady state at utilization ${utilization}: it must be below 1`);
  }
}
