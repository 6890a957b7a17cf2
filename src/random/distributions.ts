import { balancedBranches, type Branch, exponentialLaw, hyperexponentialLaw } from './laws/exponential.ts';
import { gammaLaw } from './laws/gamma.ts';
import { checkParameter, constantLaw, type Law } from './laws/law.ts';
import { lognormalLaw } from './laws/lognormal.ts';
import { boundedParetoLaw, paretoLaw } from './laws/pareto.ts';
import { piecewiseLinearLaw, pointsOfSamples, type QuantilePoint, uniformLaw } from './laws/piecewise.ts';

/**
 * A distribution of a non-negative quantity: a service time, a size, a gap between arrivals.
 *
 * `mean`, bounds and values are in one unit of the caller's choice; cv is the coefficient of variation, standard
 * deviation / mean. What each parameter may be is stated by the law of that name in laws/.
 */
export type Distribution =
  | { readonly family: 'constant'; readonly mean: number }
  | { readonly family: 'exponential'; readonly mean: number }
  /** Sum of k exponential phases; cv = 1/√k. */
  | { readonly family: 'erlang'; readonly mean: number; readonly k: number }
  | { readonly family: 'gamma'; readonly mean: number; readonly cv: number }
  /** Two exponential branches of balanced means, cv ≥ 1. */
  | { readonly family: 'hyperexponential'; readonly mean: number; readonly cv: number }
  | { readonly family: 'branches'; readonly branches: readonly Branch[] }
  | { readonly family: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly family: 'pareto'; readonly mean: number; readonly alpha: number }
  | {
      readonly family: 'bounded-pareto';
      readonly alpha: number;
      readonly lower: number;
      readonly upper: number;
    }
  | { readonly family: 'uniform'; readonly low: number; readonly high: number }
  /** Linear between the given quantiles; p ascends from 0 to 1, both included. */
  | { readonly family: 'quantiles'; readonly points: readonly QuantilePoint[] }
  /** Measured values, smoothed between neighbours; the mean is the sample's. */
  | { readonly family: 'samples'; readonly samples: readonly number[] };

/**
 * The law of a distribution: its quantiles, tail and moments.
 *
 * @throws {RangeError} when a parameter is outside what its law states.
 */
export function lawOf(distribution: Distribution): Law {
  switch (distribution.family) {
    case 'constant':
      checkParameter('mean', distribution.mean);
      return constantLaw(distribution.mean);
    case 'exponential':
      return exponentialLaw(distribution.mean);
    case 'erlang':
      if (!Number.isInteger(distribution.k)) throw new RangeError(`k must be whole: ${distribution.k}`);
      return gammaLaw({ mean: distribution.mean, shape: distribution.k });
    case 'gamma':
      checkParameter('cv', distribution.cv);
      return distribution.cv === 0
        ? lawOf({ family: 'constant', mean: distribution.mean })
        : gammaLaw({ mean: distribution.mean, shape: 1 / (distribution.cv * distribution.cv) });
    case 'hyperexponential':
      return hyperexponentialLaw(balancedBranches(distribution));
    case 'branches':
      return hyperexponentialLaw(distribution.branches);
    case 'lognormal':
      return lognormalLaw(distribution);
    case 'pareto':
      return paretoLaw(distribution);
    case 'bounded-pareto':
      return boundedParetoLaw(distribution);
    case 'uniform':
      return uniformLaw(distribution);
    case 'quantiles':
      return piecewiseLinearLaw(distribution.points);
    case 'samples':
      return piecewiseLinearLaw(pointsOfSamples(distribution.samples));
  }
}

export function meanOf(distribution: Distribution): number {
  return lawOf(distribution).mean;
}

/** Coefficient of variation; infinite for a Pareto with α ≤ 2. */
export function cvOf(distribution: Distribution): number {
  return lawOf(distribution).cv;
}

/** The x that is exceeded with probability v: P99 is v = 0.01. */
export function quantileOfSurvival(distribution: Distribution, v: number): number {
  return lawOf(distribution).quantile(v);
}

/**
 * The distribution of X/E[X]. All distributions of one shape become the same one, up to the rounding of its
 * parameters; a mean of 0 becomes the constant 1, so that mean × shape is right in every case.
 */
export function atUnitMean(distribution: Distribution): Distribution {
  const mean = meanOf(distribution);
  if (mean === 0) return { family: 'constant', mean: 1 };
  switch (distribution.family) {
    case 'constant':
    case 'exponential':
    case 'erlang':
    case 'gamma':
    case 'hyperexponential':
    case 'lognormal':
    case 'pareto':
      return { ...distribution, mean: 1 };
    case 'branches':
      return {
        ...distribution,
        branches: distribution.branches.map((b) => ({ p: b.p, mean: b.mean / mean })),
      };
    case 'bounded-pareto':
      return { ...distribution, lower: distribution.lower / mean, upper: distribution.upper / mean };
    case 'uniform':
      return { ...distribution, low: distribution.low / mean, high: distribution.high / mean };
    case 'quantiles':
      return {
        ...distribution,
        points: distribution.points.map(({ p, value }) => ({ p, value: value / mean })),
      };
    case 'samples':
      return { ...distribution, samples: distribution.samples.map((value) => value / mean) };
  }
}
