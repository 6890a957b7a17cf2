/** What other studies say, or in one line which command would make them say it. */
import type { CapacityDocument, WithoutFinding } from '../../study/capacity-document.ts';
import { boundSentence, goodputChart, kneeChart } from '../charts/knee.ts';
import { formatFactor } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { commandCode, table, textColumn, type Column } from './parts.ts';
import { plotFigure } from './plot.ts';

/** One line in place of a section whose document is missing. */
export function fillLine(
  what: string,
  { command, document }: { readonly command: string; readonly document: string },
  { review }: Texts,
): Markup {
  const { before, then, after } = review.fill(what);
  return html`<p class="fill">
    ${before}${commandCode(command)}${then}<code>hongfeng report result.json ${document}</code>${after}
  </p>`;
}

export function kneeBlock(capacity: CapacityDocument | null, texts: Texts, file: string): Content {
  const { fillKnee, knee } = texts.review;
  if (capacity === null)
    return fillLine(fillKnee, { command: `hongfeng capacity ${file}`, document: 'capacity.json' }, texts);
  const charts = [kneeChart(capacity, texts), goodputChart(capacity, texts)].filter((each) => each !== null);
  return [
    html`<h3>${knee.title}</h3>`,
    charts.length === 0
      ? html`<p>${boundSentence(capacity, texts)}${texts.words.between.stop}</p>`
      : charts.map(plotFigure),
    withoutTable(capacity.without, texts),
  ];
}

function boundText({ bound }: WithoutFinding): string {
  return bound === null || bound.multiplier === null ? '' : formatFactor(bound.multiplier);
}

function withoutTable(rows: readonly WithoutFinding[], texts: Texts): Content {
  if (rows.length === 0) return null;
  const { without, withoutHeads: heads, taken, verdict, notSimulated } = texts.review.knee;
  const columns: Column<WithoutFinding>[] = [
    textColumn(heads.taken, (row) =>
      row.taken.map(({ count, of, layer }) => taken(count, of, layer)).join(', '),
    ),
    textColumn(heads.atOne, ({ atOne }) => (atOne === null ? notSimulated : verdict[atOne.verdict])),
    ...(rows.some(({ bound }) => bound !== null) ? [textColumn(heads.bound, boundText)] : []),
  ];
  return html`<h3>${without}</h3>
    ${table(columns, rows, { caption: without })}`;
}
