import { at, sum, tabulate } from './vector.ts';

export interface ClosedClass {
  readonly population: number;
  /** Z, between a response and the next request; any law. */
  readonly thinkTimeSec: number;
  /** D_k: service demand per request at each station, all visits together. */
  readonly demandsSec: readonly number[];
}

export interface ClosedClassMeans {
  readonly throughputPerSec: number;
  readonly responseSec: number;
}

export interface ClosedNetworkMeans {
  /** One entry a class, in the order given. */
  readonly classes: readonly ClosedClassMeans[];
  /** Jobs of all classes at each station. */
  readonly queueJobs: readonly number[];
  readonly utilizations: readonly number[];
}

/**
 * Exact mean value analysis of a closed product-form network of single-server stations and one delay.
 *
 *     R_ck(n) = D_ck·(1 + Q_k(n − 1_c))   X_c(n) = n_c/(Z_c + Σ_k R_ck(n))   Q_k(n) = Σ_c X_c(n)·R_ck(n)
 *
 * for every population vector n up to N, so cost and memory grow with Π(N_c + 1). Exact for PS stations with any
 * service law, and for FCFS with one exponential service time for all classes.
 * Source: Reiser & Lavenberg 1980, J. ACM 27:313.
 */
export function exactMva(classes: readonly ClosedClass[]): ClosedNetworkMeans {
  const stationCount = classes[0]?.demandsSec.length ?? 0;
  // Population vectors are numbered in mixed radix: class c counts in steps of strides[c].
  let vectorCount = 1;
  const strides = classes.map(({ population }) => {
    const stride = vectorCount;
    vectorCount *= population + 1;
    return stride;
  });
  const queues = new Float64Array(vectorCount * stationCount);
  let last: readonly ClosedClassMeans[] = classes.map(() => ({ throughputPerSec: 0, responseSec: 0 }));
  for (let vector = 1; vector < vectorCount; vector++) {
    last = classes.map((closedClass, index) => {
      const stride = at(strides, index);
      const jobs = Math.floor(vector / stride) % (closedClass.population + 1);
      if (jobs === 0) return { throughputPerSec: 0, responseSec: 0 };
      return addClass(closedClass, jobs, queues, {
        to: vector * stationCount,
        from: (vector - stride) * stationCount,
      });
    });
  }
  const utilizations = tabulate(stationCount, (station) =>
    sum(
      classes.map(({ demandsSec }, index) => (last[index]?.throughputPerSec ?? 0) * at(demandsSec, station)),
    ),
  );
  return { classes: last, queueJobs: [...queues.slice((vectorCount - 1) * stationCount)], utilizations };
}

/** Adds what `jobs` jobs of one class contribute to the queues at `to`, having seen the queues at `from`. */
function addClass(
  { thinkTimeSec, demandsSec }: ClosedClass,
  jobs: number,
  queues: Float64Array,
  { to, from }: { to: number; from: number },
): ClosedClassMeans {
  const stationSec = demandsSec.map((demand, station) => demand * (1 + at(queues, from + station)));
  const responseSec = sum(stationSec);
  const throughputPerSec = jobs / (thinkTimeSec + responseSec);
  for (const [station, timeSec] of stationSec.entries()) {
    queues[to + station] = at(queues, to + station) + throughputPerSec * timeSec;
  }
  return { throughputPerSec, responseSec };
}
