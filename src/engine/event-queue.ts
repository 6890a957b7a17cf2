/**
 * Future event list: events leave in order of (time, order of scheduling), so events at one instant leave
 * first-scheduled first; otherwise a seed would not fix a run. One event at a time, the *edge*, may be scheduled before
 * all else at its instant; it waits beside the lists.
 *
 * Three tiers. *Near*: the events that come first, sorted, so that the next one is at hand and a new one moves a few
 * along; as a 4-ary heap where they are many. *Buckets*: unsorted lists, each `1/perNs` ns wide, of the stretch of time
 * after it. *Far*: one unsorted list of all later events. When no event is near the next bucket is fetched; when the
 * buckets are exhausted, they are laid anew over the far list. So a handful of events is near however many are pending,
 * and a push is a list insertion. Few pending events are all near. The tier of a time t is decided by
 * (t − base) × perNs alone, which never falls as t grows: no order is lost to rounding, and events at one instant are in
 * one list. Lists hold the last scheduled first, and are turned round to be moved; so no event needs a number.
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
  const { clockNs, times, laterTimes, laterIds, links, buckets } = lists;
  const { baseNs, perNs, edgeNs, laidNs, lastNs, capacity } = lists;

  /** Schedules event `id` at `clockNs[0]`, which must not be before the last event popped. */
  function push(id: number): void {
    const time = clockNs[0]!;
    if ((time - baseNs[0]!) * perNs[0]! < lists.bucket) {
      pushNear(id);
      if (lists.near > CROWD && isTooWide()) spread();
      return;
    }
    const entry = takeEntry();
    laterTimes[entry] = time;
    laterIds[entry] = id;
    lists.later++;
    link(entry);
  }

  /** As `push`, but the event comes before all others at its instant. One such event may be pending. */
  function pushEdge(id: number): void {
    if (edgeNs[0] !== Infinity) throw new RangeError('an edge is pending already');
    edgeNs[0] = clockNs[0]!;
    lists.edgeId = id;
  }

  /** Removes the next event, leaves its time in `clockNs[0]` and returns its id. Some event must be pending. */
  function pop(): number {
    lists.popped++;
    if (lists.near === 0) {
      if (lists.later === 0) return popEdge();
      refill();
    }
    if (times[lists.isHeap ? 0 : lists.near - 1]! >= edgeNs[0]!) return popEdge();
    const id = popNear();
    lastNs[0] = clockNs[0]!;
    return id;
  }

  function popEdge(): number {
    clockNs[0] = edgeNs[0]!;
    lastNs[0] = clockNs[0];
    edgeNs[0] = Infinity;
    return lists.edgeId;
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
  function moveNear(list: number): void {
    const kept = clockNs[0]!;
    let entry = turned(list);
    while (entry >= 0) {
      const next = links[entry]!;
      clockNs[0] = laterTimes[entry]!;
      pushNear(laterIds[entry]!);
      lists.later--;
      links[entry] = lists.freeEntry;
      lists.freeEntry = entry;
      entry = next;
    }
    clockNs[0] = kept;
  }

  /** Turns a list round, so that the first scheduled is its first; returns that one. */
  function turned(list: number): number {
    const all = links;
    let before = -1;
    let entry = list;
    while (entry >= 0) {
      const next = all[entry]!;
      all[entry] = before;
      before = entry;
      entry = next;
    }
    return before;
  }

  /** Lays the buckets over the far list, or gives them up when few events are pending. None is near. */
  function lay(): void {
    const poppedSince = lists.popped - lists.laidPops;
    const spanNs = lastNs[0]! - laidNs[0]!;
    lists.laidPops = lists.popped;
    laidNs[0] = lastNs[0]!;
    const far = lists.far;
    lists.far = -1;
    if (lists.later <= NEAR_ONLY_MAX) {
      perNs[0] = 0;
      lists.bucketCount = 1;
      lists.bucket = 1;
      moveNear(far);
      return;
    }
    let count = BUCKETS_MIN;
    while (count < lists.later / 2 && count < buckets.length) count *= 2;
    const list = turned(far);
    let earliest = Infinity;
    let latest = 0;
    for (let entry = list; entry >= 0; entry = links[entry]!) {
      const time = laterTimes[entry]!;
      if (time < earliest) earliest = time;
      if (time > latest) latest = time;
    }
    // Without experience: as if the pending events were spread evenly.
    const gapNs = poppedSince > 0 && spanNs > 0 ? spanNs / poppedSince : (latest - earliest) / lists.later;
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
    const poppedSince = lists.popped - lists.laidPops;
    const spanNs = lastNs[0]! - laidNs[0]!;
    if (perNs[0] === 0) return true;
    // Laying costs a pass over all pending events: so many pops at least must pay for it.
    if (poppedSince < CROWD + (lists.near + lists.later + lists.bucketCount) / 8) return false;
    return poppedSince > WIDE_MAX * POPS_PER_BUCKET * spanNs * perNs[0]!;
  }

  /** Lays all events into buckets anew. */
  function spread(): void {
    const kept = clockNs[0]!;
    while (lists.near > 0) {
      const entry = takeEntry();
      laterIds[entry] = popNear();
      laterTimes[entry] = clockNs[0]!;
      lists.later++;
      sendFar(entry);
    }
    clockNs[0] = kept;
    while (lists.bucket < lists.bucketCount) {
      const bucket = lists.bucket++;
      let entry = turned(buckets[bucket]! - 1);
      buckets[bucket] = 0;
      while (entry >= 0) {
        const next = links[entry]!;
        sendFar(entry);
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
    } else sendFar(entry);
  }

  function sendFar(entry: number): void {
    links[entry] = lists.far;
    lists.far = entry;
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

  return { push, pushEdge, pop };
}
