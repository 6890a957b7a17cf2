/** report.html: one file that needs no network, opens with the decision, and says everything without scripts too. */
import type { Findings } from '../analysis/findings.ts';
import { anatomyCharts, eventCharts, percentileCharts } from './charts.ts';
import { SPOKEN_SOURCE } from './charts/axis.ts';
import { goodputChart, kneeChart } from './charts/knee.ts';
import type { Chart, LinePlan } from './charts/plan.ts';
import { costChart, diffChart } from './charts/slides.ts';
import { escapeScript, escapeScriptJson } from './escape.ts';
import { barsFigure } from './html/bars.ts';
import { changesSection } from './html/changes.ts';
import { eventSection } from './html/event.ts';
import { headroomSection } from './html/headroom.ts';
import { alarmBoxes, breaksSection, budgetsSection, verdictSection } from './html/judgement.ts';
import { mapSection } from './html/map.ts';
import { html, trusted, type Content, type Markup } from './html/markup.ts';
import { plotData, plotFigure } from './html/plot.ts';
import { anatomySection, requestsSection } from './html/requests.ts';
import { costSection, protectionsSection, stationsSection } from './html/resources.ts';
import { PAGE_SCRIPT } from './html/script.ts';
import { sensitivitySection } from './html/sensitivity.ts';
import { STYLE } from './html/style.ts';
import { stabilitySection } from './html/stability.ts';
import { beliefSection, claimsSection, glossarySection, reproduceSection } from './html/trust.ts';
import { waterfalls } from './html/waterfall.ts';
import type { ReviewDocuments } from './review.ts';
import { isMeasured } from './select.ts';
import { EN, type Texts } from './texts/en.ts';

export interface HtmlOptions {
  /** Path of the scenario file as the reader can type it. */
  readonly file: string;
  readonly texts?: Texts;
  /** Whether the page may zoom, read values and sort; it is whole without. */
  readonly script?: boolean;
}

const CSP =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'none'";

/** A section of the page, and its title in the contents. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly markup: Markup;
}

/** The review of a result with whatever studies stand beside it. */
export function renderHtml(
  documents: ReviewDocuments,
  { file, texts = EN, script = true }: HtmlOptions,
): string {
  const { result } = documents;
  const event = eventCharts(result, texts);
  const sections = [
    ...(isMeasured(result) ? measuredSections(documents, texts, file, event) : []),
    ...runSections(documents, texts, file),
  ];
  const body = html`<main>
    ${alarmBoxes(result, texts)} ${header(result, texts)} ${verdictSection(documents, texts)}
    ${contents(sections, texts)} ${sections.map(({ markup }) => markup)}
  </main>`;
  const lines = script
    ? [...event, ...percentileCharts(documents, texts), ...kneeCharts(documents, texts)]
    : [];
  return `<!doctype html>\n${page(result, texts, [body, script ? scripts(lines) : null]).text}\n`;
}

function kneeCharts({ capacity = null }: ReviewDocuments, texts: Texts): Chart<LinePlan>[] {
  if (capacity === null) return [];
  return [kneeChart(capacity, texts), goodputChart(capacity, texts)].filter((each) => each !== null);
}

/** The decision first, then what it rests on, then the night itself. */
function measuredSections(
  documents: ReviewDocuments,
  texts: Texts,
  file: string,
  event: readonly Chart<LinePlan>[],
): Section[] {
  const { result, comparison = null, sensitivity = null } = documents;
  const { page, review, stability } = texts;
  const barsOf = (chart: ReturnType<typeof costChart>): Content =>
    chart === null ? null : barsFigure(chart);
  const diff = barsOf(diffChart(documents, texts));
  const anatomy = [
    anatomyCharts(result, texts).map(barsFigure),
    percentileCharts(documents, texts).map(plotFigure),
    waterfalls(result, texts),
  ];
  const entry = (id: string, title: string, markup: Markup): Section => ({ id, title, markup });
  return [
    entry('budgets', page.budgets.title, budgetsSection(result, texts)),
    entry('breaks', page.breaks.title, breaksSection(documents, texts, file)),
    entry('headroom', page.headroom.title, headroomSection(result, texts)),
    entry('changes', review.changes.title, changesSection(comparison, texts, { file, chart: diff })),
    entry('cost', page.cost.title, costSection(result, texts, barsOf(costChart(result, texts)))),
    entry('map', review.map.title, mapSection(result, texts)),
    entry('event', page.event.title, eventSection(result, texts, event)),
    entry('anatomy', page.anatomy.title, anatomySection(result, texts, anatomy)),
    entry('requests', page.requests.title, requestsSection(result, texts)),
    entry('stations', page.stations.title, stationsSection(result, texts)),
    entry('protections', page.protections.title, protectionsSection(result, texts)),
    entry('stability', stability.title, stabilitySection(result, texts)),
    entry('sensitivity', review.sensitivity.title, sensitivitySection(sensitivity, texts, file)),
  ];
}

function runSections(documents: ReviewDocuments, texts: Texts, file: string): Section[] {
  const { result } = documents;
  const { page } = texts;
  return [
    { id: 'claims', title: page.claims.title, markup: claimsSection(result, texts) },
    { id: 'belief', title: page.belief.title, markup: beliefSection(documents, texts, file) },
    { id: 'reproduce', title: page.reproduce.title, markup: reproduceSection(result, texts, file) },
    { id: 'glossary', title: page.glossary.title, markup: glossarySection(texts) },
  ];
}

function page({ scenario }: Findings, { language, page: words }: Texts, content: Content): Markup {
  return html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${CSP}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <link rel="icon" href="data:," />
      <title>${words.title(scenario.id)}</title>
      <style>
        ${trusted(STYLE)}
      </style>
    </head>
    <body>
      <noscript><p class="note">${words.noScript}</p></noscript>
      ${content}
    </body>
  </html>`;
}

function header({ scenario, tool }: Findings, { page: words }: Texts): Markup {
  return html`<header>
    <h1>${scenario.title ?? scenario.id}</h1>
    ${scenario.description === null ? null : html`<p>${scenario.description}</p>`}
    <p class="by">${tool.name} ${tool.version} · ${scenario.id} · ${words.seed(scenario.seed)}</p>
  </header>`;
}

function contents(sections: readonly Section[], { page: words }: Texts): Markup {
  return html`<nav aria-label="${words.contents}">
    ${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}
  </nav>`;
}

function scripts(charts: readonly Chart<LinePlan>[]): Content {
  const data = JSON.stringify(plotData(charts));
  return [
    html`<script type="application/json" id="plots">
      ${trusted(escapeScriptJson(data))}
    </script> `,
    html`<script>
      ${trusted(`(() => {\nconst spoken = ${escapeScript(SPOKEN_SOURCE)};\n${PAGE_SCRIPT}})();`)};
    </script>`,
  ];
}
