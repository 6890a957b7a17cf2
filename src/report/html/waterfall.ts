/** Single sampled requests as waterfalls: layer after layer in the order of the path. */
import type { AnatomyPart, ExampleFinding, Findings } from '../../analysis/findings.ts';
import { formatDuration } from '../format.ts';
import { anatomyRequest } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { percent } from './plot.ts';

const PARTS = ['waitNs', 'serviceNs', 'delayNs', 'retryNs'] as const;
/** As in the chart of what the time is spent on. */
const COLOURS: Readonly<Record<(typeof PARTS)[number], number>> = {
  waitNs: 1,
  serviceNs: 2,
  delayNs: 7,
  retryNs: 4,
};
/** Layers that take less of the request are put together. */
const SHARE_MIN = 0.01;

export function waterfalls(findings: Findings, texts: Texts): Content {
  const focus = anatomyRequest(findings);
  const rows = findings.examples.filter(({ request }) => request === focus);
  if (rows.length === 0) return null;
  const { title, caption } = texts.review.examples;
  const longest = Math.max(...rows.map(({ responseNs }) => responseNs));
  return html`<figure id="chart-examples">
    <h3>${title}</h3>
    <p class="caption">${caption}</p>
    ${rows.map((row) => waterfall(row, longest, texts))}
    <ul class="legend">
      ${PARTS.map(
        (part) => html`<li><i class="swatch b${COLOURS[part]}"></i>${texts.words.anatomyPart[part]}</li> `,
      )}
    </ul>
  </figure>`;
}

function waterfall(
  { request, of, responseNs, parts }: ExampleFinding,
  longest: number,
  texts: Texts,
): Markup {
  const head = `${request}, ${texts.review.examples.of[of]}: ${formatDuration(responseNs)}`;
  const shown = parts.filter((part) => lengthOf(part) >= SHARE_MIN * responseNs);
  const others = parts.filter((part) => lengthOf(part) < SHARE_MIN * responseNs);
  let from = 0;
  const rows = [...shown, ...(others.length === 0 ? [] : [together(others, texts)])].map((part) => {
    const left = from;
    from += lengthOf(part);
    return html`<div class="barname">${part.layer}</div>
      <div class="track">
        <i class="gap" style="width:${percent(left / longest)}"></i>${PARTS.map((key) =>
          part[key] <= 0
            ? null
            : html`<i
                class="b${COLOURS[key]}"
                style="width:${percent(part[key] / longest)}"
                title="${texts.words.anatomyPart[key]}: ${formatDuration(part[key])}"
              ></i>`,
        )}
      </div>
      <div class="barvalue">${formatDuration(lengthOf(part))}</div> `;
  });
  return html`<h4>${head}</h4>
    <div class="bars thin">${rows}</div>`;
}

function together(parts: readonly AnatomyPart[], { charts }: Texts): AnatomyPart {
  const sum = (key: (typeof PARTS)[number]): number => parts.reduce((all, part) => all + part[key], 0);
  return {
    layer: charts.anatomy.others,
    waitNs: sum('waitNs'),
    serviceNs: sum('serviceNs'),
    delayNs: sum('delayNs'),
    retryNs: sum('retryNs'),
  };
}

function lengthOf(part: AnatomyPart): number {
  return PARTS.reduce((sum, key) => sum + part[key], 0);
}
