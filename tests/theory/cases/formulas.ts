/**
 * Figures of the set that need no simulation: answered by src/theory, src/stats, src/random and src/measure.
 *
 * By id and metric; a list where the answer is one. Cases whose figures are simulated are checked against the closed
 * forms in ../formulas.
 */
import { binCount, binEdgeNs } from '../../../src/measure/histogram.ts';
import { lawOf } from '../../../src/random/distributions.ts';
import { balancedBranches } from '../../../src/random/laws/exponential.ts';
import { lognormalParameters, lognormalThrough } from '../../../src/random/laws/lognormal.ts';
import { quantileNearestRank, quantileType7, sortSamples } from '../../../src/stats/quantiles.ts';
import { expectedArrivals } from '../../../src/theory/arrival-curve.ts';
import { slowRequestProbability } from '../../../src/theory/fan-out.ts';
import { fluidArcs, fluidPeak, type FluidPiece } from '../../../src/theory/fluid-backlog.ts';
import {
  deterministicInterarrival,
  erlangInterarrival,
  gm1NoWaitProbability,
  hyperexponentialInterarrival,
  type Interarrival,
} from '../../../src/theory/gm1.ts';
import { mm1, mm1MeanWaitVarianceSec2 } from '../../../src/theory/mm1.ts';
import { mmc } from '../../../src/theory/mmc.ts';
import { mmppQueue } from '../../../src/theory/mmpp.ts';
import { exactMva } from '../../../src/theory/mva.ts';
import { nestedThreads } from '../../../src/theory/nested-calls.ts';
import { operationalBounds } from '../../../src/theory/operational-bounds.ts';
import { roundRobinServer } from '../../../src/theory/round-robin.ts';
import { optimalSplitPerSec, splitMeanSojournSec } from '../../../src/theory/static-split.ts';
import { shardShares, zipfShares } from '../../../src/theory/zipf.ts';

export type Formula = () => number | readonly number[];
type Formulas = Readonly<Record<string, Formula>>;

const waitVariance = (arrivalRatePerSec: number, serviceRatePerSec: number): Formulas => ({
  asymptotic_variance_mean_wait: () => mm1MeanWaitVarianceSec2({ arrivalRatePerSec, serviceRatePerSec }),
});

/** Root of σ = A*(μ(1 − σ)) with μ = 1/s: the probability to wait in G/M/1. */
const sigma = (interarrival: Interarrival): Formulas => ({
  sigma: () => 1 - gm1NoWaitProbability({ interarrival, serviceRatePerSec: 1 }),
});

function sharedQueue(serverCount: number, arrivalRatePerSec: number): Formulas {
  return {
    shared_queue_sojourn: () => mmc({ arrivalRatePerSec, serviceRatePerSec: 1, serverCount }).meanSojournSec,
  };
}

function roundRobin(serverCount: number, arrivalRatePerSec: number): Formulas {
  const server = roundRobinServer({ arrivalRatePerSec, serviceRatePerSec: 1, serverCount });
  return {
    ...sharedQueue(serverCount, arrivalRatePerSec),
    sigma: () => 1 - gm1NoWaitProbability(server),
    random_split_sojourn: () =>
      mm1({ arrivalRatePerSec: arrivalRatePerSec / serverCount, serviceRatePerSec: 1 }).meanSojournSec,
  };
}

const saturation = (population: number, demandsSec: readonly number[]): Formulas => ({
  saturation_population: () =>
    operationalBounds({ population, thinkTimeSec: 0, demandsSec }).saturationPopulation,
});

const SHOP = { population: 500, thinkTimeSec: 1, demandsSec: [0.0098, 0.0025, 0.00072] };
const shopAnswer = () => exactMva([SHOP]).classes[0]!;

const TIERS = [
  { ownSec: 0.002, callCount: 1 },
  { ownSec: 0.005, callCount: 1 },
  { ownSec: 0.02, callCount: 0 },
];
const threads =
  (tier: number): Formula =>
  () =>
    nestedThreads(10_000, TIERS)[tier]!;

