import type { Model } from '../model/model.ts';
import type { State } from './state.ts';

/** Half a nanosecond: completions are rounded up to whole ns, so a job is done when it is done to the ns. */
const DONE_TOLERANCE_NS = 0.5;

/**
 * Egalitarian processor sharing: n jobs at an instance share its total rate R(n) (in undisturbed cores) alike, and the
 * rate changes at every arrival and departure.
 *
 * Virtual time V of an instance advances at R(n) / n; a job that comes at V with demand D ends when V reaches V + D, so
 * one heap of finish tags and one event per instance do. The heap is a skew heap through the slots' own links
 * (Sleator & Tarjan 1986, SIAM J. Comput. 15(1):52): no room of its own, O(log n) amortised. The event is pushed anew
 * only when it moves earlier; when it moved later, the old one re-arms it.
 */
export class Sharing {
  readonly #virtual: Float64Array;
  readonly #sinceNs: Float64Array;
  readonly #dueNs: Float64Array;
  readonly #root: Int32Array;
  readonly jobs: Int32Array;
  /** Rate of one job at each instance now. */
  readonly #rate: Float64Array;
  readonly groupOf: Int32Array;
  /** R(n) / n for n = 1…length, all groups one behind the other. */
  readonly #shares: Float64Array;
  readonly #shareBase: Int32Array;
  readonly #shareLength: Int32Array;
  readonly #rateMax: Float64Array;

  constructor(model: Model, state: State) {
    const instances = state.instanceCount;
    this.#virtual = new Float64Array(instances);
    this.#sinceNs = new Float64Array(instances);
    this.#dueNs = new Float64Array(instances).fill(Infinity);
    this.#root = new Int32Array(instances).fill(-1);
    this.jobs = new Int32Array(instances);
    this.#rate = new Float64Array(instances);
    this.groupOf = new Int32Array(instances);
    const shares: number[] = [];
    this.#shareBase = new Int32Array(model.groups.length);
    this.#shareLength = new Int32Array(model.groups.length);
    this.#rateMax = new Float64Array(model.groups.length);
    model.groups.forEach((group, index) => {
      this.groupOf.fill(index, state.instanceBase[index], state.instanceBase[index]! + group.instanceCount);
      if (group.discipline !== 'ps') return;
      const rates = group.rates ?? Array.from({ length: group.serverCount }, (_, n) => n + 1);
      this.#shareBase[index] = shares.length;
      this.#shareLength[index] = rates.length;
      this.#rateMax[index] = rates.at(-1)!;
      rates.forEach((rate, n) => shares.push(rate / (n + 1)));
    });
    this.#shares = Float64Array.from(shares);
  }

  /** From now on n jobs share the instance. */
  #share(group: number, instance: number, n: number): void {
    this.jobs[instance] = n;
    if (n === 0) return;
    const length = this.#shareLength[group]!;
    this.#rate[instance] =
      n <= length ? this.#shares[this.#shareBase[group]! + n - 1]! : this.#rateMax[group]! / n;
  }

  /** R(n): total rate of n jobs at one instance, in undisturbed cores. */
  totalRate(group: number, n: number): number {
    if (n === 0) return 0;
    return n <= this.#shareLength[group]!
      ? this.#shares[this.#shareBase[group]! + n - 1]! * n
      : this.#rateMax[group]!;
  }

  #advance(instance: number, now: Float64Array): void {
    const nowNs = now[0]!;
    if (this.jobs[instance]! > 0)
      this.#virtual[instance] =
        this.#virtual[instance]! + (nowNs - this.#sinceNs[instance]!) * this.#rate[instance]!;
    else this.#virtual[instance] = 0; // nobody's tag depends on it: start over, so that it stays small and exact
    this.#sinceNs[instance] = nowNs;
  }

  /** A job with demand `slots.demandNs[slot]` joins. */
  join(state: State, group: number, instance: number, slot: number, now: Float64Array): void {
    const { slots } = state;
    this.#advance(instance, now);
    slots.finish[slot] = this.#virtual[instance]! + slots.demandNs[slot]!;
    slots.next[slot] = -1;
    slots.previous[slot] = -1;
    this.#root[instance] = merge(state, this.#root[instance]!, slot);
    this.#share(group, instance, this.jobs[instance]! + 1);
    this.#schedule(state, instance, now);
  }

  /** Whether the instance's event that fires now is the one it waits for; brings its virtual time up to now. */
  expects(instance: number, now: Float64Array): boolean {
    if (now[0]! !== this.#dueNs[instance]!) return false;
    this.#dueNs[instance] = Infinity;
    this.#advance(instance, now);
    return true;
  }

  /** Next job that is done, taken out, or -1 (then the next completion is scheduled). After `expects`. */
  leave(state: State, instance: number, now: Float64Array): number {
    const { slots } = state;
    const root = this.#root[instance]!;
    if (root >= 0 && slots.finish[root]! <= this.#virtual[instance]! + DONE_TOLERANCE_NS) {
      this.#root[instance] = merge(state, slots.next[root]!, slots.previous[root]!);
      this.#share(this.groupOf[instance]!, instance, this.jobs[instance]! - 1);
      return root;
    }
    if (root >= 0) this.#schedule(state, instance, now);
    return -1;
  }

  #schedule(state: State, instance: number, now: Float64Array): void {
    const nowNs = now[0]!;
    const left = state.slots.finish[this.#root[instance]!]! - this.#virtual[instance]!;
    const dueNs = left <= 0 ? nowNs : Math.ceil(nowNs + left / this.#rate[instance]!);
    if (dueNs >= this.#dueNs[instance]!) return; // the earlier event comes first and re-arms
    this.#dueNs[instance] = dueNs;
    state.events.clockNs[0] = dueNs;
    state.events.push(~instance); // special ids begin with the instances
  }
}

/** Melds two skew heaps of slots ordered by finish tag (left child `next`, right child `previous`); iterative. */
function merge(state: State, first: number, second: number): number {
  if (first < 0) return second;
  if (second < 0) return first;
  const { finish, next: left, previous: right } = state.slots;
  let a = first;
  let b = second;
  if (finish[b]! < finish[a]!) [a, b] = [b, a];
  const root = a;
  // Walk down the right spine of a; the children of every node on it change places.
  for (;;) {
    const rest = right[a]!;
    right[a] = left[a]!;
    if (rest < 0) {
      left[a] = b;
      return root;
    }
    if (finish[b]! < finish[rest]!) {
      left[a] = b;
      a = b;
      b = rest;
    } else {
      left[a] = rest;
      a = rest;
    }
  }
}
