/** How requests come, as the model holds it: laws as quantile tables, shares as thresholds. */
export type ArrivalProcess =
  | { readonly process: 'poisson' }
  | { readonly process: 'deterministic' }
  /** Inter-arrival law with unit mean in operational time (the area under the curve). */
  | { readonly process: 'renewal'; readonly table: number }
  | { readonly process: 'mmpp'; readonly factors: readonly number[]; readonly meansNs: readonly number[] }
  | { readonly process: 'batch'; readonly law: 'constant' | 'geometric'; readonly mean: number };
