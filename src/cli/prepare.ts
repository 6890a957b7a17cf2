import { basename } from 'node:path';
import type { UnloadedRequest } from '../analysis/unloaded.ts';
import type { AdviceFinding, ModeFinding } from '../analysis/findings.ts';
import { sliceErrors } from '../analysis/slice-errors.ts';
import { UserError, type Diagnostic } from '../base/diagnostics.ts';
import { once } from '../base/once.ts';
import { adviseOn } from '../compile/advice.ts';
import { compileModel } from '../compile/compile.ts';
import { expectedTraffic } from '../compile/expected.ts';
import { chooseSampling, samplingObstacle, type SamplingChoice } from '../compile/sampling/choose.ts';
import { chooseSlice, type ChooseOptions, type SliceChoice } from '../compile/slices/choose.ts';
import type { Loaded } from '../compile/load.ts';
import { premisesOf } from '../compile/premises.ts';
import { sizingOf } from '../compile/sizing.ts';
import { unloadedTimes } from '../compile/unloaded.ts';
import type { Model } from '../model/model.ts';
import type { Premise } from '../model/premises.ts';
import type { Sizing } from '../model/sizing.ts';
import type { SamplingPlan } from '../model/sampling.ts';
import { footprintOf } from '../run/footprint.ts';
import type { Scenario } from '../scenario/types.ts';
import { ExitCode } from './exit-codes.ts';
import {
  expectItFits,
  fitAll,
  limitReplications,
  runsAtOnce,
  type ReplicationLimit,
} from './memory-limit.ts';
import { REPLICATIONS, REPLICATIONS_MAX, type RunOptions } from './run-options.ts';

/** Everything that is known about a scenario before it is simulated. */
export interface Prepared {
  readonly model: Model;
  /** As many as asked for, or as many as are worth their time and memory. */
  readonly replications: number;
  /** Of those that a precision may add to. */
  readonly replicationLimit: ReplicationLimit;
  /** Replications whose memory fits side by side. */
  readonly runsAtOnce: number;
  readonly mode: Omit<ModeFinding, 'sampling'>;
  /** Predicted of a run that leaves no time out, in its slice: as many as `mode` says unless it is sampled. */
  readonly contiguousEvents: number;
  /** Every slice that the scenario allows, ascending from 1. */
  readonly slicesAllowed: readonly number[];
  /** Found by arithmetic; none of it keeps the scenario from running. */
  readonly advice: readonly Diagnostic[];
  readonly unloaded: readonly UnloadedRequest[];
  readonly premises: readonly Premise[];
  readonly sizing: Sizing | null;
}

/**
 * Events that `auto` lets all replications of a run predict before it thins the traffic: about a minute of one core. A
 * constant, so that the same scenario is simulated in the same way everywhere.
 */
const TARGET_EVENTS = 200_000_000;

/**
 * How many times the events aimed at the thinnest slice must exceed before `auto` leaves time out too. Up to there what
 * sampling errs by is not worth the time it saves.
 */
const SAMPLING_FROM = 5;

/** Before and behind a disturbance, so that it is seen whether all was well and whether it is again. */
const DISTURBANCE_MARGIN_NS = 60e9;

/** Predicted events of all replications together from which on, unless a number was asked for, one has to do. */
const REPLICATED_EVENTS_MAX = 1_000_000_000;

/** Of each request class, for its response time with nobody else in the system: enough for a P99.9. */
const UNLOADED_DRAWS = 20_000;

export interface PrepareOptions extends Pick<RunOptions, 'mode' | 'slice' | 'replications'> {
  /** With which replications are added; null unless said. */
  readonly precision?: RunOptions['precision'];
  /** Scenarios that are simulated together, each with so many replications: 1 unless said. */
  readonly scenarios?: number;
  /** Loads that are simulated one after another, among which the events that `auto` aims at are shared: 1 unless said. */
  readonly loads?: number;
  /** Plans of runs that this one is to be paired with, where time is left out. */
  readonly beside?: readonly SamplingPlan[];
}

/** @throws {UserError} when the scenario cannot be modelled as written, or not sliced as asked. */
export function prepare(
  { position, tree: raw, expandedTree: expanded }: Loaded,
  scenario: Scenario,
  files: ReadonlyMap<string, string>,
  { mode, slice, replications: asked, precision = null, ...others }: PrepareOptions,
): Prepared {
  const { scenarios = 1, loads = 1, beside = [] } = others;
  const chosenFor = (count: number): ChosenMode => {
    const targetEvents = Math.floor(TARGET_EVENTS / (count * scenarios * loads));
    return pointingAtOption({ mode, slice }, () =>
      chooseMode(scenario, { mode, slice, targetEvents, files, position, beside }),
    );
  };
  const sizedFor = (count: number) => {
    const { choice, sampling } = chosenFor(count);
    const thinned = { slice: choice.slice, files, position };
    const model = compileModel(scenario, { ...thinned, sampling: sampling?.plan ?? null });
    const footprint = footprintOf(model, expectedTraffic(scenario, thinned));
    return { replications: count, choice, sampling, thinned, model, footprint };
  };
  const wanted = sizedFor(asked ?? REPLICATIONS);
  // One has the mode it would have if one were asked for: the command that repeats it says so.
  const isTooMuch =
    asked === null &&
    (eventsOf(wanted) * REPLICATIONS > REPLICATED_EVENTS_MAX ||
      !fitAll(wanted.footprint, { replications: REPLICATIONS, scenarios }));
  const { replications, choice, sampling, thinned, model, footprint } = isTooMuch ? sizedFor(1) : wanted;
  const replicationsMax = precision?.replicationsMax ?? null;
  expectItFits(footprint, { scenario, model, replications, replicationsMax, scenarios, position });
  const unloaded = once(() => unloadedTimes(scenario, { files, draws: UNLOADED_DRAWS, position }));
  const advice = once(() => adviseOn(scenario, { files, unloaded: unloaded(), position }));
  return {
    model,
    replications,
    replicationLimit: limitReplications(
      footprint,
      replicationsMax ?? Math.max(REPLICATIONS_MAX, replications),
    ),
    runsAtOnce: runsAtOnce(footprint),
    mode: modeFinding(mode, choice, sampling),
    contiguousEvents: choice.predictedEvents,
    slicesAllowed: choice.allowed,
    // On demand: these are for people and for the report, and the run begins sooner without them.
    get advice() {
      return advice();
    },
    get unloaded() {
      return unloaded();
    },
    get premises() {
      return premisesOf(scenario, thinned);
    },
    get sizing() {
      if (raw === null || expanded === null) return null;
      return sizingOf(scenario, { files, position, raw, expanded, slice: choice.slice });
    },
  };
}

