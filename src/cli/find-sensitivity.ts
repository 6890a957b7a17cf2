import { UserError } from '../base/diagnostics.ts';
import type { AssumedInput } from '../compile/assumed.ts';
import { figuresOf, reachOf, type Figures } from '../compile/reach.ts';
import type { AnalysisInput } from '../analysis/context.ts';
import type { LeftOutInput, SensitivityDocument, SensitivityInput } from '../study/sensitivity-document.ts';
import {
  effectOf,
  inputLabel,
  sensitivityBase,
  sensitivityDocument,
  sensitivitySide,
  type SensitivityBase,
} from '../study/sensitivity.ts';
import { scaledInput } from '../study/scaled-input.ts';
import { Series } from '../study/series.ts';
import type { Workplace } from '../study/workplace.ts';
import { ExitCode } from './exit-codes.ts';
import type { Interrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import { readDataFiles } from './open-scenario.ts';
import { pinnedMode } from './pinned-mode.ts';
import { prepareScenario, type Known, type ScenarioOptions } from './prepare-scenario.ts';
import type { SensitivityOptions } from './sensitivity-options.ts';
import { carryOut } from './simulate.ts';
import { withChosenWarmUp } from './warm-up.ts';

export interface SensitivityCall {
  readonly io: Io;
  readonly options: SensitivityOptions;
  readonly version: string;
  readonly interrupts: Interrupts;
}

/** Runs among which the events that `auto` aims at are shared. */
const LOADS = 20;

/** Words of inputs that are about money or never asked for while simulating. */
const WITHOUT_EFFECT = /\.(price|value|memory)$/;

/** What is known before anything is simulated. @throws {UserError} when there is nothing to simulate. */
export function askSensitivity({ io, options, version }: SensitivityCall): Known {
  return prepareScenario(io, { ...options, loads: LOADS }, version);
}

/** @throws {UserError} when it was stopped before the base was complete. */
export async function findSensitivity(call: SensitivityCall, asked: Known): Promise<SensitivityDocument> {
  const { io, options, interrupts } = call;
  const deadlineMs = options.timeLimitMs === null ? null : io.nowMs() + options.timeLimitMs;
  const { chosen, leftOut } = chooseInputs(call, asked);
  const work = {
    length: asked.model,
    begin: (workplace: Workplace, pause: () => Promise<void>) => new Series(workplace, pause),
    simulate: async (series: Series) => {
      const found = await simulateAll(series, call, asked, chosen);
      return { ...found, stoppedBy: series.stoppedBy };
    },
  };
  const { result } = await carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs,
    jobs: Math.min(options.jobs, asked.prepared.runsAtOnce),
    runs: options.replications,
    predictedEvents: (1 + 2 * chosen.length) * options.replications * asked.prepared.mode.predictedEvents,
  });
  const { base, inputs, stoppedBy } = result;
  if (base === null) {
    throw new UserError('stopped before anything was complete: nothing to tell', ExitCode.interrupted);
  }
  const missing = chosen.slice(inputs.length).map((each) => leftOutAs(each, each.reach, 'stopped'));
  return sensitivityDocument(base, inputs, {
    leftOut: [...missing, ...leftOut],
    step: options.step,
    stoppedBy,
  });
}

interface Chosen extends AssumedInput {
  readonly reach: number;
  readonly lowerValue: string;
  readonly higherValue: string;
}

function leftOutAs(
  { path, text }: AssumedInput,
  reach: number,
  because: LeftOutInput['because'],
): LeftOutInput {
  return { path, label: inputLabel(path), value: text, reach, because };
}

/** Those that reach furthest by arithmetic; in the order of the scenario where none does. */
function chooseInputs(call: SensitivityCall, asked: Known): { chosen: Chosen[]; leftOut: LeftOutInput[] } {
  const { options } = call;
  const figures = figuresAt(call, asked, null);
  const ranked: Chosen[] = [];
  const leftOut: LeftOutInput[] = [];
  for (const input of asked.assumed) {
    const [lowerValue, higherValue] = [1 - options.step, 1 + options.step].map((by) =>
      scaledInput(input.value, by),
    );
    if (lowerValue == null || higherValue == null) {
      leftOut.push(leftOutAs(input, 0, 'not-a-quantity'));
    } else if (WITHOUT_EFFECT.test(input.path)) {
      leftOut.push(leftOutAs(input, 0, 'no-effect'));
    } else {
      const changed = figuresAt(call, asked, { path: input.path, value: higherValue });
      const reach = figures === null || changed === null ? 0 : Math.min(reachOf(figures, changed), 1e6);
      ranked.push({ ...input, reach, lowerValue, higherValue });
    }
  }
  ranked.sort((a, b) => b.reach - a.reach);
  const rest = ranked.slice(options.inputs).map((each) => leftOutAs(each, each.reach, 'few-effects'));
  return { chosen: ranked.slice(0, options.inputs), leftOut: [...rest, ...leftOut] };
}

type Change = { readonly path: string; readonly value: string } | null;

/** null where the scenario is not valid so. */
function figuresAt(
  { io, options, version }: SensitivityCall,
  { scenario }: Known,
  change: Change,
): Figures | null {
  const overrides = change === null ? options.overrides : [...options.overrides, change];
  try {
    const changed =
      change === null
        ? scenario
        : prepareScenario(io, { ...options, overrides, loads: LOADS }, version).scenario;
    return figuresOf(changed, { files: readDataFiles(io, options.file, changed) });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** As far as it came: base null when not even that was complete. */
async function simulateAll(
  series: Series,
  call: SensitivityCall,
  asked: Known,
  chosen: readonly Chosen[],
): Promise<{ base: SensitivityBase | null; inputs: SensitivityInput[] }> {
  const { io, options, version } = call;
  const shared = { ...options, ...pinnedMode(asked) };
  const pilot = (model: Known['model']) => series.once(model);
  const known = await withChosenWarmUp(io, shared, version, prepareScenario(io, shared, version), pilot);
  const input = await series.replicate(known, options.replications, 'the base');
  const inputs: SensitivityInput[] = [];
  if (input === null) return { base: null, inputs };
  const base = sensitivityBase(input);
  const how = { ...shared, warmUpNs: known.scenario.clock.warmUpNs };
  for (const each of chosen) {
    const sides = [];
    for (const value of [each.lowerValue, each.higherValue]) {
      const step = `input ${inputs.length + 1} of ${chosen.length}, ${each.path}=${value}`;
      const ready = value === each.text ? null : changedTo(call, how, { path: each.path, value });
      const changed = ready === null ? null : await series.replicate(ready, options.replications, step);
      if (series.stoppedBy !== null) return { base, inputs };
      sides.push(value === each.text ? sideOf(base, input, value) : sideOf(base, changed, value));
    }
    const [lower = null, higher = null] = sides;
    const { path, text, origin, source, range, reach } = each;
    inputs.push({
      ...{ path, label: inputLabel(path), value: text, origin, source, range, reach, lower, higher },
      effect: effectOf(sides),
    });
  }
  return { base, inputs };
}

function sideOf(base: SensitivityBase, input: AnalysisInput | null, value: string) {
  return input === null ? null : sensitivitySide(base, input, value);
}

/** null where the scenario is not valid so, or cannot be simulated as the base is. */
function changedTo(
  { io, options, version }: SensitivityCall,
  how: ScenarioOptions,
  change: NonNullable<Change>,
): Known | null {
  try {
    return prepareScenario(io, { ...how, overrides: [...options.overrides, change] }, version);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
