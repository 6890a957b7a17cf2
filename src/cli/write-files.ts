import { ExitCode } from './exit-codes.ts';
import { withFile } from './failures.ts';
import type { Io } from './io.ts';

/** A file to be; `path` is relative to the folder it goes to. */
export interface OutputFile {
  readonly path: string;
  readonly data: string | Uint8Array;
}

/**
 * Writes all files or none: each under a temporary name beside its place, then all are renamed. A reader never sees
 * half a file, and a run that fails while writing leaves the files of the run before it.
 *
 * @throws {UserError} when the folder cannot be written.
 */
export function writeFiles(io: Io, folder: string, list: readonly OutputFile[]): void {
  const { files } = io;
  const planned = list.map(({ path, data }) => {
    const target = `${folder}/${path}`;
    return { target, temporary: `${target}.${io.processId}.tmp`, data };
  });
  withFile(`cannot write to ${folder}`, ExitCode.usage, () => {
    try {
      for (const { target, temporary, data } of planned) {
        files.makeFolder(target.slice(0, target.lastIndexOf('/')));
        files.write(temporary, data);
      }
      for (const { target, temporary } of planned) files.rename(temporary, target);
    } catch (error) {
      for (const { temporary } of planned) removeQuietly(io, temporary);
      throw error;
    }
  });
}

function removeQuietly({ files }: Io, path: string): void {
  try {
    files.remove(path);
  } catch {
    // The first error is the one to tell; a leftover temporary file harms nobody.
  }
}
