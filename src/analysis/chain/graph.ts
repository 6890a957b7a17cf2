/** Who calls whom, from the scenario alone. */
import type { Scenario, Step } from '../../scenario/types.ts';
import type { TopologyEdge, TopologyFinding } from '../finding-review.ts';

type Sites = Pick<Scenario, 'stations' | 'requests'>;

/** A target that an operation reaches, or the rest of the request's path. */
type Reached = { readonly target: string; readonly how: 'call' | 'send' } | 'rest-of-path';

export function stationOfTarget(target: string): string {
  return target.split('.')[0] ?? target;
}

function reachedBy(steps: readonly Step[]): Reached[] {
  return steps.flatMap((step): Reached[] => {
    switch (step.verb) {
      case 'call':
      case 'send':
        return [{ target: step.target, how: step.verb }];
      case 'serve':
        return step.at === null ? [] : [{ target: step.at, how: 'call' }];
      case 'parallel':
        return step.branches.flatMap(reachedBy);
      case 'choose':
        return step.options.flatMap((option) => reachedBy(option.steps));
      case 'repeat':
        return reachedBy(step.steps);
      case 'cache': {
        const lookup: Reached[] = step.target === null ? [] : [{ target: step.target, how: 'call' }];
        return [...lookup, ...reachedBy(step.onHit), ...reachedBy(step.onMiss)];
      }
      case 'forward':
        return ['rest-of-path'];
      case 'delay':
      case 'fail':
      case 'reply':
        return [];
    }
  });
}

/** Stations that requests come to, in order of first visit, and every edge between two of them once. */
export function findTopology({ stations, requests }: Sites): TopologyFinding {
  const edges = new Map<string, TopologyEdge>();
  const layers = new Map<string, string>();
  const seen = new Set<string>();
  const add = (from: string, to: string, how: TopologyEdge['how']): void => {
    if (from !== to) edges.set(JSON.stringify([from, to, how]), { from, to, how });
  };
  const visit = (target: string): void => {
    const station = stationOfTarget(target);
    if (!layers.has(station)) layers.set(station, stations[station]?.layer ?? station);
    if (seen.has(target)) return;
    seen.add(target);
    for (const reached of reachedBy(stepsOf(stations, target))) {
      if (reached === 'rest-of-path') continue;
      add(station, stationOfTarget(reached.target), reached.how);
      visit(reached.target);
    }
  };
  for (const { path } of Object.values(requests)) {
    path.forEach((target, position) => {
      visit(target);
      const next = path[position + 1];
      if (next === undefined) return;
      const holds = reachedBy(stepsOf(stations, target)).includes('rest-of-path');
      add(stationOfTarget(target), stationOfTarget(next), holds ? 'call' : 'next');
    });
  }
  return {
    stations: [...layers].map(([station, layer]) => ({ station, layer })),
    edges: [...edges.values()],
    entries: Object.entries(requests).map(([request, { path }]) => ({
      request,
      station: stationOfTarget(path[0] ?? ''),
    })),
  };
}

function stepsOf(stations: Sites['stations'], target: string): readonly Step[] {
  return stations[stationOfTarget(target)]?.operations[target.slice(target.indexOf('.') + 1)] ?? [];
}

/** What waits for what: callers hold their threads and connections until those they call have answered. */
export class CallGraph {
  readonly #callees = new Map<string, Set<string>>();
  readonly #everywhere = new Map<string, Set<string>>();
  readonly #entries: ReadonlyMap<string, string>;

  constructor({ edges, entries }: TopologyFinding) {
    for (const { from, to, how } of edges) {
      if (how === 'call') put(this.#callees, from, to);
      put(this.#everywhere, from, to);
    }
    this.#entries = new Map(entries.map(({ request, station }) => [request, station]));
  }

  /** Whether a job at the one station waits for the other one, directly or not; a station waits for itself. */
  waitsFor(caller: string, callee: string): boolean {
    return reach(this.#callees, caller).has(callee);
  }

  /** Whether requests of the class may come to the station. */
  visits(request: string, station: string): boolean {
    const entry = this.#entries.get(request);
    return entry !== undefined && reach(this.#everywhere, entry).has(station);
  }

  /** How many stations wait for this one: the deeper, the nearer to what may be the root. */
  callersOf(station: string): number {
    return [...this.#callees.keys()].filter((each) => each !== station && this.waitsFor(each, station))
      .length;
  }
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}

/** Everything that can be reached, the start included. */
function reach(map: ReadonlyMap<string, ReadonlySet<string>>, start: string): Set<string> {
  const found = new Set([start]);
  for (const each of found) for (const next of map.get(each) ?? []) found.add(next);
  return found;
}