function eventsOf({ choice, sampling }: ChosenMode): number {
  return sampling?.predictedEvents ?? choice.predictedEvents;
}

interface ChosenMode {
  readonly choice: SliceChoice;
  readonly sampling: SamplingChoice | null;
}

/** The slice, and what of the time is simulated where not all of it is. */
function chooseMode(
  scenario: Scenario,
  {
    mode,
    slice,
    targetEvents,
    files,
    position,
    beside,
  }: Pick<RunOptions, 'mode' | 'slice'> &
    Required<Pick<ChooseOptions, 'targetEvents' | 'files' | 'position'>> &
    Required<Pick<PrepareOptions, 'beside'>>,
): ChosenMode {
  const shared = { targetEvents, files, position };
  const unsampled = slice === null ? 'exact' : 'sliced';
  const choice = chooseSlice(scenario, {
    ...shared,
    mode: mode === 'sampled' ? unsampled : mode,
    slice: slice ?? undefined,
  });
  const isSampled =
    mode === 'sampled' ||
    (mode === 'auto' &&
      choice.predictedEvents > SAMPLING_FROM * targetEvents &&
      samplingObstacle(scenario, { files, position }) === null);
  if (!isSampled) return { choice, sampling: null };
  const contiguous = disturbed(scenario);
  const sampling = chooseSampling(scenario, { ...shared, slice: choice.slice, contiguous, beside });
  // A plan that leaves nothing out is that of an ordinary run, but tells the other side of a pair what to keep.
  return { choice, sampling: beside.length > 0 || leavesOut(sampling) ? sampling : null };
}

function leavesOut({ plan }: SamplingChoice): boolean {
  return plan.stretches.some(({ weight }) => weight > 1);
}

/** What a disturbance does is followed; a backlog that it leaves keeps the run contiguous beyond that. */
export function disturbed({ disturbances }: Scenario): { fromNs: number; toNs: number }[] {
  return disturbances.map(({ atNs, lastsNs }) => ({
    fromNs: Math.max(0, atNs - DISTURBANCE_MARGIN_NS),
    toNs: atNs + lastsNs + DISTURBANCE_MARGIN_NS,
  }));
}

/** No time can be left out. */
export const SAMPLING_REFUSED = 'HF526';

/** Not sliced so, no time left out. */
export const MODE_REFUSED: readonly string[] = ['HF522', SAMPLING_REFUSED];

/** A mode that the scenario does not allow was asked for on the command line: that is where the mistake stands. */
function pointingAtOption<T>({ mode, slice }: Pick<RunOptions, 'mode' | 'slice'>, choose: () => T): T {
  try {
    return choose();
  } catch (error) {
    const code = error instanceof UserError ? (error.diagnostics[0]?.code ?? '') : '';
    if (!(error instanceof UserError) || !MODE_REFUSED.includes(code)) throw error;
    const text = slice === null || code === SAMPLING_REFUSED ? `--mode ${mode}` : `--slice ${slice}`;
    const place = { file: 'command line', line: 1, col: 1, length: text.length, sourceLine: text };
    const diagnostics = error.diagnostics.map((each) => ({ ...each, ...place }));
    throw new UserError(error.message, ExitCode.usage, diagnostics);
  }
}

function modeFinding(
  asked: RunOptions['mode'],
  { mode, slice, choice, predictedEvents, auto, groups }: SliceChoice,
  sampling: SamplingChoice | null,
): Prepared['mode'] {
  return {
    mode: sampling === null ? mode : 'sampled',
    slice,
    choice: asked === 'sampled' && sampling === null ? 'nothing-to-leave-out' : choice,
    predictedEvents: sampling?.predictedEvents ?? predictedEvents,
    auto,
    groups: groups.map(({ station, replicas, simulated, backgroundRatio }) => ({
      station,
      replicas,
      simulated,
      backgroundRatio,
    })),
    errors: sliceErrors(groups),
  };
}

/** Diagnostics as the result keeps them: the same wherever the scenario file lies. */
export function adviceFindings(diagnostics: readonly Diagnostic[], scenarioFile: string): AdviceFinding[] {
  return diagnostics.map(({ code, severity, message, help, file, line, col, words }) => ({
    code,
    severity,
    message,
    help,
    at: `${file === scenarioFile ? basename(file) : file}:${line}:${col}`,
    ...(words === undefined ? {} : { words }),
  }));
}
