import { cell } from '../base/pinned.ts';

const BUCKETS_MIN = 64;

/** Everything an event queue remembers: see event-queue.ts. */
export class EventLists {
  /** [0]: in: time of the event being pushed; out: time of the event popped. */
  readonly clockNs: Float64Array;
  /** Events popped so far. */
  popped = 0;
  /** Near: the last comes first, or a heap over (time, rank). */
  near = 0;
  isHeap = false;
  readonly times: Float64Array;
  readonly ids: Int32Array;
  /** In a heap: order of pushing. */
  readonly ranks: Float64Array;
  readonly nextRank: Float64Array;
  /** Later events: entries linked into bucket lists, the far list, or the free list; those never used follow. */
  later = 0;
  readonly laterTimes: Float64Array;
  readonly laterIds: Int32Array;
  readonly links: Int32Array;
  freeEntry = -1;
  entriesUsed = 0;
  /** First entry of each bucket's list, plus 1; 0 where it is empty. */
  readonly buckets: Int32Array;
  /** Buckets in use; those below `bucket` are near. With perNs 0 everything is near. */
  bucketCount = 1;
  bucket = 1;
  far = -1;
  readonly baseNs: Float64Array;
  readonly perNs: Float64Array;
  /** The event that comes before all else at its instant; at Infinity there is none. */
  readonly edgeNs: Float64Array;
  edgeId = -1;
  /** Events popped by the last laying, when that was, and the time of the last event popped. */
  laidPops = 0;
  readonly laidNs: Float64Array;
  readonly lastNs: Float64Array;

  /** Room for `capacity` pending events, the first of them at `fromNs` or later; with those that `old` holds. */
  constructor(capacity: number, fromNs: number, old?: EventLists) {
    this.clockNs = old?.clockNs ?? cell();
    this.times = longer(new Float64Array(capacity), old?.times, old?.near);
    this.ids = longer(new Int32Array(capacity), old?.ids, old?.near);
    this.ranks = longer(new Float64Array(capacity), old?.ranks, old?.isHeap === true ? old.near : 0);
    this.nextRank = old?.nextRank ?? cell();
    this.laterTimes = longer(new Float64Array(capacity), old?.laterTimes, old?.entriesUsed);
    this.laterIds = longer(new Int32Array(capacity), old?.laterIds, old?.entriesUsed);
    this.links = longer(new Int32Array(capacity), old?.links, old?.entriesUsed);
    this.buckets = longer(new Int32Array(bucketsFor(capacity)), old?.buckets, old?.bucketCount);
    this.baseNs = old?.baseNs ?? cell();
    this.perNs = old?.perNs ?? cell();
    this.edgeNs = old?.edgeNs ?? cell().fill(Infinity);
    this.laidNs = old?.laidNs ?? cell().fill(fromNs);
    this.lastNs = old?.lastNs ?? cell().fill(fromNs);
    if (old === undefined) return;
    this.popped = old.popped;
    this.near = old.near;
    this.isHeap = old.isHeap;
    this.later = old.later;
    this.freeEntry = old.freeEntry;
    this.entriesUsed = old.entriesUsed;
    this.bucketCount = old.bucketCount;
    this.bucket = old.bucket;
    this.far = old.far;
    this.edgeId = old.edgeId;
    this.laidPops = old.laidPops;
  }

  /** Events pending. */
  get length(): number {
    return this.near + this.later + (this.edgeNs[0] === Infinity ? 0 : 1);
  }

  get capacity(): number {
    return this.links.length;
  }

  /** The same events, and room for `capacity`. */
  withRoom(capacity: number): EventLists {
    return new EventLists(capacity, 0, this);
  }
}

/** At least a bucket for two pending events, when as many are pending as there may be at once (see `State.pendingMax`). */
function bucketsFor(capacity: number): number {
  let count = BUCKETS_MIN;
  while (count < capacity / 4) count *= 2;
  return count;
}

/** Copies the first `used` numbers: memory that was never written to stays so. */
function longer<A extends Float64Array | Int32Array>(to: A, from: A | undefined, used = 0): A {
  if (from !== undefined) to.set(from.subarray(0, used));
  return to;
}
