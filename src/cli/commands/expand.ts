import { renderDiagnostics } from '../../base/diagnostics.ts';
import { compileModel } from '../../compile/compile.ts';
import { disassemble } from '../../compile/disassemble.ts';
import type { Arguments } from '../arguments.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { openScenario, readDataFiles, validScenario } from '../open-scenario.ts';

/** Prints the station-level form of a valid scenario with the origin of every value, or the program it compiles to. */
export async function expandCommand(io: Io, args: Arguments): Promise<number> {
  const file = args.text('scenario') ?? '';
  const opened = openScenario(io, file, args.overrides());
  const scenario = validScenario(opened);
  await io.stderr.write(renderDiagnostics(opened.loaded.diagnostics));
  if (args.flag('program')) {
    const files = readDataFiles(io, file, scenario);
    const model = compileModel(scenario, { slice: 1, files, position: opened.loaded.position });
    await io.stdout.write(disassemble(model));
  } else {
    await io.stdout.write(opened.loaded.expandedText);
  }
  return ExitCode.ok;
}
