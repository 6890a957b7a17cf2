import { join } from 'node:path';
import { UserError } from '../../base/diagnostics.ts';
import { compare } from '../../study/compare.ts';
import { inputChange } from '../../study/inputs.ts';
import type { ComparedWith, Comparison } from '../../study/comparison.ts';
import { PairedStudy, type Paired } from '../../study/paired-study.ts';
import type { Workplace } from '../../study/workplace.ts';
import type { Arguments } from '../arguments.ts';
import { attributeChanges, differencesOfPair, type AttributeCall } from '../attribute.ts';
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
import { writeFiles } from '../write-files.ts';
import { claimFolder } from '../write-reports.ts';

const COMPARISON_FILE = 'comparison.json';

/** Simulates scenarios with the same random numbers and prints what differs; it describes and does not judge. */
export async function compareCommand(io: Io, args: Arguments, version: string): Promise<number> {
  const options = readCompareOptions(args, io.machine);
  const interrupts = new Interrupts(io);
  try {
    const call = { io, options, version, interrupts };
    if (options.out !== null) claimFolder(io, options.out);
    const first = await comparePair(call);
    const further: Comparison[] = [];
    for (const after of options.more) {
      if (interrupts.isAsked) break;
      further.push(
        await comparePair({ ...call, options: { ...options, files: { ...options.files, after } } }),
      );
    }
    const comparison = { ...first, further: further.map(comparedWith) };
    const files = await writeComparison(io, options, comparison);
    await printComparison(io, options, comparison, files);
    const wasStopped = [first, ...further].some(({ replications }) => replications.stoppedBy !== null);
    return wasStopped || interrupts.isAsked ? ExitCode.interrupted : ExitCode.ok;
  } finally {
    interrupts.release();
  }
}

/** What one pair says differently, what differs because of it, and, where asked for, which because of which. */
async function comparePair(call: AttributeCall): Promise<Comparison> {
  const { io, options, version, interrupts } = call;
  const both = { before: io, after: io };
  const asWritten = preparePair(both, options, version);
  const pilots = { progress: false, deadlineMs: null };
  const known = await withOneWarmUp(both, options, version, asWritten, (pilot) =>
    simulatePilot({ io, interrupts }, pilot, pilots),
  );
  for (const each of [known.before, known.after]) await showDiagnostics(io, options, each);
  if (known.note !== null && !options.quiet) await io.stderr.write(`${known.note}\n`);
  const comparison = compareMeasured(known, await simulatePairs(io, known, interrupts, options));
  const isWhole = comparison.replications.stoppedBy === null && comparison.differences.length > 0;
  if (!options.attribute || !isWhole) return comparison;
  return { ...comparison, attribution: await attributeChanges(call, known, comparison) };
}

function comparedWith({ after, inputs, differences, attribution }: Comparison): ComparedWith {
  return { after, inputs, differences, attribution };
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
    differencesOfPair({ before, after }).map(inputChange),
  );
}

/** Only where a folder is named: a comparison is about several scenarios, and belongs to none of them. */
async function writeComparison(io: Io, { out }: CompareOptions, comparison: Comparison): Promise<string[]> {
  if (out === null) return [];
  const { renderJson } = await import('../../report/json.ts');
  writeFiles(io, out, [{ path: COMPARISON_FILE, data: renderJson(comparison) }]);
  return [join(out, COMPARISON_FILE)];
}

async function printComparison(
  io: Io,
  options: CompareOptions,
  comparison: Comparison,
  written: readonly string[],
): Promise<void> {
  if (options.json) {
    const { renderJson } = await import('../../report/json.ts');
    await io.stdout.write(renderJson(comparison));
    return;
  }
  if (options.quiet) return;
  const [{ renderComparison }, { textsOf }] = await Promise.all([
    import('../../report/comparison.ts'),
    import('../../report/texts/texts.ts'),
  ]);
  const { files, more, all } = options;
  const shown = {
    ...{ colour: usesColour(options.colour, io.stdout, io.env), columns: io.stdout.columns },
    ...{ files: { ...files, more }, texts: textsOf(options.lang), written, all },
  };
  await io.stdout.write(renderComparison(comparison, shown));
}
