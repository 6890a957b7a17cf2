import { COUNT_MAX, type Model } from '../model/model.ts';
import { refuse, type PositionOf } from './refusal.ts';

/** @throws {UserError} when the scenario has more of something than a request in flight can be numbered by. */
export function refuseCounts(
  model: Pick<Model, 'classes' | 'timeoutsNs' | 'sources' | 'regions'>,
  position: PositionOf,
): void {
  const counted = [
    { what: 'request classes', path: ['requests'], count: model.classes.length, max: COUNT_MAX.classes },
    { what: 'different time-outs', path: [], count: model.timeoutsNs.length, max: COUNT_MAX.timeouts },
    { what: 'sources of traffic', path: ['traffic'], count: model.sources.length, max: COUNT_MAX.sources },
    { what: 'regions', path: ['traffic'], count: model.regions.length, max: COUNT_MAX.regions },
  ];
  for (const { what, path, count, max } of counted) {
    if (count <= max) continue;
    const message = `${count} ${what}: there can be at most ${max}`;
    refuse(
      { code: 'HF525', message, help: 'use fewer, or run the parts as scenarios of their own', path },
      position,
    );
  }
}
