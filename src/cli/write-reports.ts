import { basename, isAbsolute, join } from 'node:path';
import type { Findings } from '../analysis/findings.ts';
import { UserError } from '../base/diagnostics.ts';
import { ExitCode } from './exit-codes.ts';
import { withFile } from './failures.ts';
import type { Io } from './io.ts';
import type { Lang } from '../report/texts/texts.ts';
import type { ReviewDocuments } from '../report/review.ts';
import { readFonts } from './package-files.ts';
import { runRecord, type RunFacts } from './run-record.ts';
import { writeFiles, type OutputFile } from './write-files.ts';

const RESULT = 'result.json';
const RECORD = 'run.json';
const TIMELINE = 'timeline.csv';
const STATIONS = 'stations.csv';
/** Documents of the studies that stand beside a result. */
export const CAPACITY = 'capacity.json';
export const SENSITIVITY = 'sensitivity.json';
export const COMPARISON = 'comparison.json';
const PAGE = 'report.html';
const CHARTS = 'charts';

/**
 * Makes the folder of a run, and finds out before the long wait whether its files can be written there.
 *
 * @throws {UserError} with exit code 2 when they cannot.
 */
export function claimFolder(io: Io, folder: string): void {
  const { files } = io;
  const probe = join(folder, `probe.${io.processId}.tmp`);
  withFile(`cannot write to ${folder}`, ExitCode.usage, () => {
    files.makeFolder(folder);
    files.write(probe, '');
    files.remove(probe);
  });
  for (const name of [RESULT, RECORD, TIMELINE, STATIONS, PAGE]) {
    const path = join(folder, name);
    if (files.isFolder(path)) throw inTheWay(path, 'is a folder, and a file of that name is to be written');
  }
  const charts = join(folder, CHARTS);
  if (files.exists(charts) && !files.isFolder(charts)) {
    throw inTheWay(charts, 'is a file, and a folder of that name is to be written');
  }
}

function inTheWay(path: string, problem: string): UserError {
  return new UserError(`${path} ${problem}; remove it, or choose another folder with --out`, ExitCode.usage);
}

/**
 * Writes what other programs read, before anything is drawn; returns the paths. `facts`: of the run; null where it was none of
 * now.
 */
export async function writeResult(
  io: Io,
  folder: string,
  findings: Findings,
  facts: RunFacts | null,
): Promise<string[]> {
  const { renderJson } = await import('../report/json.ts');
  const list = [
    { path: RESULT, data: renderJson(findings) },
    ...(facts === null ? [] : [{ path: RECORD, data: runRecord(io, findings, facts) }]),
    ...(await tablesOf(findings)),
  ];
  writeFiles(io, folder, list);
  removeOldReport(io, folder);
  return list.map(({ path }) => join(folder, path));
}

/** Writes the tables alone; returns the paths. */
export async function writeTables(io: Io, folder: string, findings: Findings): Promise<string[]> {
  const list = await tablesOf(findings);
  writeFiles(io, folder, list);
  return list.map(({ path }) => join(folder, path));
}

async function tablesOf(findings: Findings): Promise<OutputFile[]> {
  const { renderStationsCsv, renderTimelineCsv } = await import('../report/csv.ts');
  return [
    { path: TIMELINE, data: renderTimelineCsv(findings) },
    { path: STATIONS, data: renderStationsCsv(findings) },
  ];
}

/** What `check` writes beside. */
const OF_CHECK = ['check.json', 'junit.xml', 'summary.md', 'metrics.txt'];

/** A report of an earlier run must not stand beside the result of this one. */
function removeOldReport({ files }: Io, folder: string): void {
  const charts = join(folder, CHARTS);
  const pngs = files.isFolder(charts) ? files.list(charts).filter((name) => name.endsWith('.png')) : [];
  withFile(`cannot remove the old report in ${folder}`, ExitCode.usage, () => {
    for (const name of pngs) files.remove(join(charts, name));
    for (const name of [PAGE, ...OF_CHECK]) files.remove(join(folder, name));
  });
}

/** Draws the review and its pictures; returns what to show the reader. */
export async function writeReports(
  io: Io,
  folder: string,
  documents: ReviewDocuments,
  { file: scenarioFile, lang }: { readonly file: string; readonly lang: Lang },
): Promise<string[]> {
  const [{ slideCharts }, { renderPngs }, { renderHtml }, { textsOf }] = await Promise.all([
    import('../report/charts/slides.ts'),
    import('../report/png.ts'),
    import('../report/html.ts'),
    import('../report/texts/texts.ts'),
  ]);
  const texts = textsOf(lang);
  const images = await renderPngs(slideCharts(documents, texts), readFonts(io));
  // A report is passed on: where the file lies on this machine is nobody's business.
  const file = isAbsolute(scenarioFile) ? basename(scenarioFile) : scenarioFile;
  const page = { path: PAGE, data: renderHtml(documents, { file, texts }) };
  writeFiles(io, folder, [
    ...images.map(({ name, bytes }) => ({ path: `${CHARTS}/${name}`, data: bytes })),
    page,
  ]);
  return [join(folder, PAGE), join(folder, CHARTS)];
}
