import { at } from './vector.ts';

/** A stretch of time over which the arrival rate is smooth; a jump of the rate begins a new one. */
export interface RatePiece {
  readonly untilSec: number;
  readonly arrivalRatePerSecAt: (timeSec: number) => number;
}

export interface TransientQueue {
  /** In the order of time, the first begins at 0. */
  readonly pieces: readonly RatePiece[];
  readonly serviceRatePerSec: number;
  readonly serverCount: number;
  /** K: jobs at which the chain ends; a real limit, or far enough out not to matter. */
  readonly jobsMax: number;
  /** Step of the integration. Its error is of order (λ + cμ)⁴·step⁴: 0.01/(λ + cμ) gives about 8 digits. */
  readonly stepSec: number;
}

export interface TransientMeans {
  readonly timeSec: number;
  readonly meanJobs: number;
  readonly meanWaitingJobs: number;
  /** Probability that all servers are busy. */
  readonly waitProbability: number;
  /** Probability that the queue is full. */
  readonly fullProbability: number;
  /** Expected arrivals lost since time 0. */
  readonly lostJobs: number;
}

/**
 * M(t)/M/c/K from empty: integrates the Kolmogorov forward equations with the classical Runge–Kutta method.
 *
 *     p_n' = λ(t)·p_{n−1} + μ·min(n + 1, c)·p_{n+1} − (λ(t)·[n < K] + μ·min(n, c))·p_n        lost' = λ(t)·p_K
 *
 * Returns the state at each of the ascending `timesSec`, the last of which must not lie beyond the last piece.
 */
export function transientQueue(queue: TransientQueue, timesSec: readonly number[]): TransientMeans[] {
  // p_0 … p_K, then the expected losses: one vector, so that both are integrated alike.
  let vector = new Float64Array(queue.jobsMax + 2);
  vector[0] = 1;
  let timeSec = 0;
  const results: TransientMeans[] = [];
  const remaining = [...timesSec];
  for (const piece of queue.pieces) {
    while (remaining[0] !== undefined && remaining[0] <= piece.untilSec) {
      const target = remaining.shift() ?? piece.untilSec;
      vector = integrate(queue, piece, vector, { fromSec: timeSec, toSec: target });
      timeSec = target;
      results.push(describe(queue, vector, timeSec));
    }
    vector = integrate(queue, piece, vector, { fromSec: timeSec, toSec: piece.untilSec });
    timeSec = piece.untilSec;
  }
  if (remaining.length > 0) throw new RangeError(`time ${remaining[0] ?? NaN} lies beyond the last piece`);
  return results;
}

// In the three functions below every index is in range by construction; `?? 0` only tells the compiler so.

function integrate(
  queue: TransientQueue,
  piece: RatePiece,
  start: Float64Array<ArrayBuffer>,
  { fromSec, toSec }: { fromSec: number; toSec: number },
): Float64Array<ArrayBuffer> {
  const stepCount = Math.ceil((toSec - fromSec) / queue.stepSec);
  const h = (toSec - fromSec) / stepCount;
  const vector = start.slice();
  const trial = new Float64Array(vector.length);
  const k1 = new Float64Array(vector.length);
  const k2 = new Float64Array(vector.length);
  const k3 = new Float64Array(vector.length);
  const k4 = new Float64Array(vector.length);
  for (let step = 0; step < stepCount; step++) {
    const timeSec = fromSec + step * h;
    const middleRate = piece.arrivalRatePerSecAt(timeSec + h / 2);
    flow(queue, piece.arrivalRatePerSecAt(timeSec), vector, k1);
    flow(queue, middleRate, advance(trial, vector, k1, h / 2), k2);
    flow(queue, middleRate, advance(trial, vector, k2, h / 2), k3);
    flow(queue, piece.arrivalRatePerSecAt(timeSec + h), advance(trial, vector, k3, h), k4);
    for (let n = 0; n < vector.length; n++) {
      const slope = (k1[n] ?? 0) + 2 * ((k2[n] ?? 0) + (k3[n] ?? 0)) + (k4[n] ?? 0);
      vector[n] = (vector[n] ?? 0) + (h / 6) * slope;
    }
  }
  return vector;
}

/** trial = vector + h·slope. */
function advance(trial: Float64Array, vector: Float64Array, slope: Float64Array, h: number): Float64Array {
  for (let n = 0; n < vector.length; n++) trial[n] = (vector[n] ?? 0) + h * (slope[n] ?? 0);
  return trial;
}

/** The right-hand side: neighbours n and n + 1 exchange λ·p_n − μ·min(n + 1, c)·p_{n+1}. */
function flow(
  { serviceRatePerSec, serverCount, jobsMax }: TransientQueue,
  arrivalRatePerSec: number,
  vector: Float64Array,
  slope: Float64Array,
): void {
  let inflow = 0;
  for (let n = 0; n < jobsMax; n++) {
    const deathRate = Math.min(n + 1, serverCount) * serviceRatePerSec;
    const upward = arrivalRatePerSec * (vector[n] ?? 0) - deathRate * (vector[n + 1] ?? 0);
    slope[n] = inflow - upward;
    inflow = upward;
  }
  slope[jobsMax] = inflow;
  slope[jobsMax + 1] = arrivalRatePerSec * (vector[jobsMax] ?? 0);
}

function describe(
  { serverCount, jobsMax }: TransientQueue,
  vector: Float64Array,
  timeSec: number,
): TransientMeans {
  let meanJobs = 0;
  let meanWaitingJobs = 0;
  let waitProbability = 0;
  for (let n = 0; n <= jobsMax; n++) {
    const probability = at(vector, n);
    meanJobs += n * probability;
    meanWaitingJobs += Math.max(0, n - serverCount) * probability;
    if (n >= serverCount) waitProbability += probability;
  }
  const fullProbability = at(vector, jobsMax);
  return {
    timeSec,
    meanJobs,
    meanWaitingJobs,
    waitProbability,
    fullProbability,
    lostJobs: at(vector, jobsMax + 1),
  };
}
