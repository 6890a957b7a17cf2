import type { Group, Model } from '../model/model.ts';
import { UNLIMITED } from '../model/model.ts';

export function stationOf(model: Model, group: Group): Model['stations'][number] {
  const station = model.stations[group.station];
  if (station === undefined) throw new RangeError(`group ${group.name} belongs to no station`);
  return station;
}

/**
 * Most that one instance can do at a time, in servers (tokens, or undisturbed cores): c, and for processor sharing
 * the highest total rate max R(n). null = unlimited.
 */
export function instanceCapacity(group: Group): number | null {
  if (group.serverCount === UNLIMITED) return null;
  return group.rates === null ? group.serverCount : Math.max(...group.rates);
}

/** What one instance still does with any number of jobs: R(∞), below max R(n) when contention is retrograde. */
export function saturatedRate(group: Group): number | null {
  if (group.serverCount === UNLIMITED) return null;
  return group.rates?.at(-1) ?? group.serverCount;
}
