import { analyse } from '../analysis/analyse.ts';
import type { AnalysisInput } from '../analysis/context.ts';
import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import type { Measurements } from '../run/measurements.ts';
import { compare } from '../study/compare.ts';
import type { Comparison } from '../study/comparison.ts';
import { inputChange } from '../study/inputs.ts';
import { PairedStudy } from '../study/paired-study.ts';
import type { Workplace } from '../study/workplace.ts';
import { attributeChanges, differencesOfPair, type AttributeCall } from './attribute.ts';
import { ExitCode } from './exit-codes.ts';
import { simulatePilot } from './pilot.ts';
import { preparePair, type KnownPair } from './prepare-pair.ts';
import { showDiagnostics } from './prepare-scenario.ts';
import { carryOut, type Worked } from './simulate.ts';
import { withOneWarmUp } from './warm-up.ts';

/** How a run of now went; the rest of its facts is on the command line. */
export interface Simulated extends Pick<Worked<unknown>, 'wallMs' | 'startUpCpuMs'> {
  readonly events: number;
}

/** Two scenarios that were simulated together. */
export interface ComparedPair {
  readonly comparison: Comparison;
  /** What was found of the second alone. */
  readonly analyseAfter: () => Findings;
  /** The second. */
  readonly simulated: Simulated;
}

/** What one pair says differently, what differs because of it, and, where asked for, which because of which. */
export async function comparePair(call: AttributeCall): Promise<ComparedPair> {
  const { io, options, version, interrupts } = call;
  const both = { before: io, after: io };
  const asWritten = preparePair(both, options, version);
  const pilots = { progress: false, deadlineMs: null };
  const known = await withOneWarmUp(both, options, version, asWritten, (pilot) =>
    simulatePilot({ io, interrupts }, pilot, pilots),
  );
  for (const each of [known.before, known.after]) await showDiagnostics(io, options, each);
  if (known.note !== null && !options.quiet) await io.stderr.write(`${known.note}\n`);
  const { result, ...simulated } = await simulatePairs(call, known);
  const inputs = inputsOf(known, result);
  const comparison = compare(inputs.before, inputs.after, differencesOfPair(known).map(inputChange));
  const isWhole = comparison.replications.stoppedBy === null && comparison.differences.length > 0;
  const attribution = options.attribute && isWhole ? await attributeChanges(call, known, comparison) : null;
  return {
    comparison: { ...comparison, attribution },
    analyseAfter: () => analyse(inputs.after),
    simulated: { ...simulated, events: eventsOf(result.after) },
  };
}

export function eventsOf(replications: readonly Measurements[]): number {
  return replications.reduce((sum, { totals }) => sum + totals.events, 0);
}

function simulatePairs({ io, options, interrupts }: AttributeCall, { before, after }: KnownPair) {
  const count = options.replications;
  const mean = (of: (side: typeof before) => number): number => (of(before) + of(after)) / 2;
  const work = {
    length: { warmUpNs: mean(({ model }) => model.warmUpNs), lastsNs: mean(({ model }) => model.lastsNs) },
    begin: (workplace: Workplace) => new PairedStudy({ before: before.model, after: after.model }, workplace),
    simulate: (study: PairedStudy) => study.simulate(count),
  };
  return carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs: null,
    jobs: Math.min(options.jobs, before.prepared.runsAtOnce, after.prepared.runsAtOnce),
    runs: 2 * count,
    predictedEvents: 2 * count * mean(({ prepared }) => prepared.mode.predictedEvents),
  });
}

/** @throws {UserError} when the first pair was not complete. */
function inputsOf(
  { before, after }: KnownPair,
  paired: Awaited<ReturnType<typeof simulatePairs>>['result'],
): Readonly<Record<'before' | 'after', AnalysisInput>> {
  const { asked, seeds, stoppedBy } = paired;
  if (seeds.length === 0) {
    throw new UserError(
      'stopped before a replication was complete on both sides: nothing to compare',
      ExitCode.interrupted,
    );
  }
  const plan = { asked, seeds, stoppedBy, precision: null };
  return {
    before: { ...before, replications: paired.before, plan },
    after: { ...after, replications: paired.after, plan },
  };
}
