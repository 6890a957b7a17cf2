/**
 * Future event list: events leave in order of (time, sequence of scheduling), so events at one instant leave
 * first-scheduled first; otherwise a seed would not fix a run. Events pushed first have sequences of their own, below
 * all others.
 *
 * Three tiers. *Near*: the events that come first, sorted, so that the next one is at hand and a new one moves a few
 * along; as a 4-ary heap where they are many. *Buckets*: unsorted lists, each `1/perNs` ns wide, of the stretch of time
 * after it. *Far*: one unsorted list of all later events. When no event is near the next bucket is fetched; when the
 * buckets are exhausted, they are laid anew over the far list. So a handful of events is near however many are pending,
 * and a push is a list insertion. Few pending events are all near. The tier of a time t is decided by
 * (t − base) × perNs alone, which never falls as t grows: no order is lost to rounding.
 *
 * Tuning, from event counts only (deterministic): a bucket is as wide as `POPS_PER_BUCKET` events took on average since
 * the last laying, and there are at least half as many buckets as pending events, so that moving the far list costs a
 * constant per event. When the near events are a crowd and buckets are `WIDE_MAX` times as wide as that, they are laid
 * anew at once. Cost: O(1) amortised for stationary mixes; a bucket that turns out crowded costs O(log of its
 * size) per event, never disorder.
 *
 * Times pass through `clockNs[0]` instead of arguments (see base/pinned.ts). The lists have a fixed capacity, which their
 * owner watches: they are replaced by longer ones between two events, never within one.
 *
 * Relatives in the literature: calendar queue (Brown 1988, CACM 31(10):1220), ladder queue (Tang, Goh & Thng 2005, ACM
 * TOMACS 15(3):175); that the bottom tier becomes a heap is what keeps ties and crowded buckets harmless.
 */

import type { EventLists } from './event-lists.ts';
import type { NearEvents } from './near-events.ts';

export type EventQueue = ReturnType<typeof makeEventQueue>;

/** A kernel factory: see run/kernel/kernel.ts. */
export function makeEventQueue(lists: EventLists, { popNear, pushNear }: NearEvents) {
  /** Pending events up to which everything is near, and from which buckets are used again. */
  const NEAR_ONLY_MAX = 24;
  const CROWD = 64;
  const POPS_PER_BUCKET = 8;
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
      pushNear(id);
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
    if (lists.near === 0) refill();
    lists.length--;
    return popNear();
  }

  /** Fetches the next bucket that has events, laying the buckets anew when they are exhausted. */
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

  /** Moves a list of entries to the near ones. */
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

  /** Lays the buckets over the far list, or gives them up when few events are pending. None is near. */
  function lay(): void {
    const list = lists.far;
    lists.far = -1;
    const popped = nextSequence[0]! - lists.length;
    const poppedSince = popped - laidPops[0]!;
    const spanNs = lastNs[0]! - laidNs[0]!;
    laidPops[0] = popped;
    laidNs[0] = lastNs[0]!;
    if (lists.length <= NEAR_ONLY_MAX) {
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

  /** Whether buckets are so wide, by the events taken since they were laid, that the near events are crowded for that. */
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
    lists.isHeap = false;
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
