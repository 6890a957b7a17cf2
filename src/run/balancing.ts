import { hash32, hashInt32 } from '../random/streams.ts';
import type { Balancer, Model } from '../model/model.ts';
import { cellsOf, countsConnections } from '../model/policies/balancer-state.ts';
import { streamKeys, type StreamKeys } from './draws.ts';

/** Codes of the policies, so that the choice is a switch on a small integer. */
const Policy = {
  random: 0,
  'weighted-random': 1,
  'round-robin': 2,
  'weighted-round-robin': 3,
  'least-connections': 4,
  'power-of-d': 5,
  'caller-hash': 6,
  'key-hash': 7,
} as const satisfies Record<Balancer['policy'], number>;

const TO_UNIT = 1 / 4294967296;

/**
 * Chooses replicas. Each caller replica is a balancer of its own and knows only its own connections, as an Nginx worker
 * does, unless one balancer sees all (`callerCount` 1, and the caller is always 0).
 *
 * - round-robin: each caller begins at a replica drawn once, so that callers do not march in step.
 * - weighted-round-robin: Nginx's smooth algorithm (ngx_http_upstream_round_robin_module.c): every pick adds each
 *   weight to its current weight, takes the first largest, and takes the sum of weights off it.
 * - least-connections: fewest connections of this caller; ties go round in order, as Nginx's least_conn does.
 * - power-of-d: d different replicas drawn, the one with fewest connections of this caller, first drawn on a tie
 *   (Mitzenmacher 2001).
 * - caller-hash: by the number of the caller's replica, shared or not: a caller keeps to one replica for good.
 * - key-hash: by the request's own key, see `shard`.
 */
export class Balancing {
  readonly #policy: Uint8Array;
  readonly #targets: Int32Array;
  readonly #choices: Int32Array;
  readonly #counts: Uint8Array;
  /** First entry per balancer of per-caller and of per-(caller, target) state. */
  readonly #turnBase: Int32Array;
  readonly #pairBase: Int32Array;
  readonly #turn: Int32Array;
  /** Open connections where the policy counts them, else the current weights of the smooth algorithm. */
  readonly #pairs: Int32Array;
  readonly #weights: readonly (Int32Array | null)[];
  readonly #cumulative: readonly (Float64Array | null)[];
  readonly #keys: StreamKeys;
  /** Targets drawn so far in ascending order, while one power-of-d pick goes on. */
  readonly #drawn: Int32Array;

