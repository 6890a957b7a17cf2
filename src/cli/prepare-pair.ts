import type { CompareOptions } from './compare-options.ts';
import type { Io } from './io.ts';
import { prepareScenario, type Known } from './prepare-scenario.ts';

/** Two scenarios that are to share their random numbers: one seed, one slice. */
export interface KnownPair {
  readonly before: Known;
  readonly after: Known;
  /** What had to be changed for that, or null. */
  readonly note: string | null;
}

/**
 * Both get the seed of the first unless there is one on the command line, and the same slice: where each alone would
 * be thinned otherwise, the greatest that both allow and neither exceeds.
 *
 * @throws {UserError} when one of them cannot be simulated as asked.
 */
export function preparePair(io: Io, options: CompareOptions, version: string): KnownPair {
  const { files, seed } = options;
  const prepareBoth = (how: Pick<CompareOptions, 'mode' | 'slice'>): [before: Known, after: Known] => {
    const shared = { ...options, ...how, scenarios: 2 };
    const before = prepareScenario(io, { ...shared, file: files.before }, version);
    const sharedSeed = seed ?? before.scenario.seed;
    return [before, prepareScenario(io, { ...shared, file: files.after, seed: sharedSeed }, version)];
  };
  const [before, after] = prepareBoth(options);
  const [one, other] = [before.sliceChoice.slice, after.sliceChoice.slice];
  if (one === other) return { before, after, note: null };
  const slice = commonSlice(before, after);
  const [slicedBefore, slicedAfter] = prepareBoth(
    slice === 1 ? { mode: 'exact', slice: null } : { mode: 'sliced', slice },
  );
  const together = slice === 1 ? 'every request of both is' : `both are as 1/${slice}`;
  const note = `note: alone they would be simulated as slices 1/${one} and 1/${other}; ${together}`;
  return { before: slicedBefore, after: slicedAfter, note };
}

function commonSlice(before: Known, after: Known): number {
  const most = Math.min(before.sliceChoice.slice, after.sliceChoice.slice);
  const others = new Set(after.prepared.slicesAllowed);
  return before.prepared.slicesAllowed.findLast((slice) => slice <= most && others.has(slice)) ?? 1;
}
