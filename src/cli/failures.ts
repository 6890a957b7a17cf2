import { printable, renderDiagnostics, UserError } from '../base/diagnostics.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

export const CRASH_FILE = 'hongfeng-crash.json';

/** `ENOENT` and the like, if it is an error of the file system. */
export function fileErrorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  ERR_FS_EISDIR: 'it is a folder',
  ENOTFILE: 'it is not a regular file',
  ENOTDIR: 'part of its path is a file, not a folder',
  EEXIST: 'part of its path is a file, not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
};

/** A file error in words, or null when it is no file error. */
export function fileProblem(error: unknown): string | null {
  const code = fileErrorCode(error);
  return code === null ? null : (FILE_PROBLEMS[code] ?? `file error ${code}`);
}

/** Runs `action`; an error of the file system becomes the user's, with this exit code. */
export function withFile<T>(what: string, exitCode: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    throw new UserError(`${what}: ${problem}`, exitCode);
  }
}

/** Says on stderr what went wrong and returns the exit code; our own faults leave a crash file. */
export async function reportFailure(
  io: Io,
  argv: readonly string[],
  version: string,
  error: unknown,
): Promise<number> {
  if (error instanceof UserError) {
    const text =
      error.diagnostics.length > 0
        ? renderDiagnostics(error.diagnostics)
        : `hongfeng: ${printableLines(error.message)}\n`;
    await io.stderr.write(text);
    return error.exitCode;
  }
  const { message, stack } = asError(error);
  const crash = { tool: 'hongfeng', version, argv, at: io.date(), machine: io.machine, message, stack };
  const isWritten = tryWrite(io, `${JSON.stringify(crash, null, 2)}\n`);
  const details = isWritten
    ? `Please report it and attach ${CRASH_FILE}, which was written here.`
    : (stack ?? '');
  await io.stderr.write(`hongfeng: internal error: ${printableLines(message)}\n`);
  await io.stderr.write(`This is a fault of hongfeng, not of your scenario. ${printableLines(details)}\n`);
  return ExitCode.internal;
}

function asError(error: unknown): { message: string; stack: string | undefined } {
  return error instanceof Error
    ? { message: `${error.name}: ${error.message}`, stack: error.stack }
    : { message: String(error), stack: undefined };
}

function tryWrite(io: Io, text: string): boolean {
  try {
    io.files.write(CRASH_FILE, text);
    return true;
  } catch {
    return false; // a read-only folder must not hide the error itself
  }
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
