import type { Balancers } from '../balancers.ts';
import type { Kit } from '../kit.ts';

export type Balancing = ReturnType<typeof makeBalancing>;

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
export function makeBalancing(kit: Pick<Kit, 'Policy' | 'hash32' | 'hashInt32'>, balancers: Balancers) {
  const { Policy, hash32, hashInt32 } = kit;
  const { policy, targets: targetCounts, choices: choiceCounts, counts, turnBase, pairBase } = balancers;
  const { turn: turns, pairs, weights: allWeights, cumulative: allCumulative, drawn } = balancers;
  const { low: keysLow, high: keysHigh } = balancers.keys;
  const TO_UNIT = 1 / 4294967296;

  /** Replica for a request with this draw key; `caller` is the caller's replica. Opens a connection where they count. */
  function pick(
    balancer: number,
    caller: number,
    keyLow: number,
    keyHigh: number,
    k0: number,
    k1: number,
  ): number {
    const target = choose(balancer, caller, keyLow, keyHigh, k0, k1);
    if (counts[balancer] === 0) return target;
    const pair = pairBase[balancer]! + caller * targetCounts[balancer]! + target;
    pairs[pair] = pairs[pair]! + 1;
    return target;
  }

  /** Ends a connection opened by `pick`. */
  function drop(balancer: number, caller: number, target: number): void {
    const pair = pairBase[balancer]! + caller * targetCounts[balancer]! + target;
    pairs[pair] = pairs[pair]! - 1;
  }

  /** key-hash: the same replica for every visit of the request with this key, whoever calls. */
  function shard(balancer: number, requestLow: number, requestHigh: number): number {
    const draw = hash32(keysLow[balancer]!, keysHigh[balancer]!, requestLow, requestHigh);
    const cumulative = allCumulative[balancer] ?? null;
    return cumulative === null
      ? Math.floor(draw * TO_UNIT * targetCounts[balancer]!)
      : place(cumulative, draw);
  }

  function choose(
    balancer: number,
    caller: number,
    keyLow: number,
    keyHigh: number,
    k0: number,
    k1: number,
  ): number {
    const targets = targetCounts[balancer]!;
    switch (policy[balancer]) {
      case Policy.random:
        return Math.floor((hashInt32(k0, k1, keyLow, keyHigh) >>> 0) * TO_UNIT * targets);
      case Policy['weighted-random']:
        return place(allCumulative[balancer]!, hash32(k0, k1, keyLow, keyHigh));
      case Policy['round-robin']:
        return nextTurn(balancer, caller, targets);
      case Policy['weighted-round-robin']:
        return smooth(balancer, caller, targets);
      case Policy['least-connections']:
        return leastConnections(balancer, caller, targets);
      case Policy['power-of-d']:
        return bestOfDrawn(balancer, caller, keyLow, keyHigh, k0, k1);
      case Policy['caller-hash']: {
        const draw = hash32(keysLow[balancer]!, keysHigh[balancer]!, caller, 1);
        return Math.floor(draw * TO_UNIT * targets);
      }
      default:
        throw new RangeError(`balancer ${balancer} does not pick`);
    }
  }

  function nextTurn(balancer: number, caller: number, targets: number): number {
    const at = turnBase[balancer]! + caller;
    const turn = turns[at]!;
    turns[at] = turn + 1 < targets ? turn + 1 : 0;
    return turn;
  }

  function smooth(balancer: number, caller: number, targets: number): number {
    const weights = allWeights[balancer]!;
    const base = pairBase[balancer]! + caller * targets;
    const current = pairs;
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

  function leastConnections(balancer: number, caller: number, targets: number): number {
    const base = pairBase[balancer]! + caller * targets;
    const connections = pairs;
    const first = nextTurn(balancer, caller, targets);
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

  function bestOfDrawn(
    balancer: number,
    caller: number,
    keyLow: number,
    keyHigh: number,
    k0: number,
    k1: number,
  ): number {
    const targets = targetCounts[balancer]!;
    const choices = Math.min(choiceCounts[balancer]!, targets);
    const base = pairBase[balancer]! + caller * targets;
    const chosen = drawn;
    const connections = pairs;
    let best = -1;
    let fewest = Infinity;
    for (let i = 0; i < choices; i++) {
      // Floyd-like sampling without replacement: the i-th draw counts only the targets not drawn before it.
      let target = Math.floor(
        (hashInt32(k0 ^ Math.imul(i, 0x9e3779b9), k1, keyLow, keyHigh) >>> 0) * TO_UNIT * (targets - i),
      );
      let slot = 0;
      while (slot < i && chosen[slot]! <= target) {
        target++;
        slot++;
      }
      for (let j = i; j > slot; j--) chosen[j] = chosen[j - 1]!;
      chosen[slot] = target;
      const here = connections[base + target]!;
      if (here < fewest) {
        fewest = here;
        best = target;
      }
    }
    return best;
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

  return { pick, drop, shard };
}
