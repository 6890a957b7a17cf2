import { renderDiagnostics } from '../../base/diagnostics.ts';
import type { Arguments } from '../arguments.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { openScenario, validScenario } from '../open-scenario.ts';

/** Prints the station-level form of a valid scenario: every value with where it came from. */
export async function expandCommand(io: Io, args: Arguments): Promise<number> {
  const opened = openScenario(io, args.text('scenario') ?? '', args.overrides());
  validScenario(opened);
  await io.stderr.write(renderDiagnostics(opened.loaded.diagnostics));
  await io.stdout.write(opened.loaded.expandedText);
  return ExitCode.ok;
}
