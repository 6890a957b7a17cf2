import type { ClosedClass } from './mva.ts';
import { sum } from './vector.ts';

export interface OperationalBounds {
  /** 1/D_max: what the bottleneck allows. */
  readonly capacityPerSec: number;
  /** N* = (D + Z)/D_max: below it think time, above it the bottleneck limits. */
  readonly saturationPopulation: number;
  readonly throughputPerSecMax: number;
  readonly throughputPerSecMin: number;
  readonly responseSecMin: number;
  readonly responseSecMax: number;
}

/**
 * Asymptotic bounds of a closed system; they need no distribution, only mean demands.
 *
 *     N/(Z + N·D) ≤ X ≤ min(1/D_max, N/(D + Z))   max(D, N·D_max − Z) ≤ R ≤ N·D        D = Σ D_k
 *
 * Source: Denning & Buzen 1978, ACM Computing Surveys 10:225; Lazowska et al., Quantitative System Performance, 1984,
 * ch. 5.
 */
export function operationalBounds({ population, thinkTimeSec, demandsSec }: ClosedClass): OperationalBounds {
  const total = sum(demandsSec);
  const largest = Math.max(...demandsSec);
  return {
    capacityPerSec: 1 / largest,
    saturationPopulation: (total + thinkTimeSec) / largest,
    throughputPerSecMax: Math.min(1 / largest, population / (total + thinkTimeSec)),
    throughputPerSecMin: population / (thinkTimeSec + population * total),
    responseSecMin: Math.max(total, population * largest - thinkTimeSec),
    responseSecMax: population * total,
  };
}
