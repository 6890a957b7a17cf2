/**
 * Future event list: events leave in order of (time, sequence of scheduling), so events at one instant leave
 * first-scheduled first; otherwise a seed would not fix a run. Events pushed first have sequences of their own, below
 * all others.
 *
 * Three tiers. *Near*: a 4-ary heap of the events that come first. *Buckets*: unsorted lists, each `1/#perNs` ns wide, of
 * the stretch of time after it. *Far*: one unsorted list of all later events. When the heap is empty the next bucket
 * is moved into it; when the buckets are exhausted, they are laid anew over the far list. So the heap holds a handful
 * of events however many are pending, and a push is a list insertion. Few pending events all stay in the heap. The
 * tier of a time t is decided by floor((t − base) × perNs) alone, which never falls as t grows: no order is lost to
 * rounding.
 *
 * Tuning, from event counts only (deterministic): a bucket is as wide as `POPS_PER_BUCKET` events took on average since
 * the last laying, and there are at least half as many buckets as pending events, so that moving the far list costs a
 * constant per event. Cost: O(1) amortised for stationary mixes; a bucket that turns out crowded costs O(log of its
 * size) per event, never disorder.
 *
 * Times pass through `clockNs[0]` instead of arguments: a call that V8 does not inline boxes every double it is given
 * or returns. Relatives in the literature: calendar queue (Brown 1988, CACM 31(10):1220), ladder queue (Tang, Goh &
 * Thng 2005, ACM TOMACS 15(3):175); the heap as bottom tier is what keeps ties and crowded buckets harmless.
 */

/** Pending events up to which everything stays in the heap, and from which buckets are used again. */
const HEAP_ONLY_MAX = 64;
const CROWD = 256;
const POPS_PER_BUCKET = 3;
const BUCKETS_MIN = 64;
const BUCKETS_MAX = 1 << 16;

export class EventQueue {
  length = 0;
  /** [0]: in: time of the event being pushed; out: time of the event popped. */
  readonly clockNs = new Float64Array(1);
  #nextSequence = 0;
  /** Sequence of the next event that is to come before all others of its instant. */
  #nextFirst = Number.MIN_SAFE_INTEGER;
  /** Near: heap over (time, sequence). */
  #near = 0;
  #times = new Float64Array(1024);
  #sequences = new Float64Array(1024);
  #ids = new Int32Array(1024);
  /** Later events: entries linked into bucket lists, the far list, or the free list. */
  #laterTimes = new Float64Array(1024);
  #laterSequences = new Float64Array(1024);
  #laterIds = new Int32Array(1024);
  #links = new Int32Array(1024);
  #freeEntry = -1;
  #entriesUsed = 0;
  #buckets = new Int32Array(BUCKETS_MIN).fill(-1);
  /** Buckets in use; those below `#bucket` have gone into the heap. With perNs 0 everything is near. */
  #bucketCount = 1;
  #bucket = 1;
  #baseNs = 0;
  #perNs = 0;
  #far = -1;
  #pops = 0;
  #laidNs = 0;
  #lastNs = 0;

