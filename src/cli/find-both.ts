import type { AnalysisInput } from '../analysis/context.ts';
import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import { abortWatch } from '../study/abort-watch.ts';
import { PairedStudy } from '../study/paired-study.ts';
import type { Replicated } from '../study/replications.ts';
import type { Workplace } from '../study/workplace.ts';
import type { Commit } from './commit-files.ts';
import { ExitCode } from './exit-codes.ts';
import type { BegunRun, Call } from './find-out.ts';
import { simulatePilot } from './pilot.ts';
import { preparePair, type KnownPair } from './prepare-pair.ts';
import { prepareScenario } from './prepare-scenario.ts';
import type { RunFacts } from './run-record.ts';
import { carryOut } from './simulate.ts';
import { withOneWarmUp } from './warm-up.ts';

/** What a scenario and the same of a commit came to, with the same random numbers. */
export interface Both {
  readonly before: Findings;
  readonly findings: Findings;
  readonly facts: RunFacts;
}

interface Beside {
  readonly commit: Commit;
  /** Of each. */
  readonly replications: number;
  /** Ids of the budgets that may end both; null for all. */
  readonly watched: ReadonlySet<string> | null;
}

/**
 * Simulates a scenario as it is on the disk and as it was at a commit. The numbers of then are those that the budgets of now
 * are about: a budget that is new has a number of then, too.
 *
 * @returns null where the scenario of then cannot be simulated by this version.
 */
export async function findBoth(call: Call, begun: BegunRun, beside: Beside): Promise<Both | null> {
  const { io, options, argv, version, interrupts } = call;
  const { asWritten, startedAt, watch } = begun;
  const { commit, replications, watched } = beside;
  if (!canPrepare(call, commit)) return null;
  const ios = { before: commit.io, after: io };
  const seed = asWritten.scenario.seed;
  const pairOptions = {
    ...options,
    replications,
    seed,
    files: { before: options.file, after: options.file },
  };
  const pair = preparePair(ios, pairOptions, version);
  const deadlineMs = options.timeLimitMs === null ? null : io.nowMs() + options.timeLimitMs;
  const known = await withOneWarmUp(ios, pairOptions, version, pair, (pilot) =>
    simulatePilot({ io, interrupts }, pilot, { progress: false, deadlineMs }),
  );
  if (known.note !== null && !options.quiet) await io.stderr.write(`${known.note}\n`);
  const prepareMs = watch();
  const { result, wallMs, startUpCpuMs } = await simulate(call, known, {
    replications,
    deadlineMs,
    watched,
  });
  watch();
  const { analyse } = await import('../analysis/analyse.ts');
  const { budgets } = known.after.scenario;
  const before = { ...known.before, scenario: { ...known.before.scenario, budgets } };
  const findings = analyse(inputOf(known.after, result.after));
  return {
    before: analyse(inputOf(before, result.before)),
    findings,
    facts: {
      ...{ argv, file: options.file, startedAt, jobs: options.jobs, startUpCpuMs },
      events: result.after.replications.reduce((sum, { totals }) => sum + totals.events, 0),
      wallMs: { prepare: prepareMs, simulate: wallMs, analyse: watch() },
    },
  };
}

function inputOf(
  known: Omit<AnalysisInput, 'replications' | 'plan'>,
  { replications, ...plan }: Replicated,
): AnalysisInput {
  return { ...known, replications, plan };
}

function canPrepare({ options, version }: Call, { io }: Commit): boolean {
  try {
    prepareScenario(io, options, version);
    return true;
  } catch (error) {
    if (error instanceof UserError && error.exitCode === ExitCode.invalid) return false;
    throw error;
  }
}

function simulate(
  { io, options, interrupts }: Call,
  { before, after }: KnownPair,
  { replications, deadlineMs, watched }: Omit<Beside, 'commit'> & { readonly deadlineMs: number | null },
) {
  const mean = (of: (side: typeof before) => number): number => (of(before) + of(after)) / 2;
  const work = {
    length: { warmUpNs: mean(({ model }) => model.warmUpNs), lastsNs: mean(({ model }) => model.lastsNs) },
    begin: (workplace: Workplace) =>
      new PairedStudy({ before: before.model, after: after.model }, workplace, abortWatch(after, watched)),
    simulate: (study: PairedStudy) => study.simulateApart(replications),
  };
  return carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs,
    jobs: Math.min(options.jobs, before.prepared.runsAtOnce, after.prepared.runsAtOnce),
    runs: 2 * replications,
    predictedEvents: 2 * replications * mean(({ prepared }) => prepared.mode.predictedEvents),
  });
}
