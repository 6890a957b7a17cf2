import type { ComparedSide, ComparedWith, Comparison, Difference } from '../../study/comparison.ts';
import type { Arguments } from '../arguments.ts';
import type { AttributeCall } from '../attribute.ts';
import { usesColour } from '../colour.ts';
import { readCompareOptions, type CompareOptions } from '../compare-options.ts';
import { compareSaved } from '../compare-saved.ts';
import { comparePair, type Simulated } from '../compare-scenarios.ts';
import { openCompared, type ComparedFile } from '../compared-file.ts';
import { isAtLeast } from '../../report/changes.ts';
import { ExitCode, firstOfCodes } from '../exit-codes.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import type { RunFacts } from '../run-record.ts';
import { writeComparison, type Reported } from '../write-comparison.ts';
import { claimFolder } from '../write-reports.ts';

/**
 * Says what differs between scenarios, simulated with the same random numbers, or between saved results; it describes and
 * does not judge.
 */
export async function compareCommand(
  io: Io,
  args: Arguments,
  argv: readonly string[],
  version: string,
): Promise<number> {
  const options = readCompareOptions(args, io.machine);
  const interrupts = new Interrupts(io);
  try {
    const call = { io, options, version, interrupts };
    const files = [options.files.before, options.files.after, ...options.more].map((file) =>
      openCompared(io, file),
    );
    if (options.out !== null) claimFolder(io, options.out);
    const areSaved = files.some(({ saved }) => saved !== null);
    const { comparison, reported, wasStopped } = areSaved
      ? await compareFiles(call, argv, files)
      : await compareScenarios(call, argv);
    const written = await writeComparison(io, options, comparison, reported);
    await printComparison(io, options, comparison, written);
    if (wasStopped || interrupts.isAsked) return ExitCode.interrupted;
    return options.exitCode ? codeOf(comparison, options) : ExitCode.ok;
  } finally {
    interrupts.release();
  }
}

interface Compared {
  readonly comparison: Comparison;
  readonly reported: () => Reported;
  readonly wasStopped: boolean;
}

async function compareScenarios(call: AttributeCall, argv: readonly string[]): Promise<Compared> {
  const { io, options, interrupts } = call;
  const startedAt = io.date();
  const first = await comparePair(call);
  const further: Comparison[] = [];
  for (const after of options.more) {
    if (interrupts.isAsked) break;
    const pair = await comparePair({ ...call, options: { ...options, files: { ...options.files, after } } });
    further.push(pair.comparison);
  }
  return {
    comparison: { ...first.comparison, further: further.map(comparedWith) },
    wasStopped: [first.comparison, ...further].some(({ replications }) => replications.stoppedBy !== null),
    reported: () => ({
      findings: first.analyseAfter(),
      scenarioFile: options.files.after,
      facts: factsOf(options, argv, startedAt, first.simulated),
      savedAs: null,
    }),
  };
}

function factsOf(
  { files, jobs }: CompareOptions,
  argv: readonly string[],
  startedAt: string,
  { wallMs, startUpCpuMs, events }: Simulated,
): RunFacts {
  const stages = { prepare: 0, simulate: wallMs, analyse: 0 };
  return { argv, file: files.after, startedAt, jobs, events, startUpCpuMs, wallMs: stages };
}

async function compareFiles(
  call: AttributeCall,
  argv: readonly string[],
  files: readonly ComparedFile[],
): Promise<Compared> {
  const { io, options } = call;
  const startedAt = io.date();
  const { pairs, after } = await compareSaved(call, files);
  const [first, ...further] = pairs;
  if (first === undefined) throw new RangeError('a comparison needs two sides');
  const second = files[1];
  return {
    comparison: { ...first, further: further.map(comparedWith) },
    wasStopped: false,
    reported: () => ({
      findings: after.findings,
      scenarioFile: after.scenarioFile,
      facts: after.simulated === null ? null : factsOf(options, argv, startedAt, after.simulated),
      savedAs: after.simulated === null ? (second?.file ?? null) : null,
    }),
  };
}

function comparedWith({
  after,
  inputs,
  unpairedBecause,
  differences,
  attribution,
}: Comparison): ComparedWith {
  return { after, inputs, unpairedBecause, differences, attribution };
}

function codeOf(comparison: Comparison, { minChange }: CompareOptions): ExitCode {
  const pairs: readonly ComparedWith[] = [comparison, ...comparison.further];
  return firstOfCodes(pairs.map((pair) => codeOfPair(comparison.before, pair, minChange)));
}

/**
 * Whether something differs; it cannot be told where a queue grew without end, as averages over such runs say nothing, and
 * where nothing of what differs could be tested.
 */
function codeOfPair(before: ComparedSide, { after, differences }: ComparedWith, minChange: number): ExitCode {
  const unequal = differences.filter(({ verdict }) => verdict !== 'equal');
  const isUntested = unequal.length > 0 && unequal.every(({ verdict }) => verdict === 'unknown');
  if (isUntested || before.runaways.length > 0 || after.runaways.length > 0) return ExitCode.inconclusive;
  return unequal.some((each) => counts(each, minChange)) ? ExitCode.different : ExitCode.ok;
}

function counts(each: Difference, minChange: number): boolean {
  return each.verdict === 'significant' && isAtLeast(each, minChange);
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
  const { files, more, all, minChange } = options;
  const shown = {
    ...{ colour: usesColour(options.colour, io.stdout, io.env), columns: io.stdout.columns },
    ...{ files: { ...files, more }, texts: textsOf(options.lang), written, all, minChange },
  };
  await io.stdout.write(renderComparison(comparison, shown));
}
