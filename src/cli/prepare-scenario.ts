import type { AnalysisInput } from '../analysis/context.ts';
import { renderDiagnostics, UserError, type Diagnostic } from '../base/diagnostics.ts';
import { exactDuration } from '../base/format.ts';
import { present } from '../base/present.ts';
import type { Tree } from '../scenario/tree.ts';
import type { AssumedInput } from '../compile/assumed.ts';
import type { Loaded } from '../compile/load.ts';
import { withHold } from '../compile/traffic/hold.ts';
import type { LedgerEntry, Scenario } from '../scenario/types.ts';
import { withFewer, withTraffic } from '../scenario/what-if.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { openScenario, readDataFiles, validScenario } from './open-scenario.ts';
import { adviceFindings, prepare, type Prepared, type PrepareOptions } from './prepare.ts';
import { readClaimsBeside } from './read-claims.ts';
import type { RunOptions } from './run-options.ts';

/**
 * What is known before anything is simulated. Copying it works out what is otherwise worked out on demand: see `prepare`.
 */
export interface Known extends Omit<AnalysisInput, 'replications' | 'plan'> {
  readonly prepared: Prepared;
  /** What the file says, before seed, end and what-ifs of the command line. */
  readonly written: Scenario;
  /** What the scenario says, with the overrides. */
  readonly tree: Tree;
  readonly assumed: readonly AssumedInput[];
  /** Warnings of the scenario and what arithmetic alone found. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where a path of the station-level form stands in the file. */
  readonly position: Loaded['position'];
}

export interface ScenarioOptions
  extends PrepareOptions, Pick<RunOptions, 'file' | 'seed' | 'overrides' | 'untilNs'> {
  /** In place of the scenario's own. */
  readonly warmUpNs?: number;
  /** In place of what the file says, overrides included. */
  readonly tree?: Tree;
  /** Of its traffic, or of that of the classes that are `scaled` alone; 1 unless said. */
  readonly multiplier?: number;
  readonly scaled?: ReadonlySet<string> | null;
  /** How long its planned peak is held in place of its curve; null: the curve. */
  readonly holdNs?: number | null;
  /** Replicas taken away, by station. */
  readonly fewer?: ReadonlyMap<string, number>;
}

/** Reads, validates and compiles a scenario as the command line asks. @throws {UserError} when that cannot be done. */
export function prepareScenario(io: Io, options: ScenarioOptions, toolVersion: string): Known {
  const { file, overrides } = options;
  const opened = openScenario(io, file, overrides, options.tree);
  const { loaded } = opened;
  const written = validScenario(opened);
  const scenario = chosenPart(written, options);
  const claims = readClaimsBeside(io, file, scenario);
  const prepared = prepare(loaded, scenario, readDataFiles(io, file, scenario), options);
  return {
    scenario,
    written,
    model: prepared.model,
    ledger: loaded.ledger,
    claims,
    sliceChoice: prepared.mode,
    overrides,
    untilNs: scenario.clock.lastsNs === written.clock.lastsNs ? null : options.untilNs,
    toolVersion,
    sha256: opened.sha256,
    scenarioText: opened.text,
    pilot: null,
    prepared,
    tree: present(loaded.tree ?? undefined),
    position: loaded.position,
    get assumed() {
      return loaded.assumed;
    },
    get diagnostics() {
      return [...loaded.diagnostics, ...prepared.advice];
    },
    get advice() {
      return adviceFindings(this.diagnostics, file);
    },
    get unloaded() {
      return prepared.unloaded;
    },
    get premises() {
      return prepared.premises;
    },
    get sizing() {
      return prepared.sizing;
    },
  };
}

/** Before the long wait. */
export async function showDiagnostics(
  io: Io,
  { quiet }: Pick<RunOptions, 'quiet'>,
  known: Pick<Known, 'diagnostics'>,
): Promise<void> {
  if (!quiet) await io.stderr.write(renderDiagnostics(known.diagnostics));
}

/**
 * The scenario with the seed of the command line, only its beginning where `--until` says so, the warm-up chosen for it,
 * and the traffic and replicas of a what-if.
 *
 * @throws {UserError} when it ends before that.
 */
function chosenPart(
  scenario: Scenario,
  {
    seed,
    untilNs,
    warmUpNs = scenario.clock.warmUpNs,
    multiplier = 1,
    scaled = null,
    holdNs = null,
    fewer = new Map(),
  }: Pick<ScenarioOptions, 'seed' | 'untilNs' | 'warmUpNs' | 'multiplier' | 'scaled' | 'holdNs' | 'fewer'>,
): Scenario {
  const lastsNs = untilNs ?? scenario.clock.lastsNs;
  if (lastsNs > scenario.clock.lastsNs) {
    const [asked, end] = [lastsNs, scenario.clock.lastsNs].map(exactDuration);
    throw new UserError(
      `--until ${asked} is beyond the end: the scenario lasts ${end}\n--set clock.lasts=${asked} makes it longer`,
      ExitCode.usage,
    );
  }
  const whole = { ...scenario, seed: seed ?? scenario.seed, clock: { ...scenario.clock, lastsNs, warmUpNs } };
  const held = holdNs === null ? whole : withHold(whole, holdNs);
  return withFewer(withTraffic(held, multiplier, scaled), fewer);
}

/** Whether the scenario gives a warm-up of its own. */
export function saysWarmUp({ ledger }: Pick<Known, 'ledger'>): boolean {
  return !ledger.some(isDefaultWarmUp);
}

export function isDefaultWarmUp({ path, origin }: LedgerEntry): boolean {
  return path === 'clock.warmUp' && origin === 'default';
}
