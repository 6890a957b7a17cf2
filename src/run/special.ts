import type { Model } from '../model/model.ts';

/** Events that are not a slot's: ids below 0, `~id` is an index into these ranges, one behind the other. */
export interface SpecialIds {
  /** One per instance: next completion of a processor-sharing instance. */
  readonly sharing: number;
  /** One per time-out queue and kind. */
  readonly lifeTimers: number;
  readonly queueTimers: number;
  /** One per source: its next arrival. */
  readonly sources: number;
  /** End of the window. */
  readonly window: number;
}

export function specialIds(model: Model, instanceCount: number): SpecialIds {
  const queues = model.timeoutsNs.length;
  return {
    sharing: 0,
    lifeTimers: instanceCount,
    queueTimers: instanceCount + queues,
    sources: instanceCount + 2 * queues,
    window: instanceCount + 2 * queues + model.sources.length,
  };
}
