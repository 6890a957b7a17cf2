import { exp, ln, log1p, expm1, normalQuantile } from '../base/math.ts';
import { hash32, hashInt32, streamKey, type StreamKey } from '../random/streams.ts';
import { exponentialOf } from './exponential.ts';
import type { Model, RatePiece, Source } from '../model/model.ts';
import { areaUnder } from '../model/traffic/rate-curve.ts';
import { sampleTable, TABLE_LENGTH } from '../random/quantile-table.ts';

type OpenSource = Extract<Source, { model: 'open' }>;

/** Steps of the noise process in one correlation time. */
const NOISE_STEPS = 10;

/** Instants worked out at a time: a loop over many keeps its numbers in registers. */
export const BLOCK = 256;

/** Gaps run through before a renewal process is taken to be in equilibrium. */
const RUN_IN_GAPS = 100;

/** Stands for the area of an arrival that comes together with the one before. */
const TOGETHER = -1;

/**
 * Arrivals of an open source, exact in distribution: with Λ(t) = ∫ rate, the n-th arrival is where Λ reaches the sum of
 * n gaps with mean 1 (Çinlar 1975, Introduction to Stochastic Processes, §4.7; inversion method). Gaps are exponential
 * for Poisson, 1 for deterministic, of the given law for renewal; a batch brings its requests at one instant.
 *
 * The rate is the curve times the noise times the modulation. Noise: exp(σx − σ²/2) with x a stationary Gaussian AR(1)
 * on a grid of a tenth of the correlation time, φ = e^(−1/10), σ² = ln(1 + cv²): mean 1, coefficient of variation cv,
 * correlation 1/e after the correlation time. Time is kept as a real number, so that rounding to ns adds no drift.
 *
 * All of this is in scenario time; only the instants in the block are the engine's.
 */
export class OpenArrivals {
  readonly #source: OpenSource;
  readonly #tables: Float64Array;
  readonly #gapKey: StreamKey;
  readonly #sizeKey: StreamKey;
  readonly #noiseKey: StreamKey;
  readonly #stateKey: StreamKey;
  /** Instants worked out ahead, in whole ns of the engine (while they are: areas). */
  readonly #block: Float64Array;
  readonly #shiftNs: Float64Array;
  /** [0] Where the process stands, in ns. In an array, because V8 boxes a double that a private field is given. */
  readonly #atNs: Float64Array;
  /** Number of the next gap. */
  #gaps = 0;
  /** Area from where the process stands to its next arrival where that is known beforehand, else -1. */
  #nextArea = -1;
  /** Requests of the current batch still to come. */
  #left = 0;
  #piece = 0;
  #noise = 1;
  #noiseX = 0;
  #noiseStep = 0;
  #noiseUntilNs: number;
  #state = 0;
  #stateCount = 0;
  #factor = 1;
  #stateUntilNs: number;

  constructor(source: OpenSource, model: Model, block: Float64Array, shiftNs: Float64Array) {
    this.#block = block;
    this.#shiftNs = shiftNs;
    this.#source = source;
    this.#tables = model.tables;
    const key = (purpose: string): StreamKey => streamKey(model.seed, `${source.name}/${purpose}`);
    this.#gapKey = key('gaps');
    this.#sizeKey = key('batch sizes');
    this.#noiseKey = key('noise');
    this.#stateKey = key('modulation');
    const fromNs = source.pieces[0]!.fromNs;
    this.#atNs = Float64Array.of(fromNs);
    this.#noiseUntilNs = source.noise === null ? Infinity : fromNs;
    this.#stateUntilNs = source.arrivals.process === 'mmpp' ? fromNs : Infinity;
  }

