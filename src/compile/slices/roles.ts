import type { Station } from '../../scenario/types.ts';
import { eachVisit, type Node, type RequestTree } from '../tree/nodes.ts';
import type { Site } from '../tree/site.ts';

/** What a station is to the others, as far as slicing is concerned. */
export interface Role {
  readonly name: string;
  readonly station: Station;
  /** Calls nothing: its visits can be repeated without repeating anything else. */
  readonly leaf: boolean;
  /** Holds nothing that jobs share: how many of them come makes no difference. */
  readonly stateless: boolean;
  /** Stations that call it; null is the client. */
  readonly callers: ReadonlySet<string | null>;
}

/** Roles of all stations, in their order. */
export function rolesOf({ scenario }: Site, trees: readonly RequestTree[]): Role[] {
  const calling = new Set<string>();
  const budgeted = new Set<string>();
  const callers = new Map<string, Set<string | null>>();
  for (const { nodes } of trees) {
    eachVisit(nodes, (visit) => {
      if (hasVisits(visit.body)) calling.add(visit.station);
      if (visit.caller !== null && visit.own?.retry?.budget) budgeted.add(visit.caller);
      callers.set(visit.station, (callers.get(visit.station) ?? new Set()).add(visit.caller));
    });
  }
  return Object.entries(scenario.stations).map(([name, station]) => ({
    name,
    station,
    leaf: !calling.has(name),
    stateless: holdsNothing(station) && !budgeted.has(name),
    callers: callers.get(name) ?? new Set(),
  }));
}

function hasVisits(nodes: readonly Node[]): boolean {
  let found = false;
  eachVisit(nodes, () => {
    found = true;
  });
  return found;
}

function holdsNothing({ servers, on, threads, pool, limits }: Station): boolean {
  const waitsForServers = on !== null || (servers !== null && servers !== Infinity);
  return !waitsForServers && threads === null && pool === null && limits.length === 0;
}
