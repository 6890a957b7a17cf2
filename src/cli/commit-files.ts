import { dirname, isAbsolute, relative } from 'node:path';
import { UserError } from '../base/diagnostics.ts';
import { ExitCode } from './exit-codes.ts';
import type { Files, GitAnswer, Io } from './io.ts';

/** A commit of the repository that a scenario lies in. */
export interface Commit {
  /** As written. */
  readonly ref: string;
  /** Full id. */
  readonly id: string;
  /** The outside world with the files of this commit in place of those of the disk. */
  readonly io: Io;
}

const utf8 = new TextDecoder();

/**
 * The commit that a reference names, as far as the scenario `file` and what lies around it are concerned. Files of this
 * installation (the catalogue) stay what they are: the scenario of then is simulated by the engine of now. Blobs are read as
 * they are stored: no filter, hook or program that a repository configures is run.
 *
 * @throws {UserError} with exit code 2 for a reference that could be an option, with 104 where there is no such commit.
 */
export function openCommit(io: Io, ref: string, file: string): Commit {
  if (ref === '' || ref.startsWith('-')) {
    throw new UserError(
      `--baseline git:${ref}: a reference is the name of a branch, tag or commit, e.g. git:origin/main`,
      ExitCode.usage,
    );
  }
  const folder = dirname(file);
  const git = (...args: string[]): GitAnswer => io.git(args, folder);
  const top = git('rev-parse', '--show-toplevel');
  if (top.code === null) throw refused(ref, 'git cannot be started here; install it, or use --baseline FILE');
  if (top.code !== 0) throw refused(ref, noRepository(file, top));
  const found = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (found.code !== 0) {
    throw refused(
      ref,
      'there is no such commit here; fetch it first (git fetch origin, in CI with the whole history: fetch-depth: 0), or ' +
        'use --baseline none',
    );
  }
  const id = utf8.decode(found.stdout).trim();
  return { ref, id, io: { ...io, files: filesOf(io, id, folder) } };
}

function refused(ref: string, problem: string): UserError {
  return new UserError(`--baseline git:${ref}: ${problem}`, ExitCode.invalid);
}

function noRepository(file: string, { stderr }: GitAnswer): string {
  if (/not a git repository/.test(stderr)) {
    return `${file} is in no git repository; use --baseline FILE or --baseline none`;
  }
  return `git says: ${stderr.trim()}`; // such as a repository of somebody else, with what to do about it
}

/** Reads from the commit what is not of this installation; `folder` is that of the scenario. */
function filesOf(io: Io, id: string, folder: string): Files {
  const { files, packageDir } = io;
  const isOurs = (path: string): boolean =>
    ['catalog', 'dist', 'assets', 'package.json'].some((each) => path.startsWith(`${packageDir}${each}`));
  const ask = (path: string, ...args: string[]): GitAnswer => {
    const inside = relative(folder, path).replaceAll('\\', '/');
    return isAbsolute(inside)
      ? { code: 1, stdout: new Uint8Array(), stderr: '' } // on another drive
      : io.git(['cat-file', ...args, `${id}:./${inside}`], folder);
  };
  const answered = (path: string, answer: GitAnswer): Uint8Array => {
    if (answer.code === 0) return answer.stdout;
    throw Object.assign(new Error(path), { code: 'ENOENT' });
  };
  const typeOf = (path: string): string | null => {
    const { code, stdout } = ask(path, '-t');
    return code === 0 ? utf8.decode(stdout).trim() : null;
  };
  return {
    ...files,
    read: (path) => (isOurs(path) ? files.read(path) : answered(path, ask(path, 'blob'))),
    size: (path) => (isOurs(path) ? files.size(path) : Number(utf8.decode(answered(path, ask(path, '-s'))))),
    isFolder: (path) => (isOurs(path) ? files.isFolder(path) : typeOf(path) === 'tree'),
    exists: (path) => (isOurs(path) ? files.exists(path) : typeOf(path) !== null),
  };
}
