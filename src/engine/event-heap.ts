/**
 * Future event list: an implicit 4-ary min-heap over (time, sequence), one typed array per field.
 *
 * Ties: the sequence number is the order of scheduling, so events at one instant leave first-scheduled first;
 * without it tie order would depend on the heap's shape and a seed would no longer fix a run.
 *
 * Times pass through `clockNs[0]` instead of arguments: a call that V8 does not inline boxes every double it is
 * given or returns, and one push and one pop per event would then allocate.
 *
 * Cost: push and pop O(log n), 20 bytes an event, no allocation until the heap must grow.
 * Source: Williams 1964, CACM 7(6):347; d-ary heaps: Johnson 1975, Inf. Proc. Letters 4(3):53.
 */
export class EventHeap {
  length = 0;
  /** [0]: in: time of the event being pushed; out: time of the event popped. */
  readonly clockNs = new Float64Array(1);
  #nextSequence = 0;
  #times: Float64Array; // integral ns: exact below 2^53 ns = 104 days
  #sequences: Float64Array;
  #ids: Int32Array;

  constructor(capacity = 1024) {
    this.#times = new Float64Array(capacity);
    this.#sequences = new Float64Array(capacity);
    this.#ids = new Int32Array(capacity);
  }

  /** Time of the next event in ns; `Infinity` when none is scheduled. */
  peekTimeNs(): number {
    return this.length === 0 ? Infinity : this.#times[0]!;
  }

  /** Schedules event `id` at `clockNs[0]`. */
  push(id: number): void {
    if (this.length === this.#ids.length) this.#grow();
    const times = this.#times;
    const sequences = this.#sequences;
    const ids = this.#ids;
    const time = this.clockNs[0]!;
    let hole = this.length++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      if (parentTime <= time) break; // on a tie the older event stays above
      times[hole] = parentTime;
      sequences[hole] = sequences[parent]!;
      ids[hole] = ids[parent]!;
      hole = parent;
    }
    times[hole] = time;
    sequences[hole] = this.#nextSequence++;
    ids[hole] = id;
  }

  /** Removes the next event, leaves its time in `clockNs[0]` and returns its id. Requires `length > 0`. */
  pop(): number {
    const times = this.#times;
    const sequences = this.#sequences;
    const ids = this.#ids;
    const next = ids[0]!;
    this.clockNs[0] = times[0]!;
    const last = --this.length;
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

  #grow(): void {
    const capacity = this.#ids.length * 2;
    const times = new Float64Array(capacity);
    const sequences = new Float64Array(capacity);
    const ids = new Int32Array(capacity);
    times.set(this.#times);
    sequences.set(this.#sequences);
    ids.set(this.#ids);
    this.#times = times;
    this.#sequences = sequences;
    this.#ids = ids;
  }
}
