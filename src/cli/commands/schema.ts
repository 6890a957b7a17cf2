import { schemaText } from '../schema-text.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** Prints the JSON Schema of scenario files, catalogue kinds included. */
export async function schemaCommand(io: Io): Promise<number> {
  await io.stdout.write(schemaText(io));
  return ExitCode.ok;
}
