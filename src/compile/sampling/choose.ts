/** Decides how much time is left out: from predicted events and the shape of the traffic, never from the clock. */
import type { SamplingPlan } from '../../model/sampling.ts';
import type { Scenario } from '../../scenario/types.ts';
import { Peaks } from '../advice/peaks.ts';
import { Demands } from '../demands.ts';
import { requestTotals } from '../demands/volumes.ts';
import type { Files } from '../parts/csv.ts';
import { nowhere, refuse, type PositionOf } from '../refusal.ts';
import { predictEvents } from '../slices/events.ts';
import { slicesFor } from '../slices/plan.ts';
import { phasesOf } from '../traffic/phases.ts';
import { inlineRequest } from '../tree/inline.ts';
import type { RequestTree } from '../tree/nodes.ts';
import { makeSite, type Site } from '../tree/site.ts';
import { loadsOf } from './loads.ts';
import { lookAhead } from './look-ahead.ts';
import type { Span } from '../span.ts';
import { makePlan, type Rung } from './plan.ts';
import { representativeOf } from './representative.ts';

const SECOND_NS = 1e9;
/** What a stretch stands for: so every minute has one. */
const PERIOD_NS = 60 * SECOND_NS;

/** From the most to the least that is simulated of a period. Their errors: docs/model.md, sampling. */
const RUNGS: readonly Rung[] = [
  { periodNs: PERIOD_NS, warmNs: 2 * SECOND_NS, measuredNs: 10 * SECOND_NS },
  { periodNs: PERIOD_NS, warmNs: SECOND_NS, measuredNs: 5 * SECOND_NS },
  { periodNs: PERIOD_NS, warmNs: SECOND_NS / 2, measuredNs: 2 * SECOND_NS },
];

/** The warm part lasts at least as long as so many requests one after the other, and no longer than this. */
const WARM_REQUESTS = 4;
const WARM_MAX_NS = 10 * SECOND_NS;

export interface ChooseSamplingOptions {
  readonly slice: number;
  /** Events a run may take; where no rung keeps within it the least is simulated. */
  readonly targetEvents: number;
  readonly files: Files;
  readonly position?: PositionOf;
  /** Spans of time that must be contiguous for other reasons than the traffic. */
  readonly contiguous?: readonly Span[];
  /** Plans of runs to be compared with: nothing that one of them simulates from end to end is left out, and stretches are as theirs. */
  readonly beside?: readonly SamplingPlan[];
}

export interface SamplingChoice {
  readonly plan: SamplingPlan;
  readonly predictedEvents: number;
}

/**
 * The longest stretches whose predicted events stay within the target, else the shortest.
 *
 * @throws {UserError} when time cannot be left out of the scenario.
 */
export function chooseSampling(scenario: Scenario, options: ChooseSamplingOptions): SamplingChoice {
  const { slice, targetEvents, position = nowhere, contiguous = [], beside = [] } = options;
  const { site, trees, demands, peaks } = figuresOf(scenario, options);
  const obstacle = trafficObstacle(scenario) ?? requestObstacle(peaks);
  if (obstacle !== null) {
    const help = 'run it with --mode sliced or exact';
    refuse(
      { code: 'HF526', message: `no time can be left out: ${obstacle}`, help, path: ['traffic'] },
      position,
    );
  }
  const loadsAt = loadsOf(site, demands, peaks);
  const isRepresentative = representativeOf(scenario, loadsAt, demands.volume);
  const slices = slicesFor(site, trees, slice);
  const events = ({ stretches }: SamplingPlan): number => {
    const warmUp = { fromNs: -scenario.clock.warmUpNs, toNs: 0 };
    const parts = [warmUp, ...stretches].map((span) => requestTotals(scenario, demands.volume, span));
    const sum = (name: string): number => parts.reduce((total, part) => total + part.get(name)!, 0);
    const totals = new Map(Object.keys(scenario.requests).map((name) => [name, sum(name)]));
    return predictEvents({ demands: peaks.demands, totals, stations: scenario.stations }, slices, slice);
  };
  let chosen: SamplingChoice | null = null;
  for (const rung of beside.length > 0 ? [rungOf(beside)] : RUNGS.map((each) => warmedFor(each, peaks))) {
    const spans = [...contiguous, ...beside.flatMap(contiguousOf), ...lookAhead(scenario, loadsAt, rung)];
    const plan = makePlan(rung, phasesOf(scenario), spans, isRepresentative);
    const predictedEvents = events(plan);
    if (chosen === null || predictedEvents < chosen.predictedEvents) chosen = { plan, predictedEvents };
    if (predictedEvents <= targetEvents) break;
  }
  return chosen!;
}

/** The shortest of what they measure, behind the longest of what they warm up with. */
function rungOf(plans: readonly SamplingPlan[]): Rung {
  return {
    periodNs: PERIOD_NS,
    warmNs: Math.max(...plans.map(({ warmNs }) => warmNs)),
    measuredNs: Math.min(...plans.map(({ measuredNs }) => measuredNs)),
  };
}

function contiguousOf({ stretches }: SamplingPlan): Span[] {
  return stretches
    .filter(({ weight }) => weight === 1)
    .map(({ standsFromNs, standsToNs }) => ({ fromNs: standsFromNs, toNs: standsToNs }));
}

/** Why no time can be left out of a scenario, or null when it can. */
export function samplingObstacle(
  scenario: Scenario,
  options: Pick<ChooseSamplingOptions, 'files' | 'position'>,
): string | null {
  return trafficObstacle(scenario) ?? requestObstacle(figuresOf(scenario, options).peaks);
}

function figuresOf(
  scenario: Scenario,
  { files, position = nowhere }: Pick<ChooseSamplingOptions, 'files' | 'position'>,
): { site: Site; trees: RequestTree[]; demands: Demands; peaks: Peaks } {
  const site = makeSite(scenario, position);
  const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
  const demands = new Demands(site, files);
  return { site, trees, demands, peaks: new Peaks(site, trees, demands) };
}

/** What chance or a file brings cannot be looked ahead, and without open traffic there is no curve to follow. */
function trafficObstacle({ traffic }: Scenario): string | null {
  if (traffic.some(({ model }) => model === 'trace'))
    return 'what a trace brings is no curve that could be looked ahead';
  if (traffic.some((each) => each.model === 'open' && each.arrivals.process === 'mmpp'))
    return 'when mmpp arrivals switch is up to chance and cannot be looked ahead';
  return traffic.some(({ model }) => model === 'open')
    ? null
    : 'without open traffic there is no curve to follow';
}

function requestObstacle(peaks: Peaks): string | null {
  return WARM_REQUESTS * longestNs(peaks) > WARM_MAX_NS
    ? `requests take longer than ${WARM_MAX_NS / SECOND_NS / WARM_REQUESTS} s with nobody else in the system`
    : null;
}

function warmedFor(rung: Rung, peaks: Peaks): Rung {
  return { ...rung, warmNs: Math.max(rung.warmNs, Math.ceil(WARM_REQUESTS * longestNs(peaks))) };
}

/** Mean response time of the longest class with nobody else in the system. */
function longestNs({ demands }: Peaks): number {
  return demands.reduce((longest, { unloadedNs }) => Math.max(longest, unloadedNs), 0);
}
