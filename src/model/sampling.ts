/** Sampling in time, as plain data: what of a scenario is simulated, and what the rest is taken to be like. */

/**
 * A stretch of scenario time that is simulated without a break. Its beginning up to `measuredFromNs` only brings the
 * queues to the load of the time; the rest is measured and stands for [standsFromNs, standsToNs), `weight` times its own
 * length. Weight 1 is a contiguous stretch, which stands for itself.
 */
export interface Stretch {
  readonly fromNs: number;
  readonly measuredFromNs: number;
  readonly toNs: number;
  readonly weight: number;
  readonly standsFromNs: number;
  readonly standsToNs: number;
}

/** Stretches in order of time; what they stand for is [0, lastsNs) without gap or overlap. */
export interface SamplingPlan {
  /** Of every sampled stretch: time it stands for, its beginning that is not measured, what is measured. */
  readonly periodNs: number;
  readonly warmNs: number;
  readonly measuredNs: number;
  /** periodNs / measuredNs, a whole number above 1. */
  readonly weight: number;
  readonly stretches: readonly Stretch[];
}
