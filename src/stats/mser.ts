/** Samples in one batch: the 5 of MSER-5. */
const BATCH_SIZE = 5;
/** Batches at the end that are never a truncation point: with so few left, the statistic is small by chance. */
const IGNORED_BATCHES = 5;

export interface Truncation {
  /** Samples to drop from the front: a multiple of 5. */
  readonly dropCount: number;
  /** False when the minimum lies in the second half: the run is too short to say where its warm-up ends. */
  readonly trusted: boolean;
}

/**
 * MSER-5: where the warm-up of a series ends. Cuts where the marginal standard error of what remains is least.
 *
 *     d* = argmin over d of  1/(m−d)² · Σ_{j=d+1..m} (Y_j − Ȳ_d)²        Ȳ_d = mean of Y_{d+1}…Y_m
 *
 * Y_j mean of the j-th five samples, m batches, d batches dropped; the earliest minimum wins. A minimum in the second
 * half is reported as not trusted, and the last five batches are not tried. An incomplete last batch is left out.
 * Only for inputs that do not change with time: a ramp of the arrival rate is no warm-up.
 * Source: White 1997, Simulation 69(6):323 (MSER); White, Cobb & Spratt 2000, Proc. WSC:755 (batches of five);
 * Hoad, Robinson & Davies 2010, J. Oper. Res. Soc. 61:1389 (second half, last five).
 *
 * Cost O(n): the sum is built from the back by Welford's update.
 */
export function mser5(samples: ArrayLike<number>): Truncation {
  const batchMeans = meansOfBatches(samples);
  const batchCount = batchMeans.length;
  let mean = 0;
  let squares = 0;
  let keptCount = 0;
  let best = Infinity;
  let bestDrop = 0;
  for (const batchMean of batchMeans.toReversed()) {
    keptCount++;
    const delta = batchMean - mean;
    mean += delta / keptCount;
    squares += delta * (batchMean - mean);
    const statistic = squares / (keptCount * keptCount);
    if (keptCount > IGNORED_BATCHES && statistic <= best) {
      best = statistic;
      bestDrop = batchCount - keptCount;
    }
  }
  return {
    dropCount: bestDrop * BATCH_SIZE,
    trusted: batchCount > IGNORED_BATCHES && bestDrop <= batchCount / 2,
  };
}

function meansOfBatches(samples: ArrayLike<number>): number[] {
  const means: number[] = [];
  let sum = 0;
  let filled = 0;
  for (const sample of Array.from(samples)) {
    sum += sample;
    if (++filled === BATCH_SIZE) {
      means.push(sum / BATCH_SIZE);
      sum = 0;
      filled = 0;
    }
  }
  return means;
}
