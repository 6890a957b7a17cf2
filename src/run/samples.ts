import { hashInt32, streamKey } from '../random/streams.ts';
import type { Model } from '../model/model.ts';

/** Sampled requests per class a run aims at, and the most it keeps. */
const SAMPLES_WANTED = 10_000;
export const SAMPLES_MAX = 2 * SAMPLES_WANTED;

/** Share of a class's requests that the hash chooses at first. */
export function shareSampled(requestsExpected: number): number {
  return Math.min(1, SAMPLES_WANTED / Math.max(1, requestsExpected));
}

/** What the time of a layer was spent on; columns of a row behind the response time. */
export const Part = { wait: 0, service: 1, delay: 2, retry: 3 } as const;
export const PARTS = 4;

/**
 * Requests chosen by hash whose time is booked layer by layer while they run: those whose hash lies below a threshold,
 * which begins where `SAMPLES_WANTED` of the expected requests do. When more than `SAMPLES_MAX` are kept the threshold
 * halves and those above it go: so the sample is one of the whole run however many requests come (closed users bring
 * as many as the site lets them). Rows of requests still inside live in one array with a free list; finished ones are
 * copied out. Until then a row holds its hash where the response time will stand.
 */
export class Samples {
  readonly rowLength: number;
  rows = new Float64Array(0);
  readonly finished: Float64Array[][];
  /** Hash of each finished row. */
  readonly #draws: number[][];
  readonly #thresholds: Float64Array;
  readonly #key: { readonly k0: number; readonly k1: number };
  readonly #free: number[] = [];
  #used = 0;

  constructor(model: Pick<Model, 'layers' | 'seed' | 'requestsExpected'>) {
    this.rowLength = 1 + PARTS * model.layers.length;
    this.finished = model.requestsExpected.map(() => []);
    this.#draws = model.requestsExpected.map(() => []);
    this.#key = streamKey(model.seed, 'samples');
    this.#thresholds = Float64Array.from(
      model.requestsExpected,
      (requests) => shareSampled(requests) * 4294967296,
    );
  }

  /** A row for a request with this key when the hash chooses it, else -1. */
  open(classId: number, keyLow: number, keyHigh: number): number {
    const draw = hashInt32(this.#key.k0, this.#key.k1, keyLow, keyHigh) >>> 0;
    if (draw >= this.#thresholds[classId]!) return -1;
    const row = this.#take();
    this.rows[row * this.rowLength] = draw;
    return row;
  }

  /** A row for an activation whose parent has one. */
  openChild(parentRow: number): number {
    return parentRow < 0 ? -1 : this.#take();
  }

  /** Books the child's time on its parent and gives the child's row back. */
  merge(parentRow: number, childRow: number): void {
    if (childRow < 0) return;
    if (parentRow >= 0) {
      const rows = this.rows;
      const from = childRow * this.rowLength;
      const to = parentRow * this.rowLength;
      for (let i = 0; i < this.rowLength; i++) rows[to + i] = rows[to + i]! + rows[from + i]!;
    }
    this.close(childRow);
  }

  close(row: number): void {
    if (row >= 0) this.#free.push(row);
  }

  /** Keeps the row of a request that ended well. */
  keep(row: number, classId: number, responseNs: number): void {
    const draw = this.rows[row * this.rowLength]!;
    if (draw >= this.#thresholds[classId]!) return; // the threshold has fallen since it began
    const copy = this.rows.slice(row * this.rowLength, (row + 1) * this.rowLength);
    copy[0] = responseNs;
    this.finished[classId]!.push(copy);
    this.#draws[classId]!.push(draw);
    while (this.finished[classId]!.length > SAMPLES_MAX) this.#thin(classId);
  }

  #thin(classId: number): void {
    const threshold = this.#thresholds[classId]! / 2;
    const draws = this.#draws[classId]!;
    this.#thresholds[classId] = threshold;
    this.finished[classId] = this.finished[classId]!.filter((_, index) => draws[index]! < threshold);
    this.#draws[classId] = draws.filter((draw) => draw < threshold);
  }

  /** Adds `sign × now` to a part of a layer: begins (−1) or ends (+1) a stretch of time. */
  book(row: number, layer: number, part: number, ns: number): void {
    const at = row * this.rowLength + 1 + layer * PARTS + part;
    this.rows[at] = this.rows[at]! + ns;
  }

  #take(): number {
    const row = this.#free.pop() ?? this.#used++;
    const end = (row + 1) * this.rowLength;
    if (end > this.rows.length) {
      const longer = new Float64Array(Math.max(1024, end * 2));
      longer.set(this.rows);
      this.rows = longer;
    }
    this.rows.fill(0, end - this.rowLength, end);
    return row;
  }
}
