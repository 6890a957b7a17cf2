import { dirname, join, normalize } from 'node:path';
import type { Arguments } from '../arguments.ts';
import { usesColour } from '../colour.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { ReviewDocuments } from '../../report/review.ts';
import { readResult, readStudies, scenarioFileOf, withResult } from '../read-result.ts';
import { colourOf, langOf } from '../run-options.ts';
import { claimFolder, writeReports, writeTables } from '../write-reports.ts';

/**
 * Draws the report of a saved result again: the files and the text that the run wrote, byte by byte. Studies given with it
 * fill their sections of the page.
 */
export async function reportCommand(io: Io, args: Arguments): Promise<number> {
  const file = args.text('result') ?? '';
  const colour = colourOf(args);
  const lang = langOf(args);
  const findings = readResult(io, file);
  const studies = args.list('studies');
  const documents = { ...readStudies(io, studies, findings), result: findings };
  await withResult([file, ...studies].join(', '), async () => {
    if (args.flag('json')) {
      const { renderJson } = await import('../../report/json.ts');
      const text = renderJson(findings);
      await writeAll(io, args, file, documents);
      await io.stdout.write(text);
      return;
    }
    const { renderText } = await import('../../report/text.ts');
    const files = await writeAll(io, args, file, documents);
    const { textsOf } = await import('../../report/texts/texts.ts');
    const options = {
      colour: usesColour(colour, io.stdout, io.env),
      files,
      columns: io.stdout.columns,
      texts: textsOf(lang),
    };
    if (!args.flag('quiet')) await io.stdout.write(renderText(findings, options));
  });
  return ExitCode.ok;
}

/** Returns the paths of what is there now, in the order in which `run` lists them. */
async function writeAll(
  io: Io,
  args: Arguments,
  file: string,
  documents: ReviewDocuments,
): Promise<string[]> {
  const { result: findings } = documents;
  const own = dirname(file);
  const folder = args.text('out') ?? own;
  claimFolder(io, folder);
  const record = join(own, 'run.json');
  const beside =
    normalize(folder) === normalize(own)
      ? [normalize(file), ...(io.files.exists(record) ? [record] : [])]
      : [];
  const tables = await writeTables(io, folder, findings);
  const drawn = args.flag('no-charts')
    ? []
    : await writeReports(io, folder, documents, {
        file: scenarioFileOf(io, file, findings),
        lang: langOf(args),
      });
  return [...beside, ...tables, ...drawn];
}
