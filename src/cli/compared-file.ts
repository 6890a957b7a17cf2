import { join } from 'node:path';
import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { readResult } from './read-result.ts';

/** One of those that are compared: a scenario, or a saved result. */
export interface ComparedFile {
  readonly file: string;
  /** null: a scenario, which is simulated. */
  readonly saved: Findings | null;
}

/** What our documents begin with. */
const DOCUMENT = /^\s*\{\s*"\$schema":\s*"urn:hongfeng:(\w+):/;
/** Bytes within which that stands. */
const HEAD_BYTES = 200;

/**
 * Reads it where it is a saved result; scenarios are read by whoever simulates them.
 *
 * @throws {UserError} with exit code 104 when it is another of our documents, or a result that this version cannot compare.
 */
export function openCompared(io: Io, file: string): ComparedFile {
  const { files } = io;
  if (!files.exists(file)) return { file, saved: null };
  const isFolder = files.isFolder(file);
  if (isFolder && !files.exists(join(file, 'result.json'))) return { file, saved: null };
  const head = isFolder ? '' : new TextDecoder().decode(files.read(file).subarray(0, HEAD_BYTES));
  const kind = DOCUMENT.exec(head)?.[1];
  if (!isFolder && kind === undefined) return { file, saved: null };
  if (kind !== undefined && kind !== 'result') {
    throw new UserError(
      `${file}: it is a ${kind} document, and only results can be compared; name a result.json or a scenario`,
      ExitCode.invalid,
    );
  }
  const saved = readResult(io, file);
  const { reason, truncated, abort } = saved.stop;
  if (truncated && reason !== 'runaway') {
    const [end, first] =
      abort === undefined
        ? ['stopped before its end', '']
        : [`aborted by the budget ${abort.id}`, 'take that abort out and '];
    throw new UserError(
      `${file}: that run was ${end}, so its averages are of another time; ${first}write it again with hongfeng run`,
      ExitCode.invalid,
    );
  }
  return { file, saved };
}
