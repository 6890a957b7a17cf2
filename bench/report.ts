/**
 * `npm run bench:report`: how long the report of an hour of 200 stations takes, page and pictures, and how large the page is.
 * Exit code 1 above three seconds or 2 MB.
 */
import { slideCharts } from '../src/report/charts/slides.ts';
import { renderHtml } from '../src/report/html.ts';
import { renderPngs } from '../src/report/png.ts';
import { textsOf } from '../src/report/texts/texts.ts';
import { largeSite } from '../tests/report/example-findings.ts';
import { capacityDocument, comparisonDocument, sensitivityDocument } from '../tests/report/example-review.ts';
import { FONTS } from '../tests/report/page-files.ts';

const SECONDS_MAX = 3;
const BYTES_MAX = 2e6;

const documents = {
  result: largeSite(3600),
  capacity: capacityDocument(),
  sensitivity: sensitivityDocument(),
  comparison: comparisonDocument(),
};

const startMs = performance.now();
const images = await renderPngs(slideCharts(documents, textsOf('en')), FONTS);
const page = renderHtml(documents, { file: 'site.yaml' });
const seconds = (performance.now() - startMs) / 1000;
const bytes = new TextEncoder().encode(page).length;

process.stdout.write(
  `${images.length} pictures and a page of ${(bytes / 1e6).toFixed(2)} MB in ${seconds.toFixed(2)} s\n`,
);
process.exitCode = seconds <= SECONDS_MAX && bytes <= BYTES_MAX ? 0 : 1;
