import { hashInt32, streamKey } from '../random/streams.ts';
import type { Model, Source } from '../model/model.ts';

/** Sampled requests per class a run aims at, and the most it keeps. */
const SAMPLES_WANTED = 10_000;
const SAMPLES_MAX = 4 * SAMPLES_WANTED;

/** What the time of a layer was spent on; columns of a row behind the response time. */
export const Part = { wait: 0, service: 1, delay: 2, retry: 3 } as const;
export const PARTS = 4;

/**
 * Requests chosen by hash whose time is booked layer by layer while they run. Rows of requests still inside live in
 * one array with a free list; finished ones are copied out, at most `SAMPLES_MAX` a class.
 */
export class Samples {
  readonly rowLength: number;
  rows = new Float64Array(0);
  readonly finished: Float64Array[][];
  readonly #thresholds: Float64Array;
  readonly #key: { readonly k0: number; readonly k1: number };
  readonly #free: number[] = [];
  #used = 0;

  constructor(model: Model) {
    this.rowLength = 1 + PARTS * model.layers.length;
    this.finished = model.classes.map(() => []);
    this.#key = streamKey(model.seed, 'samples');
    const expected = expectedRequests(model);
    this.#thresholds = Float64Array.from(
      expected,
      (requests) => Math.min(1, SAMPLES_WANTED / Math.max(1, requests)) * 4294967296,
    );
  }

  /** A row for a request with this key when the hash chooses it, else -1. */
  open(classId: number, keyLow: number, keyHigh: number): number {
    const draw = hashInt32(this.#key.k0, this.#key.k1, keyLow, keyHigh) >>> 0;
    if (draw >= this.#thresholds[classId]!) return -1;
    return this.#take();
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
    const kept = this.finished[classId]!;
    if (kept.length < SAMPLES_MAX) {
      const copy = this.rows.slice(row * this.rowLength, (row + 1) * this.rowLength);
      copy[0] = responseNs;
      kept.push(copy);
    }
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

/** Requests of each class expected in the measured time: shares × area under the curve; closed users: an upper bound. */
function expectedRequests(model: Model): number[] {
  const expected = model.classes.map(() => 0);
  for (const source of model.sources) {
    const total = expectedOf(source, model);
    const pieces = source.classes;
    pieces.forEach((piece, index) => {
      const fromNs = Math.max(0, piece.fromNs);
      const toNs = Math.min(model.lastsNs, pieces[index + 1]?.fromNs ?? model.lastsNs);
      const weight = Math.max(0, toNs - fromNs) / model.lastsNs;
      piece.cumulative.forEach((until, classId) => {
        const share = (until - (classId === 0 ? 0 : piece.cumulative[classId - 1]!)) / 4294967296;
        expected[classId] = expected[classId]! + total * weight * share;
      });
    });
  }
  return expected;
}

function expectedOf(source: Source, model: Model): number {
  switch (source.model) {
    case 'open': {
      let requests = 0;
      for (const piece of source.pieces) {
        const ns = Math.min(piece.toNs, model.lastsNs) - Math.max(piece.fromNs, 0);
        if (ns > 0) requests += (ns * (piece.startPerSec + piece.endPerSec)) / 2e9;
      }
      return requests;
    }
    case 'trace':
      return source.atNs.length;
    case 'closed':
      return (source.users * model.lastsNs) / Math.max(source.thinkMeanNs, 1e6);
  }
}
