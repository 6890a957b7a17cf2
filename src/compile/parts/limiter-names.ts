import type { Site } from '../tree/site.ts';

/** Names under which the limiters of a station are reported, in the order in which a visit asks them. */
export function limiterNames({ scenario }: Site, station: string): string[] {
  return scenario.stations[station]!.limits.map(({ scope, name }, index) => {
    const own = index === 0 ? `${station}.limit` : `${station}.limit.${index + 1}`;
    return scope === 'global' ? (name ?? own) : own;
  });
}
