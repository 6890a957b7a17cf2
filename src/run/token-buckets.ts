import { pinned } from '../base/pinned.ts';
import type { Model } from '../model/model.ts';

/** Token buckets of all limiters: see kernel/limiting.ts. */
export class TokenBuckets {
  /** Per window: (window × limiters + limiter). */
  readonly askedSeries: Float64Array;
  readonly shedSeries: Float64Array;
  /** Instant of the first refusal in the window; Infinity when there is none. */
  readonly firstShedSeriesNs: Float64Array;
  /** Since the window began. */
  readonly asked: Float64Array;
  readonly shed: Float64Array;
  readonly firstShedNs: Float64Array;
  /** First instance of each limiter. */
  readonly base: Int32Array;
  /** Units of rest in a ns; T and τ as whole ns and rest. */
  readonly units: Float64Array;
  readonly gapNs: Float64Array;
  readonly gapRest: Float64Array;
  readonly aheadNs: Float64Array;
  readonly aheadRest: Float64Array;
  /** Per instance. */
  readonly dueNs: Float64Array;
  readonly dueRest: Float64Array;

  constructor({ limiters, warmUpNs }: Pick<Model, 'limiters' | 'warmUpNs'>, windows: number) {
    this.asked = pinned(new Float64Array(limiters.length));
    this.shed = pinned(new Float64Array(limiters.length));
    this.firstShedNs = pinned(new Float64Array(limiters.length).fill(Infinity));
    this.askedSeries = pinned(new Float64Array(limiters.length * windows));
    this.shedSeries = pinned(new Float64Array(limiters.length * windows));
    this.firstShedSeriesNs = pinned(new Float64Array(limiters.length * windows).fill(Infinity));
    this.base = pinned(new Int32Array(limiters.length));
    this.units = pinned(Float64Array.from(limiters, ({ tokens }) => tokens));
    this.gapNs = pinned(Float64Array.from(limiters, ({ tokens, perNs }) => Math.floor(perNs / tokens)));
    this.gapRest = pinned(Float64Array.from(limiters, ({ tokens, perNs }) => perNs % tokens));
    const ahead = limiters.map(({ tokens, perNs, burst }) => {
      const units = BigInt(burst - 1) * BigInt(perNs); // beyond 2^53 in units, not in ns
      return { ns: Number(units / BigInt(tokens)), rest: Number(units % BigInt(tokens)) };
    });
    this.aheadNs = pinned(Float64Array.from(ahead, ({ ns }) => ns));
    this.aheadRest = pinned(Float64Array.from(ahead, ({ rest }) => rest));
    let instances = 0;
    limiters.forEach(({ instanceCount }, index) => {
      this.base[index] = instances;
      instances += instanceCount;
    });
    this.dueNs = pinned(new Float64Array(instances).fill(-warmUpNs));
    this.dueRest = pinned(new Float64Array(instances));
  }
}
