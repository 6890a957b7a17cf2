/** Decides how thin a slice of the traffic is simulated: from predicted events alone, never from the clock. */
import type { BalancePolicy, Scenario } from '../../scenario/types.ts';
import { Demands } from '../demands.ts';
import { requestTotals } from '../demands/volumes.ts';
import type { Files } from '../parts/csv.ts';
import { nowhere, type PositionOf } from '../refusal.ts';
import { inlineRequest } from '../tree/inline.ts';
import { makeSite, type Site } from '../tree/site.ts';
import { predictEvents } from './events.ts';
import { allowedSlice, slicePlan, type SlicePlan } from './plan.ts';

export interface ChooseOptions {
  readonly mode: 'exact' | 'sliced' | 'auto';
  /** k asked for, or nothing. */
  readonly slice?: number | undefined;
  /** Events a run may take before `auto` thins its traffic; what `sliced` without a k aims at. */
  readonly targetEvents: number;
  readonly files: Files;
  readonly position?: PositionOf;
}

export interface AutoReason {
  /** Predicted events of a run that simulates every request. */
  readonly exactEvents: number;
  readonly targetEvents: number;
  /** What keeps traffic from being thinned further, where the target is missed: the next k tried, and why not. */
  readonly obstacle: { readonly slice: number; readonly reason: string } | null;
}

/** What is simulated and why, as findings.mode records it. */
export interface SliceChoice {
  readonly mode: 'exact' | 'sliced';
  readonly slice: number;
  readonly choice: 'asked' | 'auto';
  readonly predictedEvents: number;
  /** Why `auto` chose this k; null when k was asked for. */
  readonly auto: AutoReason | null;
  readonly groups: readonly {
    readonly station: string;
    readonly policy: BalancePolicy;
    readonly replicas: number;
    readonly simulated: number;
    readonly backgroundRatio: number;
  }[];
  /** Every k the scenario allows, ascending from 1. */
  readonly allowed: readonly number[];
}

/**
 * `exact` is k = 1. `auto` takes the smallest allowed k whose predicted events stay within `targetEvents`, and when
 * none does the k with the fewest events: accuracy beats the target. `sliced` does the same from k = 2 on, or takes
 * the k asked for.
 *
 * @throws {UserError} when the k asked for would not keep what is measured as it is at the site.
 */
export function chooseSlice(scenario: Scenario, options: ChooseOptions): SliceChoice {
  const site = makeSite(scenario, options.position ?? nowhere);
  const trees = Object.keys(scenario.requests).map((name) => inlineRequest(site, name));
  const plan = slicePlan(site, trees);
  const siteDemands = new Demands(site, options.files);
  const demands = siteDemands.of(trees);
  const { warmUpNs, lastsNs } = scenario.clock;
  const totals = requestTotals(scenario, siteDemands.volume, { fromNs: -warmUpNs, toNs: lastsNs });
  const events = (k: number): number =>
    predictEvents({ demands, totals, stations: scenario.stations }, plan.forK(k), k);
  const slice = sliceFor(site, plan, options, events);
  return {
    mode: slice === 1 ? 'exact' : 'sliced',
    slice,
    choice: options.mode === 'auto' ? 'auto' : 'asked',
    predictedEvents: events(slice),
    auto:
      options.mode === 'auto'
        ? autoReason(plan, { slice, events, targetEvents: options.targetEvents })
        : null,
    groups: plan.forK(slice).map(({ station, replicas, kept, backgroundRatio }) => {
      const { policy } = scenario.stations[station]!.balance;
      return { station, policy, replicas, simulated: kept, backgroundRatio };
    }),
    allowed: plan.allowed,
  };
}

/** Tried next is twice the slice: a group too small for it is named before one that it happens not to divide. */
function autoReason(
  plan: SlicePlan,
  {
    slice,
    events,
    targetEvents,
  }: {
    readonly slice: number;
    readonly events: (k: number) => number;
    readonly targetEvents: number;
  },
): AutoReason {
  const isMissed = events(slice) > targetEvents;
  const reason = isMissed ? plan.obstacle(2 * slice) : null;
  return {
    exactEvents: events(1),
    targetEvents,
    obstacle: reason === null ? null : { slice: 2 * slice, reason },
  };
}

function sliceFor(
  site: Site,
  plan: SlicePlan,
  options: ChooseOptions,
  events: (k: number) => number,
): number {
  if (options.mode === 'exact') return 1;
  if (options.slice !== undefined) return allowedSlice(site, plan, options.slice);
  const candidates = options.mode === 'sliced' ? plan.allowed.filter((k) => k > 1) : plan.allowed;
  if (candidates.length === 0) return allowedSlice(site, plan, 2);
  let fewest = candidates[0]!;
  let fewestEvents = Infinity;
  for (const k of candidates) {
    const predicted = events(k);
    if (predicted <= options.targetEvents) return k;
    if (predicted < fewestEvents) [fewest, fewestEvents] = [k, predicted];
  }
  return fewest;
}