  /** Puts the instants of the next `BLOCK` arrivals into the block, in whole ns; Infinity when the curve has ended. */
  fill(): void {
    this.#drawAreas();
    if (this.#nextArea >= 0) this.#block[0] = this.#nextArea;
    this.#nextArea = -1;
    this.#place();
  }

  /**
   * Goes on at a later instant; what was worked out ahead is forgotten. The shift must be that of the instant. Arrivals
   * by chance have no memory; those of the curve alone are where they would have been; a renewal process is in
   * equilibrium. Draws of gaps begin at the first multiple of `BLOCK` that is not below `used`, nor below twice the
   * arrivals expected until then: so they depend on the instant alone, unless far more have come. Returns that number.
   */
  seek(atNs: number, used: number): number {
    const { pieces, arrivals, noise } = this.#source;
    const beginNs = pieces[0]!.fromNs;
    const expected = areaUnder(pieces, beginNs, atNs);
    this.#atNs[0] = atNs;
    this.#piece = pieces.filter(({ toNs }) => toNs <= atNs).length; // what was worked out ahead may be further
    if (noise !== null && this.#noiseUntilNs - noise.correlationNs / NOISE_STEPS > atNs) {
      this.#noiseStep = 0;
      this.#noiseUntilNs = beginNs;
    }
    this.#left = 0;
    const number = BLOCK * Math.ceil(Math.max(used, this.#gaps, 2 * expected) / BLOCK);
    this.#gaps = number;
    if (arrivals.process === 'deterministic') this.#nextArea = Math.ceil(expected) - expected;
    if (arrivals.process === 'renewal') this.#nextArea = this.#residual(arrivals.table);
    return number;
  }

  /** Area to the next arrival of a renewal process that began long ago. */
  #residual(table: number): number {
    let area = -RUN_IN_GAPS;
    while (area <= 0) {
      area += sampleTable(this.#tables, table * TABLE_LENGTH, drawOf(this.#gapKey, this.#gaps++));
    }
    return area;
  }

  /** Areas under the rate, in requests, from each of the next arrivals to the one before. */
  #drawAreas(): void {
    const block = this.#block;
    const { arrivals } = this.#source;
    if (arrivals.process === 'poisson') {
      this.#drawPoisson();
      return;
    }
    for (let i = 0; i < BLOCK; i++) {
      if (this.#left > 0) {
        this.#left--;
        block[i] = TOGETHER;
      } else if (arrivals.process === 'deterministic') {
        block[i] = 1;
      } else {
        const n = this.#gaps++;
        const draw = drawOf(this.#gapKey, n);
        if (arrivals.process === 'renewal') {
          block[i] = sampleTable(this.#tables, arrivals.table * TABLE_LENGTH, draw);
        } else if (arrivals.process === 'batch') {
          this.#left = this.#batchSize(arrivals.law, arrivals.mean, n) - 1;
          block[i] = exponentialOf(draw) * arrivals.mean;
        } else {
          block[i] = exponentialOf(draw);
        }
      }
    }
  }

  /** Poisson arrivals, which most are. */
  #drawPoisson(): void {
    const block = this.#block;
    const { k0, k1 } = this.#gapKey;
    const first = this.#gaps;
    const high = Math.floor(first / 4294967296); // the same in all of a block, whose length divides 2^32
    for (let i = 0; i < BLOCK; i++) block[i] = exponentialOf(hashInt32(k0, k1, (first | 0) + i, high));
    this.#gaps = first + BLOCK;
  }

  #batchSize(law: 'constant' | 'geometric', mean: number, n: number): number {
    if (law === 'constant' || mean <= 1) return Math.round(mean);
    // Geometric on 1, 2, …: P(size > k) = (1 − 1/mean)^k, by inversion.
    const u = (drawOf(this.#sizeKey, n) + 0.5) / 4294967296;
    return 1 + Math.floor(ln(u) / log1p(-1 / mean));
  }

  /** Turns the areas of the block into instants. */
  #place(): void {
    const block = this.#block;
    const { pieces } = this.#source;
    const at = this.#atNs;
    const shiftNs = this.#shiftNs[0]!;
    for (let i = this.#placeEvenly(); i < BLOCK; i++) {
      let left = block[i]!;
      while (left !== TOGETHER) {
        const nowNs = at[0]!;
        const piece = pieces[this.#piece];
        if (piece === undefined) {
          at[0] = Infinity;
          break;
        }
        if (nowNs >= piece.toNs) {
          this.#piece++;
          continue;
        }
        if (nowNs >= this.#noiseUntilNs || nowNs >= this.#stateUntilNs) this.#refresh();
        const untilNs = Math.min(piece.toNs, this.#noiseUntilNs, this.#stateUntilNs);
        const scale = this.#noise * this.#factor;
        if (scale === 0) {
          // Nobody comes in this state: the area stays as it is.
          at[0] = untilNs;
          continue;
        }
        const spanNs = areaTo(piece, nowNs, untilNs, scale === 1 ? left : left / scale);
        if (spanNs >= 0) {
          at[0] = nowNs + spanNs;
          break;
        }
        left = (-spanNs - 1) * scale; // what is left of the area behind `untilNs`
        at[0] = untilNs;
      }
      block[i] = Math.floor(at[0]! + 0.5) - shiftNs;
    }
  }

  /**
   * Places the first areas of the block while one piece with a constant rate holds, to the bit as `areaTo` does; returns
   * how many.
   */
  #placeEvenly(): number {
    const piece = this.#source.pieces[this.#piece];
    const isEven = piece?.startPerSec === piece?.endPerSec && this.#source.noise === null;
    if (piece === undefined || !isEven || this.#source.arrivals.process === 'mmpp') return 0;
    const block = this.#block;
    const perNs = piece.startPerSec / 1e9;
    const shiftNs = this.#shiftNs[0]!;
    const { toNs } = piece;
    let nowNs = this.#atNs[0]!;
    let i = 0;
    for (; i < BLOCK; i++) {
      const area = block[i]!;
      if (area === TOGETHER || nowNs >= toNs || perNs * (toNs - nowNs) <= area) break;
      nowNs += area / perNs; // not beyond the piece: area is below perNs × what is left of it, rounded or not
      block[i] = Math.floor(nowNs + 0.5) - shiftNs;
    }
    this.#atNs[0] = nowNs;
    return i;
  }

  /** Brings noise and modulation up to the current time. */
  #refresh(): void {
    const { noise, arrivals } = this.#source;
    const atNs = this.#atNs[0]!;
    while (noise !== null && atNs >= this.#noiseUntilNs) {
      const normal = normalQuantile((drawOf(this.#noiseKey, this.#noiseStep) + 0.5) / 4294967296);
      const phi = exp(-1 / NOISE_STEPS);
      this.#noiseX = this.#noiseStep === 0 ? normal : phi * this.#noiseX + Math.sqrt(1 - phi * phi) * normal;
      this.#noiseStep++;
      const variance = log1p(noise.cv * noise.cv);
      this.#noise = exp(Math.sqrt(variance) * this.#noiseX - variance / 2);
      this.#noiseUntilNs += noise.correlationNs / NOISE_STEPS;
    }
    while (arrivals.process === 'mmpp' && atNs >= this.#stateUntilNs) {
      if (this.#stateCount > 0) this.#state = (this.#state + 1) % arrivals.factors.length;
      this.#factor = arrivals.factors[this.#state]!;
      this.#stateUntilNs +=
        arrivals.meansNs[this.#state]! * exponentialOf(drawOf(this.#stateKey, this.#stateCount));
      this.#stateCount++;
    }
  }
}

/** Uint32 draw number n of a stream; n may exceed 2^32. */
function drawOf(key: StreamKey, n: number): number {
  return hash32(key.k0, key.k1, n | 0, Math.floor(n / 4294967296));
}

/**
 * Time from `atNs` until the piece's own area has grown by `area` (requests), or −1 − (what is left of the area) when
 * `untilNs` comes first.
 *
 *     linear: rate r + st:   t = 2A / (r + √(r² + 2sA))       exponential: rate r·e^(gt):   t = ln(1 + gA/r) / g
 */
function areaTo(piece: RatePiece, atNs: number, untilNs: number, area: number): number {
  const spanNs = untilNs - atNs;
  const start = piece.startPerSec / 1e9;
  if (piece.startPerSec === piece.endPerSec) {
    // What the linear case comes to, to the last bit, without its square root.
    if (start * spanNs <= area) return -1 - (area - start * spanNs);
    return Math.min(spanNs, area / start);
  }
  const lengthNs = piece.toNs - piece.fromNs;
  const end = piece.endPerSec / 1e9;
  if (piece.shape === 'exponential') {
    const growth = ln(end / start) / lengthNs;
    const rate = start * exp(growth * (atNs - piece.fromNs));
    const total = (rate * expm1(growth * spanNs)) / growth;
    if (total <= area) return -1 - (area - total);
    return Math.min(spanNs, log1p((growth * area) / rate) / growth);
  }
  const slope = (end - start) / lengthNs;
  const rate = start + slope * (atNs - piece.fromNs);
  const total = (rate + (slope * spanNs) / 2) * spanNs;
  if (total <= area) return -1 - (area - total);
  const root = Math.sqrt(Math.max(0, rate * rate + 2 * slope * area));
  return Math.min(spanNs, (2 * area) / (rate + root));
}
