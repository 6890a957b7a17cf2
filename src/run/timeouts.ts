import { pinned } from '../base/pinned.ts';

/** Timers that are set, by length of time-out and kind: see kernel/timers.ts. */
export class Timeouts {
  readonly lengthsNs: Float64Array;
  /** Index: length × 2 + kind. Entries of the lists are slot × 2 + kind. */
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  readonly armed: Uint8Array;

  constructor(lengthsNs: readonly number[]) {
    this.lengthsNs = pinned(Float64Array.from(lengthsNs));
    this.heads = pinned(new Int32Array(lengthsNs.length * 2).fill(-1));
    this.tails = pinned(new Int32Array(lengthsNs.length * 2).fill(-1));
    this.armed = pinned(new Uint8Array(lengthsNs.length * 2));
  }
}
