import { join } from 'node:path';
import type { Findings } from '../analysis/findings.ts';
import type { Io } from './io.ts';
import { CAPACITY, SENSITIVITY } from './write-reports.ts';

/** Studies that stand beside a result, and what makes them again. */
const STUDIES = [
  { name: CAPACITY, command: 'capacity' },
  { name: SENSITIVITY, command: 'sensitivity' },
] as const;

/**
 * One line about the studies beside a result that are of another version of its scenario, or null. They are left where they
 * are: whoever made them may want them.
 */
export function staleStudiesNote(
  io: Io,
  folder: string,
  { scenario }: Pick<Findings, 'scenario'>,
  { file, written }: { readonly file: string; readonly written: readonly string[] },
): string | null {
  const stale = STUDIES.filter(({ name }) => {
    const path = join(folder, name);
    return !written.includes(path) && isOfAnother(io, path, scenario.sha256);
  });
  if (stale.length === 0) return null;
  const paths = stale.map(({ name }) => join(folder, name)).join(', ');
  const commands = stale.map(({ command }) => `hongfeng ${command} ${file}`).join(', ');
  const [are, them] = stale.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `note: ${paths} ${are} of another version of this scenario; make ${them} again (${commands}), or remove ${them}\n`;
}

function isOfAnother({ files }: Io, path: string, sha256: string): boolean {
  if (!files.exists(path) || files.isFolder(path)) return false;
  try {
    const { scenario } = JSON.parse(new TextDecoder().decode(files.read(path))) as {
      scenario?: { sha256?: unknown };
    };
    return typeof scenario?.sha256 === 'string' && scenario.sha256 !== sha256;
  } catch {
    return false; // what cannot be read is nobody's study
  }
}
