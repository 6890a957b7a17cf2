import type { Station } from '../../scenario/types.ts';
import type { Demand } from '../demands/demand.ts';
import type { StationSlice } from './plan-types.ts';

interface Work {
  readonly demands: readonly Demand[];
  /** Requests of each class over the whole run at the site. */
  readonly totals: ReadonlyMap<string, number>;
  readonly stations: Readonly<Record<string, Station>>;
}

/**
 * Events a run with traffic thinned to 1/k takes, by expectation over requests that meet no failure: one per arrival
 * and one per instruction that takes time; background visits cost as much as the visits they stand beside and one more
 * to begin, background tokens of a common limiter one each.
 */
export function predictEvents(
  { demands, totals, stations }: Work,
  slices: readonly StationSlice[],
  k: number,
): number {
  const kept = new Map(slices.map((slice) => [slice.station, slice]));
  let events = 0;
  for (const demand of demands) {
    const requests = (totals.get(demand.request) ?? 0) / k;
    let perRequest = 1;
    for (const [name, each] of demand.stations) {
      const ratio = kept.get(name)!.backgroundRatio;
      const common = ratio > 0 ? 0 : stations[name]!.limits.filter(({ scope }) => scope !== 'replica').length;
      perRequest += each.events * (1 + ratio) + each.visits * (ratio + common * (k - 1));
    }
    events += requests * perRequest;
  }
  return Math.round(events);
}
