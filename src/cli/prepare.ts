import { basename } from 'node:path';
import type { UnloadedRequest } from '../analysis/unloaded.ts';
import type { AdviceFinding, ModeFinding } from '../analysis/findings.ts';
import { sliceErrors } from '../analysis/slice-errors.ts';
import { UserError, type Diagnostic } from '../base/diagnostics.ts';
import { adviseOn } from '../compile/advice.ts';
import { compileModel } from '../compile/compile.ts';
import { expectedTraffic } from '../compile/expected.ts';
import { chooseSampling, samplingObstacle, type SamplingChoice } from '../compile/sampling/choose.ts';
import { chooseSlice, type ChooseOptions, type SliceChoice } from '../compile/slices/choose.ts';
import type { Loaded } from '../compile/load.ts';
import { unloadedTimes } from '../compile/unloaded.ts';
import type { Model } from '../model/model.ts';
import { footprintOf } from '../run/footprint.ts';
import type { Scenario } from '../scenario/types.ts';
import { ExitCode } from './exit-codes.ts';
import { expectItFits } from './memory-limit.ts';
import type { RunOptions } from './run-options.ts';

/** Everything that is known about a scenario before it is simulated. */
export interface Prepared {
  readonly model: Model;
  readonly mode: Omit<ModeFinding, 'sampling'>;
  /** Found by arithmetic; none of it keeps the scenario from running. */
  readonly advice: readonly Diagnostic[];
  readonly unloaded: readonly UnloadedRequest[];
}

/**
 * Events that `auto` lets a run predict before it thins the traffic: about a minute of one core. A constant, so that the
 * same scenario is simulated in the same way everywhere.
 */
const TARGET_EVENTS = 200_000_000;

/**
 * Events that the thinnest slice must exceed before `auto` leaves time out too: some five minutes of one core. Up to there
 * what sampling errs by is not worth the time it saves.
 */
const SAMPLING_EVENTS = 5 * TARGET_EVENTS;

/** Of each request class, for its response time with nobody else in the system: enough for a P99.9. */
const UNLOADED_DRAWS = 20_000;

/** @throws {UserError} when the scenario cannot be modelled as written, or not sliced as asked. */
export function prepare(
  { position }: Loaded,
  scenario: Scenario,
  files: ReadonlyMap<string, string>,
  { mode, slice }: Pick<RunOptions, 'mode' | 'slice'>,
): Prepared {
  const { choice, sampling } = pointingAtOption({ mode, slice }, () =>
    chooseMode(scenario, { mode, slice, files, position }),
  );
  const thinned = { slice: choice.slice, files, position };
  const model = compileModel(scenario, { ...thinned, sampling: sampling?.plan ?? null });
  const footprint = footprintOf(model, expectedTraffic(scenario, thinned));
  expectItFits(footprint, { scenario, model, position });
  const unloaded = unloadedTimes(scenario, { files, draws: UNLOADED_DRAWS, position });
  const advice = adviseOn(scenario, { files, unloaded, position });
  return { model, mode: modeFinding(choice, sampling), advice, unloaded };
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
    files,
    position,
  }: Pick<RunOptions, 'mode' | 'slice'> & Required<Pick<ChooseOptions, 'files' | 'position'>>,
): ChosenMode {
  const shared = { targetEvents: TARGET_EVENTS, files, position };
  const unsampled = slice === null ? 'exact' : 'sliced';
  const choice = chooseSlice(scenario, {
    ...shared,
    mode: mode === 'sampled' ? unsampled : mode,
    slice: slice ?? undefined,
  });
  const isSampled =
    mode === 'sampled' ||
    (mode === 'auto' &&
      choice.predictedEvents > SAMPLING_EVENTS &&
      samplingObstacle(scenario, { files, position }) === null);
  return {
    choice,
    sampling: isSampled ? chooseSampling(scenario, { ...shared, slice: choice.slice }) : null,
  };
}

/** Not sliced so, no time left out. */
const MODE_REFUSED: readonly string[] = ['HF522', 'HF526'];

/** A mode that the scenario does not allow was asked for on the command line: that is where the mistake stands. */
function pointingAtOption<T>({ mode, slice }: Pick<RunOptions, 'mode' | 'slice'>, choose: () => T): T {
  try {
    return choose();
  } catch (error) {
    const code = error instanceof UserError ? (error.diagnostics[0]?.code ?? '') : '';
    if (!(error instanceof UserError) || !MODE_REFUSED.includes(code)) throw error;
    const text = slice === null || code === 'HF526' ? `--mode ${mode}` : `--slice ${slice}`;
    const place = { file: 'command line', line: 1, col: 1, length: text.length, sourceLine: text };
    const diagnostics = error.diagnostics.map((each) => ({ ...each, ...place }));
    throw new UserError(error.message, ExitCode.usage, diagnostics);
  }
}

function modeFinding(
  { mode, slice, choice, predictedEvents, auto, groups }: SliceChoice,
  sampling: SamplingChoice | null,
): Prepared['mode'] {
  return {
    mode: sampling === null ? mode : 'sampled',
    slice,
    choice,
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
  return diagnostics.map(({ code, severity, message, help, file, line, col }) => ({
    code,
    severity,
    message,
    help,
    at: `${file === scenarioFile ? basename(file) : file}:${line}:${col}`,
  }));
}
