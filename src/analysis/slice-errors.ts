import type { ModeFinding } from './findings.ts';

/**
 * Measured error of a slice that keeps `kept` of 100 replicas, as a share of P50, P95 and P99, whatever the balancer:
 * two tiers of 8 threads at 80 % load, 1.5 million requests each, against all 100 replicas (docs/model.md, slicing).
 * Random choice splits Poisson traffic into Poisson traffic and has no such error. The table is a bound over round robin,
 * power of two and least connections; near saturation errors are larger.
 */
const MEASURED = [
  { kept: 10, p50: 0.012, p95: 0.007, p99: 0.004 },
  { kept: 5, p50: 0.027, p95: 0.014, p99: 0.01 },
  { kept: 2, p50: 0.11, p95: 0.05, p99: 0.03 },
] as const;

/** A single replica: not a slice anybody should use, and the compiler allows it only where it is exact. */
const ALONE = { p50: 0.3, p95: 0.3, p99: 0.3 } as const;

/** Policies by which each replica's arrivals stay what they are, however many replicas there are. */
const EXACT_POLICIES: readonly string[] = ['random', 'weighted-random', 'key-hash', 'source-hash'];

export interface ThinnedGroup {
  readonly station: string;
  readonly policy: string;
  readonly replicas: number;
  readonly simulated: number;
}

/** One row for each station that a sliced run thins out and whose balancer notices. */
export function sliceErrors(groups: readonly ThinnedGroup[]): ModeFinding['errors'] {
  return groups
    .filter(({ policy, replicas, simulated }) => simulated < replicas && !EXACT_POLICIES.includes(policy))
    .map(({ station, policy, simulated }) => {
      const row = MEASURED.find(({ kept }) => simulated >= kept) ?? ALONE;
      return { station, policy, simulated, p50: row.p50, p95: row.p95, p99: row.p99 };
    });
}
