import type { Findings } from '../../analysis/findings.ts';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import { beginRun, findOut, type Call } from '../find-out.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { NO_STUDIES, studyForReview } from '../review-studies.ts';
import { readRunOptions, type RunOptions } from '../run-options.ts';
import { runFactsText } from '../run-record.ts';
import { staleStudiesNote } from '../stale-studies.ts';
import { writeReports, writeResult } from '../write-reports.ts';

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

async function runScenario(call: Call): Promise<number> {
  const { io, options } = call;
  const deadlineMs = options.timeLimitMs === null ? null : io.nowMs() + options.timeLimitMs;
  const begun = await beginRun(call);
  const { folder } = begun;
  const { findings, facts } = await findOut(call, begun);
  const written = await writeResult(io, folder, findings, facts);
  const { stoppedBy } = findings.replications;
  const wasStopped = stoppedBy === 'interrupted' || stoppedBy === 'time-limit';
  const studies =
    options.review && !wasStopped
      ? await studyForReview(call, { findings, folder, deadlineMs, scenario: begun.asWritten.scenario })
      : NO_STUDIES;
  written.push(...studies.written);
  const stale = staleStudiesNote(io, folder, findings, { file: options.file, written });
  if (stale !== null && !options.quiet) await io.stderr.write(stale);
  if (options.charts) {
    const { capacity, sensitivity } = studies;
    const documents = { result: findings, capacity, sensitivity };
    written.push(...(await writeReports(io, folder, documents, options)));
  }
  if (options.verbose) await io.stderr.write(runFactsText(findings, facts));
  await printResult(io, options, findings, written);
  return wasStopped || studies.wasStopped ? ExitCode.interrupted : ExitCode.ok;
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
