/** The failure chain: what happened after what, and because of what. */
import type { Context } from '../context.ts';
import type { ChainLink, TopologyFinding } from '../finding-review.ts';
import { CallGraph } from './graph.ts';
import { chainSteps, type ChainStep, type ChainInput } from './steps.ts';

/** What is measured by window is known to one window; of two such instants either may be the earlier one. */
const SLACK_WINDOWS = 2;

/**
 * Every step at which something gave way, in causal order.
 *
 * Time comes first; where it cannot tell (instants are known to a window), cause does: what a station waits for gives way
 * before the station itself, a queue is given up after it stands, a retry comes after what it repeats. A step's cause is the
 * last one before it that may have brought it about. Work that is repeated may in turn saturate what it goes to, but only
 * later.
 */
export function findChain(context: Context, topology: TopologyFinding, found: ChainInput): ChainLink[] {
  const steps = chainSteps(context, found);
  const slackNs = SLACK_WINDOWS * context.model.windowNs;
  const graph = new CallGraph(topology);
  const causes = steps.map((effect) => steps.filter((cause) => precedes(cause, effect, graph, slackNs)));
  const ordered = causalOrder(steps, causes, graph);
  return ordered.map(({ kind, component, layer, atNs, offeredPerSec, value }, position) => {
    const own = causes[steps.indexOf(ordered[position] as ChainStep)] ?? [];
    const because = ordered.slice(0, position).findLastIndex((each) => own.includes(each));
    const link = { kind, component, layer, atNs, offeredPerSec, value };
    return { ...link, because: because < 0 ? null : because };
  });
}

/** Earliest first of those whose causes are all placed; what waits for nobody else stands behind what it waits for. */
function causalOrder(
  steps: readonly ChainStep[],
  causes: readonly (readonly ChainStep[])[],
  graph: CallGraph,
): ChainStep[] {
  const rest = new Set(steps);
  const ordered: ChainStep[] = [];
  const depth = (step: ChainStep): number => (step.station === null ? -1 : graph.callersOf(step.station));
  const earlier = (a: ChainStep, b: ChainStep): number => a.atNs - b.atNs || depth(b) - depth(a);
  while (rest.size > 0) {
    const left = [...rest].sort(earlier);
    const ready = left.find((step) => causes[steps.indexOf(step)]?.every((cause) => !rest.has(cause)));
    const next = ready ?? left[0];
    if (next === undefined) break;
    ordered.push(next);
    rest.delete(next);
  }
  return ordered;
}

function precedes(cause: ChainStep, effect: ChainStep, graph: CallGraph, slackNs: number): boolean {
  if (cause === effect) return false;
  if (cause.kind === 'retrying' && isLoaded(cause, effect, graph)) return cause.atNs + slackNs < effect.atNs;
  return cause.atNs <= effect.atNs + slackNs && mayCause(cause, effect, graph);
}

/** Whether the repeated work of a call comes to what gave way. */
function isLoaded(cause: ChainStep, effect: ChainStep, graph: CallGraph): boolean {
  const isLoad = ['saturated', 'exhausted', 'room-full', 'shedding'].includes(effect.kind);
  return isLoad && isBelow(effect.station, cause.station, graph);
}

/** Whether the callers of `caller` wait for `station`. */
function isBelow(station: string | null, caller: string | null, graph: CallGraph): boolean {
  return station !== null && caller !== null && graph.waitsFor(caller, station);
}

function mayCause(cause: ChainStep, effect: ChainStep, graph: CallGraph): boolean {
  switch (effect.kind) {
    case 'disturbed':
    case 'shedding':
      return false;
    case 'saturated':
    case 'exhausted':
      return mayExhaust(cause, effect, graph);
    case 'room-full':
    case 'gave-up':
      return isStuck(cause) && cause.station === effect.station && cause.hold <= effect.hold;
    case 'timed-out':
      return (
        (isStuck(cause) && isBelow(cause.station, effect.station, graph)) || isInner(cause, effect, graph)
      );
    case 'retrying':
      return cause.component === effect.component
        ? cause.kind === 'timed-out'
        : isLoss(cause) && isBelow(cause.station, effect.station, graph);
    case 'client-left':
    case 'failing':
      return (isStuck(cause) || isLoss(cause)) && isOnPath(cause, effect, graph);
    case 'budget-broken':
      return mayBreak(cause, effect) && isOnPath(cause, effect, graph);
  }
}

/** What is turned away is not answered late: only what is waited for, retries included, makes a response time longer. */
function mayBreak(cause: ChainStep, { brokenBy }: ChainStep): boolean {
  if (brokenBy === null || cause.kind === 'budget-broken') return false;
  return brokenBy === 'losses' || !['shedding', 'room-full', 'failing'].includes(cause.kind);
}

/** Callers hold threads and connections while they wait; servers they do not. */
function mayExhaust(cause: ChainStep, effect: ChainStep, graph: CallGraph): boolean {
  if (!isStuck(cause) || cause.station === null || effect.station === null) return false;
  if (cause.station === effect.station) return cause.hold < effect.hold;
  return effect.hold > 0 && graph.waitsFor(effect.station, cause.station);
}

/** Time-outs and retries further down are waited for as well. */
function isInner(cause: ChainStep, effect: ChainStep, graph: CallGraph): boolean {
  const isWait = cause.kind === 'timed-out' || cause.kind === 'retrying';
  return isWait && cause.component !== effect.component && isBelow(cause.caller, effect.station, graph);
}

function isStuck({ kind }: ChainStep): boolean {
  return kind === 'disturbed' || kind === 'saturated' || kind === 'exhausted';
}

function isLoss({ kind }: ChainStep): boolean {
  return ['room-full', 'gave-up', 'timed-out', 'shedding', 'retrying'].includes(kind);
}

function isOnPath(cause: ChainStep, effect: ChainStep, graph: CallGraph): boolean {
  if (cause.station === null) return effect.request === null || cause.request === effect.request;
  return effect.request === null || graph.visits(effect.request, cause.station);
}
