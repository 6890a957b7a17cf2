/** The event over time: charts on one time axis that move together. */
import type { Findings } from '../../analysis/findings.ts';
import { MARKS_MAX } from '../charts.ts';
import type { Chart, LinePlan } from '../charts/plan.ts';
import type { Texts } from '../texts/en.ts';
import { formatShare } from '../format.ts';
import { linkSentence } from './chain.ts';
import { heatFigure } from './heat.ts';
import { html, type Markup } from './markup.ts';
import { section } from './parts.ts';
import { plotFigure } from './plot.ts';

export function eventSection(findings: Findings, texts: Texts, charts: readonly Chart<LinePlan>[]): Markup {
  const { title, question, note, none } = texts.page.event;
  if (charts.length === 0) return section('event', title, question, html`<p>${none}</p>`);
  const { zoom, gaps } = texts.review;
  const marked = findings.chain.slice(0, MARKS_MAX);
  return section('event', title, question, [
    html`<div class="zoom" hidden role="group" aria-label="${zoom.hint}">
      <button type="button" data-zoom="in">＋ ${zoom.in}</button>
      <button type="button" data-zoom="out">－ ${zoom.out}</button>
      <button type="button" data-zoom="all">${zoom.reset}</button>
      <span class="note">${zoom.hint}</span>
    </div>`,
    marked.length === 0
      ? null
      : html`<ol class="marks">
          ${marked.map((link) => html`<li>${linkSentence(link, findings.budgets, texts)}</li>`)}
        </ol>`,
    findings.mode.sampling === null
      ? null
      : html`<p class="note">${gaps(formatShare(findings.mode.sampling.measuredRatio))}</p>`,
    charts.map(plotFigure),
    heatFigure(findings, texts),
    html`<p class="note">${note}</p>`,
  ]);
}
