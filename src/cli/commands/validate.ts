import { renderDiagnostics, UserError, type Diagnostic } from '../../base/diagnostics.ts';
import type { Override } from '../../scenario/overrides.ts';
import type { Arguments } from '../arguments.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { openScenario, readDataFiles } from '../open-scenario.ts';
import { prepare } from '../prepare.ts';
import { readClaimsBeside } from '../read-claims.ts';

/** What is wrong with one file, and what arithmetic alone can tell about it. */
interface Validation {
  readonly file: string;
  readonly valid: boolean;
  /** Why the file could not be read at all, or null. */
  readonly problem: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks all files, the rest too when one is broken. Diagnostics are the result, so they go to stdout. */
export async function validateCommand(io: Io, args: Arguments): Promise<number> {
  const overrides = args.overrides();
  const results = args.list('files').map((file) => validateFile(io, file, overrides));
  const text = args.flag('json') ? jsonOf(results) : results.map(textOf).join('\n');
  await io.stdout.write(text);
  return results.every(({ valid }) => valid) ? ExitCode.ok : ExitCode.invalid;
}

/** Goes as far as `run` does before it simulates: what validates here also starts there. */
function validateFile(io: Io, file: string, overrides: readonly Override[]): Validation {
  let diagnostics: readonly Diagnostic[] = [];
  try {
    const { loaded } = openScenario(io, file, overrides);
    diagnostics = loaded.diagnostics;
    const { scenario } = loaded;
    if (scenario === null) return { file, valid: false, problem: null, diagnostics };
    readClaimsBeside(io, file, scenario);
    const { advice } = prepare(loaded, scenario, readDataFiles(io, file, scenario), {
      mode: 'auto',
      slice: null,
      replications: null,
    });
    return { file, valid: true, problem: null, diagnostics: [...diagnostics, ...advice] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problem = error.diagnostics.length === 0 ? error.message : null;
    return { file, valid: false, problem, diagnostics: [...diagnostics, ...error.diagnostics] };
  }
}

function textOf({ file, valid, problem, diagnostics }: Validation): string {
  const details = `${problem === null ? '' : `${problem}\n`}${renderDiagnostics(diagnostics)}`;
  return valid ? `${details}${file}: valid\n` : `${details}${file}: not valid\n`;
}

function jsonOf(files: readonly Validation[]): string {
  return `${JSON.stringify({ $schema: 'urn:hongfeng:validation:1', schemaVersion: 1, files }, null, 2)}\n`;
}
