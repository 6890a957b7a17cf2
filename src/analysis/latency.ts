import { binCount, Histogram, SUB_BITS } from '../measure/histogram.ts';

/**
 * Observations that must lie beyond a percentile before it is reported: with fewer, one slow request more or less
 * moves it. P99 needs 1,000 samples, P99.9 needs 10,000.
 */
export const MIN_TAIL_SAMPLES = 10;

/** Whether `samples` observations support the quantile `p`; the product is rounded, as 0.01 has no exact double. */
export function supportsQuantile(samples: number, p: number): boolean {
  return Math.round((1 - p) * samples * 1e6) / 1e6 >= MIN_TAIL_SAMPLES;
}

/** Observations that the quantile `p` needs; Infinity for the largest, p = 1. */
export function samplesFor(p: number): number {
  return Math.ceil(Math.round((MIN_TAIL_SAMPLES / (1 - p)) * 1e6) / 1e6);
}

/** Quantile in ns, or null when too few observations lie beyond it. */
export function supportedQuantileNs(histogram: Histogram, p: number): number | null {
  return supportsQuantile(histogram.observations, p) ? histogram.quantileNs(p) : null;
}

/** One histogram with the observations of all, which have one resolution; percentiles are taken of this, never averaged. */
export function mergeHistograms(parts: readonly Histogram[]): Histogram {
  const subBits = parts[0]?.subBits ?? SUB_BITS;
  const merged = new Histogram(subBits, new Float64Array(binCount(subBits)));
  for (const part of parts) merged.add(part);
  return merged;
}

/** The histograms of some phases. */
export function phaseParts(byPhase: readonly Histogram[], phases: readonly number[]): Histogram[] {
  return phases.flatMap((phase) => {
    const histogram = byPhase[phase];
    return histogram === undefined ? [] : [histogram];
  });
}

/** The histograms of some phases as one. */
export function mergePhases(byPhase: readonly Histogram[], phases: readonly number[]): Histogram {
  return mergeHistograms(phaseParts(byPhase, phases));
}