  /** Schedules event `id` at `clockNs[0]`, which must not be before the last event popped. */
  push(id: number): void {
    const time = this.clockNs[0]!;
    const bucket = Math.floor((time - this.#baseNs) * this.#perNs);
    this.length++;
    if (bucket < this.#bucket) {
      this.#pushNear(id, this.#nextSequence++);
      if (this.#near > CROWD && this.#perNs === 0) this.#leaveHeap();
      return;
    }
    const entry = this.#takeEntry();
    this.#laterTimes[entry] = time;
    this.#laterSequences[entry] = this.#nextSequence++;
    this.#laterIds[entry] = id;
    this.#link(entry, bucket);
  }

  /** As `push`, but the event comes before all others at its instant, except those pushed first before it. */
  pushFirst(id: number): void {
    const next = this.#nextSequence;
    this.#nextSequence = this.#nextFirst++;
    this.push(id);
    this.#nextSequence = next;
  }

  /** Removes the next event, leaves its time in `clockNs[0]` and returns its id. Requires `length > 0`. */
  pop(): number {
    if (this.#near === 0) this.#refill();
    const times = this.#times;
    const sequences = this.#sequences;
    const ids = this.#ids;
    const next = ids[0]!;
    this.clockNs[0] = times[0]!;
    this.#lastNs = times[0]!;
    this.#pops++;
    this.length--;
    const last = --this.#near;
    const lastTime = times[last]!;
    const lastSequence = sequences[last]!;
    const lastId = ids[last]!;
    let hole = 0;
    for (let first = 1; first < last; first = 4 * hole + 1) {
      let least = first;
      let leastTime = times[first]!;
      const end = first + 4 < last ? first + 4 : last;
      for (let child = first + 1; child < end; child++) {
        const time = times[child]!;
        if (time < leastTime || (time === leastTime && sequences[child]! < sequences[least]!)) {
          least = child;
          leastTime = time;
        }
      }
      if (lastTime < leastTime || (lastTime === leastTime && lastSequence < sequences[least]!)) break;
      times[hole] = leastTime;
      sequences[hole] = sequences[least]!;
      ids[hole] = ids[least]!;
      hole = least;
    }
    times[hole] = lastTime;
    sequences[hole] = lastSequence;
    ids[hole] = lastId;
    return next;
  }

  /** Into the heap, at `clockNs[0]`. */
  #pushNear(id: number, sequence: number): void {
    if (this.#near === this.#ids.length) this.#growNear();
    const times = this.#times;
    const sequences = this.#sequences;
    const ids = this.#ids;
    const time = this.clockNs[0]!;
    let hole = this.#near++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      // An event from a bucket may be older than one at the same time that was pushed straight into the heap.
      if (parentTime < time || (parentTime === time && sequences[parent]! < sequence)) break;
      times[hole] = parentTime;
      sequences[hole] = sequences[parent]!;
      ids[hole] = ids[parent]!;
      hole = parent;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    ids[hole] = id;
  }

  /** Fills the empty heap from the next bucket that has events, laying the buckets anew when they are exhausted. */
  #refill(): void {
    for (;;) {
      while (this.#bucket < this.#bucketCount) {
        const entry = this.#buckets[this.#bucket]!;
        const bucket = this.#bucket++; // from here on, times of this bucket are near
        if (entry < 0) continue;
        this.#buckets[bucket] = -1;
        this.#moveNear(entry);
        return;
      }
      this.#lay();
      if (this.#near > 0) return;
    }
  }

  /** Moves a list of entries into the heap. */
  #moveNear(first: number): void {
    const kept = this.clockNs[0]!;
    let entry = first;
    while (entry >= 0) {
      const next = this.#links[entry]!;
      this.clockNs[0] = this.#laterTimes[entry]!;
      this.#pushNear(this.#laterIds[entry]!, this.#laterSequences[entry]!);
      this.#links[entry] = this.#freeEntry;
      this.#freeEntry = entry;
      entry = next;
    }
    this.clockNs[0] = kept;
  }

  /** Lays the buckets over the far list, or gives them up when few events are pending. The heap is empty. */
  #lay(): void {
    const list = this.#far;
    this.#far = -1;
    if (this.length <= HEAP_ONLY_MAX) {
      this.#perNs = 0;
      this.#bucketCount = 1;
      this.#bucket = 1;
      this.#pops = 0;
      this.#laidNs = this.#lastNs;
      this.#moveNear(list);
      return;
    }
    let count = BUCKETS_MIN;
    while (count < this.length / 2 && count < BUCKETS_MAX) count *= 2;
    if (count > this.#buckets.length) this.#buckets = new Int32Array(count).fill(-1);
    let earliest = Infinity;
    let latest = 0;
    for (let entry = list; entry >= 0; entry = this.#links[entry]!) {
      const time = this.#laterTimes[entry]!;
      if (time < earliest) earliest = time;
      if (time > latest) latest = time;
    }
    const spanNs = this.#lastNs - this.#laidNs;
    // Without experience: as if the pending events were spread evenly.
    const gapNs = this.#pops > 0 && spanNs > 0 ? spanNs / this.#pops : (latest - earliest) / this.length;
    this.#perNs = 1 / Math.max(1, gapNs * POPS_PER_BUCKET);
    this.#baseNs = earliest;
    this.#bucketCount = count;
    this.#bucket = 0;
    this.#pops = 0;
    this.#laidNs = this.#lastNs;
    let entry = list;
    while (entry >= 0) {
      const next = this.#links[entry]!;
      this.#link(entry, Math.floor((this.#laterTimes[entry]! - earliest) * this.#perNs));
      entry = next;
    }
  }

  /** The heap has become crowded: its events go to the far list, to be laid into buckets. */
  #leaveHeap(): void {
    for (let i = 0; i < this.#near; i++) {
      const entry = this.#takeEntry();
      this.#laterTimes[entry] = this.#times[i]!;
      this.#laterSequences[entry] = this.#sequences[i]!;
      this.#laterIds[entry] = this.#ids[i]!;
      this.#links[entry] = this.#far;
      this.#far = entry;
    }
    this.#near = 0;
    this.#lay();
  }

  /** Adds an entry to its bucket's list, or to the far list. */
  #link(entry: number, bucket: number): void {
    if (bucket < this.#bucketCount) {
      this.#links[entry] = this.#buckets[bucket]!;
      this.#buckets[bucket] = entry;
    } else {
      this.#links[entry] = this.#far;
      this.#far = entry;
    }
  }

  #takeEntry(): number {
    const entry = this.#freeEntry;
    if (entry >= 0) {
      this.#freeEntry = this.#links[entry]!;
      return entry;
    }
    if (this.#entriesUsed === this.#links.length) this.#growLater();
    return this.#entriesUsed++;
  }

  #growNear(): void {
    const capacity = this.#ids.length * 2;
    this.#times = longer(this.#times, new Float64Array(capacity));
    this.#sequences = longer(this.#sequences, new Float64Array(capacity));
    this.#ids = longer(this.#ids, new Int32Array(capacity));
  }

  #growLater(): void {
    const capacity = this.#links.length * 2;
    this.#laterTimes = longer(this.#laterTimes, new Float64Array(capacity));
    this.#laterSequences = longer(this.#laterSequences, new Float64Array(capacity));
    this.#laterIds = longer(this.#laterIds, new Int32Array(capacity));
    this.#links = longer(this.#links, new Int32Array(capacity));
  }
}

function longer<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
