import type { Context } from './context.ts';
import type { AnatomyFinding, AnatomyPart } from './findings.ts';
import { MIN_TAIL_SAMPLES } from './latency.ts';

/** Share of the sampled requests that are called the slowest. */
const SLOWEST_RATIO = 0.01;
const FIELDS_PER_LAYER = 4;

/** Shares of the sampled requests, by response time, that stand for the one in the middle and the one at the P99. */
const AROUND = { p50: [0.45, 0.55], p99: [0.985, 0.995] } as const;

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
    const around = (of: 'p50' | 'p99'): AnatomyFinding[] => {
      const [from, to] = AROUND[of];
      const near = rows.slice(Math.floor(rows.length * (1 - to)), Math.floor(rows.length * (1 - from)));
      return near.length < MIN_TAIL_SAMPLES ? [] : [average(name, of, near, model.layers)];
    };
    return slowest.length < MIN_TAIL_SAMPLES
      ? [mean, ...around('p50')]
      : [mean, ...around('p50'), ...around('p99'), average(name, 'slowest', slowest, model.layers)];
  });
}

function average(
  request: string,
  of: AnatomyFinding['of'],
  rows: readonly Float64Array[],
  layers: readonly string[],
): AnatomyFinding {
  const first = rows[0] ?? new Float64Array();
  const means = first.map(
    (_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length,
  );
  return {
    request,
    of,
    samples: rows.length,
    responseNs: responseOf(means),
    parts: partsOfRow(means, layers),
  };
}

/** One row layer by layer. */
export function partsOfRow(row: Float64Array, layers: readonly string[]): AnatomyPart[] {
  return layers.map((layer, position) => {
    const column = 1 + position * FIELDS_PER_LAYER;
    const at = (offset: number): number => row[column + offset] ?? 0;
    return { layer, waitNs: at(0), serviceNs: at(1), delayNs: at(2), retryNs: at(3) };
  });
}

export function responseOf(row: Float64Array): number {
  return row[0] ?? 0;
}

/** Sum of the parts of one sampled request. */
export function partsOf(row: Float64Array): number {
  return row.subarray(1).reduce((sum, part) => sum + part, 0);
}
