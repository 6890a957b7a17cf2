import { join } from 'node:path';
import { UserError } from '../../base/diagnostics.ts';
import type { Arguments } from '../arguments.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { scaffoldScenario } from '../scaffold.ts';
import { schemaText } from '../schema-text.ts';
import { writeFiles } from '../write-files.ts';

const SCENARIO_FILE = 'hongfeng.yaml';
const SCHEMA_FILE = 'hongfeng.schema.json';

/** Writes a scenario that runs as it is, and the schema beside it; never over files that exist unless told to. */
export async function initCommand(io: Io, args: Arguments): Promise<number> {
  const folder = args.text('dir') ?? '.';
  const list = [
    { path: SCENARIO_FILE, data: scaffoldScenario(SCHEMA_FILE) },
    { path: SCHEMA_FILE, data: schemaText(io) },
  ];
  const existing = list.map(({ path }) => join(folder, path)).filter((path) => io.files.exists(path));
  if (existing.length > 0 && !args.flag('force')) {
    const verb = existing.length === 1 ? 'exists' : 'exist';
    throw new UserError(`${existing.join(' and ')} ${verb}; --force overwrites`, ExitCode.usage);
  }
  writeFiles(io, folder, list);
  const written = list.map(({ path }) => `wrote ${join(folder, path)}\n`).join('');
  await io.stdout.write(`${written}\nNext: hongfeng run ${join(folder, SCENARIO_FILE)}\n`);
  return ExitCode.ok;
}
