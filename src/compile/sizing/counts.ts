/** How much there is of everything that can be sized, as written or as changed. */
import type { Site } from '../tree/site.ts';
import type { Need } from './needs.ts';

/** Changed figures by station or by need; what is not in a map is as written. */
export interface Counts {
  readonly replicas: Map<string, number>;
  /** What one replica has, by the name of the need: see `Need.each`. */
  readonly each: Map<string, number>;
}

export function replicasOf(site: Site, { replicas }: Counts, station: string | null): number {
  if (station === null) return 1;
  return replicas.get(station) ?? site.scenario.stations[station]?.replicas ?? 1;
}

/**
 * What is asked of the busiest replica / what it has.
 *
 *     load = asked · uneven / (each · replicas · caller's replicas)
 *
 * The last factor is that of pools alone; uneven is the share of the busiest replica × replicas.
 */
export function loadOf(site: Site, counts: Counts, need: Need): number {
  const { name, kind, station, caller, asked, each, isPerReplica, unevenAt } = need;
  const replicas = isPerReplica ? replicasOf(site, counts, station) : 1;
  const callers = kind === 'pool' ? replicasOf(site, counts, caller) : 1;
  return (asked * unevenAt(replicas)) / ((counts.each.get(name) ?? each) * replicas * callers);
}
