/** One tier of a chain of synchronous calls. */
export interface Tier {
  /** Time a thread works for one request of this tier, its calls not included. */
  readonly ownSec: number;
  /** Calls to the next tier per request, one after another; 0 at the last tier. */
  readonly callCount: number;
}

/**
 * Threads held in each tier when nothing queues: Little's law with a thread held for the whole of its callees.
 *
 *     T_i = own_i + calls_i·T_{i+1}   λ_{i+1} = λ_i·calls_i   threads_i = λ_i·T_i
 *
 * The least number of threads a tier needs; the slowest tier sizes all tiers above it.
 */
export function nestedThreads(arrivalRatePerSec: number, tiers: readonly Tier[]): number[] {
  const heldSec: number[] = [];
  let downstreamSec = 0;
  for (const { ownSec, callCount } of tiers.toReversed()) {
    downstreamSec = ownSec + callCount * downstreamSec;
    heldSec.push(downstreamSec);
  }
  let ratePerSec = arrivalRatePerSec;
  return heldSec.reverse().map((timeSec, index) => {
    const threads = ratePerSec * timeSec;
    ratePerSec *= tiers[index]?.callCount ?? 0;
    return threads;
  });
}
