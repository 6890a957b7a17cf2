import type { Model, SharePiece, Source } from '../model/model.ts';
import { streamKeys } from './draws.ts';
import { hash32 } from '../random/streams.ts';
import { OpenArrivals } from './open-arrivals.ts';

/** The next arrival instants of every source, and class and region of each request. */
export class Arrivals {
  readonly #sources: readonly Source[];
  readonly #open: readonly (OpenArrivals | null)[];
  /** The class of every request of a source that has but one and never a choice; else -1. */
  readonly #oneClass: Int32Array;
  /** Requests each source has sent so far: the number of the next one. */
  readonly #sent: Float64Array;
  /** Whether any instruction asks for the region. */
  readonly #regional: boolean;
  readonly #classKeys: { readonly low: Int32Array; readonly high: Int32Array };
  readonly #regionKeys: { readonly low: Int32Array; readonly high: Int32Array };

  constructor(model: Model) {
    this.#sources = model.sources;
    this.#open = model.sources.map((source) =>
      source.model === 'open' ? new OpenArrivals(source, model) : null,
    );
    this.#oneClass = Int32Array.from(model.sources, (source) =>
      model.classes.length === 1 && source.model !== 'trace' ? 0 : -1,
    );
    this.#sent = new Float64Array(model.sources.length);
    this.#regional = model.regionDelaysNs.length > 0;
    this.#classKeys = streamKeys(
      model.seed,
      model.sources.map((source) => `${source.name}/class`),
    );
    this.#regionKeys = streamKeys(
      model.seed,
      model.sources.map((source) => `${source.name}/region`),
    );
  }

  /** Puts the instant of the source's next arrival into `atNs[0]`, in whole ns; Infinity when there is none. */
  next(source: number, atNs: Float64Array): void {
    const number = this.#sent[source]!;
    this.#sent[source] = number + 1;
    const open = this.#open[source] ?? null;
    if (open !== null) {
      open.next(atNs);
      return;
    }
    const trace = this.#sources[source]!;
    atNs[0] = trace.model === 'trace' && number < trace.atNs.length ? trace.atNs[number]! : Infinity;
  }

  /** Lower and upper word of the number of the request that `next` announced last; int32. */
  lastLow(source: number): number {
    return (this.#sent[source]! - 1) | 0;
  }

  lastHigh(source: number): number {
    return Math.floor((this.#sent[source]! - 1) / 4294967296) | 0;
  }

  /** Takes a number for a request of a closed population. */
  takeNumber(source: number): number {
    const number = this.#sent[source]!;
    this.#sent[source] = number + 1;
    return number;
  }

  /** Class of the request with this draw key; `now[0]` is the time in ns. */
  classOf(source: number, now: Float64Array, keyLow: number, keyHigh: number): number {
    if (this.#oneClass[source]! >= 0) return this.#oneClass[source]!;
    const spec = this.#sources[source]!;
    if (spec.model === 'trace') {
      const classId = spec.classIds[keyLow >>> 0]!; // the lower word of its number: no trace is longer
      if (classId >= 0) return classId;
    }
    return draw(
      spec.classes,
      now,
      this.#classKeys.low[source]!,
      this.#classKeys.high[source]!,
      keyLow,
      keyHigh,
    );
  }

  regionOf(source: number, now: Float64Array, keyLow: number, keyHigh: number): number {
    if (!this.#regional) return 0;
    const { regions } = this.#sources[source]!;
    if (regions.length === 0) return 0;
    return draw(regions, now, this.#regionKeys.low[source]!, this.#regionKeys.high[source]!, keyLow, keyHigh);
  }
}

/** Index drawn from the shares that hold now. */
function draw(
  pieces: readonly SharePiece[],
  now: Float64Array,
  k0: number,
  k1: number,
  keyLow: number,
  keyHigh: number,
): number {
  let piece = pieces.length - 1;
  while (piece > 0 && pieces[piece]!.fromNs > now[0]!) piece--;
  const { cumulative } = pieces[piece]!;
  if (cumulative.length === 1) return 0;
  const value = hash32(k0, k1, keyLow, keyHigh);
  let index = 0;
  while (index < cumulative.length - 1 && value >= cumulative[index]!) index++;
  return index;
}
