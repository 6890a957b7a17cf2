import { hash32, hashInt32 } from '../random/streams.ts';
import type { Balancer, Model } from '../model/model.ts';
import { streamKeys, type StreamKeys } from './draws.ts';

/** Codes of the policies, so that the choice is a switch on a small integer. */
const Policy = {
  random: 0,
  'weighted-random': 1,
  'round-robin': 2,
  'weighted-round-robin': 3,
  'least-connections': 4,
  'power-of-d': 5,
  'source-hash': 6,
  'key-hash': 7,
} as const satisfies Record<Balancer['policy'], number>;

const TO_UNIT = 1 / 4294967296;

/**
 * Chooses replicas. Each caller replica is a balancer of its own and knows only its own connections, as an Nginx worker
 * does, unless the balancer is shared (`callerCount` 1).
 *
 * - round-robin: each caller begins at a replica drawn once, so that callers do not march in step.
 * - weighted-round-robin: Nginx's smooth algorithm (ngx_http_upstream_round_robin_module.c): every pick adds each
 *   weight to its current weight, takes the first largest, and takes the sum of weights off it.
 * - least-connections: fewest connections of this caller; ties go round in order, as Nginx's least_conn does.
 * - power-of-d: d different replicas drawn, the one with fewest connections of this caller, first drawn on a tie
 *   (Mitzenmacher 2001).
 * - source-hash: by caller; the client's requests have a source each. key-hash: by the request's key, the same replica
 *   for every visit of one request.
 */
export class Balancing {
  readonly #policy: Uint8Array;
  readonly #targets: Int32Array;
  readonly #shared: Uint8Array;
  readonly #choices: Int32Array;
  /** Whether the policy looks at connections. */
  readonly #counts: Uint8Array;
  /** First entry per balancer of per-caller and of per-(caller, target) state. */
  readonly #callerBase: Int32Array;
  readonly #pairBase: Int32Array;
  readonly #turn: Int32Array;
  readonly #connections: Int32Array;
  readonly #current: Int32Array;
  readonly #weights: readonly (Int32Array | null)[];
  readonly #cumulative: readonly (Float64Array | null)[];
  readonly #keys: StreamKeys;

  constructor(model: Model) {
    const { balancers } = model;
    this.#policy = Uint8Array.from(balancers, (balancer) => Policy[balancer.policy]);
    this.#targets = Int32Array.from(balancers, (balancer) => balancer.targetCount);
    this.#shared = Uint8Array.from(balancers, (balancer) => (balancer.callerCount === 1 ? 1 : 0));
    this.#counts = Uint8Array.from(balancers, ({ policy }) =>
      policy === 'least-connections' || policy === 'power-of-d' ? 1 : 0,
    );
    this.#choices = Int32Array.from(balancers, (balancer) => balancer.choices);
    this.#weights = balancers.map((balancer) =>
      balancer.weights === null ? null : Int32Array.from(balancer.weights),
    );
    this.#cumulative = balancers.map((balancer) =>
      balancer.cumulative === null ? null : Float64Array.from(balancer.cumulative),
    );
    this.#keys = streamKeys(
      model.seed,
      balancers.map((balancer) => balancer.stream),
    );
    this.#callerBase = new Int32Array(balancers.length);
    this.#pairBase = new Int32Array(balancers.length);
    let callers = 0;
    let pairs = 0;
    balancers.forEach((balancer, index) => {
      this.#callerBase[index] = callers;
      this.#pairBase[index] = pairs;
      callers += balancer.callerCount;
      pairs += balancer.callerCount * balancer.targetCount;
    });
    this.#turn = new Int32Array(callers);
    this.#connections = new Int32Array(pairs);
    this.#current = new Int32Array(pairs);
    balancers.forEach((balancer, index) => {
      for (let caller = 0; caller < balancer.callerCount; caller++) {
        const draw = hash32(this.#keys.low[index]!, this.#keys.high[index]!, caller, 0);
        this.#turn[this.#callerBase[index]! + caller] = Math.floor(draw * TO_UNIT * balancer.targetCount);
      }
    });
  }

  /** Replica for a request with this draw key; `caller` is the caller's replica. Opens a connection where they count. */
  pick(balancer: number, caller: number, keyLow: number, keyHigh: number, k0: number, k1: number): number {
    const from = this.#shared[balancer] === 1 ? 0 : caller;
    const target = this.#choose(balancer, from, keyLow, keyHigh, k0, k1);
    if (this.#counts[balancer] === 0) return target;
    const pair = this.#pairBase[balancer]! + from * this.#targets[balancer]! + target;
    this.#connections[pair] = this.#connections[pair]! + 1;
    return target;
  }

  /** Ends a connection opened by `pick`. */
  drop(balancer: number, caller: number, target: number): void {
    const from = this.#shared[balancer] === 1 ? 0 : caller;
    const pair = this.#pairBase[balancer]! + from * this.#targets[balancer]! + target;
    this.#connections[pair] = this.#connections[pair]! - 1;
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
      case Policy['source-hash']: {
        const own = this.#keys;
        if (this.#shared[balancer] === 0)
          return Math.floor(hash32(own.low[balancer]!, own.high[balancer]!, caller, 1) * TO_UNIT * targets);
        return Math.floor(
          hash32(own.low[balancer]!, own.high[balancer]!, keyLow, keyHigh) * TO_UNIT * targets,
        );
      }
      default: {
        // key-hash
        const draw = hash32(this.#keys.low[balancer]!, this.#keys.high[balancer]!, keyLow, keyHigh);
        const cumulative = this.#cumulative[balancer] ?? null;
        return cumulative === null ? Math.floor(draw * TO_UNIT * targets) : place(cumulative, draw);
      }
    }
  }

  #nextTurn(balancer: number, caller: number, targets: number): number {
    const at = this.#callerBase[balancer]! + caller;
    const turn = this.#turn[at]!;
    this.#turn[at] = turn + 1 < targets ? turn + 1 : 0;
    return turn;
  }

  #smooth(balancer: number, caller: number, targets: number): number {
    const weights = this.#weights[balancer]!;
    const base = this.#pairBase[balancer]! + caller * targets;
    const current = this.#current;
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
    const connections = this.#connections;
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
    const drawn = DRAWN;
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
      const here = this.#connections[base + target]!;
      if (here < fewest) {
        fewest = here;
        best = target;
      }
    }
    return best;
  }
}

/** Targets drawn so far in ascending order, while one power-of-d pick goes on. */
const DRAWN = new Int32Array(1024);

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
