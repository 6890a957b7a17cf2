import type { Model } from '../model/model.ts';

/**
 * Token buckets in whole numbers. A token comes every T = perNs / tokens ns, and the bucket is full at the instant
 * kept as `due`; a request at `now` finds a token when due − now ≤ (burst − 1)·T, and takes it by moving `due`, or now
 * where that is later, on by T. Instants are whole ns and a rest in units of 1/tokens ns, so nothing is ever rounded
 * and the n-th admission is exact to the ns.
 * Source: virtual scheduling algorithm, GCRA(T, τ = (burst − 1)·T), of ITU-T I.371; the token bucket's equal.
 */
export class Limiting {
  /** Per window: (window × limiters + limiter). */
  readonly askedSeries: Float64Array;
  readonly shedSeries: Float64Array;
  /** Instant of the first refusal in the window; Infinity when there is none. */
  readonly firstShedSeriesNs: Float64Array;
  /** Since the window began. */
  readonly #asked: Float64Array;
  readonly #shed: Float64Array;
  readonly #firstShedNs: Float64Array;
  /** First instance of each limiter. */
  readonly #base: Int32Array;
  /** Units of rest in a ns; T and τ as whole ns and rest. */
  readonly #units: Float64Array;
  readonly #gapNs: Float64Array;
  readonly #gapRest: Float64Array;
  readonly #aheadNs: Float64Array;
  readonly #aheadRest: Float64Array;
  /** Per instance. */
  readonly #dueNs: Float64Array;
  readonly #dueRest: Float64Array;

  constructor({ limiters, warmUpNs }: Pick<Model, 'limiters' | 'warmUpNs'>, windows: number) {
    this.#asked = new Float64Array(limiters.length);
    this.#shed = new Float64Array(limiters.length);
    this.#firstShedNs = new Float64Array(limiters.length).fill(Infinity);
    this.askedSeries = new Float64Array(limiters.length * windows);
    this.shedSeries = new Float64Array(limiters.length * windows);
    this.firstShedSeriesNs = new Float64Array(limiters.length * windows).fill(Infinity);
    this.#base = new Int32Array(limiters.length);
    this.#units = Float64Array.from(limiters, ({ tokens }) => tokens);
    this.#gapNs = Float64Array.from(limiters, ({ tokens, perNs }) => Math.floor(perNs / tokens));
    this.#gapRest = Float64Array.from(limiters, ({ tokens, perNs }) => perNs % tokens);
    const ahead = limiters.map(({ tokens, perNs, burst }) => {
      const units = BigInt(burst - 1) * BigInt(perNs); // beyond 2^53 in units, not in ns
      return { ns: Number(units / BigInt(tokens)), rest: Number(units % BigInt(tokens)) };
    });
    this.#aheadNs = Float64Array.from(ahead, ({ ns }) => ns);
    this.#aheadRest = Float64Array.from(ahead, ({ rest }) => rest);
    let instances = 0;
    limiters.forEach(({ instanceCount }, index) => {
      this.#base[index] = instances;
      instances += instanceCount;
    });
    this.#dueNs = new Float64Array(instances).fill(-warmUpNs);
    this.#dueRest = new Float64Array(instances);
  }

  /** Takes one token of instance `replica` if there is one. `now[0]` is the time in ns. */
  admits(limiter: number, replica: number, now: Float64Array): boolean {
    const instance = this.#base[limiter]! + replica;
    const nowNs = now[0]!;
    let dueNs = this.#dueNs[instance]!;
    let rest = this.#dueRest[instance]!;
    if (dueNs < nowNs) {
      dueNs = nowNs;
      rest = 0;
    }
    this.#asked[limiter] = this.#asked[limiter]! + 1;
    const aheadNs = this.#aheadNs[limiter]!;
    if (dueNs - nowNs > aheadNs || (dueNs - nowNs === aheadNs && rest > this.#aheadRest[limiter]!)) {
      this.#shed[limiter] = this.#shed[limiter]! + 1;
      if (nowNs < this.#firstShedNs[limiter]!) this.#firstShedNs[limiter] = nowNs;
      return false;
    }
    dueNs += this.#gapNs[limiter]!;
    rest += this.#gapRest[limiter]!;
    const units = this.#units[limiter]!;
    if (rest >= units) {
      rest -= units;
      dueNs++;
    }
    this.#dueNs[instance] = dueNs;
    this.#dueRest[instance] = rest;
    return true;
  }

  /** Keeps what was seen since the last call as the row of `window` (nowhere for -1) and starts anew. */
  closeWindow(window: number): void {
    if (window >= 0) {
      this.askedSeries.set(this.#asked, window * this.#asked.length);
      this.shedSeries.set(this.#shed, window * this.#shed.length);
      this.firstShedSeriesNs.set(this.#firstShedNs, window * this.#firstShedNs.length);
    }
    this.#asked.fill(0);
    this.#shed.fill(0);
    this.#firstShedNs.fill(Infinity);
  }
}
