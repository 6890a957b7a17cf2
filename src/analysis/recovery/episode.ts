/** Disturbances with the windows that tell what they did: those before, and those from their end on. */
import type { DisturbanceModel } from '../../model/model.ts';
import type { Context } from '../context.ts';

/** The level before a disturbance is that of so many windows. */
export const BASELINE_WINDOWS = 10;

/** Positions in `context.windows`, [from, to). */
export interface Positions {
  readonly from: number;
  readonly to: number;
}

/** Disturbances that overlap or touch in time, wherever they are: what they did cannot be told apart. */
export interface Episode {
  readonly disturbances: readonly DisturbanceModel[];
  /** End of the last. */
  readonly toNs: number;
  /** The last windows before the first, none of them just behind the begin of another episode. */
  readonly before: Positions;
  /** From the last end to the next episode or the end of what was simulated. */
  readonly after: Positions;
}

/** The disturbances of the measured time, in order. */
export function episodesOf({ model, windows }: Context): Episode[] {
  const { disturbances, lastsNs } = model;
  const position = (atNs: number): number => {
    const found = windows.findIndex(({ fromNs }) => fromNs >= atNs);
    return found < 0 ? windows.length : found;
  };
  const together = joined(disturbances.filter(({ fromNs, groups }) => fromNs < lastsNs && groups.length > 0));
  return together.map(({ fromNs, toNs, those }, index): Episode => {
    const begin = position(fromNs);
    const calm = position(together[index - 1]?.toNs ?? 0);
    const nextNs = together[index + 1]?.fromNs ?? Infinity;
    return {
      disturbances: those,
      toNs,
      before: { from: Math.max(calm, begin - BASELINE_WINDOWS), to: begin },
      after: { from: position(toNs), to: position(Math.min(lastsNs, nextNs)) },
    };
  });
}

interface Joined {
  readonly those: DisturbanceModel[];
  readonly fromNs: number;
  toNs: number;
}

/** Given in order of their begin. */
function joined(disturbances: readonly DisturbanceModel[]): Joined[] {
  const episodes: Joined[] = [];
  for (const each of disturbances) {
    const last = episodes.at(-1);
    if (last === undefined || each.fromNs > last.toNs) {
      episodes.push({ those: [each], fromNs: each.fromNs, toNs: each.toNs });
      continue;
    }
    last.those.push(each);
    last.toNs = Math.max(last.toNs, each.toNs);
  }
  return episodes;
}
