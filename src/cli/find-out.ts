import { join } from 'node:path';
import type { AnalysisInput } from '../analysis/context.ts';
import type { Findings } from '../analysis/findings.ts';
import { abortWatch } from '../study/abort-watch.ts';
import { Study, type PrecisionGoal } from '../study/replications.ts';
import type { Workplace } from '../study/workplace.ts';
import type { Interrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import type { ReplicationLimit } from './memory-limit.ts';
import { simulatePilot } from './pilot.ts';
import { prepareScenario, showDiagnostics, type Known } from './prepare-scenario.ts';
import type { RunOptions } from './run-options.ts';
import type { RunFacts } from './run-record.ts';
import { carryOut } from './simulate.ts';
import { withChosenWarmUp } from './warm-up.ts';
import { claimFolder } from './write-reports.ts';

/** A command that simulates one scenario. */
export interface Call {
  readonly io: Io;
  readonly options: RunOptions;
  readonly argv: readonly string[];
  readonly version: string;
  readonly interrupts: Interrupts;
}

export interface BegunRun {
  readonly asWritten: Known;
  /** Where the files go. */
  readonly folder: string;
  readonly startedAt: string;
  /** Milliseconds since it was last asked. */
  readonly watch: () => number;
}

/** Reads the scenario and makes the folder of its files, before the long wait. @throws {UserError} as both of these. */
export async function beginRun({ io, options, version }: Call): Promise<BegunRun> {
  const startedAt = io.date();
  const watch = stopwatch(io);
  const asWritten = prepareScenario(io, options, version);
  const folder = options.out ?? join('reports', asWritten.scenario.id);
  claimFolder(io, folder);
  await showDiagnostics(io, options, asWritten);
  return { asWritten, folder, startedAt, watch };
}

/** Simulates it and says what that found; `watched`: ids of the budgets that may end it, null for all. */
export async function findOut(
  call: Call,
  { asWritten, startedAt, watch }: BegunRun,
  watched: ReadonlySet<string> | null = null,
): Promise<{ readonly findings: Findings; readonly facts: RunFacts }> {
  const { io, options, argv, version, interrupts } = call;
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
    begin: (workplace: Workplace) => new Study(known.model, workplace, abortWatch(known, watched)),
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
  const { analyse } = await import('../analysis/analyse.ts');
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
  return { findings, facts };
}

/** When enough replications were simulated, if that is not a matter of their number. */
async function goalOf(
  known: Omit<AnalysisInput, 'replications' | 'plan'>,
  replicationLimit: ReplicationLimit,
  { precision }: RunOptions,
): Promise<Omit<PrecisionGoal, 'pause'> | null> {
  if (precision === null) return null;
  const { Precision } = await import('../analysis/precision.ts');
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
