import { solveLeft, type Matrix } from './linear-solve.ts';
import { mmc } from './mmc.ts';
import type { QueueMeans } from './queue-means.ts';
import { at, sum } from './vector.ts';

export interface JacksonStation {
  /** Poisson arrivals from outside. */
  readonly externalRatePerSec: number;
  readonly serviceRatePerSec: number;
  readonly serverCount: number;
}

export interface JacksonMeans {
  /** Total arrival rate of each station, feedback included. */
  readonly arrivalRatesPerSec: readonly number[];
  readonly stations: readonly QueueMeans[];
  readonly meanJobs: number;
  /** From entering to leaving the network, over all visits. */
  readonly meanResponseSec: number;
}

/**
 * Open Jackson network: every station behaves as if it were M/M/c alone.
 *
 *     λ_j = γ_j + Σ_i λ_i·r_ij (traffic equations)   R = Σ_j L_j / Σ_j γ_j
 *
 * `routing[i][j]`: probability that a job leaving i goes to j; a row sums to 1 or less, the rest leaves.
 * Source: Jackson 1957, Operations Research 5:518. Requires λ_j below the capacity of every station.
 */
export function jacksonNetwork(stations: readonly JacksonStation[], routing: Matrix): JacksonMeans {
  const external = stations.map(({ externalRatePerSec }) => externalRatePerSec);
  const kept = routing.map((row, i) => row.map((probability, j) => (i === j ? 1 : 0) - probability));
  const arrivalRatesPerSec = solveLeft(kept, external);
  const means = stations.map(({ serviceRatePerSec, serverCount }, index) =>
    mmc({ arrivalRatePerSec: at(arrivalRatesPerSec, index), serviceRatePerSec, serverCount }),
  );
  const meanJobs = sum(means.map((station) => station.meanJobs));
  return { arrivalRatesPerSec, stations: means, meanJobs, meanResponseSec: meanJobs / sum(external) };
}
