import { basename } from 'node:path';
import type { UnloadedRequest } from '../analysis/unloaded.ts';
import type { AdviceFinding, ModeFinding } from '../analysis/findings.ts';
import { sliceErrors } from '../analysis/slice-errors.ts';
import { UserError, type Diagnostic } from '../base/diagnostics.ts';
import { adviseOn } from '../compile/advice.ts';
import { compileModel } from '../compile/compile.ts';
import { expectedTraffic } from '../compile/expected.ts';
import { chooseSlice, type SliceChoice } from '../compile/slices/choose.ts';
import type { Loaded } from '../compile/load.ts';
import { unloadedTimes } from '../compile/unloaded.ts';
import type { Model } from '../model/model.ts';
import { footprintOf } from '../run/footprint.ts';
import type { Scenario } from '../scenario/types.ts';
import { ExitCode } from './exit-codes.ts';
import { expectItFits, runsAtOnce } from './memory-limit.ts';
import type { RunOptions } from './run-options.ts';

/** Everything that is known about a scenario before it is simulated. */
export interface Prepared {
  readonly model: Model;
  /** Replications whose memory fits side by side. */
  readonly runsAtOnce: number;
  readonly mode: ModeFinding;
  /** Every slice that the scenario allows, ascending from 1. */
  readonly slicesAllowed: readonly number[];
  /** Found by arithmetic; none of it keeps the scenario from running. */
  readonly advice: readonly Diagnostic[];
  readonly unloaded: readonly UnloadedRequest[];
}

/**
 * Events that `auto` lets all replications of a run predict before it thins the traffic: about a minute of one core. A
 * constant, so that the
 * same scenario is simulated in the same way everywhere.
 */
const TARGET_EVENTS = 200_000_000;

/** Of each request class, for its response time with nobody else in the system: enough for a P99.9. */
const UNLOADED_DRAWS = 20_000;

export interface PrepareOptions extends Pick<RunOptions, 'mode' | 'slice' | 'replications'> {
  /** Scenarios that are simulated together, each with so many replications: 1 unless said. */
  readonly scenarios?: number;
}

/** @throws {UserError} when the scenario cannot be modelled as written, or not sliced as asked. */
export function prepare(
  { position }: Loaded,
  scenario: Scenario,
  files: ReadonlyMap<string, string>,
  { mode, slice, replications, scenarios = 1 }: PrepareOptions,
): Prepared {
  const targetEvents = Math.floor(TARGET_EVENTS / (replications * scenarios));
  const options = { mode, slice: slice ?? undefined, targetEvents, files, position };
  const choice = pointingAtOption({ mode, slice }, () => chooseSlice(scenario, options));
  const thinned = { slice: choice.slice, files, position };
  const model = compileModel(scenario, thinned);
  const footprint = footprintOf(model, expectedTraffic(scenario, thinned));
  expectItFits(footprint, { scenario, model, replications, scenarios, position });
  const unloaded = unloadedTimes(scenario, { files, draws: UNLOADED_DRAWS, position });
  const advice = adviseOn(scenario, { files, unloaded, position });
  return {
    model,
    runsAtOnce: runsAtOnce(footprint),
    mode: modeFinding(choice),
    slicesAllowed: choice.allowed,
    advice,
    unloaded,
  };
}

const SLICE_REFUSED = 'HF522';

/** A slice that the scenario does not allow was asked for on the command line: that is where the mistake stands. */
function pointingAtOption<T>({ mode, slice }: Pick<RunOptions, 'mode' | 'slice'>, choose: () => T): T {
  try {
    return choose();
  } catch (error) {
    if (!(error instanceof UserError) || error.diagnostics[0]?.code !== SLICE_REFUSED) throw error;
    const text = slice === null ? `--mode ${mode}` : `--slice ${slice}`;
    const place = { file: 'command line', line: 1, col: 1, length: text.length, sourceLine: text };
    const diagnostics = error.diagnostics.map((each) => ({ ...each, ...place }));
    throw new UserError(error.message, ExitCode.usage, diagnostics);
  }
}

function modeFinding({ mode, slice, choice, predictedEvents, auto, groups }: SliceChoice): ModeFinding {
  return {
    mode,
    slice,
    choice,
    predictedEvents,
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
