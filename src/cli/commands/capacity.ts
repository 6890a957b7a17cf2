import { join } from 'node:path';
import type { CapacityDocument } from '../../study/capacity-document.ts';
import type { Arguments } from '../arguments.ts';
import { readCapacityOptions, type CapacityOptions } from '../capacity-options.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import { askCapacity, findCapacity } from '../find-capacity.ts';
import { Interrupts } from '../interrupts.ts';
import type { Io } from '../io.ts';
import { showDiagnostics } from '../prepare-scenario.ts';
import { writeFiles } from '../write-files.ts';
import { claimFolder } from '../write-reports.ts';

/** Of the folder of a scenario's reports. */
export const CAPACITY_FILE = 'capacity.json';

/** Finds the largest multiple of the traffic that holds the budgets, and what breaks beyond it. */
export async function capacityCommand(io: Io, args: Arguments, version: string): Promise<number> {
  const options = readCapacityOptions(args, io.machine);
  const interrupts = new Interrupts(io);
  try {
    const call = { io, options, version, interrupts };
    const question = askCapacity(call);
    const folder = options.out ?? join('reports', question.base.scenario.id);
    claimFolder(io, folder);
    await showDiagnostics(io, options, question.base);
    const found = await findCapacity(call, question);
    const { renderJson } = await import('../../report/json.ts');
    const text = renderJson(found);
    writeFiles(io, folder, [{ path: CAPACITY_FILE, data: text }]);
    if (options.json) await io.stdout.write(text);
    else if (!options.quiet) await printCapacity(io, options, found, join(folder, CAPACITY_FILE));
    if (found.replications.stoppedBy !== null) return ExitCode.interrupted;
    return found.bound.kind === 'infeasible' ? ExitCode.infeasible : ExitCode.ok;
  } finally {
    interrupts.release();
  }
}

async function printCapacity(
  io: Io,
  options: CapacityOptions,
  found: CapacityDocument,
  file: string,
): Promise<void> {
  const [{ renderCapacity }, { textsOf }] = await Promise.all([
    import('../../report/capacity.ts'),
    import('../../report/texts/texts.ts'),
  ]);
  const texts = textsOf(options.lang);
  const colour = usesColour(options.colour, io.stdout, io.env);
  await io.stdout.write(renderCapacity(found, { colour, files: [file], columns: io.stdout.columns, texts }));
}
