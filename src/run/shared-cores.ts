import { pinned } from '../base/pinned.ts';
import type { Model } from '../model/model.ts';

/** Processor-sharing instances: see kernel/sharing.ts. */
export class SharedCores {
  readonly virtual: Float64Array;
  readonly sinceNs: Float64Array;
  readonly dueNs: Float64Array;
  readonly root: Int32Array;
  readonly jobs: Int32Array;
  /** Rate of one job at each instance now. */
  readonly rate: Float64Array;
  readonly groupOf: Int32Array;
  /** R(n) / n for n = 1…length, all groups one behind the other. */
  readonly shares: Float64Array;
  readonly shareBase: Int32Array;
  readonly shareLength: Int32Array;
  readonly rateMax: Float64Array;

  constructor(model: Model, instanceBase: Int32Array, instances: number) {
    this.virtual = pinned(new Float64Array(instances));
    this.sinceNs = pinned(new Float64Array(instances));
    this.dueNs = pinned(new Float64Array(instances).fill(Infinity));
    this.root = pinned(new Int32Array(instances).fill(-1));
    this.jobs = pinned(new Int32Array(instances));
    this.rate = pinned(new Float64Array(instances));
    this.groupOf = pinned(new Int32Array(instances));
    const shares: number[] = [];
    this.shareBase = pinned(new Int32Array(model.groups.length));
    this.shareLength = pinned(new Int32Array(model.groups.length));
    this.rateMax = pinned(new Float64Array(model.groups.length));
    model.groups.forEach((group, index) => {
      this.groupOf.fill(index, instanceBase[index], instanceBase[index]! + group.instanceCount);
      if (group.discipline !== 'ps') return;
      const rates = group.rates ?? Array.from({ length: group.serverCount }, (_, n) => n + 1);
      this.shareBase[index] = shares.length;
      this.shareLength[index] = rates.length;
      this.rateMax[index] = rates.at(-1)!;
      rates.forEach((rate, n) => shares.push(rate / (n + 1)));
    });
    this.shares = pinned(Float64Array.from(shares));
  }
}
