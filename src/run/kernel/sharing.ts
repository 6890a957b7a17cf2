import type { EventQueue } from '../../engine/event-queue.ts';
import type { Machine } from '../machine.ts';
import type { Slowing } from './slowing.ts';

export type Sharing = ReturnType<typeof makeSharing>;

/**
 * Egalitarian processor sharing: n jobs at an instance share its total rate R(n) (in undisturbed cores) alike, and the
 * rate changes at every arrival and departure.
 *
 * Virtual time V of an instance advances at R(n) / n; a job that comes at V with demand D ends when V reaches V + D, so
 * one heap of finish tags and one event per instance do. The heap is a skew heap through the slots' own links
 * (Sleator & Tarjan 1986, SIAM J. Comput. 15(1):52): no room of its own, O(log n) amortised. The event is pushed anew
 * only when it moves earlier; when it moved later, the old one re-arms it. While its servers are slower, V advances
 * at that share of R(n) / n: see slowing.ts.
 */
export function makeSharing(m: Machine, queue: EventQueue, slowing: Slowing) {
  const { push } = queue;
  const { shrink, stretch, varies } = slowing;
  const { now, spanNs, state, cores } = m;
  const { vary } = m.speeds;
  const { virtual, sinceNs, dueNs: dues, root: roots, jobs, rate, groupOf } = cores;
  const { shares, shareBase, shareLength, rateMax } = cores;
  const { next, previous, demandNs, finish } = state.slots;
  const { clockNs } = state.events;

  /** Half a nanosecond: completions are rounded up to whole ns, so a job is done when it is done to the ns. */
  const DONE_TOLERANCE_NS = 0.5;

  /** From now on n jobs share the instance. */
  function share(group: number, instance: number, n: number): void {
    jobs[instance] = n;
    if (n === 0) return;
    rate[instance] = n <= shareLength[group]! ? shares[shareBase[group]! + n - 1]! : rateMax[group]! / n;
  }

  /** R(n): total rate of n jobs at one instance, in undisturbed cores. */
  function totalRate(group: number, n: number): number {
    if (n === 0) return 0;
    return n <= shareLength[group]! ? shares[shareBase[group]! + n - 1]! * n : rateMax[group]!;
  }

  function advance(instance: number): void {
    const nowNs = now[0]!;
    if (jobs[instance]! > 0) {
      spanNs[0] = nowNs - sinceNs[instance]!;
      if (vary && varies(groupOf[instance]!)) shrink(groupOf[instance]!);
      virtual[instance] = virtual[instance]! + spanNs[0] * rate[instance]!;
    } else virtual[instance] = 0; // nobody's tag depends on it: start over, so that it stays small and exact
    sinceNs[instance] = nowNs;
  }

  /** A job with demand `demandNs[slot]` joins. */
  function enter(group: number, instance: number, slot: number): void {
    advance(instance);
    finish[slot] = virtual[instance]! + demandNs[slot]!;
    next[slot] = -1;
    previous[slot] = -1;
    roots[instance] = merge(roots[instance]!, slot);
    share(group, instance, jobs[instance]! + 1);
    schedule(instance);
  }

  /** Whether the instance's event that fires now is the one it waits for; brings its virtual time up to now. */
  function expects(instance: number): boolean {
    if (now[0]! !== dues[instance]!) return false;
    dues[instance] = Infinity;
    advance(instance);
    return true;
  }

  /** Next job that is done, taken out, or -1 (then the next completion is scheduled). After `expects`. */
  function leave(instance: number): number {
    const root = roots[instance]!;
    if (root >= 0 && finish[root]! <= virtual[instance]! + DONE_TOLERANCE_NS) {
      roots[instance] = merge(next[root]!, previous[root]!);
      share(groupOf[instance]!, instance, jobs[instance]! - 1);
      return root;
    }
    if (root >= 0) schedule(instance);
    return -1;
  }

  function schedule(instance: number): void {
    const nowNs = now[0]!;
    const left = finish[roots[instance]!]! - virtual[instance]!;
    spanNs[0] = left / rate[instance]!;
    if (vary && left > 0 && varies(groupOf[instance]!)) stretch(groupOf[instance]!);
    const dueNs = left <= 0 ? nowNs : Math.ceil(nowNs + spanNs[0]);
    if (dueNs >= dues[instance]!) return; // the earlier event comes first and re-arms
    dues[instance] = dueNs;
    clockNs[0] = dueNs;
    push(~instance); // special ids begin with the instances
  }

  /** Melds two skew heaps of slots ordered by finish tag (left child `next`, right child `previous`); iterative. */
  function merge(first: number, second: number): number {
    if (first < 0) return second;
    if (second < 0) return first;
    const tags = finish;
    const left = next;
    const right = previous;
    let a = first;
    let b = second;
    if (tags[b]! < tags[a]!) [a, b] = [b, a];
    const root = a;
    // Walk down the right spine of a; the children of every node on it change places.
    for (;;) {
      const rest = right[a]!;
      right[a] = left[a]!;
      if (rest < 0) {
        left[a] = b;
        return root;
      }
      if (tags[b]! < tags[rest]!) {
        left[a] = b;
        a = b;
        b = rest;
      } else {
        left[a] = rest;
        a = rest;
      }
    }
  }

  return { totalRate, enter, expects, leave };
}