  constructor({ balancers, seed }: Pick<Model, 'balancers' | 'seed'>) {
    this.#policy = Uint8Array.from(balancers, (balancer) => Policy[balancer.policy]);
    this.#targets = Int32Array.from(balancers, (balancer) => balancer.targetCount);
    this.#counts = Uint8Array.from(balancers, ({ policy }) => (countsConnections(policy) ? 1 : 0));
    this.#choices = Int32Array.from(balancers, (balancer) => balancer.choices);
    this.#drawn = new Int32Array(Math.max(0, ...this.#choices));
    this.#weights = balancers.map(({ weights }) => (weights === null ? null : Int32Array.from(weights)));
    this.#cumulative = balancers.map(({ cumulative }) =>
      cumulative === null ? null : Float64Array.from(cumulative),
    );
    this.#keys = streamKeys(
      seed,
      balancers.map((balancer) => balancer.stream),
    );
    const cells = balancers.map(cellsOf);
    this.#turnBase = runningSum(cells.map(({ turns }) => turns));
    this.#pairBase = runningSum(cells.map(({ pairs }) => pairs));
    this.#turn = new Int32Array(this.#turnBase[balancers.length]!);
    this.#pairs = new Int32Array(this.#pairBase[balancers.length]!);
    cells.forEach(({ turns }, index) => {
      for (let caller = 0; caller < turns; caller++) {
        const draw = hash32(this.#keys.low[index]!, this.#keys.high[index]!, caller, 0);
        this.#turn[this.#turnBase[index]! + caller] = Math.floor(
          draw * TO_UNIT * balancers[index]!.targetCount,
        );
      }
    });
  }

  /** Replica for a request with this draw key; `caller` is the caller's replica. Opens a connection where they count. */
  pick(balancer: number, caller: number, keyLow: number, keyHigh: number, k0: number, k1: number): number {
    const target = this.#choose(balancer, caller, keyLow, keyHigh, k0, k1);
    if (this.#counts[balancer] === 0) return target;
    const pair = this.#pairBase[balancer]! + caller * this.#targets[balancer]! + target;
    this.#pairs[pair] = this.#pairs[pair]! + 1;
    return target;
  }

  /** Ends a connection opened by `pick`. */
  drop(balancer: number, caller: number, target: number): void {
    const pair = this.#pairBase[balancer]! + caller * this.#targets[balancer]! + target;
    this.#pairs[pair] = this.#pairs[pair]! - 1;
  }

  /** key-hash: the same replica for every visit of the request with this key, whoever calls. */
  shard(balancer: number, requestLow: number, requestHigh: number): number {
    const draw = hash32(this.#keys.low[balancer]!, this.#keys.high[balancer]!, requestLow, requestHigh);
    const cumulative = this.#cumulative[balancer] ?? null;
    return cumulative === null
      ? Math.floor(draw * TO_UNIT * this.#targets[balancer]!)
      : place(cumulative, draw);
  }

  #choose(balancer: number, caller: number, keyLow: number, keyHigh: number, k0: number, k1: number): number {
    const targets = this.#targets[balancer]!;
    switch (this.#policy[balancer]) {
      case Policy.random:
        return Math.floor((hashInt32(k0, k1, keyLow, keyHigh) >>> 0) * TO_UNIT * targets);
      case Policy['weighted-random']:
        return place(this.#cumulative[balancer]!, hash32(k0, k1, keyLow, keyHigh));
      case Policy['round-robin']:
        return this.#nextTurn(balancer, caller, targets);
      case Policy['weighted-round-robin']:
        return this.#smooth(balancer, caller, targets);
      case Policy['least-connections']:
        return this.#leastConnections(balancer, caller, targets);
      case Policy['power-of-d']:
        return this.#bestOfDrawn(balancer, caller, keyLow, keyHigh, k0, k1);
      case Policy['caller-hash']: {
        const draw = hash32(this.#keys.low[balancer]!, this.#keys.high[balancer]!, caller, 1);
        return Math.floor(draw * TO_UNIT * targets);
      }
      default:
        throw new RangeError(`balancer ${balancer} does not pick`);
    }
  }

  #nextTurn(balancer: number, caller: number, targets: number): number {
    const at = this.#turnBase[balancer]! + caller;
    const turn = this.#turn[at]!;
    this.#turn[at] = turn + 1 < targets ? turn + 1 : 0;
    return turn;
  }

  #smooth(balancer: number, caller: number, targets: number): number {
    const weights = this.#weights[balancer]!;
    const base = this.#pairBase[balancer]! + caller * targets;
    const current = this.#pairs;
    let best = 0;
    let sum = 0;
    for (let target = 0; target < targets; target++) {
      const weight = weights[target]!;
      sum += weight;
      current[base + target] = current[base + target]! + weight;
      if (current[base + target]! > current[base + best]!) best = target;
    }
    current[base + best] = current[base + best]! - sum;
    return best;
  }

  #leastConnections(balancer: number, caller: number, targets: number): number {
    const base = this.#pairBase[balancer]! + caller * targets;
    const connections = this.#pairs;
    const first = this.#nextTurn(balancer, caller, targets);
    let best = first;
    let fewest = connections[base + first]!;
    let target = first;
    for (let i = 1; i < targets && fewest > 0; i++) {
      target = target + 1 < targets ? target + 1 : 0;
      const here = connections[base + target]!;
      if (here < fewest) {
        fewest = here;
        best = target;
      }
    }
    return best;
  }

  #bestOfDrawn(
    balancer: number,
    caller: number,
    keyLow: number,
    keyHigh: number,
    k0: number,
    k1: number,
  ): number {
    const targets = this.#targets[balancer]!;
    const choices = Math.min(this.#choices[balancer]!, targets);
    const base = this.#pairBase[balancer]! + caller * targets;
    const drawn = this.#drawn;
    let best = -1;
    let fewest = Infinity;
    for (let i = 0; i < choices; i++) {
      // Floyd-like sampling without replacement: the i-th draw counts only the targets not drawn before it.
      let target = Math.floor(
        (hashInt32(k0 ^ Math.imul(i, 0x9e3779b9), k1, keyLow, keyHigh) >>> 0) * TO_UNIT * (targets - i),
      );
      let slot = 0;
      while (slot < i && drawn[slot]! <= target) {
        target++;
        slot++;
      }
      for (let j = i; j > slot; j--) drawn[j] = drawn[j - 1]!;
      drawn[slot] = target;
      const here = this.#pairs[base + target]!;
      if (here < fewest) {
        fewest = here;
        best = target;
      }
    }
    return best;
  }
}

/** Where each of these runs of cells begins, and where the last one ends. */
function runningSum(counts: readonly number[]): Int32Array {
  const sums = new Int32Array(counts.length + 1);
  counts.forEach((count, index) => (sums[index + 1] = sums[index]! + count));
  return sums;
}

/** Index of the first cumulative threshold above the draw. */
function place(cumulative: Float64Array, draw: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (draw < cumulative[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
