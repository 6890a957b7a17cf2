import type { Context } from './context.ts';
import type { AnatomyFinding, AnatomyPart } from './findings.ts';
import { MIN_TAIL_SAMPLES } from './latency.ts';

/** Share of the sampled requests that are called the slowest. */
const SLOWEST_RATIO = 0.01;
const FIELDS_PER_LAYER = 4;

/** Where the time of an average and of a slow request goes, by layer, for each class with samples. */
export function findAnatomy({
  model,
  measurements,
}: Pick<Context, 'model' | 'measurements'>): AnatomyFinding[] {
  return model.classes.flatMap(({ name }, index) => {
    const rows = [...(measurements.samples[index]?.rows ?? [])];
    if (rows.length === 0) return [];
    rows.sort((a, b) => responseOf(b) - responseOf(a));
    const slowest = rows.slice(0, Math.floor(rows.length * SLOWEST_RATIO));
    const mean = average(name, 'mean', rows, model.layers);
    return slowest.length < MIN_TAIL_SAMPLES
      ? [mean]
      : [mean, average(name, 'slowest', slowest, model.layers)];
  });
}

function average(
  request: string,
  of: AnatomyFinding['of'],
  rows: readonly Float64Array[],
  layers: readonly string[],
): AnatomyFinding {
  const mean = (column: number): number =>
    rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length;
  const parts = layers.map((layer, position): AnatomyPart => {
    const column = 1 + position * FIELDS_PER_LAYER;
    return {
      layer,
      waitNs: mean(column),
      serviceNs: mean(column + 1),
      delayNs: mean(column + 2),
      retryNs: mean(column + 3),
    };
  });
  return { request, of, samples: rows.length, responseNs: mean(0), parts };
}

export function responseOf(row: Float64Array): number {
  return row[0] ?? 0;
}

/** Sum of the parts of one sampled request. */
export function partsOf(row: Float64Array): number {
  return row.subarray(1).reduce((sum, part) => sum + part, 0);
}
