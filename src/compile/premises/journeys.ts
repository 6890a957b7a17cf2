/** Where on its way a request comes to servers, and what it has passed by then. */
import type { DistributionSpec } from '../../scenario/types.ts';
import { poolName } from '../parts/pool-name.ts';
import type { Node, RequestTree, Visit, Way } from '../tree/nodes.ts';

/** What the walk looks up. */
export interface JourneyFigures {
  /** Mean time at the station, in ns. */
  readonly meanNs: (spec: DistributionSpec, station: string) => number;
  /** Whether jobs may wait for its servers. */
  readonly queues: (station: string) => boolean;
  readonly hasPool: (station: string) => boolean;
  readonly hasThreads: (station: string) => boolean;
}

interface Passed {
  /** Stations at whose servers it may have waited. */
  readonly queues: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
  /** Mean service and delays so far. */
  readonly spentNs: number;
  readonly mayFail: boolean;
  readonly joined: boolean;
}

/** One step that takes a server of the station of its visit. */
export interface JobArrival extends Passed {
  readonly request: string;
  readonly station: string;
  readonly caller: string | null;
  readonly time: DistributionSpec;
  /** Expected number per request. */
  readonly perRequest: number;
  /** No time passes between the choice of the replica and the work. */
  readonly atOnce: boolean;
}

interface Place {
  readonly visit: Visit | null;
  readonly weight: number;
  /** `spentNs` when the replica was chosen. */
  readonly chosenAtNs: number;
}

const NOTHING: Passed = {
  queues: new Set(),
  groups: new Set(),
  calls: new Set(),
  spentNs: 0,
  mayFail: false,
  joined: false,
};

/** Every work step of a request class, as if nothing failed, timed out or was turned away. */
export function journeyOf({ name, nodes }: RequestTree, figures: JourneyFigures): JobArrival[] {
  const journey = new Journey(name, figures);
  journey.through(nodes, NOTHING, { visit: null, weight: 1, chosenAtNs: 0 });
  return journey.arrivals;
}

class Journey {
  readonly arrivals: JobArrival[] = [];
  readonly #request: string;
  readonly #figures: JourneyFigures;

  constructor(request: string, figures: JourneyFigures) {
    this.#request = request;
    this.#figures = figures;
  }

  through(nodes: readonly Node[], before: Passed, place: Place): Passed {
    return nodes.reduce((passed, node) => this.#node(node, passed, place), before);
  }

  #node(node: Node, before: Passed, place: Place): Passed {
    switch (node.kind) {
      case 'work':
        return this.#work(node.time, before, place);
      case 'pause':
        return later(before, this.#figures.meanNs(node.time, place.visit!.station));
      case 'visit':
        return this.#visit(node, before, place.weight);
      case 'send':
        this.#visit(node.visit, before, place.weight);
        return before;
      case 'parallel': {
        const ends = node.branches.map((branch) => this.through(branch, before, place));
        const waited = ends.length > 1 && ends.some(({ queues }) => queues.size > before.queues.size);
        const after = union(before, ends);
        return { ...after, joined: after.joined || waited };
      }
      case 'choice':
        return union(
          before,
          node.options.map(({ share, nodes }) =>
            this.through(nodes, before, { ...place, weight: place.weight * share }),
          ),
        );
      case 'repeat': {
        const weight = place.weight * node.mean;
        const once = this.through(node.nodes, before, { ...place, weight });
        return later(once, (node.mean - 1) * (once.spentNs - before.spentNs));
      }
      case 'fail':
        return { ...before, mayFail: true };
      case 'reply':
        return before;
    }
  }

  #work(time: DistributionSpec, before: Passed, { visit, weight, chosenAtNs }: Place): Passed {
    const { station, caller } = visit!;
    this.arrivals.push({
      ...before,
      request: this.#request,
      station,
      caller,
      time,
      perRequest: weight,
      atOnce: before.spentNs === chosenAtNs,
    });
    const after = later(before, this.#figures.meanNs(time, station));
    if (!this.#figures.queues(station)) return after;
    return { ...after, queues: having(after.queues, station), groups: having(after.groups, station) };
  }

  #visit(visit: Visit, before: Passed, weight: number): Passed {
    const { station, operation, caller } = visit;
    let { groups, calls } = before;
    if (this.#figures.hasPool(station)) groups = having(groups, poolName(station, caller));
    if (this.#figures.hasThreads(station)) groups = having(groups, `${station}.threads`);
    const target = operation === null ? station : `${station}.${operation}`;
    if (visit.own !== null) calls = having(calls, `${caller ?? 'client'} > ${target}`);
    const there = later({ ...before, groups, calls }, lengthNs(visit.there));
    const inside = this.through(visit.body, there, { visit, weight, chosenAtNs: before.spentNs });
    return later(inside, lengthNs(visit.back));
  }
}

function later(passed: Passed, ns: number): Passed {
  return { ...passed, spentNs: passed.spentNs + ns };
}

function having(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return names.has(name) ? names : new Set([...names, name]);
}

function lengthNs(way: Way | null): number {
  if (way === null) return 0;
  return way.kind === 'fixed' ? way.ns : Math.max(0, ...way.ns);
}

/** What may have been passed on one of several ways; `before` where there are none. */
function union(before: Passed, ends: readonly Passed[]): Passed {
  return ends.reduce(
    (a, b) => ({
      queues: new Set([...a.queues, ...b.queues]),
      groups: new Set([...a.groups, ...b.groups]),
      calls: new Set([...a.calls, ...b.calls]),
      spentNs: Math.max(a.spentNs, b.spentNs),
      mayFail: a.mayFail || b.mayFail,
      joined: a.joined || b.joined,
    }),
    before,
  );
}
