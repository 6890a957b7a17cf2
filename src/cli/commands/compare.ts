import { UserError } from '../../base/diagnostics.ts';
import { compare } from '../../study/compare.ts';
import type { Comparison } from '../../study/comparison.ts';
import { PairedStudy, type Paired } from '../../study/paired-study.ts';
import type { Workplace } from '../../study/workplace.ts';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { readCompareOptions, type CompareOptions } from '../compare-options.ts';
import { ExitCode } from '../exit-codes.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { simulatePilot } from '../pilot.ts';
import { preparePair, type KnownPair } from '../prepare-pair.ts';
import { showDiagnostics } from '../prepare-scenario.ts';
import { carryOut } from '../simulate.ts';
import { withOneWarmUp } from '../warm-up.ts';

/** Simulates two scenarios with the same random numbers and prints what differs; it describes and does not judge. */
export async function compareCommand(io: Io, args: Arguments, version: string): Promise<number> {
  const options = readCompareOptions(args, io.machine);
  const interrupts = new Interrupts(io);
  try {
    const both = { before: io, after: io };
    const asWritten = preparePair(both, options, version);
    const pilots = { progress: false, deadlineMs: null };
    const known = await withOneWarmUp(both, options, version, asWritten, (pilot) =>
      simulatePilot({ io, interrupts }, pilot, pilots),
    );
    for (const each of [known.before, known.after]) await showDiagnostics(io, options, each);
    if (known.note !== null && !options.quiet) await io.stderr.write(`${known.note}\n`);
    const comparison = compareMeasured(known, await simulatePairs(io, known, interrupts, options));
    await printComparison(io, options, comparison);
    return comparison.replications.stoppedBy === null ? ExitCode.ok : ExitCode.interrupted;
  } finally {
    interrupts.release();
  }
}

async function simulatePairs(
  io: Io,
  { before, after }: KnownPair,
  interrupts: Interrupts,
  options: CompareOptions,
): Promise<Paired> {
  const count = options.replications;
  const mean = (of: (side: typeof before) => number): number => (of(before) + of(after)) / 2;
  const work = {
    length: { warmUpNs: mean(({ model }) => model.warmUpNs), lastsNs: mean(({ model }) => model.lastsNs) },
    begin: (workplace: Workplace) => new PairedStudy({ before: before.model, after: after.model }, workplace),
    simulate: (study: PairedStudy) => study.simulate(count),
  };
  const { result } = await carryOut(io, work, () => interrupts.isAsked, {
    ...options,
    deadlineMs: null,
    jobs: Math.min(options.jobs, before.prepared.runsAtOnce, after.prepared.runsAtOnce),
    runs: 2 * count,
    predictedEvents: 2 * count * mean(({ prepared }) => prepared.mode.predictedEvents),
  });
  return result;
}

/** @throws {UserError} when the first pair was not complete. */
function compareMeasured({ before, after }: KnownPair, paired: Paired): Comparison {
  const { asked, seeds, stoppedBy } = paired;
  if (seeds.length === 0) {
    throw new UserError(
      'stopped before a replication was complete on both sides: nothing to compare',
      ExitCode.interrupted,
    );
  }
  const plan = { asked, seeds, stoppedBy, precision: null };
  return compare(
    { ...before, replications: paired.before, plan },
    { ...after, replications: paired.after, plan },
  );
}

async function printComparison(io: Io, options: CompareOptions, comparison: Comparison): Promise<void> {
  if (options.json) {
    const { renderJson } = await import('../../report/json.ts');
    await io.stdout.write(renderJson(comparison));
    return;
  }
  if (options.quiet) return;
  const { renderComparison } = await import('../../report/comparison.ts');
  const colour = usesColour(options.colour, io.stdout, io.env);
  const { files } = options;
  const { textsOf } = await import('../../report/texts/texts.ts');
  const texts = textsOf(options.lang);
  await io.stdout.write(renderComparison(comparison, { colour, files, columns: io.stdout.columns, texts }));
}
