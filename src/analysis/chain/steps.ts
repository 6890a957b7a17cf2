/** What happened, step by step, as the chain is made of it; in no order yet. */
import { Cause } from '../../model/opcodes.ts';
import { offeredAt } from '../breaks.ts';
import type { Context } from '../context.ts';
import type { ChainKind, ChainLink } from '../finding-review.ts';
import type { BreakFinding, BudgetFinding, Timeline } from '../findings.ts';
import { firstLastingLoss } from '../lasting.ts';
import { measuredClass } from '../requests.ts';
import { stationOf } from '../scale.ts';
import type { SimulatedWindow } from '../spans.ts';
import { brokenSince } from './broken-since.ts';
import { stationOfTarget } from './graph.ts';

/** First attempts that a window must hold for its amplification to be told from chance. */
const FIRST_ATTEMPTS_MIN = 10;

/** A link before it has a place, with where it happened. */
export interface ChainStep extends Omit<ChainLink, 'because'> {
  /** Station; of a call, the one that is called. null: of requests and budgets. */
  readonly station: string | null;
  /** Of calls: the station that calls. */
  readonly caller: string | null;
  /** Of what belongs to one class of requests; null: of all. */
  readonly request: string | null;
  /** Of one station what is held longest comes last: servers 0, threads 1, connections 2. */
  readonly hold: number;
  /** Of a budget: what may break it. A time is that of good requests, which losses do not lengthen; null where nothing is to blame. */
  readonly brokenBy: 'delays' | 'losses' | null;
}

const ELSEWHERE = { station: null, caller: null, request: null, hold: 0, brokenBy: null };

export interface ChainInput {
  readonly breaks: readonly BreakFinding[];
  readonly budgets: readonly BudgetFinding[];
  readonly timeline: Timeline;
}

export function chainSteps(context: Context, { breaks, budgets, timeline }: ChainInput): ChainStep[] {
  return [
    ...disturbanceSteps(context),
    ...breaks.map((each) => breakStep(context, each)),
    ...callSteps(context),
    ...failureSteps(context),
    ...budgets.flatMap((budget): ChainStep[] => {
      const breach = brokenSince(budget, timeline, context.model.phases);
      if (breach === null) return [];
      const request = budget.target.startsWith('request:') ? budget.target.slice('request:'.length) : null;
      const window = windowAt(context, breach.seenNs);
      return [
        {
          ...ELSEWHERE,
          kind: 'budget-broken',
          component: `${budget.id}: ${budget.text}`,
          layer: '',
          atNs: breach.atNs,
          offeredPerSec: window === undefined ? null : offeredAt(context, window),
          value: budget.value,
          request,
          brokenBy: budget.outOfReach ? null : budget.unit === 'ns' ? 'delays' : 'losses',
        },
      ];
    }),
  ];
}

function windowAt({ windows }: Context, atNs: number): SimulatedWindow | undefined {
  return windows.find(({ fromNs, toNs }) => fromNs <= atNs && atNs < toNs);
}

function disturbanceSteps(context: Context): ChainStep[] {
  return context.model.disturbances.map(({ name, groups, fromNs, speed }): ChainStep => {
    const group = context.model.groups[groups[0] ?? -1];
    const at = group === undefined ? null : stationOf(context.model, group);
    const window = windowAt(context, fromNs);
    return {
      ...ELSEWHERE,
      kind: 'disturbed',
      component: name,
      layer: at?.layer ?? '',
      atNs: fromNs,
      offeredPerSec: window === undefined ? null : offeredAt(context, window),
      value: speed,
      station: at?.name ?? null,
      hold: -1,
    };
  });
}

const KINDS: Readonly<Record<Exclude<BreakFinding['kind'], 'timing-out'>, ChainKind>> = {
  shedding: 'shedding',
  saturated: 'saturated',
  'pool-exhausted': 'exhausted',
  'room-full': 'room-full',
};

