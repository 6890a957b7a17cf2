import { join } from 'node:path';
import { renderDiagnostics, UserError } from '../../base/diagnostics.ts';
import { exactDuration } from '../../base/format.ts';
import { analyse } from '../../analysis/analyse.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { openScenario, readDataFiles, validScenario, type OpenedScenario } from '../open-scenario.ts';
import { adviceFindings, prepare } from '../prepare.ts';
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
  const options = readRunOptions(args);
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
  return findings.stop.reason === 'interrupted' || findings.stop.reason === 'time-limit'
    ? ExitCode.interrupted
    : ExitCode.ok;
}

async function findOut({
  io,
  options,
  argv,
  version,
  interrupts,
}: Call): Promise<{ findings: Findings; facts: RunFacts; folder: string }> {
  const startedAt = io.date();
  const watch = stopwatch(io);
  const opened = openScenario(io, options.file, options.overrides);
  const scenario = chosenPart(validScenario(opened), options);
  const claims = readClaimsBeside(io, options.file, scenario);
  const data = readDataFiles(io, options.file, scenario);
  const loadMs = watch();
  const prepared = prepare(opened.loaded, scenario, data, options);
  const folder = options.out ?? join('reports', scenario.id);
  claimFolder(io, folder);
  await showAdvice(io, options, opened, prepared.advice);
  const compileMs = watch();
  const { measurements, wallMs } = await simulate(io, prepared.model, () => interrupts.isAsked, options);
  watch();
  const findings = analyse({
    scenario,
    model: prepared.model,
    measurements,
    advice: adviceFindings([...opened.loaded.diagnostics, ...prepared.advice], options.file),
    ledger: opened.loaded.ledger,
    claims,
    unloaded: prepared.unloaded,
    premises: prepared.premises,
    sliceChoice: prepared.mode,
    overrides: options.overrides,
    untilNs: scenario.clock.lastsNs === opened.loaded.scenario?.clock.lastsNs ? null : options.untilNs,
    toolVersion: version,
    sha256: opened.sha256,
  });
  const facts: RunFacts = {
    argv,
    file: options.file,
    startedAt,
    jobs: options.jobs,
    events: measurements.totals.events,
    wallMs: { load: loadMs, compile: compileMs, simulate: wallMs, analyse: watch() },
  };
  return { findings, facts, folder };
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
