/**
 * The events of a future event list that come next. A few are sorted by falling (time, sequence): the last comes first,
 * and a new one moves those that come before it. From 33 on they are a 4-ary heap, until half as many as may be sorted
 * are left.
 */
import type { EventLists } from './event-lists.ts';

export type NearEvents = ReturnType<typeof makeNearEvents>;

/** A kernel factory: see run/kernel/kernel.ts. */
export function makeNearEvents(lists: EventLists) {
  const { clockNs, times, sequences, ids, sequence, lastNs, capacity } = lists;
  const SORTED_MAX = capacity < 32 ? capacity : 32;

  /** At `clockNs[0]` with `sequence[0]`. */
  function pushNear(id: number): void {
    if (lists.isHeap || lists.near >= SORTED_MAX) {
      pushHeap(id);
      return;
    }
    const t = times; // what a long loop reads must be at hand before it: see run/kernel/kernel.ts
    const s = sequences;
    const i = ids;
    const time = clockNs[0]!;
    const mine = sequence[0]!;
    let place = lists.near++;
    while (place > 0) {
      const sooner = t[place - 1]!;
      // An event from a bucket may be older than one at the same time that was pushed straight here.
      if (sooner > time || (sooner === time && s[place - 1]! > mine)) break;
      t[place] = sooner;
      s[place] = s[place - 1]!;
      i[place] = i[place - 1]!;
      place--;
    }
    t[place] = time;
    s[place] = mine;
    i[place] = id;
  }

  function pushHeap(id: number): void {
    if (lists.near >= capacity) throw new RangeError('more events are pending than there is room for');
    if (!lists.isHeap) turnRound();
    const t = times;
    const s = sequences;
    const i = ids;
    const time = clockNs[0]!;
    const mine = sequence[0]!;
    let hole = lists.near++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = t[parent]!;
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

  /** From a heap; a short one is sorted. */
  function popHeap(): number {
    const id = ids[0]!;
    const last = --lists.near;
    lastNs[0] = times[0]!;
    sink(last);
    if (last === SORTED_MAX >> 1) sort();
    clockNs[0] = lastNs[0];
    return id;
  }

  /** Puts the event at `last`, behind the heap, where it belongs now that the first is gone. */
  function sink(last: number): void {
    const t = times;
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

  /** Makes a heap of sorted events: from first to last they are one. */
  function turnRound(): void {
    lists.isHeap = true;
    for (let low = 0, high = lists.near - 1; low < high; low++, high--) {
      const [time, mine, id] = [times[low]!, sequences[low]!, ids[low]!];
      times[low] = times[high]!;
      sequences[low] = sequences[high]!;
      ids[low] = ids[high]!;
      times[high] = time;
      sequences[high] = mine;
      ids[high] = id;
    }
  }

  /** Sorts what is left of a heap. */
  function sort(): void {
    const count = lists.near;
    lists.isHeap = false;
    lists.near = 0;
    for (let at = 0; at < count; at++) {
      clockNs[0] = times[at]!;
      sequence[0] = sequences[at]!;
      pushNear(ids[at]!);
    }
  }

  /** As `pop` of the event list; some event must be near. */
  function popNear(): number {
    if (lists.isHeap) return popHeap();
    const next = --lists.near;
    clockNs[0] = times[next]!;
    lastNs[0] = clockNs[0];
    return ids[next]!;
  }

  return { pushNear, popNear };
}
