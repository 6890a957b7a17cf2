/** When a queue has grown more than a queue in balance does: the one rule that a run and its analysis share. */

/** A server is never idle for longer than this share of the time when it is saturated. */
export const SATURATED_UTILIZATION = 0.99;
/** Growth of a queue counts when it exceeds this many standard deviations of a Poisson count of the arrivals. */
const GROWTH_DEVIATIONS = 5;
/** Fewer jobs than this are no backlog and no loss. */
export const JOBS_MIN = 10;
/** A backlog is drained when this share of what had gathered is left. */
const DRAINED_RATIO = 0.1;

/**
 * Whether a queue has grown beyond what arrivals at random pile up were the servers just fast enough:
 *
 *     G ≥ max(10 jobs, 5·√A)        G jobs more than before, A arrivals in between
 *
 * √A is the standard deviation of a Poisson count of mean A. A steady deficit of d jobs/s grows G as d·t and √A as
 * √t, so any lasting overload is found when growth over 1, 2, 4, 8 … spans of time is looked at.
 */
export function isBeyondChance({
  grown,
  arrivals,
}: {
  readonly grown: number;
  readonly arrivals: number;
}): boolean {
  return grown >= growthMin({ arrivals });
}

/** Jobs by which a queue must change while so many arrive for it to be more than chance. */
export function growthMin({ arrivals }: { readonly arrivals: number }): number {
  return Math.max(JOBS_MIN, GROWTH_DEVIATIONS * Math.sqrt(arrivals));
}

/** Whether of a backlog that grew from `floor` to `peak` only a tenth is left at `level`. */
export function isDrained(
  level: number,
  { floor, peak }: { readonly floor: number; readonly peak: number },
): boolean {
  return level <= floor + DRAINED_RATIO * (peak - floor);
}
