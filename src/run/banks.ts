/** Where a run keeps its histograms, with exact sums and maxima. */
import { pinned } from '../base/pinned.ts';
import { binCount, SUB_BITS, WINDOW_SUB_BITS } from '../measure/histogram.ts';

export const BINS = binCount(SUB_BITS);
export const WINDOW_BINS = binCount(WINDOW_SUB_BITS);

/** Fine histograms, one after the other. */
export interface HistogramBank {
  readonly counts: Uint32Array;
  /** Sum and maximum of each histogram, in ns, side by side. */
  readonly momentsNs: Float64Array;
}

export function makeBank(histograms: number): HistogramBank {
  return { counts: new Uint32Array(histograms * BINS), momentsNs: pinned(new Float64Array(histograms * 2)) };
}

/** Coarse histograms, each made when its first value comes: of many windows and classes most pairs may stay empty. */
export interface SparseBank {
  readonly counts: (Uint32Array | null)[];
  readonly momentsNs: Float64Array;
}

export function makeSparseBank(histograms: number): SparseBank {
  return {
    counts: Array.from({ length: histograms }, () => null),
    momentsNs: pinned(new Float64Array(histograms * 2)),
  };
}