function breakStep({ model }: Context, found: BreakFinding): ChainStep {
  const { kind, name, layer, atNs, offeredPerSec, value } = found;
  const isOfClass = kind === 'timing-out' && layer === '';
  const group = isOfClass ? undefined : model.groups.find((each) => each.name === name);
  const limiter = kind === 'shedding' ? model.limiters.find((each) => each.name === name) : undefined;
  const station =
    group !== undefined
      ? stationOf(model, group).name
      : limiter === undefined
        ? null
        : (model.stations[limiter.station]?.name ?? null);
  return {
    ...ELSEWHERE,
    kind: kind === 'timing-out' ? (isOfClass ? 'client-left' : 'gave-up') : KINDS[kind],
    component: name,
    layer,
    atNs,
    offeredPerSec,
    value,
    station,
    request: isOfClass ? name : null,
    hold: group === undefined ? 0 : ['servers', 'threads', 'pool'].indexOf(group.role),
  };
}

/** Time-outs and retries of calls; sites of one name together. */
function callSteps(context: Context): ChainStep[] {
  const names = [...new Set(context.model.calls.map(({ name }) => name))];
  return names.flatMap((name): ChainStep[] => {
    const [caller = '', callee = ''] = name.split(' > ');
    const station = stationOfTarget(callee);
    const sums = seriesOf(context, name);
    const base = {
      ...ELSEWHERE,
      component: name,
      layer: context.model.stations.find((each) => each.name === station)?.layer ?? '',
      station,
      caller: stationOfTarget(caller),
    };
    const step = (kind: ChainKind, lost: Float64Array, valueIn: (window: SimulatedWindow) => number) => {
      const window = firstLastingLoss(context, { came: sums.attempts, lost });
      if (window === null) return [];
      const offeredPerSec = offeredAt(context, window);
      return [{ ...base, kind, atNs: window.fromNs, offeredPerSec, value: valueIn(window) }];
    };
    return [
      ...step('timed-out', sums.timedOut, ({ index }) =>
        Math.min(1, (sums.timedOut[index] ?? 0) / Math.max(1, sums.attempts[index] ?? 0)),
      ),
      ...step('retrying', sums.retries, () => mostAttempts(context, sums)),
    ];
  });
}

type CallSeries = Record<'attempts' | 'retries' | 'timedOut', Float64Array>;

function seriesOf({ model, measurements }: Context, name: string): CallSeries {
  const length = measurements.windows.length;
  const sum: CallSeries = {
    attempts: new Float64Array(length),
    retries: new Float64Array(length),
    timedOut: new Float64Array(length),
  };
  for (const [index, site] of model.calls.entries()) {
    if (site.name !== name) continue;
    const measured = measurements.calls[index]?.series;
    for (const key of ['attempts', 'retries', 'timedOut'] as const) {
      // An inner site is one attempt of another, which counts it already.
      if (site.inner && key !== 'timedOut') continue;
      measured?.[key].forEach((count, window) => (sum[key][window] = (sum[key][window] ?? 0) + count));
    }
  }
  return sum;
}

/** Attempts per first attempt in the worst window. */
function mostAttempts({ windows }: Context, { attempts, retries }: CallSeries): number {
  return windows.reduce((most, { index }) => {
    const made = attempts[index] ?? 0;
    const first = made - (retries[index] ?? 0);
    return first < FIRST_ATTEMPTS_MIN ? most : Math.max(most, made / first);
  }, 1);
}

/** Requests that failed inside: refused for want of room, given up in a queue, or by the work itself. */
function failureSteps(context: Context): ChainStep[] {
  return context.model.classes.flatMap(({ name }, index): ChainStep[] => {
    const { offered, failures } = measuredClass(context, index);
    const lost = offered.map((_, window) =>
      [Cause.rejected, Cause.abandoned, Cause.failed].reduce(
        (sum, cause) => sum + (failures[cause]?.[window] ?? 0),
        0,
      ),
    );
    const window = firstLastingLoss(context, { came: offered, lost });
    if (window === null) return [];
    const value = (lost[window.index] ?? 0) / (offered[window.index] ?? 1);
    return [
      {
        ...ELSEWHERE,
        kind: 'failing',
        component: name,
        layer: '',
        atNs: window.fromNs,
        offeredPerSec: offeredAt(context, window),
        value,
        request: name,
      },
    ];
  });
}
