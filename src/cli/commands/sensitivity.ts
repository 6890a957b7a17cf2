import { join } from 'node:path';
import type { SensitivityDocument } from '../../study/sensitivity-document.ts';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import { askSensitivity, findSensitivity } from '../find-sensitivity.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { showDiagnostics } from '../prepare-scenario.ts';
import { readSensitivityOptions, type SensitivityOptions } from '../sensitivity-options.ts';
import { writeFiles } from '../write-files.ts';
import { claimFolder, SENSITIVITY } from '../write-reports.ts';

/** Tells which of the assumed inputs matter: each a fifth less and more. */
export async function sensitivityCommand(io: Io, args: Arguments, version: string): Promise<number> {
  const options = readSensitivityOptions(args, io.machine);
  const interrupts = new Interrupts(io);
  try {
    const call = { io, options, version, interrupts };
    const known = askSensitivity(call);
    const folder = options.out ?? join('reports', known.scenario.id);
    claimFolder(io, folder);
    await showDiagnostics(io, options, known);
    const found = await findSensitivity(call, known);
    const { renderJson } = await import('../../report/json.ts');
    const text = renderJson(found);
    writeFiles(io, folder, [{ path: SENSITIVITY, data: text }]);
    if (options.json) await io.stdout.write(text);
    else if (!options.quiet) await printSensitivity(io, options, found, join(folder, SENSITIVITY));
    return found.replications.stoppedBy === null ? ExitCode.ok : ExitCode.interrupted;
  } finally {
    interrupts.release();
  }
}

async function printSensitivity(
  io: Io,
  options: SensitivityOptions,
  found: SensitivityDocument,
  file: string,
): Promise<void> {
  const [{ renderSensitivity }, { textsOf }] = await Promise.all([
    import('../../report/sensitivity.ts'),
    import('../../report/texts/texts.ts'),
  ]);
  const colour = usesColour(options.colour, io.stdout, io.env);
  const texts = textsOf(options.lang);
  await io.stdout.write(
    renderSensitivity(found, { colour, files: [file], columns: io.stdout.columns, texts }),
  );
}
