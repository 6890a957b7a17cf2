import { join } from 'node:path';
import { renderDiagnostics, UserError } from '../../base/diagnostics.ts';
import { exactDuration } from '../../base/format.ts';
import type { AnalysisInput } from '../../analysis/context.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { PrecisionGoal } from '../../study/replications.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { openScenario, readDataFiles, validScenario, type OpenedScenario } from '../open-scenario.ts';
import { adviceFindings, prepare, type Prepared } from '../prepare.ts';
import { readClaimsBeside } from '../read-claims.ts';
import { readRunOptions, type RunOptions } from '../run-options.ts';
import { runFactsText, type RunFacts } from '../run-record.ts';
import { simulate } from '../simulate.ts';
import { claimFolder, writeReports, writeResult } from '../write-reports.ts';

/** Simulates a scenario, writes its report, prints the summary (or the result as JSON) on stdout. */
export async function runCommand(
  io: Io,
  args: Arguments,
  argv: readonly string[],
  version: string,
): Promise<number> {
  const options = readRunOptions(args, io.machine);
  const interrupts = new Interrupts(io);
  try {
    return await runScenario({ io, options, argv, version, interrupts });
  } finally {
    interrupts.release();
  }
}

interface Call {
  readonly io: Io;
  readonly options: RunOptions;
  readonly argv: readonly string[];
  readonly version: string;
  readonly interrupts: Interrupts;
}

async function runScenario(call: Call): Promise<number> {
  const { io, options } = call;
  const { findings, facts, folder } = await findOut(call);
  const written = await writeResult(io, folder, findings, facts);
  if (options.charts) written.push(...(await writeReports(io, folder, findings, options.file)));
  if (options.verbose) await io.stderr.write(runFactsText(findings, facts));
  await printResult(io, options, findings, written);
  const { stoppedBy } = findings.replications;
  return stoppedBy === 'interrupted' || stoppedBy === 'time-limit' ? ExitCode.interrupted : ExitCode.ok;
}

/** What is known before anything is simulated. */
interface Known extends Omit<AnalysisInput, 'replications' | 'plan'> {
  readonly prepared: Prepared;
  readonly folder: string;
}

async function findOut(call: Call): Promise<{ findings: Findings; facts: RunFacts; folder: string }> {
  const { io, options, argv, interrupts } = call;
  const startedAt = io.date();
  const watch = stopwatch(io);
  const { prepared, folder, ...known } = await prepareCall(call);
  const prepareMs = watch();
  const { replicated, wallMs, startUpCpuMs } = await simulate(io, prepared.model, () => interrupts.isAsked, {
    ...options,
    jobs: Math.min(options.jobs, prepared.runsAtOnce),
    count: options.replications,
    goal: await goalOf(known, options),
    predictedEvents: prepared.mode.predictedEvents,
  });
  watch();
  const { replications, ...plan } = replicated;
  // Not loaded before it is needed: the run begins sooner.
  const { analyse } = await import('../../analysis/analyse.ts');
  const findings = analyse({ ...known, replications, plan });
  const facts: RunFacts = {
    argv,
    file: options.file,
    startedAt,
    jobs: options.jobs,
    events: replications.reduce((sum, { totals }) => sum + totals.events, 0),
    startUpCpuMs,
    wallMs: { prepare: prepareMs, simulate: wallMs, analyse: watch() },
  };
  return { findings, facts, folder };
}

async function prepareCall({ io, options, version }: Call): Promise<Known> {
  const opened = openScenario(io, options.file, options.overrides);
  const { loaded } = opened;
  const scenario = chosenPart(validScenario(opened), options);
  const claims = readClaimsBeside(io, options.file, scenario);
  const prepared = prepare(loaded, scenario, readDataFiles(io, options.file, scenario), options);
  const folder = options.out ?? join('reports', scenario.id);
  claimFolder(io, folder);
  await showAdvice(io, options, opened, prepared.advice);
  return {
    scenario,
    model: prepared.model,
    advice: adviceFindings([...loaded.diagnostics, ...prepared.advice], options.file),
    ledger: loaded.ledger,
    claims,
    unloaded: prepared.unloaded,
    premises: prepared.premises,
    sliceChoice: prepared.mode,
    overrides: options.overrides,
    untilNs: scenario.clock.lastsNs === loaded.scenario?.clock.lastsNs ? null : options.untilNs,
    toolVersion: version,
    sha256: opened.sha256,
    prepared,
    folder,
  };
}

/** When enough replications were simulated, if that is not a matter of their number. */
async function goalOf(
  known: Omit<AnalysisInput, 'replications' | 'plan'>,
  { precision }: RunOptions,
): Promise<PrecisionGoal | null> {
  if (precision === null) return null;
  const { precisionOf } = await import('../../analysis/precision.ts');
  const { target, replicationsMax } = precision;
  return {
    replicationsMax,
    measure: (replications, seeds) => {
      const plan = { asked: replications.length, seeds, stoppedBy: null, precision: null };
      return precisionOf({ ...known, replications, plan }, target);
    },
  };
}

/** Milliseconds since it was last asked. */
function stopwatch(io: Io): () => number {
  let lastMs = io.nowMs();
  return () => {
    const nowMs = io.nowMs();
    const passedMs = nowMs - lastMs;
    lastMs = nowMs;
    return passedMs;
  };
}

/**
 * The scenario with the seed of the command line, and only its beginning where `--until` says so.
 *
 * @throws {UserError} when it ends before that.
 */
function chosenPart(scenario: Scenario, { seed, untilNs }: RunOptions): Scenario {
  const lastsNs = untilNs ?? scenario.clock.lastsNs;
  if (lastsNs > scenario.clock.lastsNs) {
    const [asked, end] = [lastsNs, scenario.clock.lastsNs].map(exactDuration);
    throw new UserError(
      `--until ${asked} is beyond the end: the scenario lasts ${end}\n--set clock.lasts=${asked} makes it longer`,
      ExitCode.usage,
    );
  }
  return { ...scenario, seed: seed ?? scenario.seed, clock: { ...scenario.clock, lastsNs } };
}

/** Warnings of the scenario and what arithmetic alone found, before the long wait. */
async function showAdvice(
  io: Io,
  { quiet }: RunOptions,
  { loaded }: OpenedScenario,
  advice: Parameters<typeof adviceFindings>[0],
): Promise<void> {
  if (!quiet) await io.stderr.write(renderDiagnostics([...loaded.diagnostics, ...advice]));
}

async function printResult(
  io: Io,
  options: RunOptions,
  findings: Findings,
  files: readonly string[],
): Promise<void> {
  if (options.json) {
    const { renderJson } = await import('../../report/json.ts');
    await io.stdout.write(renderJson(findings));
    return;
  }
  if (options.quiet) return;
  const { renderText } = await import('../../report/text.ts');
  const colour = usesColour(options.colour, io.stdout, io.env);
  await io.stdout.write(renderText(findings, { colour, files, columns: io.stdout.columns }));
}
