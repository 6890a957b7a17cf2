/**
 * Future event list: events leave in order of (time, sequence of scheduling), so events at one instant leave
 * first-scheduled first; otherwise a seed would not fix a run. Events pushed first have sequences of their own, below
 * all others.
 *
 * Three tiers. *Near*: a 4-ary heap of the events that come first. *Buckets*: unsorted lists, each `1/perNs` ns wide, of
 * the stretch of time after it. *Far*: one unsorted list of all later events. When the heap is empty the next bucket
 * is moved into it; when the buckets are exhausted, they are laid anew over the far list. So the heap holds a handful
 * of events however many are pending, and a push is a list insertion. Few pending events all stay in the heap. The
 * tier of a time t is decided by (t − base) × perNs alone, which never falls as t grows: no order is lost to
 * rounding. An event that is popped leaves its place in the heap open: the next one pushed into the heap takes it, which
 * saves one of two ways through the heap, and otherwise the next pop fills it with the heap's last.
 *
 * Tuning, from event counts only (deterministic): a bucket is as wide as `POPS_PER_BUCKET` events took on average since
 * the last laying, and there are at least half as many buckets as pending events, so that moving the far list costs a
 * constant per event. When the heap is crowded and buckets are `WIDE_MAX` times as wide as that, they are laid anew at
 * once. Cost: O(1) amortised for stationary mixes; a bucket that turns out crowded costs O(log of its
 * size) per event, never disorder.
 *
 * Times pass through `clockNs[0]` instead of arguments (see base/pinned.ts). The lists have a fixed capacity, which their
 * owner watches: they are replaced by longer ones between two events, never within one.
 *
 * Relatives in the literature: calendar queue (Brown 1988, CACM 31(10):1220), ladder queue (Tang, Goh & Thng 2005, ACM
 * TOMACS 15(3):175); the heap as bottom tier is what keeps ties and crowded buckets harmless.
 */

import type { EventLists } from './event-lists.ts';

export type EventQueue = ReturnType<typeof makeEventQueue>;

