/** The files that the command line hands to the report: fonts and Chart.js. */
import { readFileSync } from 'node:fs';
import type { Findings } from '../../src/analysis/findings.ts';
import { buildCharts } from '../../src/report/charts.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderPngs } from '../../src/report/png.ts';

export const FONTS = ['latin', 'chinese-simplified'].map((subset) => ({
  bytes: readFileSync(`assets/fonts/noto-sans-sc-${subset}-400-normal.woff2`),
}));

export const CHART_JS = readFileSync('node_modules/chart.js/dist/chart.umd.min.js', 'utf8');

export async function renderPage(findings: Findings): Promise<string> {
  const pictures = await renderPngs(buildCharts(findings), FONTS, 'page');
  return renderHtml(findings, { file: 'site.yaml', chartJs: CHART_JS, pictures });
}