const BURSTS = {
  arrivalRatesPerSec: [1.8, 0.2],
  switchRatesPerSec: [
    [0, 0.05],
    [0.05, 0],
  ],
  serviceRatePerSec: 1.25,
};

const SPLIT = { arrivalRatePerSec: 10, serviceRatesPerSec: [8, 4, 2] };

function pieces(...rows: readonly (readonly [number, number, number, number])[]): FluidPiece[] {
  return rows.map(([durationSec, arrivalFromPerSec, arrivalToPerSec, capacityPerSec]) => ({
    durationSec,
    arrivalFromPerSec,
    arrivalToPerSec,
    capacityPerSec,
  }));
}

const RAMP = pieces(
  [100, 500, 1500, 1000],
  [60, 1500, 1500, 1000],
  [100, 1500, 500, 1000],
  [140, 500, 500, 1000],
);
const SCALE_UP = pieces([90, 1500, 1500, 1000], [300, 1500, 1500, 2000]);
const ramp = () => fluidPeak(fluidArcs(RAMP));

function double11Arrivals(): number {
  const decay = { durationSec: 300, fromPerSec: 1e6, towardsPerSec: 1e5, timeConstantSec: 30 };
  return (
    expectedArrivals({ kind: 'linear', durationSec: 10, fromPerSec: 0, toPerSec: 1e6 }) +
    expectedArrivals({ kind: 'constant', durationSec: 60, ratePerSec: 1e6 }) +
    expectedArrivals({ kind: 'exponential', ...decay })
  );
}

