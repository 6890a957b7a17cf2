/** Cores and threads of one NUMA node, which one replica has to itself. */
export interface Cores {
  /** Physical cores of the node. */
  readonly cores: number;
  /** Threads per core: 1 or 2. */
  readonly smt: number;
  /** Throughput of a core with both threads busy ÷ with one. */
  readonly smtYield: number;
  /** Universal scalability law fitted on the logical CPUs, or null. */
  readonly usl: { readonly sigma: number; readonly kappa: number } | null;
}

export function logicalCpus({ cores, smt }: Pick<Cores, 'cores' | 'smt'>): number {
  return cores * smt;
}

/**
 * R(n): total rate of work, in undisturbed cores, of n busy threads, n = 1 … logical CPUs; above it stays.
 * Used at every arrival and departure, never fixed at a job's start.
 */
export function totalRates(machine: Cores): readonly number[] {
  return Array.from({ length: logicalCpus(machine) }, (_, index) => {
    const n = index + 1;
    return machine.usl === null ? smtRate(n, machine) : uslRate(n, machine.usl);
  });
}

/**
 * Simultaneous multithreading (formula F-2): threads go to idle cores first, so with u = n / logical CPUs a share
 * p = max(0, (2u − 1) / u) of them has its core's other thread busy and runs at θ/2, the others at 1.
 *
 *     R(n) = n·[(1 − p) + p·θ/2]   =   n up to C cores, then C + (n − C)·(θ − 1)
 *
 * θ: throughput of a core with both threads busy ÷ with one. At u ≤ ½ and u = 1 this is n / K_smt of F-2; between
 * them F-2 averages slow-downs of single jobs, whose inverse would let the total rate fall as threads are added.
 * Source: docs/model.md F-2.
 */
export function smtRate(
  n: number,
  { cores, smt, smtYield }: Pick<Cores, 'cores' | 'smt' | 'smtYield'>,
): number {
  return smt === 1 || n <= cores ? n : cores + (n - cores) * (smtYield - 1);
}

/**
 * Universal scalability law (formula F-2), n busy threads, contention σ, coherency κ:
 *
 *     R(n) = n / (1 + σ·(n − 1) + κ·n·(n − 1))
 *
 * Source: Gunther 2007, Guerrilla Capacity Planning, ch. 4.
 */
export function uslRate(
  n: number,
  { sigma, kappa }: { readonly sigma: number; readonly kappa: number },
): number {
  return n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}
