import { pinned } from '../base/pinned.ts';
import { hash32 } from '../random/streams.ts';
import type { Model } from '../model/model.ts';
import { cellsOf, countsConnections } from '../model/policies/balancer-state.ts';
import { Policy } from './codes.ts';
import { streamKeys, type StreamKeys } from './draws.ts';

const TO_UNIT = 1 / 4294967296;

/** What balancers know and remember: see kernel/balancing.ts. */
export class Balancers {
  readonly policy: Uint8Array;
  readonly targets: Int32Array;
  readonly choices: Int32Array;
  readonly counts: Uint8Array;
  /** First entry per balancer of per-caller and of per-(caller, target) state. */
  readonly turnBase: Int32Array;
  readonly pairBase: Int32Array;
  readonly turn: Int32Array;
  /** Open connections where the policy counts them, else the current weights of the smooth algorithm. */
  readonly pairs: Int32Array;
  readonly weights: readonly (Int32Array | null)[];
  readonly cumulative: readonly (Float64Array | null)[];
  readonly keys: StreamKeys;
  /** Targets drawn so far in ascending order, while one power-of-d pick goes on. */
  readonly drawn: Int32Array;

  constructor({ balancers, seed }: Pick<Model, 'balancers' | 'seed'>) {
    this.policy = pinned(Uint8Array.from(balancers, (balancer) => Policy[balancer.policy]));
    this.targets = pinned(Int32Array.from(balancers, (balancer) => balancer.targetCount));
    this.counts = pinned(Uint8Array.from(balancers, ({ policy }) => (countsConnections(policy) ? 1 : 0)));
    this.choices = pinned(Int32Array.from(balancers, (balancer) => balancer.choices));
    this.drawn = pinned(new Int32Array(Math.max(0, ...this.choices)));
    this.weights = balancers.map(({ weights }) => (weights === null ? null : Int32Array.from(weights)));
    this.cumulative = balancers.map(({ cumulative }) =>
      cumulative === null ? null : Float64Array.from(cumulative),
    );
    this.keys = streamKeys(
      seed,
      balancers.map((balancer) => balancer.stream),
    );
    const cells = balancers.map(cellsOf);
    this.turnBase = runningSum(cells.map(({ turns }) => turns));
    this.pairBase = runningSum(cells.map(({ pairs }) => pairs));
    this.turn = pinned(new Int32Array(this.turnBase[balancers.length]!));
    this.pairs = pinned(new Int32Array(this.pairBase[balancers.length]!));
    cells.forEach(({ turns }, index) => {
      for (let caller = 0; caller < turns; caller++) {
        const draw = hash32(this.keys.low[index]!, this.keys.high[index]!, caller, 0);
        this.turn[this.turnBase[index]! + caller] = Math.floor(
          draw * TO_UNIT * balancers[index]!.targetCount,
        );
      }
    });
  }
}

/** Where each of these runs of cells begins, and where the last one ends. */
function runningSum(counts: readonly number[]): Int32Array {
  const sums = pinned(new Int32Array(counts.length + 1));
  counts.forEach((count, index) => (sums[index + 1] = sums[index]! + count));
  return sums;
}
