/** Pieces that several sections use: tables, folded blocks, marks. */
import type { Interval, LatencySummary } from '../../analysis/findings.ts';
import { DASH, formatInterval, formatPercentile, NO_DATA } from '../format.ts';
import type { Look } from '../looks.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';

export interface Cell {
  readonly show: Content;
  /** What the column is sorted by; null sorts last. */
  readonly sort: number | string | null;
}

export interface Column<Row> {
  readonly head: string;
  /** Numbers stand on the right. */
  readonly isNumber: boolean;
  /** Takes a line of its own where a row is drawn as a card. */
  readonly isWide?: boolean;
  readonly cell: (row: Row) => Cell;
}

export function textColumn<Row>(head: string, show: (row: Row) => string): Column<Row> {
  return { head, isNumber: false, cell: (row) => ({ show: show(row), sort: show(row) }) };
}

/** A column of anything that is not compared: links, marks, sentences. */
export function plainColumn<Row>(head: string, show: (row: Row) => Content): Column<Row> {
  return { head, isNumber: false, isWide: true, cell: (row) => ({ show: show(row), sort: null }) };
}

/**
 * A number, with its confidence interval below it where there is one: `intervalOf` gives nothing for a single run, and
 * null when there is none in spite of several.
 */
export function numberColumn<Row>(
  head: string,
  valueOf: (row: Row) => number | null,
  format: (value: number | null, digits: number | undefined, row: Row) => string,
  intervalOf?: (row: Row) => Interval | null | undefined,
): Column<Row> {
  return {
    head,
    isNumber: true,
    cell: (row) => {
      const value = valueOf(row);
      const interval = intervalOf?.(row);
      const range = formatInterval(interval ?? null, (end, digits) => format(end, digits, row));
      const below =
        interval === undefined || value === null
          ? null
          : html`<small class="ci">${rangeMarkup(range)}</small>`;
      return { show: [format(value, undefined, row), below], sort: value };
    },
  };
}

/** An interval that may break between its ends, where its column is narrow. */
export function rangeMarkup(range: string): Content {
  const [lower = '', upper] = range.split(DASH);
  return upper === undefined ? range : html`<span>${lower}${DASH.trimEnd()}</span> <span>${upper}</span>`;
}

/** A percentile with its interval; where it was refused, with the number of samples. null: there is no such latency at all. */
export function percentileColumn<Row>(
  head: string,
  latencyOf: (row: Row) => LatencySummary | null,
  key: 'p50Ns' | 'p90Ns' | 'p95Ns' | 'p99Ns' | 'p999Ns',
): Column<Row> {
  return numberColumn(
    head,
    (row) => latencyOf(row)?.[key] ?? null,
    (ns, digits, row) => {
      const latency = latencyOf(row);
      return latency === null ? NO_DATA : formatPercentile(ns, latency.samples, digits);
    },
    (row) => latencyOf(row)?.intervals?.[key],
  );
}

/** Text of the scenario or a diagnostic: it is English, whatever the language of the page. */
export function foreign(text: string | null, { language }: Texts): Content {
  if (text === null || language === 'en') return text;
  return html`<span lang="en">${text}</span>`;
}

export interface TableOptions {
  readonly caption: string;
  readonly isSortable?: boolean;
}

/** Where a row of more columns would be wider than a phone, it is drawn as a card: each cell below its heading. */
const COLUMNS_MAX = 3;
/** A table of more rows scrolls in its box, so that what follows it is found. */
const ROWS_MAX = 12;

/** A table in a box of its own, so that a wide one never makes the page scroll sideways. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { caption, isSortable = false }: TableOptions,
): Markup {
  const heads = columns.map(({ head, isNumber }) =>
    isNumber ? html`<th scope="col" class="n">${head}</th>` : html`<th scope="col">${head}</th>`,
  );
  const hasCards = columns.length > COLUMNS_MAX;
  const body = rows.map(
    (row) =>
      html`<tr>
        ${columns.map((column) => cellMarkup(column, row, { isSortable, hasCards }))}
      </tr> `,
  );
  const names = [isSortable ? 'sortable' : '', hasCards ? 'cards' : ''].join(' ').trim();
  return html`<div
    class="scroll${rows.length > ROWS_MAX ? ' tall' : ''}"
    tabindex="0"
    role="region"
    aria-label="${caption}"
  >
    <table class="${names}">
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

function cellMarkup<Row>(
  { head, cell, isNumber, isWide = false }: Column<Row>,
  row: Row,
  { isSortable, hasCards }: { readonly isSortable: boolean; readonly hasCards: boolean },
): Markup {
  const { show, sort } = cell(row);
  const key = isSortable && isNumber ? html` data-v="${sort ?? ''}"` : null;
  const label = hasCards ? html` data-h="${head}"` : null;
  const names = isNumber ? html` class="n"` : isWide && hasCards ? html` class="w"` : null;
  return html`<td${names}${key}${label}>${typeof show === 'string' ? breakable(show) : show}</td>`;
}

/** Words as long as this may break behind a sign that parts them; shorter ones stay whole. */
const WORD_LENGTH_MAX = 12;

/** A name that a narrow column may break where its parts meet, and nowhere else. */
function breakable(text: string): Content {
  return text.split(/(?<=\s)/).map((word): Content => {
    if (word.length <= WORD_LENGTH_MAX) return word;
    const parts = word.split(/(?<=[./_@:>])(?=\w)/);
    return parts.map((part, nth) => (nth === 0 ? part : html`<wbr />${part}`));
  });
}

/** Details that most readers do not need; open when printed. */
export function folded(summary: string, content: Content, isOpen = false): Markup {
  return html`<details${isOpen ? html` open` : null}><summary>${summary}</summary>${content}</details>`;
}

/** A sign, a word and a colour: any two of them can be missed. */
export function mark({ sign, tone }: Look, word: string): Markup {
  return html`<span class="mark ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

/** To where it says which inputs are only assumed. */
export function ledgerLink({ page }: Texts): Markup {
  return html`<a href="#ledger">${page.belief.toLedger}</a>`;
}

export function section(id: string, title: string, question: string, content: Content): Markup {
  return html`<section id="${id}">
    <h2>${title}</h2>
    <p class="question">${question}</p>
    ${content}
  </section> `;
}

export function paragraphs(lines: readonly string[]): Markup[] {
  return lines.map((line) => html`<p>${line}</p>`);
}

/** A command line that breaks between its words only, and never inside an option. */
export function commandCode(command: string): Markup {
  const words = command
    .split(' ')
    .map((word) => (word.startsWith('-') ? html`<span class="keep">${word}</span>` : word));
  return html`<code>${words.flatMap((word, nth) => (nth === 0 ? [word] : [' ', word]))}</code>`;
}
