import type { Model } from '../model/model.ts';

/**
 * Token buckets in whole numbers: a token is `perNs` units, `tokens` units flow in every ns, the bucket holds
 * `burst × perNs` units and starts full. No rounding anywhere, so the n-th admission is exact to the ns.
 * Source: token bucket as in ITU-T I.371 (continuous-state leaky bucket, its mirror image).
 */
export class Limiting {
  /** Per window: (window × limiters + limiter). */
  readonly askedSeries: Float64Array;
  readonly shedSeries: Float64Array;
  /** Since the window began. */
  readonly #asked: Float64Array;
  readonly #shed: Float64Array;
  readonly firstShedNs: Float64Array;
  readonly #base: Int32Array;
  readonly #flow: Float64Array;
  readonly #token: Float64Array;
  readonly #full: Float64Array;
  readonly #units: Float64Array;
  readonly #sinceNs: Float64Array;

  constructor(model: Model, windows: number) {
    const { limiters } = model;
    this.#asked = new Float64Array(limiters.length);
    this.#shed = new Float64Array(limiters.length);
    this.askedSeries = new Float64Array(limiters.length * windows);
    this.shedSeries = new Float64Array(limiters.length * windows);
    this.firstShedNs = new Float64Array(limiters.length).fill(Infinity);
    this.#base = new Int32Array(limiters.length);
    this.#flow = Float64Array.from(limiters, (limiter) => limiter.tokens);
    this.#token = Float64Array.from(limiters, (limiter) => limiter.perNs);
    this.#full = Float64Array.from(limiters, (limiter) => limiter.burst * limiter.perNs);
    let instances = 0;
    limiters.forEach((limiter, index) => {
      this.#base[index] = instances;
      instances += limiter.instanceCount;
    });
    this.#units = new Float64Array(instances);
    this.#sinceNs = new Float64Array(instances).fill(-model.warmUpNs);
    limiters.forEach((limiter, index) => {
      const from = this.#base[index]!;
      this.#units.fill(this.#full[index]!, from, from + limiter.instanceCount);
    });
  }

  /** Takes one token of instance `replica` if there is one. `now[0]` is the time in ns. */
  admits(limiter: number, replica: number, now: Float64Array): boolean {
    const instance = this.#base[limiter]! + replica;
    const nowNs = now[0]!;
    const full = this.#full[limiter]!;
    const flow = this.#flow[limiter]!;
    const token = this.#token[limiter]!;
    const elapsedNs = nowNs - this.#sinceNs[instance]!;
    const before = this.#units[instance]!;
    // Compared as times, so that a long silence cannot push the product beyond 2^53.
    let units = elapsedNs >= (full - before) / flow ? full : before + elapsedNs * flow;
    this.#sinceNs[instance] = nowNs;
    const admitted = units >= token;
    if (admitted) units -= token;
    this.#units[instance] = units;
    this.#asked[limiter] = this.#asked[limiter]! + 1;
    if (!admitted) {
      this.#shed[limiter] = this.#shed[limiter]! + 1;
      if (nowNs >= 0 && nowNs < this.firstShedNs[limiter]!) this.firstShedNs[limiter] = nowNs;
    }
    return admitted;
  }

  /** Keeps what was counted since the last call as the row of `window` (nowhere for -1) and starts anew. */
  closeWindow(window: number): void {
    if (window >= 0) {
      this.askedSeries.set(this.#asked, window * this.#asked.length);
      this.shedSeries.set(this.#shed, window * this.#shed.length);
    }
    this.#asked.fill(0);
    this.#shed.fill(0);
  }
}