const FIVE = sortSamples([15, 20, 35, 40, 50]);
const TEN = sortSamples([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

/** Smallest power of ten that no bin of a histogram with 2^subBits bins an octave is wider than, relative to its values. */
function binWidthBound(subBits: number): number {
  let worst = 0;
  for (let bin = 1; bin < binCount(subBits) - 1; bin++) {
    const low = binEdgeNs(bin, subBits);
    worst = Math.max(worst, (binEdgeNs(bin + 1, subBits) - low) / low);
  }
  return 10 ** Math.ceil(Math.log10(worst));
}

const FIT = lognormalThrough({ p50: 20, p99: 200 });
const BRANCHES = balancedBranches({ mean: 1, cv: 2 });
const h2 = lawOf({ family: 'hyperexponential', mean: 1, cv: 2 });
const pareto = lawOf({ family: 'pareto', mean: 10, alpha: 2.5 });
const keys =
  (count: number): Formula =>
  () =>
    zipfShares({ keyCount: 1000, exponent: 1.1 })
      .slice(0, count)
      .reduce((sum, share) => sum + share, 0);

export const FORMULAS: Readonly<Record<string, Formulas>> = {
  'S01-mm1-05': waitVariance(0.5, 1),
  'S04-mm1-sixto': waitVariance(1 / 4, 1 / 3),
  'S05-mm1-099': waitVariance(0.99, 1),
  'S36-dm1-05': sigma(deterministicInterarrival(2)),
  'S37-dm1-08': sigma(deterministicInterarrival(1.25)),
  'S38-e2m1': sigma(erlangInterarrival({ phaseCount: 2, meanSec: 1.25 })),
  'S39-h2m1': sigma(
    hyperexponentialInterarrival(
      balancedBranches({ mean: 1.25, cv: 2 }).map(({ p, mean }) => ({
        probability: p,
        ratePerSec: 1 / mean,
      })),
    ),
  ),
  'S64-mmpp-1': {
    mean_arrival_rate: () => mmppQueue(BURSTS).meanArrivalRatePerSec,
    mm1_sojourn_same_load: () => mm1({ arrivalRatePerSec: 1, serviceRatePerSec: 1.25 }).meanSojournSec,
  },
  'S70-tail-at-scale': {
    p_request_slow: () => slowRequestProbability(100, 0.01),
    p_slow_2000_at_1e4: () => slowRequestProbability(2000, 0.0001),
  },
  'N10-pdq-ebiz': saturation(10, [0.0098, 0.0025, 0.00072, 0.0098]),
  'N11-sixto-cjn': saturation(2, [0.2, 0.4]),
  'N21-bounds': {
    x_max: () => operationalBounds(SHOP).capacityPerSec,
    n_star: () => operationalBounds(SHOP).saturationPopulation,
    r_lower_bound: () => operationalBounds(SHOP).responseSecMin,
    response_exact: () => shopAnswer().responseSec,
    throughput_exact: () => shopAnswer().throughputPerSec,
  },
  'N45-nested-limit': { threads_tier1: threads(0), threads_tier2: threads(1), threads_tier3: threads(2) },
  'L01-rr-2': roundRobin(2, 1.6),
  'L02-rr-4': roundRobin(4, 3.2),
  'L03-rr-10': roundRobin(10, 9),
  'L06-jsq-2': sharedQueue(2, 1.6),
  'L07-jsq-2-09': sharedQueue(2, 1.8),
  'L09-jsq-4': sharedQueue(4, 3.2),
  'L16-optimal-split': {
    rates: () => optimalSplitPerSec(SPLIT),
    mean_sojourn: () =>
      splitMeanSojournSec(
        SPLIT,
        optimalSplitPerSec(SPLIT).map((rate) => rate / 10),
      ),
  },
  'L20-zipf-shards': {
    shard_shares: () => shardShares(zipfShares({ keyCount: 1000, exponent: 1 }), 8),
    hottest_key_share: () => zipfShares({ keyCount: 1000, exponent: 1 })[0]!,
  },
  'T06-mm1-transient': {
    steady_state: () => mm1({ arrivalRatePerSec: 0.8, serviceRatePerSec: 1 }).meanJobs,
  },
  'T07-fluid-ramp': {
    overload_starts: () => ramp().overloadStartSec!,
    peak_backlog_time: () => ramp().peakBacklogSec,
    backlog_cleared_at: () => ramp().clearedSec!,
  },
  'T13-scaleup-lag': { cleared_at: () => fluidPeak(fluidArcs(SCALE_UP)).clearedSec! },
  'T11-nhpp-1m': { sd_total: () => Math.sqrt(double11Arrivals()) },
  'X01-quantile': {
    nearest_rank_p40: () => quantileNearestRank(FIVE, 0.4),
    linear_type7_p40: () => quantileType7(FIVE, 0.4),
    nearest_rank_1to10_p95: () => quantileNearestRank(TEN, 0.95),
    type7_1to10_p95: () => quantileType7(TEN, 0.95),
    // At the median, definitions 6 and 7 agree.
    type6_1to10_p50: () => quantileType7(TEN, 0.5),
  },
  // Three significant digits take ten bits an octave.
  'X02-hist-error': { max_relative_error: () => binWidthBound(10) },
  'X05-lognormal-fit': {
    mu: () => lognormalParameters(FIT).mu,
    sigma: () => lognormalParameters(FIT).sigma,
    mean: () => FIT.mean,
    p95: () => lawOf({ family: 'lognormal', ...FIT }).quantile(0.05),
  },
  'X06-h2': {
    p1: () => BRANCHES[0]!.p,
    rate1: () => 1 / BRANCHES[0]!.mean,
    rate2: () => 1 / BRANCHES[1]!.mean,
    p95: () => h2.quantile(0.05),
    p99: () => h2.quantile(0.01),
  },
  'X07-pareto': {
    x_min: () => pareto.quantile(1),
    scv: () => pareto.cv * pareto.cv,
    p50: () => pareto.quantile(0.5),
    p99: () => pareto.quantile(0.01),
    p999: () => pareto.quantile(0.001),
  },
  'X09-zipf': { p1: keys(1), top10: keys(10), top100: keys(100) },
};
