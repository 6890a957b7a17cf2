import type { Station } from '../../scenario/types.ts';
import { serversOf } from '../parts/stations.ts';
import { eachParallel, eachVisit, type Node, type RequestTree } from '../tree/nodes.ts';
import type { Site } from '../tree/site.ts';

/** What a station is to the others, as far as slicing is concerned. */
export interface Role {
  readonly name: string;
  readonly station: Station;
  /** Calls nothing: its visits can be repeated without repeating anything else. */
  readonly leaf: boolean;
  /** Holds nothing that jobs share: how many of them come makes no difference. */
  readonly stateless: boolean;
  /** Jobs that one replica takes at a time: the fewer of its servers and threads. */
  readonly serversEach: number;
  /** Several branches of one parallel step visit it: visits of a request that come together. */
  readonly together: boolean;
  /** Stations that call it; null is the client. */
  readonly callers: ReadonlySet<string | null>;
}

/** Roles of all stations, in their order. */
export function rolesOf(site: Site, trees: readonly RequestTree[]): Role[] {
  const calling = new Set<string>();
  const budgeted = new Set<string>();
  const together = new Set<string>();
  const callers = new Map<string, Set<string | null>>();
  for (const { nodes } of trees) {
    eachParallel(nodes, ({ branches }) => {
      const seen = new Set<string>();
      for (const branch of branches) {
        const visited = visitedBy(branch);
        for (const name of visited) (seen.has(name) ? together : seen).add(name);
      }
    });
    eachVisit(nodes, (visit) => {
      if (hasVisits(visit.body)) calling.add(visit.station);
      if (visit.caller !== null && visit.own?.retry?.budget) budgeted.add(visit.caller);
      callers.set(visit.station, (callers.get(visit.station) ?? new Set()).add(visit.caller));
    });
  }
  return Object.entries(site.scenario.stations).map(([name, station]) => ({
    name,
    station,
    serversEach: Math.min(serversOf(site, name)?.serverCount ?? Infinity, station.threads?.count ?? Infinity),
    leaf: !calling.has(name),
    stateless: holdsNothing(station) && !budgeted.has(name),
    together: together.has(name),
    callers: callers.get(name) ?? new Set(),
  }));
}

function hasVisits(nodes: readonly Node[]): boolean {
  return visitedBy(nodes).size > 0;
}

/** Stations visited among and inside these nodes. */
function visitedBy(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  eachVisit(nodes, ({ station }) => names.add(station));
  return names;
}

function holdsNothing({ servers, on, threads, pool, limits }: Station): boolean {
  const waitsForServers = on !== null || (servers !== null && servers !== Infinity);
  return !waitsForServers && threads === null && pool === null && limits.length === 0;
}