/** A kernel factory: see run/kernel/kernel.ts. */
export function makeEventQueue(lists: EventLists) {
  /** Pending events up to which everything stays in the heap, and from which buckets are used again. */
  const HEAP_ONLY_MAX = 12;
  const CROWD = 32;
  const POPS_PER_BUCKET = 2;
  const BUCKETS_MIN = 64;
  /** Times the width that experience asks for, at which buckets are laid anew. */
  const WIDE_MAX = 4;
  const { clockNs, times, sequences, ids, laterTimes, laterSequences, laterIds, links, buckets } = lists;
  const { sequence, nextSequence, nextFirst, baseNs, perNs, laidPops, laidNs, lastNs, capacity } = lists;

  /** Schedules event `id` at `clockNs[0]`, which must not be before the last event popped. */
  function push(id: number): void {
    sequence[0] = nextSequence[0]!;
    nextSequence[0] = nextSequence[0]! + 1;
    insert(id);
  }

  /** As `push`, but the event comes before all others at its instant, except those pushed first before it. */
  function pushFirst(id: number): void {
    sequence[0] = nextFirst[0]!;
    nextFirst[0] = nextFirst[0]! + 1;
    insert(id);
  }

  /** At `clockNs[0]` with `sequence[0]`. */
  function insert(id: number): void {
    const time = clockNs[0]!;
    lists.length++;
    if ((time - baseNs[0]!) * perNs[0]! < lists.bucket) {
      if (lists.rootIsGone) replaceRoot(id);
      else pushNear(id);
      if (lists.near > CROWD && isTooWide()) spread();
      return;
    }
    const entry = takeEntry();
    laterTimes[entry] = time;
    laterSequences[entry] = sequence[0]!;
    laterIds[entry] = id;
    link(entry);
  }

  /** Removes the next event, leaves its time in `clockNs[0]` and returns its id. Requires `length > 0`. */
  function pop(): number {
    if (lists.rootIsGone) {
      const last = --lists.near;
      if (last > 0) sink(last);
    }
    if (lists.near === 0) refill();
    lists.rootIsGone = true;
    lists.length--;
    clockNs[0] = times[0]!;
    lastNs[0] = clockNs[0];
    return ids[0]!;
  }

  /** As `pushNear`, into the place of the event popped last. */
  function replaceRoot(id: number): void {
    lists.rootIsGone = false;
    const last = lists.near;
    times[last] = clockNs[0]!;
    sequences[last] = sequence[0]!;
    ids[last] = id;
    sink(last);
  }

  /** Puts the event at `last`, behind the heap, where it belongs now that the first is gone. */
  function sink(last: number): void {
    const t = times; // what a long loop reads must be at hand before it: see run/kernel/kernel.ts
    const s = sequences;
    const lastTime = t[last]!;
    const lastSequence = s[last]!;
    const i = ids;
    const lastId = i[last]!;
    let hole = 0;
    for (let first = 1; first < last; first = 4 * hole + 1) {
      let least = first;
      let leastTime = t[first]!;
      const end = first + 4 < last ? first + 4 : last;
      for (let child = first + 1; child < end; child++) {
        const time = t[child]!;
        if (time < leastTime || (time === leastTime && s[child]! < s[least]!)) {
          least = child;
          leastTime = time;
        }
      }
      if (lastTime < leastTime || (lastTime === leastTime && lastSequence < s[least]!)) break;
      t[hole] = leastTime;
      s[hole] = s[least]!;
      i[hole] = i[least]!;
      hole = least;
    }
    t[hole] = lastTime;
    s[hole] = lastSequence;
    i[hole] = lastId;
  }

  /** Into the heap, at `clockNs[0]` with `sequence[0]`. */
  function pushNear(id: number): void {
    const t = times;
    const s = sequences;
    const i = ids;
    const time = clockNs[0]!;
    const mine = sequence[0]!;
    let hole = lists.near++;
    if (hole >= capacity) throw new RangeError('more events are pending than there is room for');
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = t[parent]!;
      // An event from a bucket may be older than one at the same time that was pushed straight into the heap.
      if (parentTime < time || (parentTime === time && s[parent]! < mine)) break;
      t[hole] = parentTime;
      s[hole] = s[parent]!;
      i[hole] = i[parent]!;
      hole = parent;
    }
    t[hole] = time;
    s[hole] = mine;
    i[hole] = id;
  }

  /** Fills the empty heap from the next bucket that has events, laying the buckets anew when they are exhausted. */
  function refill(): void {
    for (;;) {
      while (lists.bucket < lists.bucketCount) {
        const bucket = lists.bucket++; // from here on, times of this bucket are near
        const entry = buckets[bucket]! - 1;
        if (entry < 0) continue;
        buckets[bucket] = 0;
        moveNear(entry);
        return;
      }
      lay();
      if (lists.near > 0) return;
    }
  }

  /** Moves a list of entries into the heap. */
  function moveNear(first: number): void {
    const kept = clockNs[0]!;
    let entry = first;
    while (entry >= 0) {
      const next = links[entry]!;
      clockNs[0] = laterTimes[entry]!;
      sequence[0] = laterSequences[entry]!;
      pushNear(laterIds[entry]!);
      links[entry] = lists.freeEntry;
      lists.freeEntry = entry;
      entry = next;
    }
    clockNs[0] = kept;
  }

  /** Lays the buckets over the far list, or gives them up when few events are pending. The heap is empty. */
  function lay(): void {
    const list = lists.far;
    lists.far = -1;
    const popped = nextSequence[0]! - lists.length;
    const poppedSince = popped - laidPops[0]!;
    const spanNs = lastNs[0]! - laidNs[0]!;
    laidPops[0] = popped;
    laidNs[0] = lastNs[0]!;
    if (lists.length <= HEAP_ONLY_MAX) {
      perNs[0] = 0;
      lists.bucketCount = 1;
      lists.bucket = 1;
      moveNear(list);
      return;
    }
    let count = BUCKETS_MIN;
    while (count < lists.length / 2 && count < buckets.length) count *= 2;
    let earliest = Infinity;
    let latest = 0;
    for (let entry = list; entry >= 0; entry = links[entry]!) {
      const time = laterTimes[entry]!;
      if (time < earliest) earliest = time;
      if (time > latest) latest = time;
    }
    // Without experience: as if the pending events were spread evenly.
    const gapNs = poppedSince > 0 && spanNs > 0 ? spanNs / poppedSince : (latest - earliest) / lists.length;
    perNs[0] = 1 / Math.max(1, gapNs * POPS_PER_BUCKET);
    baseNs[0] = earliest;
    lists.bucketCount = count;
    lists.bucket = 0;
    let entry = list;
    while (entry >= 0) {
      const next = links[entry]!;
      link(entry);
      entry = next;
    }
  }

  /** Whether buckets are so wide, by the events taken since they were laid, that the heap is crowded for that. */
  function isTooWide(): boolean {
    const poppedSince = nextSequence[0]! - lists.length - laidPops[0]!;
    const spanNs = lastNs[0]! - laidNs[0]!;
    if (perNs[0] === 0) return true;
    // Laying costs a pass over all pending events: so many pops at least must pay for it.
    if (poppedSince < CROWD + (lists.length + lists.bucketCount) / 8) return false;
    return poppedSince > WIDE_MAX * POPS_PER_BUCKET * spanNs * perNs[0]!;
  }

  /** Lays all events into buckets anew. */
  function spread(): void {
    for (let at = 0; at < lists.near; at++) {
      const entry = takeEntry();
      laterTimes[entry] = times[at]!;
      laterSequences[entry] = sequences[at]!;
      laterIds[entry] = ids[at]!;
      links[entry] = lists.far;
      lists.far = entry;
    }
    lists.near = 0;
    while (lists.bucket < lists.bucketCount) {
      const bucket = lists.bucket++;
      let entry = buckets[bucket]! - 1;
      buckets[bucket] = 0;
      while (entry >= 0) {
        const next = links[entry]!;
        links[entry] = lists.far;
        lists.far = entry;
        entry = next;
      }
    }
    lay();
  }

  /** Adds an entry to its bucket's list, or to the far list. */
  function link(entry: number): void {
    const place = (laterTimes[entry]! - baseNs[0]!) * perNs[0]!;
    if (place < lists.bucketCount) {
      const bucket = Math.floor(place);
      links[entry] = buckets[bucket]! - 1;
      buckets[bucket] = entry + 1;
    } else {
      links[entry] = lists.far;
      lists.far = entry;
    }
  }

  function takeEntry(): number {
    const entry = lists.freeEntry;
    if (entry >= 0) {
      lists.freeEntry = links[entry]!;
      return entry;
    }
    if (lists.entriesUsed >= capacity) throw new RangeError('more events are pending than there is room for');
    return lists.entriesUsed++;
  }

  return { push, pushFirst, pop };
}
