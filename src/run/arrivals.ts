import { pinned } from '../base/pinned.ts';
import type { Model, Source } from '../model/model.ts';
import { streamKeys, type StreamKeys } from './draws.ts';
import { BLOCK, OpenArrivals } from './open-arrivals.ts';

type ClosedSource = Extract<Source, { model: 'closed' }>;

/** Where every source stands: see kernel/arrivals.ts. */
export class Arrivals {
  readonly sources: readonly Source[];
  readonly open: readonly (OpenArrivals | null)[];
  /** Instants that open sources have worked out ahead, `BLOCK` a source, and how many of them are used up. */
  readonly blocks: Float64Array;
  readonly taken: Int32Array;
  /** When the arrival that each source has announced is due, in time of the engine. */
  readonly dueNs: Float64Array;
  /** The class of every request of a source that has but one and never a choice; else -1. */
  readonly oneClass: Int32Array;
  /** Requests each source has sent so far, the number of the next one: lower and upper word. */
  readonly sentLow: Int32Array;
  readonly sentHigh: Int32Array;
  readonly classKeys: StreamKeys;
  readonly regionKeys: StreamKeys;
  /** Of closed sources: draws, quantile table and mean of the time a user thinks. */
  readonly thinkKeys: StreamKeys;
  readonly thinkTable: Int32Array;
  readonly thinkMeanNs: Float64Array;

  constructor(model: Model, shiftNs: Float64Array) {
    const { sources, seed } = model;
    const keys = (purpose: string): StreamKeys =>
      streamKeys(
        seed,
        sources.map((source) => `${source.name}/${purpose}`),
      );
    this.sources = sources;
    this.blocks = pinned(new Float64Array(sources.length * BLOCK));
    this.open = sources.map((source, index) =>
      source.model === 'open'
        ? new OpenArrivals(source, model, this.blocks.subarray(index * BLOCK, (index + 1) * BLOCK), shiftNs)
        : null,
    );
    this.dueNs = pinned(new Float64Array(sources.length));
    this.taken = pinned(new Int32Array(sources.length).fill(BLOCK));
    this.oneClass = pinned(
      Int32Array.from(sources, (source) => (model.classes.length === 1 && source.model !== 'trace' ? 0 : -1)),
    );
    this.sentLow = pinned(new Int32Array(sources.length));
    this.sentHigh = pinned(new Int32Array(sources.length));
    this.classKeys = keys('class');
    this.regionKeys = keys('region');
    this.thinkKeys = keys('think');
    const ofClosed = (field: (source: ClosedSource) => number): number[] =>
      sources.map((source) => (source.model === 'closed' ? field(source) : 0));
    this.thinkTable = pinned(Int32Array.from(ofClosed((source) => source.thinkTable)));
    this.thinkMeanNs = pinned(Float64Array.from(ofClosed((source) => source.thinkMeanNs)));
  }
}
