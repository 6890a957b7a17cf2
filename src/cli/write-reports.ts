import { join } from 'node:path';
import type { Findings } from '../analysis/findings.ts';
import { ExitCode } from './exit-codes.ts';
import { withFile } from './failures.ts';
import type { Io } from './io.ts';
import { readChartJs, readFonts } from './package-files.ts';
import { runRecord, type RunFacts } from './run-record.ts';
import { writeFiles } from './write-files.ts';

const PAGE = 'report.html';
const CHARTS = 'charts';

/** Writes what other programs read, before anything is drawn; returns the paths. */
export async function writeResult(
  io: Io,
  folder: string,
  findings: Findings,
  facts: RunFacts,
): Promise<string[]> {
  const [{ renderJson }, { renderStationsCsv, renderTimelineCsv }] = await Promise.all([
    import('../report/json.ts'),
    import('../report/csv.ts'),
  ]);
  const list = [
    { path: 'result.json', data: renderJson(findings) },
    { path: 'run.json', data: runRecord(io, findings, facts) },
    { path: 'timeline.csv', data: renderTimelineCsv(findings) },
    { path: 'stations.csv', data: renderStationsCsv(findings) },
  ];
  writeFiles(io, folder, list);
  removeOldReport(io, folder);
  return list.map(({ path }) => join(folder, path));
}

/** A report of an earlier run must not stand beside the result of this one. */
function removeOldReport({ files }: Io, folder: string): void {
  const charts = join(folder, CHARTS);
  const pngs = files.isFolder(charts) ? files.list(charts).filter((name) => name.endsWith('.png')) : [];
  withFile(`cannot remove the old report in ${folder}`, ExitCode.usage, () => {
    for (const name of pngs) files.remove(join(charts, name));
    files.remove(join(folder, PAGE));
  });
}

/** Draws the charts and writes the page and the pictures; returns what to show the reader. */
export async function writeReports(io: Io, folder: string, findings: Findings): Promise<string[]> {
  const [{ buildCharts }, { renderPngs }, { renderHtml }] = await Promise.all([
    import('../report/charts.ts'),
    import('../report/png.ts'),
    import('../report/html.ts'),
  ]);
  const charts = buildCharts(findings);
  const fonts = readFonts(io);
  const images = await renderPngs(charts, fonts);
  const pictures = await renderPngs(charts, fonts, 'page');
  const page = { path: PAGE, data: renderHtml(findings, { chartJs: readChartJs(io), pictures }) };
  writeFiles(io, folder, [
    ...images.map(({ name, bytes }) => ({ path: `${CHARTS}/${name}`, data: bytes })),
    page,
  ]);
  return [join(folder, PAGE), join(folder, CHARTS)];
}
