/** Headroom: how much of its capacity each layer uses now, with one replica fewer, and with more traffic. */
import type { Findings, HeadroomFinding } from '../../analysis/findings.ts';
import { headroomTitle } from '../charts/headroom.ts';
import { formatFactor, formatShare } from '../format.ts';
import { growthOf, headroomByLayer } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { folded, numberColumn, section, table, textColumn, type Column } from './parts.ts';
import { percent } from './plot.ts';

/** Layers that are shown at once. */
const ROWS_MAX = 14;
/** End of the bars: what is beyond cannot be served at all. */
const SCALE_MAX = 1.25;

export function headroomSection(findings: Findings, texts: Texts): Markup {
  const { title, question, none } = texts.page.headroom;
  const rows = headroomByLayer(findings);
  const [first] = rows;
  if (first === undefined) return section('headroom', title, question, html`<p>${none}</p>`);
  const { note, more } = texts.review.headroom;
  const { stop, sentences } = texts.words.between;
  const rest = rows.slice(ROWS_MAX);
  return section('headroom', title, question, [
    html`<figure id="chart-headroom">
      <h3>${headroomTitle(first, texts)}${stop}${sentences}${grownSentence(findings.headroom, texts)}</h3>
      <p class="caption">${note}</p>
      ${throttledNote(findings.headroom, texts)} ${rowsMarkup(rows.slice(0, ROWS_MAX), texts)}
      ${legend(hasPlanned(rows), texts)}
    </figure>`,
    rest.length === 0 ? null : folded(more(rest.length), rowsMarkup(rest, texts)),
    groupsTable(findings, texts),
  ]);
}

/** What stands behind a limiter that sheds has so much room above what it lets through, not above the planned traffic. */
function throttledNote(rows: readonly HeadroomFinding[], { review }: Texts): Content {
  const limiters = [...new Set(rows.flatMap(({ behind }) => behind))].join(', ');
  if (limiters === '') return null;
  const layers = [...new Set(rows.filter(({ behind }) => behind.length > 0).map(({ layer }) => layer))];
  const { throttled, plannedNote } = review.headroom;
  const text = hasPlanned(rows) ? plannedNote(limiters) : throttled(limiters, layers.join(', '));
  return html`<p><strong>${text}</strong></p>`;
}

function hasPlanned(rows: readonly HeadroomFinding[]): boolean {
  return rows.some(({ utilizationPlanned }) => utilizationPlanned !== null);
}

function grownSentence(rows: readonly HeadroomFinding[], { review }: Texts): string {
  const layers = rows.filter(({ utilizationGrown }) => utilizationGrown > 1).map(({ layer }) => layer);
  const over = [...new Set(layers)];
  return over.length === 0
    ? review.headroom.can
    : review.headroom.cannot(over.length, over.slice(0, 4).join(', '));
}

function rowsMarkup(rows: readonly HeadroomFinding[], { review }: Texts): Markup {
  const { only } = review.headroom;
  const isPlanned = hasPlanned(rows);
  const kinds = isPlanned ? KINDS : KINDS.filter((kind) => kind !== 'planned');
  return html`<div class="room">
    <div class="barhead"></div>
    <div class="barhead"></div>
    <div class="barvalue barhead">
      ${kinds.map((kind) => html`<span><i class="swatch l-${kind}"></i>${review.headroom.short[kind]}</span>`)}
    </div>
    ${rows.map((row) => {
      const { group } = row;
      const bars = barsOf(row, isPlanned);
      return html`<div class="barname">${group} <small>${formatFactor(growthOf(row))}</small></div>
        <div class="levels">
          ${bars.map(([kind, used]) => (kind === 'planned' && used === null ? null : level(kind, used)))}
          <i class="at70"></i><i class="at85"></i><i class="at100"></i>
        </div>
        <div class="barvalue">
          ${bars.map(([kind, used]) => value(kind, used, kind === 'planned' ? '' : only))}
        </div> `;
    })}
  </div>`;
}

const KINDS = ['now', 'planned', 'without', 'grown'] as const;
type Kind = (typeof KINDS)[number];

function barsOf(row: HeadroomFinding, isPlanned: boolean): (readonly [Kind, number | null])[] {
  const { utilizationPeak, utilizationPlanned, utilizationWithoutOne, utilizationGrown } = row;
  return [
    ['now', utilizationPeak],
    ...(isPlanned ? [['planned', utilizationPlanned] as const] : []),
    ['without', utilizationWithoutOne],
    ['grown', utilizationGrown],
  ];
}

/** Within rounding of what can be served. */
const FULL = 1 - 1e-9;

function level(kind: Kind, used: number | null): Content {
  if (used === null) return html`<i class="${kind}"></i>`;
  const tone = used >= FULL ? ' over' : used >= 0.85 ? ' high' : used >= 0.7 ? ' mid' : '';
  return html`<i class="${kind}${tone}" style="width:${percent(Math.min(SCALE_MAX, used) / SCALE_MAX)}"></i>`;
}

/** A sign beside what cannot keep up: colour alone is not enough. */
function value(kind: Kind, used: number | null, only: string): Content {
  const text = used === null ? only : `${used >= FULL ? '✗ ' : used >= 0.85 ? '! ' : ''}${formatShare(used)}`;
  return html`<span class="${kind}">${text}</span>`;
}

function legend(isPlanned: boolean, { review }: Texts): Markup {
  const kinds = isPlanned ? KINDS : KINDS.filter((kind) => kind !== 'planned');
  return html`<ul class="legend">
    ${kinds.map((kind) => html`<li><i class="swatch l-${kind}"></i>${review.headroom[kind]}</li>`)}
  </ul>`;
}

function groupsTable({ headroom }: Findings, { page, review }: Texts): Markup {
  const { title, groups, heads } = page.headroom;
  const share = (used: number | null) => formatShare(used);
  const columns: Column<HeadroomFinding>[] = [
    textColumn(heads.layer, ({ layer }) => layer),
    textColumn(heads.group, ({ group }) => group),
    numberColumn(heads.used, ({ utilizationPeak }) => utilizationPeak, share),
    ...(hasPlanned(headroom)
      ? [numberColumn<HeadroomFinding>(review.headroom.planned, (row) => row.utilizationPlanned, share)]
      : []),
    numberColumn(review.headroom.without, ({ utilizationWithoutOne }) => utilizationWithoutOne, share),
    numberColumn(review.headroom.grown, ({ utilizationGrown }) => utilizationGrown, share),
    numberColumn(heads.factor, growthOf, (_value, _digits, row) => formatFactor(growthOf(row))),
    textColumn(heads.behind, ({ behind }) => behind.join(', ')),
  ];
  const rows = headroom.toSorted((a, b) => growthOf(a) - growthOf(b));
  return folded(groups(rows.length), table(columns, rows, { caption: title, isSortable: true }));
}
