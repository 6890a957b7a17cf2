import { UserError } from '../../base/diagnostics.ts';
import {
  CHECK_SCHEMA_VERSION,
  type CheckDocument,
  type Outcome,
  type RefusedScenario,
  type ScenarioCheck,
} from '../../study/gate/gate-check.ts';
import type { Arguments } from '../arguments.ts';
import { checkOne } from '../check-one.ts';
import { readCheckOptions, type CheckOptions } from '../check-options.ts';
import { ExitCode, firstOfCodes } from '../exit-codes.ts';
import { reportFailure } from '../failures.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { printCheck, tellGithub, writeCheckFiles, writeStudyFiles } from '../write-check.ts';

/** Judges scenarios for CI: the exit code is the verdict. The others are judged, too, where one cannot be simulated. */
export async function checkCommand(
  io: Io,
  args: Arguments,
  argv: readonly string[],
  version: string,
): Promise<number> {
  const options = readCheckOptions(args, io);
  const interrupts = new Interrupts(io);
  try {
    const results: Result[] = [];
    for (const file of options.files) {
      results.push(await judge({ io, options, argv, version, interrupts, file }));
      if (results.at(-1)?.exitCode === ExitCode.interrupted) break;
    }
    const document = documentOf(results, version);
    const files = results.map((each) => each.files);
    const secondsOf = (file: string): number => results.find((each) => each.file === file)?.seconds ?? 0;
    const wording = { lang: options.run.lang, secondsOf };
    await printCheck(io, options, document, { files, wording });
    await tellGithub(io, options, document);
    return document.exitCode;
  } finally {
    interrupts.release();
  }
}

interface Asked {
  readonly io: Io;
  readonly options: CheckOptions;
  readonly argv: readonly string[];
  readonly version: string;
  readonly interrupts: Interrupts;
  readonly file: string;
}

/** One scenario: what it came to, or why it could not be simulated. */
interface Result {
  readonly file: string;
  /** Real time that it took. */
  readonly seconds: number;
  readonly exitCode: number;
  readonly check: ScenarioCheck | null;
  readonly refused: RefusedScenario | null;
  /** What was written, as the reader should see the paths. */
  readonly files: readonly string[];
}

async function judge({ io, options, argv, version, interrupts, file }: Asked): Promise<Result> {
  const startedMs = io.nowMs();
  const call = { io, argv, version, interrupts, options: { ...options.run, file } };
  try {
    const checked = await checkOne(call, options);
    const { check, folder, baselineWritten } = checked;
    const drawn = await writeStudyFiles(io, call.options, checked);
    const seconds = (io.nowMs() - startedMs) / 1000;
    const result = { file, seconds, exitCode: codeOf(check.outcome, options), check, refused: null };
    await writeCheckFiles(io, folder, documentOf([result], version), {
      lang: options.run.lang,
      secondsOf: () => seconds,
    });
    return { ...result, files: [folder, ...drawn, ...(baselineWritten === null ? [] : [baselineWritten])] };
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode !== ExitCode.invalid) throw error;
    await reportFailure(io, argv, version, error);
    return {
      file,
      seconds: 0,
      exitCode: error.exitCode,
      check: null,
      refused: refusalOf(file, error),
      files: [],
    };
  }
}

const CODES: Readonly<Record<Outcome, ExitCode>> = {
  pass: ExitCode.ok,
  inconclusive: ExitCode.inconclusive,
  regressed: ExitCode.regression,
  fail: ExitCode.budgetFailed,
  interrupted: ExitCode.interrupted,
};

function codeOf(outcome: Outcome, { strict, exitZero }: CheckOptions): number {
  if (outcome === 'interrupted') return ExitCode.interrupted;
  return exitZero || (outcome === 'inconclusive' && !strict) ? ExitCode.ok : CODES[outcome];
}

function documentOf(results: readonly Omit<Result, 'files'>[], version: string): CheckDocument {
  return {
    $schema: `urn:hongfeng:check:${CHECK_SCHEMA_VERSION}`,
    schemaVersion: CHECK_SCHEMA_VERSION,
    tool: { name: 'hongfeng', version },
    exitCode: firstOfCodes(results.map(({ exitCode }) => exitCode)),
    scenarios: results.flatMap(({ check }) => check ?? []),
    refused: results.flatMap(({ refused }) => refused ?? []),
  };
}

function refusalOf(file: string, { message, diagnostics }: UserError): RefusedScenario {
  const problems = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message: text, help, file: place, line, col }) => ({
      ...{ code, message: text, help },
      at: { file: place, line, col },
    }));
  const whole = { code: null, message, help: null, at: null };
  return { file, problems: problems.length > 0 ? problems : [whole] };
}
