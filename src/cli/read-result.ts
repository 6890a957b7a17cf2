import { dirname, join } from 'node:path';
import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import { parseFindings, type ParseProblem } from '../report/json.ts';
import { parseStudy, type Study } from '../report/study-json.ts';
import { ExitCode } from './exit-codes.ts';
import { withFile } from './failures.ts';
import type { Io } from './io.ts';

/** Larger ones no run writes. */
const RESULT_BYTES_MAX = 512 * 1024 * 1024;

/** Reads a result.json. @throws {UserError} with exit code 104 when it is none that this version can read. */
export function readResult(io: Io, file: string): Findings {
  const parsed = parseFindings(readText(io, file));
  if (parsed.ok) return parsed.findings;
  throw new UserError(`${file}: ${problemText(parsed.problem)}`, ExitCode.invalid);
}

/**
 * Reads the studies that are to stand beside a result.
 *
 * @throws {UserError} with exit code 104 when one is none, is of another scenario, or is the second of its kind.
 */
export function readStudies(io: Io, files: readonly string[], { scenario }: Findings): Partial<Study> {
  return files.reduce<Partial<Study>>((documents, file) => {
    const parsed = parseStudy(readText(io, file));
    const fail = (problem: string) => new UserError(`${file}: ${problem}`, ExitCode.invalid);
    if (!parsed.ok) {
      const { problem } = parsed;
      throw fail(problem.kind === 'not-a-result' ? NOT_A_STUDY : problemText(problem));
    }
    if (documents[parsed.kind] !== undefined)
      throw fail(`there is more than one ${parsed.kind} study; leave one out`);
    const id = scenarioIdOf(parsed.documents);
    if (id !== scenario.id) throw fail(`it is of scenario "${id}", and the result is of "${scenario.id}"`);
    return { ...documents, ...parsed.documents };
  }, {});
}

function scenarioIdOf({ capacity, sensitivity, comparison }: Partial<Study>): string | undefined {
  return (capacity ?? sensitivity ?? comparison?.after)?.scenario.id;
}

const NOT_A_STUDY =
  'it is no study of hongfeng; name the capacity.json, sensitivity.json or comparison.json of this scenario';

function readText({ files }: Io, file: string): string {
  return withFile(file, ExitCode.invalid, () => {
    if (files.isFolder(file)) {
      const inside = join(file, 'result.json');
      const fix = files.exists(inside) ? `name ${inside}` : 'name a result.json';
      throw new UserError(`${file}: it is a folder; ${fix}`, ExitCode.invalid);
    }
    if (files.size(file) > RESULT_BYTES_MAX) {
      throw new UserError(`${file}: too large for a result; name a result.json`, ExitCode.invalid);
    }
    return new TextDecoder().decode(files.read(file));
  });
}

function problemText(problem: ParseProblem): string {
  switch (problem.kind) {
    case 'not-json':
      return `it is not complete JSON (${problem.detail}); write it again with hongfeng run`;
    case 'not-a-result':
      return 'it is not a result of hongfeng; name a result.json that hongfeng run wrote';
    case 'other-version':
      return (
        `it has schema version ${problem.found}, and this hongfeng reads version ${problem.readable}; ` +
        'write it again with hongfeng run, or use the version that wrote it'
      );
    case 'incomplete':
      return `"${problem.key}" is missing or malformed; write it again with hongfeng run`;
  }
}

/**
 * Does something with a result that was read from a file: only its outline has been checked, so what is malformed further
 * inside comes to light here.
 *
 * @throws {UserError} with exit code 104 in that case.
 */
export async function withResult<T>(file: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new UserError(
      `${file}: its content is malformed (${error.message}); write it again with hongfeng run, and please report it if ` +
        'nobody has changed the file since it was written',
      ExitCode.invalid,
    );
  }
}

/** The scenario file of a result: as run.json beside it names it, else what such a file is usually called. */
export function scenarioFileOf({ files }: Io, resultFile: string, { scenario }: Findings): string {
  const usual = `${scenario.id}.yaml`;
  const record = join(dirname(resultFile), 'run.json');
  if (!files.exists(record) || files.isFolder(record)) return usual;
  try {
    const { scenario: ran } = JSON.parse(new TextDecoder().decode(files.read(record))) as {
      scenario?: { file?: unknown; sha256?: unknown; seed?: unknown };
    };
    const isOfIt = ran?.sha256 === scenario.sha256 && ran.seed === scenario.seed;
    return isOfIt && typeof ran.file === 'string' ? ran.file : usual;
  } catch {
    return usual; // a broken run.json is no reason not to draw the result
  }
}
