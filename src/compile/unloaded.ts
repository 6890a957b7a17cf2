/**
 * Response times of every request class with nobody else in the system: no waiting anywhere, so what is left is what
 * no sizing can take away.
 */
import { once } from '../base/once.ts';
import { hash32, streamKey } from '../random/streams.ts';
import { tableOf } from '../random/table-set.ts';
import type { DistributionSpec, Scenario } from '../scenario/types.ts';
import { Demands, type RegionalDemand } from './demands.ts';
import type { LayerTime } from './demands/demand.ts';
import type { Files } from './parts/csv.ts';
import { distributionOf, meanNsOf } from './parts/distributions.ts';
import { remembered } from './parts/remembered.ts';
import { serversOf } from './parts/stations.ts';
import { cumulativeThresholds } from './parts/thresholds.ts';
import { nowhere, type PositionOf } from './refusal.ts';
import { inlineRequest } from './tree/inline.ts';
import { makeSite, type Site } from './tree/site.ts';
import { begin, Evaluator, type Run } from './unloaded/evaluate.ts';

export interface UnloadedTimes {
  readonly request: string;
  /** Response times of the draws that succeed before the request's deadline, ascending, in ns. */
  readonly goodNs: Float64Array;
  readonly draws: number;
  /** Exact by arithmetic where `exact`, else the mean of the good draws; null when none is good. */
  readonly meanNs: number | null;
  /** No parallel branches, no draw met a deadline or a retry, and the regions of the requests are known. */
  readonly exact: boolean;
  /** Terms of the mean by layer, in the order in which the request comes to them. */
  readonly parts: readonly LayerTime[];
}

export interface UnloadedOptions {
  readonly files: Files;
  readonly draws: number;
  readonly position?: PositionOf;
}

/** Second word of the draw keys: the first counts the draws. */
const DRAW_WORD = 0x3c6ef372;

/** A pure function of scenario and number of draws; the draws have the streams they have in a run. */
export function unloadedTimes(
  scenario: Scenario,
  { files, draws, position = nowhere }: UnloadedOptions,
): UnloadedTimes[] {
  const site = makeSite(scenario, position);
  const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
  const evaluator = evaluatorOf(site, files);
  return new Demands(site, files).of(trees).map((demand, index) => {
    const limitNs = scenario.requests[demand.request]!.timeoutNs ?? Infinity;
    const regionOf = regionDraw(site, demand.regions.shares);
    // On demand: the report asks for all of them, but advice before the run only for those of latency budgets.
    const sampled = once(() =>
      timesOf(demand, sample(evaluator.sequence(trees[index]!.nodes, null), draws, { regionOf, limitNs })),
    );
    return {
      request: demand.request,
      draws,
      parts: demand.layers,
      get goodNs() {
        return sampled().goodNs;
      },
      get meanNs() {
        return sampled().meanNs;
      },
      get exact() {
        return sampled().exact;
      },
    };
  });
}

type Times = Pick<UnloadedTimes, 'goodNs' | 'meanNs' | 'exact'>;

function timesOf(
  { exact: isExact, regions, unloadedNs }: RegionalDemand,
  { goodNs, disturbed }: Sample,
): Times {
  const exact = isExact && !disturbed && regions.exact;
  const sampledNs = goodNs.length === 0 ? null : goodNs.reduce((sum, ns) => sum + ns, 0) / goodNs.length;
  return { goodNs, exact, meanNs: exact && sampledNs !== null ? unloadedNs : sampledNs };
}

interface Sample {
  readonly goodNs: Float64Array;
  readonly disturbed: boolean;
}

interface SampleOptions {
  readonly regionOf: (draw: number) => number;
  readonly limitNs: number;
}

function sample(run: Run, draws: number, { regionOf, limitNs }: SampleOptions): Sample {
  const good: number[] = [];
  let disturbed = false;
  for (let lo = 0; lo < draws; lo++) {
    const activation = begin({ lo, hi: DRAW_WORD, region: regionOf(lo) });
    run(activation);
    const isGood = !activation.failed && activation.ns <= limitNs;
    disturbed ||= activation.disturbed || activation.ns > limitNs;
    if (isGood) good.push(activation.ns);
  }
  return { goodNs: Float64Array.from(good).sort(), disturbed };
}

function evaluatorOf(site: Site, files: Files): Evaluator {
  return new Evaluator({
    seed: site.scenario.seed,
    table: remembered((spec: DistributionSpec) => {
      const distribution = distributionOf(spec, { files, position: site.position, path: ['stations'] });
      return { nodes: tableOf(distribution), meanNs: meanNsOf(distribution) };
    }),
    demandFactor: remembered((station: string) => serversOf(site, station)?.demandFactor ?? 1),
  });
}

function regionDraw(site: Site, shares: readonly number[]): (draw: number) => number {
  const thresholds = site.regions.length === 0 ? [] : cumulativeThresholds(shares);
  const { k0, k1 } = streamKey(site.scenario.seed, 'unloaded/region');
  return (draw) =>
    Math.max(
      0,
      thresholds.findIndex((threshold) => hash32(k0, k1, draw, DRAW_WORD) < threshold),
    );
}

/** Quantile of ascending values: nearest rank ⌈p·n⌉; null when there are none. */
export function quantileOf(ascending: Float64Array, p: number): number | null {
  if (ascending.length === 0) return null;
  return ascending[Math.max(0, Math.ceil(p * ascending.length) - 1)]!;
}
