import { fluidBacklogAt, type FluidArc } from './fluid-backlog.ts';
import { bisect } from './root.ts';

/** When fluid that arrives at `timeSec` leaves, first come first served: when the backlog it finds is worked off. */
export function fluidDepartureSec(arcs: readonly FluidArc[], timeSec: number): number {
  let backlog = fluidBacklogAt(arcs, timeSec);
  let clockSec = timeSec;
  for (const { toSec, capacityPerSec } of arcs) {
    if (toSec <= timeSec) continue;
    const workedOff = capacityPerSec * (toSec - clockSec);
    if (workedOff >= backlog) return backlog === 0 ? clockSec : clockSec + backlog / capacityPerSec;
    backlog -= workedOff;
    clockSec = toSec;
  }
  // Beyond the last piece the last capacity goes on.
  return backlog === 0 ? clockSec : clockSec + backlog / (arcs.at(-1)?.capacityPerSec ?? 0);
}

export interface FluidDelay {
  readonly maxDelaySec: number;
  /** The arrival that waits longest. */
  readonly arrivedSec: number;
}

/**
 * The longest delay of any arrival.
 *
 *     F(t) = departure of the arrival at t   delay d = F(t) − t   d' = λ(t)/μ(F(t)) − 1
 *
 * So the longest is where λ(t) equals a capacity, where an arc ends, or where F(t) meets a change of capacity. With a
 * constant capacity that is the peak of the backlog; when capacity is added on the way it is earlier.
 */
export function fluidMaxDelay(arcs: readonly FluidArc[]): FluidDelay {
  const capacities = new Set(arcs.map(({ capacityPerSec }) => capacityPerSec));
  const candidates = arcs.flatMap((arc) => [arc.fromSec, arc.toSec, ...crossings(arc, capacities)]);
  candidates.push(...servedAtCapacityChange(arcs));
  let longest: FluidDelay = { maxDelaySec: 0, arrivedSec: 0 };
  for (const arrivedSec of candidates) {
    const maxDelaySec = fluidDepartureSec(arcs, arrivedSec) - arrivedSec;
    if (maxDelaySec > longest.maxDelaySec) longest = { maxDelaySec, arrivedSec };
  }
  return longest;
}

/** Times inside the arc at which the arrival rate equals one of the capacities. */
function crossings(
  { fromSec, toSec, arrivalFromPerSec, arrivalSlope }: FluidArc,
  capacities: Iterable<number>,
): number[] {
  if (arrivalSlope === 0) return [];
  return Array.from(capacities, (capacity) => fromSec + (capacity - arrivalFromPerSec) / arrivalSlope).filter(
    (timeSec) => timeSec > fromSec && timeSec < toSec,
  );
}

/** For each change of capacity at b, the arrival that leaves at b; F does not decrease, so bisection finds it. */
function servedAtCapacityChange(arcs: readonly FluidArc[]): number[] {
  return arcs.flatMap(({ fromSec, capacityPerSec }, index) => {
    const before = arcs[index - 1];
    if (!before || before.capacityPerSec === capacityPerSec) return [];
    if (fluidDepartureSec(arcs, fromSec) <= fromSec) return [];
    return [bisect((timeSec) => fluidDepartureSec(arcs, timeSec) - fromSec, { low: 0, high: fromSec })];
  });
}
