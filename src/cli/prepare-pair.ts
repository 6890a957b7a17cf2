import { UserError } from '../base/diagnostics.ts';
import { formatDuration } from '../base/format.ts';
import type { PairOptions } from './compare-options.ts';
import type { Io } from './io.ts';
import { prepareScenario, saysWarmUp, type Known, type ScenarioOptions } from './prepare-scenario.ts';
import { SAMPLING_REFUSED } from './prepare.ts';

/** Two scenarios that are to share their random numbers: one seed, one warm-up, one slice, the same stretches of time. */
export interface KnownPair {
  readonly before: Known;
  readonly after: Known;
  /** What had to be changed for that, or null. */
  readonly note: string | null;
}

/** Where the files of each are read; both are of one disk, unless one is of a commit. */
export interface PairIo {
  readonly before: Io;
  readonly after: Io;
}

type Pair = readonly [before: Known, after: Known];
type How = Pick<ScenarioOptions, 'mode' | 'slice' | 'beside' | 'warmUpNs'>;
type PrepareBoth = (how: How) => Pair;

/** Each time the two plans meet they have taken over what the other one simulates: first the stretches' length, then all of it. */
const PASSES_MAX = 3;

/**
 * Both get the seed of the first unless there is one on the command line, the longer of the warm-ups that they say, and the
 * same slice: where each alone would
 * be thinned otherwise, the greatest that both allow and neither exceeds. Where time would be left out of one of them it is
 * left out of both, the same time, or of neither where one does not allow it.
 *
 * @throws {UserError} when one of them cannot be simulated as asked.
 */
export function preparePair(
  io: PairIo,
  options: PairOptions & Pick<ScenarioOptions, 'warmUpNs'>,
  version: string,
): KnownPair {
  const { files, seed } = options;
  const prepareOwn: PrepareBoth = (how) => {
    const shared = { ...options, ...how, scenarios: 2 };
    const before = prepareScenario(io.before, { ...shared, file: files.before }, version);
    const sharedSeed = seed ?? before.scenario.seed;
    return [before, prepareScenario(io.after, { ...shared, file: files.after, seed: sharedSeed }, version)];
  };
  const own = prepareOwn(options);
  const warmUpNs = sharedWarmUpNs(own);
  const prepareBoth: PrepareBoth = (how) => prepareOwn({ ...how, warmUpNs });
  const alone = own.every(({ scenario }) => scenario.clock.warmUpNs === warmUpNs)
    ? own
    : prepareBoth(options);
  const slice = alone[0].sliceChoice.slice === alone[1].sliceChoice.slice ? null : commonSlice(alone);
  const together = alone.some(isSampled) ? sampledAlike(prepareBoth, alone, slice, options) : null;
  const [before, after] = together ?? unsampled(prepareBoth, alone, slice);
  const notes = [warmUpNote(own, warmUpNs), ...notesOf(alone, [before, after])].filter(
    (note) => note !== null,
  );
  return { before, after, note: notes.length === 0 ? null : `note: ${notes.join('; ')}` };
}

/** The longer of those that are said; of the defaults where none is. */
function sharedWarmUpNs(own: Pair): number {
  const said = own.filter(saysWarmUp);
  return Math.max(...(said.length > 0 ? said : own).map(({ scenario }) => scenario.clock.warmUpNs));
}

function warmUpNote([before, after]: Pair, warmUpNs: number): string | null {
  const [one, other] = [before.scenario.clock.warmUpNs, after.scenario.clock.warmUpNs];
  if (one === other) return null;
  const [first, second, both] = [one, other, warmUpNs].map((ns) => formatDuration(ns));
  return `alone they would have warm-ups of ${first} and ${second}; both have ${both}`;
}

function isSampled({ model }: Known): boolean {
  return model.sampling !== null;
}

/** null where one of them allows no time to be left out, unless that was asked for. */
function sampledAlike(
  prepareBoth: PrepareBoth,
  alone: Pair,
  common: number | null,
  { mode }: Pick<PairOptions, 'mode'>,
): Pair | null {
  const slice = common ?? alone[0].sliceChoice.slice;
  let pair = alone;
  try {
    for (let pass = 0; pass < PASSES_MAX && !(areAlike(pair) && hasSlice(pair, slice)); pass++) {
      const beside = pair.flatMap(({ model }) => model.sampling ?? []);
      pair = prepareBoth({ mode: 'sampled', slice: slice === 1 ? null : slice, beside });
    }
  } catch (error) {
    const isRefused = error instanceof UserError && error.diagnostics[0]?.code === SAMPLING_REFUSED;
    if (!isRefused || mode === 'sampled') throw error;
    return null;
  }
  return pair;
}

/** Whether they are simulated at the same instants. */
function areAlike([before, after]: Pair): boolean {
  return JSON.stringify(before.model.sampling) === JSON.stringify(after.model.sampling);
}

function hasSlice(pair: Pair, slice: number): boolean {
  return pair.every(({ sliceChoice }) => sliceChoice.slice === slice);
}

function unsampled(prepareBoth: PrepareBoth, alone: Pair, common: number | null): Pair {
  if (common === null && !alone.some(isSampled)) return alone;
  const slice = common ?? alone[0].sliceChoice.slice;
  return prepareBoth(slice === 1 ? { mode: 'exact', slice: null } : { mode: 'sliced', slice });
}

function commonSlice([before, after]: Pair): number {
  const most = Math.min(before.sliceChoice.slice, after.sliceChoice.slice);
  const others = new Set(after.prepared.slicesAllowed);
  return before.prepared.slicesAllowed.findLast((slice) => slice <= most && others.has(slice)) ?? 1;
}

function notesOf(alone: Pair, together: Pair): (string | null)[] {
  return [sliceNote(alone, together), samplingNote(alone, together)];
}

function sliceNote(alone: Pair, [{ sliceChoice }]: Pair): string | null {
  const [one, other] = [alone[0].sliceChoice.slice, alone[1].sliceChoice.slice];
  if (one === other) return null;
  const { slice } = sliceChoice;
  const together = slice === 1 ? 'every request of both is' : `both are as 1/${slice}`;
  return `alone they would be simulated as slices 1/${one} and 1/${other}; ${together}`;
}

function samplingNote(alone: Pair, together: Pair): string | null {
  const [one, other] = alone.map(isSampled);
  if (one === other) {
    return one === true && !areAlike(alone) ? 'the same time is left out of both' : null;
  }
  const what = together.some(isSampled)
    ? 'it is left out of both, the same time'
    : 'none is, because the other does not allow it';
  return `time would be left out of ${one === true ? 'before' : 'after'} alone; ${what}`;
}
