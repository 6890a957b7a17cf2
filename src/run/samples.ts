import { pinned } from '../base/pinned.ts';
import { streamKey } from '../random/streams.ts';
import type { Model } from '../model/model.ts';

/** Sampled requests per class a run aims at, and the most it keeps. */
const SAMPLES_WANTED = 10_000;
export const SAMPLES_MAX = 2 * SAMPLES_WANTED;

/**
 * Share of a class's requests that the hash chooses at first. Where only one in `weight` is simulated, so many times
 * larger; of those that stand for themselves alone `evenRows` then leaves one in `weight`.
 */
export function shareSampled(requestsExpected: number, sampling: Model['sampling']): number {
  return Math.min(1, (SAMPLES_WANTED * (sampling?.weight ?? 1)) / Math.max(1, requestsExpected));
}

/** What the time of a layer was spent on; columns of a row behind the response time. */
export const Part = { wait: 0, service: 1, delay: 2, retry: 3 } as const;
export const PARTS = 4;

/** Rows of sampled requests: see kernel/sampling.ts. */
export class Samples {
  readonly rowLength: number;
  /** Of requests still inside, one behind the other, and those of them that are free. */
  rows = new Float64Array(0);
  readonly free: number[] = [];
  used = 0;
  /** Of requests that ended well, by class, and the hash of each. */
  readonly finished: Float64Array[][];
  readonly draws: number[][];
  /** Window each was due in. */
  readonly windows: number[][];
  /** By class: requests whose hash lies below are sampled. */
  readonly thresholds: Float64Array;
  readonly key: { readonly k0: number; readonly k1: number };

  constructor(model: Pick<Model, 'layers' | 'seed' | 'requestsExpected' | 'sampling'>) {
    this.rowLength = 1 + PARTS * model.layers.length;
    this.finished = model.requestsExpected.map(() => []);
    this.draws = model.requestsExpected.map(() => []);
    this.windows = model.requestsExpected.map(() => []);
    this.key = streamKey(model.seed, 'samples');
    this.thresholds = pinned(
      Float64Array.from(
        model.requestsExpected,
        (requests) => shareSampled(requests, model.sampling) * 4294967296,
      ),
    );
  }

  /** Rows of a class, as many from each time as that stands for: `weights` by window, the largest being `weight`. */
  evenRows(classId: number, weights: Float64Array, weight: number): readonly Float64Array[] {
    const threshold = this.thresholds[classId]! / weight;
    const draws = this.draws[classId]!;
    const due = this.windows[classId]!;
    return this.finished[classId]!.filter((_, index) => draws[index]! < threshold * weights[due[index]!]!);
  }
}
