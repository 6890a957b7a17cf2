import { join } from 'node:path';
import type { AnalysisInput } from '../../analysis/context.ts';
import type { Findings } from '../../analysis/findings.ts';
import { Study, type PrecisionGoal } from '../../study/replications.ts';
import type { Workplace } from '../../study/workplace.ts';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import type { ReplicationLimit } from '../memory-limit.ts';
import { prepareScenario, showDiagnostics } from '../prepare-scenario.ts';
import { simulatePilot } from '../pilot.ts';
import { withChosenWarmUp } from '../warm-up.ts';
import { readRunOptions, type RunOptions } from '../run-options.ts';
import { runFactsText, type RunFacts } from '../run-record.ts';
import { carryOut } from '../simulate.ts';
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
  if (options.charts) written.push(...(await writeReports(io, folder, { result: findings }, options)));
  if (options.verbose) await io.stderr.write(runFactsText(findings, facts));
  await printResult(io, options, findings, written);
  const { stoppedBy } = findings.replications;
  return stoppedBy === 'interrupted' || stoppedBy === 'time-limit' ? ExitCode.interrupted : ExitCode.ok;
}

async function findOut(call: Call): Promise<{ findings: Findings; facts: RunFacts; folder: string }> {
  const { io, options, argv, version, interrupts } = call;
  const startedAt = io.date();
  const watch = stopwatch(io);
  const asWritten = prepareScenario(io, options, version);
  const folder = options.out ?? join('reports', asWritten.scenario.id);
  claimFolder(io, folder);
  await showDiagnostics(io, options, asWritten);
  const deadlineMs = options.timeLimitMs === null ? null : io.nowMs() + options.timeLimitMs;
  const pilots = { progress: false, deadlineMs };
  const known = await withChosenWarmUp(io, options, version, asWritten, (pilot) =>
    simulatePilot(call, pilot, pilots),
  );
  const { prepared } = known;
  const prepareMs = watch();
  const goal = await goalOf(known, prepared.replicationLimit, options);
  const count = prepared.replications;
  const work = {
    length: known.model,
    begin: (workplace: Workplace) => new Study(known.model, workplace),
    simulate: (study: Study, pause: () => Promise<void>) =>
      study.simulate({ count, goal: goal === null ? null : { ...goal, pause } }),
  };
  const { result, wallMs, startUpCpuMs } = await carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs,
    jobs: Math.min(options.jobs, prepared.runsAtOnce),
    runs: goal?.replicationsMax ?? count,
    predictedEvents: prepared.mode.predictedEvents * count,
  });
  watch();
  const { replications, ...plan } = result;
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

/** When enough replications were simulated, if that is not a matter of their number. */
async function goalOf(
  known: Omit<AnalysisInput, 'replications' | 'plan'>,
  replicationLimit: ReplicationLimit,
  { precision }: RunOptions,
): Promise<Omit<PrecisionGoal, 'pause'> | null> {
  if (precision === null) return null;
  const { Precision } = await import('../../analysis/precision.ts');
  const reached = new Precision(known, precision.target);
  return { ...replicationLimit, measure: (replications) => reached.measure(replications) };
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
  const { textsOf } = await import('../../report/texts/texts.ts');
  const texts = textsOf(options.lang);
  await io.stdout.write(renderText(findings, { colour, files, columns: io.stdout.columns, texts }));
}
