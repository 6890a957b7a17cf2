import { UserError } from '../base/diagnostics.ts';
import type { Baseline } from '../study/gate/baseline.ts';
import { parseBaseline, type BaselineProblem } from '../study/gate/parse-baseline.ts';
import { ExitCode } from './exit-codes.ts';
import { withFile } from './failures.ts';
import type { Io } from './io.ts';

/** Larger ones nobody could look through. */
const BASELINE_BYTES_MAX = 64 * 1024 * 1024;

/** @throws {UserError} with exit code 104 when it is no baseline that this version can read, or of another scenario. */
export function readBaseline({ files }: Io, file: string, scenarioId: string): Baseline {
  const text = withFile(file, ExitCode.invalid, () => {
    if (files.isFolder(file)) throw refused(file, 'it is a folder; name a baseline file');
    if (files.size(file) > BASELINE_BYTES_MAX) throw refused(file, 'too large for a baseline');
    return new TextDecoder().decode(files.read(file));
  });
  const parsed = parseBaseline(text);
  if (!parsed.ok) throw refused(file, problemText(parsed.problem));
  const { id } = parsed.baseline.scenario;
  if (id === scenarioId) return parsed.baseline;
  throw refused(file, `it is the baseline of ${id}, not of ${scenarioId}; name that of ${scenarioId}`);
}

function refused(file: string, problem: string): UserError {
  return new UserError(`${file}: ${problem}`, ExitCode.invalid);
}

const AGAIN = 'write it again with hongfeng check --update-baseline';

function problemText(problem: BaselineProblem): string {
  switch (problem.kind) {
    case 'not-json':
      return `it is not complete JSON (${problem.detail}); ${AGAIN}`;
    case 'not-a-baseline':
      return 'it is not a baseline of hongfeng; name a file that hongfeng check --update-baseline wrote';
    case 'other-version':
      return `it has schema version ${problem.found}, and this hongfeng reads version ${problem.readable}; ${AGAIN}`;
    case 'malformed':
      return `"${problem.path}" is missing or malformed; ${AGAIN}`;
  }
}
