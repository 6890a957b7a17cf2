/** Which guess matters: a tornado of the assumed inputs. */
import type {
  SensitivityDocument,
  SensitivityInput,
  SensitivitySide,
} from '../../study/sensitivity-document.ts';
import { formatMargin, formatShare } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { folded, ledgerLink, section, table, textColumn, type Column } from './parts.ts';
import { percent } from './plot.ts';
import { fillLine } from './studies.ts';

const ROWS_MAX = 20;

export function sensitivitySection(document: SensitivityDocument | null, texts: Texts, file: string): Markup {
  const { title, question } = texts.review.sensitivity;
  if (document === null) {
    const line = fillLine(texts.review.fillSensitivity, sensitivityCommand(file), texts);
    return section('sensitivity', title, question, line);
  }
  return section('sensitivity', title, question, [tornado(document, texts), leftOutBlock(document, texts)]);
}

/** What makes the document, and which it is. */
export function sensitivityCommand(file: string): { readonly command: string; readonly document: string } {
  return { command: `hongfeng run ${file} --review`, document: 'sensitivity.json' };
}

function tornado({ inputs, step }: SensitivityDocument, texts: Texts): Markup {
  const { chart, none, caption, heads } = texts.review.sensitivity;
  const shown = inputs.filter(({ effect }) => effect > 0).slice(0, ROWS_MAX);
  const [first] = shown;
  if (first === undefined) return html`<p>${none}</p>`;
  const most = Math.max(
    ...shown.flatMap((each) =>
      [p99Of(each.lower), p99Of(each.higher), roomOf(each.lower), roomOf(each.higher)].map((value) =>
        Math.abs(value ?? 0),
      ),
    ),
    1e-9,
  );
  return html`<figure id="chart-sensitivity">
    <h3>${chart(first.label, formatShare(first.effect))}</h3>
    <p class="caption">${caption(formatShare(step, 2))} ${ledgerLink(texts)}</p>
    <div class="tornado">
      <div class="barname"></div>
      <div class="head">${heads.p99}</div>
      <div class="head">${heads.headroom}</div>
      ${shown.map(
        (input) =>
          html`<div class="barname">${input.label} <small>${input.value}</small></div>
            ${swing(p99Of(input.lower), p99Of(input.higher), most, texts)}
            ${swing(roomOf(input.lower), roomOf(input.higher), most, texts)} `,
      )}
    </div>
    <ul class="legend">
      <li><i class="swatch b5"></i>${heads.less}</li>
      <li><i class="swatch b1"></i>${heads.more}</li>
    </ul>
  </figure>`;
}

/** Change of the P99 that moves most, as a share. */
function p99Of(side: SensitivityInput['lower']): number | null {
  const changes = (side?.requests ?? []).map(({ relativeDifference }) => relativeDifference ?? 0);
  return changes.length === 0 ? null : changes.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
}

function roomOf(side: SensitivitySide | null): number | null {
  return side?.headroom.relativeDifference ?? null;
}

function swing(lower: number | null, higher: number | null, most: number, { review }: Texts): Markup {
  const { less, more } = review.sensitivity.heads;
  const bar = (value: number | null, colour: string): Content => {
    if (value === null || value === 0) return null;
    const width = Math.abs(value) / most / 2;
    const left = value < 0 ? 0.5 - width : 0.5;
    return html`<i class="${colour}" style="left:${percent(left)};width:${percent(width)}"></i>`;
  };
  return html`<div class="swing">
    <div class="axis">${bar(lower, 'b5')}${bar(higher, 'b1')}</div>
    <small>${less} ${formatMargin(lower)} · ${more} ${formatMargin(higher)}</small>
  </div>`;
}

function leftOutBlock({ leftOut }: SensitivityDocument, { review }: Texts): Content {
  if (leftOut.length === 0) return null;
  const { heads, leftOut: title, because } = review.sensitivity;
  const columns: Column<(typeof leftOut)[number]>[] = [
    textColumn(heads.input, ({ path }) => path),
    textColumn(heads.value, ({ value }) => value),
    textColumn('', (each) => because[each.because]),
  ];
  return folded(title(leftOut.length), table(columns, leftOut, { caption: title(leftOut.length) }));
}
