/** report.html: one file that needs no network, opens with the decision, and says everything without scripts too. */
import type { Findings } from '../analysis/findings.ts';
import { buildCharts } from './charts.ts';
import { KIT_SOURCE } from './charts/kit.ts';
import type { Chart } from './charts/plan.ts';
import { escapeScript, escapeScriptJson } from './escape.ts';
import { alarmBoxes, breaksSection, budgetsSection, verdictSection } from './html/judgement.ts';
import { html, trusted, type Content, type Markup } from './html/markup.ts';
import { section } from './html/parts.ts';
import { anatomySection, requestsSection } from './html/requests.ts';
import { costSection, headroomSection, protectionsSection, stationsSection } from './html/resources.ts';
import { PAGE_SCRIPT } from './html/script.ts';
import { STYLE } from './html/style.ts';
import { stabilitySection } from './html/stability.ts';
import { beliefSection, claimsSection, glossarySection, reproduceSection } from './html/trust.ts';
import type { PngFile } from './png.ts';
import { isMeasured } from './select.ts';
import { EN, type Texts } from './texts/en.ts';

export interface HtmlOptions {
  /** Path of the scenario file as the reader can type it. */
  readonly file: string;
  /** Text of Chart.js' own minified bundle for browsers (chart.umd.min.js). */
  readonly chartJs: string;
  /** The charts as pictures, for readers without scripts: `renderPngs` with purpose `page`. */
  readonly pictures: readonly PngFile[];
  readonly texts?: Texts;
}

const CSP =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " +
  "form-action 'none'";

const EVENT_CHARTS = ['traffic', 'latency', 'latency-by-request', 'utilization', 'waiting'];

export function renderHtml(findings: Findings, { file, chartJs, pictures, texts = EN }: HtmlOptions): string {
  const charts = buildCharts(findings, texts);
  const figures = (ids: readonly string[]) =>
    charts
      .filter(({ id }) => ids.includes(id))
      .map((chart) =>
        figure(
          chart,
          pictures.find(({ id }) => id === chart.id),
        ),
      );
  const measured = () => [
    budgetsSection(findings, texts),
    breaksSection(findings, texts),
    headroomSection(findings, texts, figures(['headroom'])),
    stabilitySection(findings, texts),
    costSection(findings, texts),
    eventSection(texts, figures(EVENT_CHARTS)),
    anatomySection(findings, texts, figures(['anatomy', 'anatomy-kinds'])),
    requestsSection(findings, texts),
    stationsSection(findings, texts),
    protectionsSection(findings, texts),
  ];
  const sections = [
    isMeasured(findings) ? measured() : null,
    claimsSection(findings, texts),
    beliefSection(findings, texts),
    reproduceSection(findings, texts, file),
    glossarySection(texts),
  ];
  const body = html`<main>
    ${alarmBoxes(findings, texts)} ${header(findings, texts)} ${verdictSection(findings, texts)}
    ${contents(findings, texts)} ${sections}
  </main>`;
  return `<!doctype html>\n${page(findings, texts, [body, scripts(charts, chartJs)]).text}\n`;
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
      <noscript
        ><style>
          .plot {
            display: none;
          }
        </style></noscript
      >
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

function contents(findings: Findings, { page: words, stability }: Texts): Markup {
  const measured = [
    ['budgets', words.budgets.title],
    ['breaks', words.breaks.title],
    ['headroom', words.headroom.title],
    ['stability', stability.title],
    ['cost', words.cost.title],
    ['event', words.event.title],
    ['anatomy', words.anatomy.title],
    ['requests', words.requests.title],
    ['stations', words.stations.title],
    ['protections', words.protections.title],
  ];
  const entries = [
    ...(isMeasured(findings) ? measured : []),
    ['claims', words.claims.title],
    ['belief', words.belief.title],
    ['reproduce', words.reproduce.title],
    ['glossary', words.glossary.title],
  ] as const;
  return html`<nav aria-label="${words.contents}">
    ${entries.map(([id, title]) => html`<a href="#${id}">${title}</a> `)}
  </nav>`;
}

function eventSection({ page: words }: Texts, figures: readonly Markup[]): Markup {
  const { title, question, note, none } = words.event;
  const content = figures.length === 0 ? html`<p>${none}</p>` : [figures, html`<p class="note">${note}</p>`];
  return section('event', title, question, content);
}

/** A canvas for scripts, a picture without. */
function figure({ id, title, caption, height }: Chart, picture: PngFile | undefined): Markup {
  const source =
    picture === undefined ? '' : `data:image/png;base64,${Buffer.from(picture.bytes).toString('base64')}`;
  return html`<figure id="chart-${id}">
    <h3>${title}</h3>
    <p class="caption">${caption}</p>
    <div class="plot" style="height:${height - 60}px">
      <canvas id="canvas-${id}" role="img" aria-label="${title}"></canvas>
    </div>
    ${picture === undefined ? null : html`<noscript><img src="${source}" alt="${title}" /></noscript>`}
  </figure>`;
}

function scripts(charts: readonly Chart[], chartJs: string): Content {
  const plans = JSON.stringify(charts.map(({ id, plan }) => ({ id, plan })));
  return [
    html`<script type="application/json" id="charts">
      ${trusted(escapeScriptJson(plans))}
    </script> `,
    html`<script>
      ${trusted(escapeScript(chartJs))};
    </script> `,
    html`<script>
      ${trusted(`(() => {\nconst kit = ${escapeScript(KIT_SOURCE)};\n${PAGE_SCRIPT}})();`)};
    </script>`,
  ];
}
