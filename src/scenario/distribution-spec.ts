/** A non-negative duration as a random quantity; every length in ns. */
export type DistributionSpec =
  | { readonly family: 'constant'; readonly meanNs: number }
  | { readonly family: 'exponential'; readonly meanNs: number }
  | { readonly family: 'erlang'; readonly meanNs: number; readonly k: number }
  | { readonly family: 'gamma'; readonly meanNs: number; readonly cv: number }
  | { readonly family: 'hyperexponential'; readonly meanNs: number; readonly cv: number }
  | { readonly family: 'lognormal'; readonly meanNs: number; readonly cv: number }
  | {
      readonly family: 'bounded-pareto';
      readonly lowerNs: number;
      readonly upperNs: number;
      readonly alpha: number;
    }
  | { readonly family: 'uniform'; readonly lowNs: number; readonly highNs: number }
  /** Piecewise linear between the given quantiles; `p` ascending from 0 to 1. */
  | { readonly family: 'quantiles'; readonly points: readonly { readonly p: number; readonly ns: number }[] }
  /** Empirical values of a CSV column, read by the caller of the compiler through `FileTexts`. */
  | { readonly family: 'csv'; readonly file: string; readonly column: string; readonly unitNs: number };
