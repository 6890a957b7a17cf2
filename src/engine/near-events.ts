import type { EventLists } from './event-lists.ts';

export type NearEvents = ReturnType<typeof makeNearEvents>;

/**
 * The events of a future event list that come next. A few are sorted by falling time, of equal ones the last pushed
 * first: the last in the list is the next, and a new one moves those that come before it. From 33 on they are a 4-ary
 * heap over (time, order of pushing), until half as many as may be sorted are left.
 */
export function makeNearEvents(lists: EventLists) {
  const { clockNs, times, ids, ranks, nextRank, capacity } = lists;
  const SORTED_MAX = capacity < 32 ? capacity : 32;

  /** At `clockNs[0]`, behind all at the same time. */
  function pushNear(id: number): void {
    if (lists.isHeap || lists.near >= SORTED_MAX) {
      pushHeap(id);
      return;
    }
    const t = times; // what a long loop reads must be at hand before it: see run/kernel/kernel.ts
    const i = ids;
    const time = clockNs[0]!;
    let place = lists.near++;
    while (place > 0) {
      const sooner = t[place - 1]!;
      if (sooner > time) break;
      t[place] = sooner;
      i[place] = i[place - 1]!;
      place--;
    }
    t[place] = time;
    i[place] = id;
  }

  function pushHeap(id: number): void {
    if (lists.near >= capacity) throw new RangeError('more events are pending than there is room for');
    if (!lists.isHeap) turnRound();
    const t = times;
    const r = ranks;
    const i = ids;
    const time = clockNs[0]!;
    let hole = lists.near++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = t[parent]!;
      if (parentTime <= time) break; // at one instant the new one comes last
      t[hole] = parentTime;
      r[hole] = r[parent]!;
      i[hole] = i[parent]!;
      hole = parent;
    }
    t[hole] = time;
    r[hole] = nextRank[0]!;
    i[hole] = id;
    nextRank[0] = nextRank[0]! + 1;
  }

  /** From a heap; a short one is sorted. */
  function popHeap(): number {
    const id = ids[0]!;
    const last = --lists.near;
    clockNs[0] = times[0]!;
    sink(last);
    if (last === SORTED_MAX >> 1) sort();
    return id;
  }

  /** Puts the event at `last`, behind the heap, where it belongs now that the first is gone. */
  function sink(last: number): void {
    const t = times;
    const r = ranks;
    const i = ids;
    const lastTime = t[last]!;
    const lastRank = r[last]!;
    const lastId = i[last]!;
    let hole = 0;
    for (let first = 1; first < last; first = 4 * hole + 1) {
      let least = first;
      let leastTime = t[first]!;
      const end = first + 4 < last ? first + 4 : last;
      for (let child = first + 1; child < end; child++) {
        const time = t[child]!;
        if (time < leastTime || (time === leastTime && r[child]! < r[least]!)) {
          least = child;
          leastTime = time;
        }
      }
      if (lastTime < leastTime || (lastTime === leastTime && lastRank < r[least]!)) break;
      t[hole] = leastTime;
      r[hole] = r[least]!;
      i[hole] = i[least]!;
      hole = least;
    }
    t[hole] = lastTime;
    r[hole] = lastRank;
    i[hole] = lastId;
  }

  /** Makes a heap of sorted events: from first to last they are one. */
  function turnRound(): void {
    lists.isHeap = true;
    const count = lists.near;
    for (let low = 0, high = count - 1; low < high; low++, high--) {
      const [time, id] = [times[low]!, ids[low]!];
      times[low] = times[high]!;
      ids[low] = ids[high]!;
      times[high] = time;
      ids[high] = id;
    }
    for (let at = 0; at < count; at++) ranks[at] = at;
    nextRank[0] = count;
  }

  /** Sorts what is left of a heap, by insertion. */
  function sort(): void {
    lists.isHeap = false;
    for (let at = 1; at < lists.near; at++) {
      const [time, rank, id] = [times[at]!, ranks[at]!, ids[at]!];
      let place = at;
      for (; place > 0; place--) {
        const sooner = times[place - 1]!;
        if (sooner > time || (sooner === time && ranks[place - 1]! > rank)) break;
        times[place] = sooner;
        ranks[place] = ranks[place - 1]!;
        ids[place] = ids[place - 1]!;
      }
      times[place] = time;
      ranks[place] = rank;
      ids[place] = id;
    }
  }

  /** As `pop` of the event list; some event must be near. */
  function popNear(): number {
    if (lists.isHeap) return popHeap();
    const next = --lists.near;
    clockNs[0] = times[next]!;
    return ids[next]!;
  }

  return { pushNear, popNear };
}
