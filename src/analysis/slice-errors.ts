import { remembers, type Policy } from '../model/policies/balancer-state.ts';
import type { ModeFinding } from './findings.ts';

/**
 * Measured error of a slice that keeps `kept` of 100 replicas, as a share of P50, P95 and P99, whatever the balancer:
 * two tiers of 8 threads at 80 % load, 1.5 million requests each, against all 100 replicas (docs/model.md, slicing).
 * What remembers nothing splits Poisson traffic into Poisson traffic and has no such error. The table is a bound over
 * round robin, power of two and least connections; near saturation errors are larger.
 */
const MEASURED = [
  { kept: 10, p50: 0.012, p95: 0.007, p99: 0.004 },
  { kept: 5, p50: 0.027, p95: 0.014, p99: 0.01 },
  { kept: 2, p50: 0.11, p95: 0.05, p99: 0.03 },
] as const;

/** A single replica: not a slice anybody should use, and the compiler allows it only where it is exact. */
const ALONE = { p50: 0.3, p95: 0.3, p99: 0.3 } as const;

const NONE = { p50: 0, p95: 0, p99: 0 } as const;

export interface ThinnedGroup {
  readonly station: string;
  readonly policy: Policy;
  readonly replicas: number;
  readonly simulated: number;
  readonly backgroundRatio: number;
}

/**
 * Share by which background visits lengthen waits near saturation, at most: they repeat the noise of the slice's
 * arrivals, so that waits grow by
 *
 *     (I + c²) / (1 + c²) − 1 = (r/m) / (1 + c²)      I = 1 + r/m
 *
 * r background visits for each own one, m replicas kept, c the coefficient of variation of the service time (Kingman
 * 1962; docs/model.md, slicing). Largest for constant service, c = 0.
 */
function noiseError({ backgroundRatio, simulated }: ThinnedGroup): number {
  return backgroundRatio / simulated;
}

function tableError({ policy, replicas, simulated }: ThinnedGroup): {
  p50: number;
  p95: number;
  p99: number;
} {
  if (simulated === replicas || !remembers(policy)) return NONE;
  return MEASURED.find(({ kept }) => simulated >= kept) ?? ALONE;
}

/**
 * One row for each station that a sliced run thins out and whose balancer notices, or that hears the background. Where both
 * hold, their errors add at worst.
 */
export function sliceErrors(groups: readonly ThinnedGroup[]): ModeFinding['errors'] {
  return groups
    .filter((group) => tableError(group) !== NONE || group.backgroundRatio > 0)
    .map((group) => {
      const { station, policy, simulated } = group;
      const noise = noiseError(group);
      const { p50, p95, p99 } = tableError(group);
      return {
        station,
        policy,
        simulated,
        p50: p50 + noise,
        p95: p95 + noise,
        p99: p99 + noise,
      };
    });
}
