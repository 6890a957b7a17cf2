/** A stretch of time in which the arrival rate is linear and the capacity constant. */
export interface FluidPiece {
  readonly durationSec: number;
  readonly arrivalFromPerSec: number;
  readonly arrivalToPerSec: number;
  readonly capacityPerSec: number;
}

/** A part of a piece in which the backlog follows one parabola; zero throughout when the queue is idle. */
export interface FluidArc {
  readonly fromSec: number;
  readonly toSec: number;
  readonly backlogFrom: number;
  /** Arrival rate at `fromSec` and its slope, requests/s and requests/s². */
  readonly arrivalFromPerSec: number;
  readonly arrivalSlope: number;
  readonly capacityPerSec: number;
  readonly idle: boolean;
}

/**
 * Backlog of a fluid queue from empty: what overload does when randomness is ignored.
 *
 *     Q' = λ(t) − μ(t) while Q > 0 or λ > μ, else Q = 0        λ, μ requests per second
 *     within an arc  Q(t) = Q₀ + (λ₀ − μ)·s + ½·slope·s²,  s = t − t₀
 *
 * Exact for piecewise linear arrivals and piecewise constant capacity. A random queue differs by about the square
 * root of the requests passed. Source: Newell, Applications of Queueing Theory, 1971, ch. 2.
 */
export function fluidArcs(pieces: readonly FluidPiece[]): FluidArc[] {
  const arcs: FluidArc[] = [];
  let fromSec = 0;
  let backlog = 0;
  for (const piece of pieces) {
    arcs.push(...arcsOfPiece(piece, fromSec, backlog));
    const last = arcs.at(-1);
    if (last) backlog = arcBacklog(last, last.toSec);
    fromSec += piece.durationSec;
  }
  return arcs;
}

/** Backlog at a time within the arcs; requests, a fraction. */
export function fluidBacklogAt(arcs: readonly FluidArc[], timeSec: number): number {
  const arc = arcs.find(({ fromSec, toSec }) => timeSec >= fromSec && timeSec <= toSec);
  if (!arc) throw new RangeError(`time ${timeSec} lies outside the pieces`);
  return arcBacklog(arc, timeSec);
}

export interface FluidPeak {
  /** First moment the backlog grows, and the last moment it is emptied; null if never within the pieces. */
  readonly overloadStartSec: number | null;
  readonly clearedSec: number | null;
  readonly peakBacklog: number;
  readonly peakBacklogSec: number;
}

export function fluidPeak(arcs: readonly FluidArc[]): FluidPeak {
  let peakBacklog = 0;
  let peakBacklogSec = 0;
  for (const arc of arcs) {
    for (const timeSec of [arc.fromSec, topOf(arc), arc.toSec]) {
      const backlog = arcBacklog(arc, timeSec);
      if (backlog > peakBacklog) {
        peakBacklog = backlog;
        peakBacklogSec = timeSec;
      }
    }
  }
  const lastBusy = arcs.findLast(({ idle }) => !idle);
  const isCleared = lastBusy && (lastBusy !== arcs.at(-1) || arcBacklog(lastBusy, lastBusy.toSec) === 0);
  return {
    overloadStartSec: arcs.find(({ idle }) => !idle)?.fromSec ?? null,
    clearedSec: isCleared ? lastBusy.toSec : null,
    peakBacklog,
    peakBacklogSec,
  };
}

/** Q at a time within the arc. */
function arcBacklog(arc: FluidArc, timeSec: number): number {
  if (arc.idle) return 0;
  const s = timeSec - arc.fromSec;
  const net = arc.arrivalFromPerSec - arc.capacityPerSec;
  return Math.max(0, arc.backlogFrom + s * (net + (arc.arrivalSlope * s) / 2));
}

/** Where λ falls to μ inside the arc, or its start. */
function topOf({ fromSec, toSec, arrivalFromPerSec, arrivalSlope, capacityPerSec }: FluidArc): number {
  const s = arrivalSlope < 0 ? (capacityPerSec - arrivalFromPerSec) / arrivalSlope : 0;
  return s > 0 && fromSec + s < toSec ? fromSec + s : fromSec;
}

/** Idle and busy arcs in turn: at most three, since the net rate changes its sign once. */
function arcsOfPiece(piece: FluidPiece, pieceFromSec: number, startBacklog: number): FluidArc[] {
  const { durationSec, arrivalFromPerSec, arrivalToPerSec, capacityPerSec } = piece;
  const pieceToSec = pieceFromSec + durationSec;
  const arrivalSlope = (arrivalToPerSec - arrivalFromPerSec) / durationSec;
  const arcs: FluidArc[] = [];
  let fromSec = pieceFromSec;
  let backlogFrom = startBacklog;
  let net = arrivalFromPerSec - capacityPerSec;
  let idle = backlogFrom === 0 && (net < 0 || (net === 0 && arrivalSlope <= 0));
  while (fromSec < pieceToSec) {
    const lastsSec = idle ? timeToRise(net, arrivalSlope) : timeToEmpty(backlogFrom, net, arrivalSlope);
    const toSec = Math.min(fromSec + lastsSec, pieceToSec);
    const arrivalHere = net + capacityPerSec;
    arcs.push({
      fromSec,
      toSec,
      backlogFrom,
      arrivalFromPerSec: arrivalHere,
      arrivalSlope,
      capacityPerSec,
      idle,
    });
    // A busy arc ends empty; an idle one ends where the net rate has risen to zero exactly.
    net = idle ? 0 : net + arrivalSlope * (toSec - fromSec);
    backlogFrom = 0;
    idle = !idle;
    fromSec = toSec;
  }
  return arcs;
}

/** Until a negative net rate has risen to zero. */
function timeToRise(net: number, slope: number): number {
  return slope > 0 ? Math.max(0, -net / slope) : Infinity;
}

/** Least s > 0 with backlog + net·s + ½·slope·s² = 0, by the root formula that does not cancel. */
function timeToEmpty(backlog: number, net: number, slope: number): number {
  if (slope === 0) return net < 0 ? -backlog / net : Infinity;
  const discriminant = net * net - 2 * slope * backlog;
  if (discriminant < 0) return Infinity;
  const q = -(net + (net < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const roots = [q / slope, q === 0 ? 0 : (2 * backlog) / q];
  return Math.min(...roots.filter((root) => root > 0), Infinity);
}
