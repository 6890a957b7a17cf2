/** A disturbance with the windows that tell what it did: those before it, and those from its end on. */
import type { DisturbanceModel } from '../../model/model.ts';
import type { Context } from '../context.ts';

/** The level before a disturbance is that of so many windows. */
export const BASELINE_WINDOWS = 10;

/** Positions in `context.windows`, [from, to). */
export interface Positions {
  readonly from: number;
  readonly to: number;
}

export interface Episode {
  readonly disturbance: DisturbanceModel;
  /** The last windows before it, none of them disturbed or just behind another disturbance's begin. */
  readonly before: Positions;
  /** From its end to the next disturbance or the end of what was simulated. */
  readonly after: Positions;
}

/** The disturbances of the measured time, in order. */
export function episodesOf({ model, windows }: Context): Episode[] {
  const { disturbances, lastsNs } = model;
  const position = (atNs: number): number => {
    const found = windows.findIndex(({ fromNs }) => fromNs >= atNs);
    return found < 0 ? windows.length : found;
  };
  return disturbances
    .filter(({ fromNs, groups }) => fromNs < lastsNs && groups.length > 0)
    .map((disturbance, index, all): Episode => {
      const { fromNs, toNs } = disturbance;
      const others = all.filter((_, other) => other !== index);
      const calmNs = others.filter((each) => each.fromNs <= fromNs).map((each) => each.toNs);
      const nextNs = others.filter((each) => each.toNs > toNs).map((each) => Math.max(toNs, each.fromNs));
      const begin = position(fromNs);
      const calm = Math.min(begin, position(Math.max(0, ...calmNs)));
      return {
        disturbance,
        before: { from: Math.max(calm, begin - BASELINE_WINDOWS), to: begin },
        after: { from: position(toNs), to: position(Math.min(lastsNs, ...nextNs)) },
      };
    });
}
