/** Headroom: how much of its capacity each layer uses now, with one replica fewer, and with more traffic. */
import type { Findings, HeadroomFinding } from '../../analysis/findings.ts';
import { headroomTitle } from '../charts/headroom.ts';
import { formatFactor, formatShare } from '../format.ts';
import { headroomByLayer } from '../select.ts';
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
  const planned = plannedOf(findings);
  return section('headroom', title, question, [
    html`<figure id="chart-headroom">
      <h3>${headroomTitle(first, texts)}${stop}${sentences}${grownSentence(rows, texts)}</h3>
      <p class="caption">${note}</p>
      ${throttledNote(rows, findings, texts)} ${rowsMarkup(rows.slice(0, ROWS_MAX), planned, texts)}
      ${legend(
        rows.some((row) => planned(row) !== null),
        texts,
      )}
    </figure>`,
    rest.length === 0 ? null : folded(more(rest.length), rowsMarkup(rest, planned, texts)),
    groupsTable(findings, planned, texts),
  ]);
}

/** Share used at the planned traffic by what stands behind a limiter that sheds; null where that is what was measured. */
type Planned = (row: HeadroomFinding) => number | null;

function plannedOf({ sizing }: Findings): Planned {
  const loads = new Map(sizing?.loads.map(({ name, load }) => [name, load]));
  return ({ group, behind }) => (behind.length === 0 ? null : (loads.get(group) ?? null));
}

/** What stands behind a limiter that sheds has so much room above what it lets through, not above the planned traffic. */
function throttledNote(rows: readonly HeadroomFinding[], { sizing }: Findings, { review }: Texts): Content {
  const limiters = [...new Set(rows.flatMap(({ behind }) => behind))];
  if (limiters.length === 0) return null;
  const layers = rows.filter(({ behind }) => behind.length > 0).map(({ layer }) => layer);
  const { throttled, plannedNote } = review.headroom;
  return html`<p>
    <strong>${throttled(limiters.join(', '), layers.join(', '))}</strong>
    ${sizing === null ? null : plannedNote}
  </p>`;
}

function grownSentence(rows: readonly HeadroomFinding[], { review }: Texts): string {
  const over = rows.filter(({ utilizationGrown }) => utilizationGrown > 1).map(({ layer }) => layer);
  return over.length === 0
    ? review.headroom.can
    : review.headroom.cannot(over.length, over.slice(0, 4).join(', '));
}

function rowsMarkup(rows: readonly HeadroomFinding[], planned: Planned, { review }: Texts): Markup {
  const { only } = review.headroom;
  return html`<div class="room">
    ${rows.map((row) => {
      const { group, utilizationPeak, utilizationWithoutOne, utilizationGrown, factor } = row;
      const plannedShare = planned(row);
      return html`<div class="barname">${group} <small>${formatFactor(factor)}</small></div>
        <div class="levels">
          ${level('now', utilizationPeak)} ${level('without', utilizationWithoutOne)}
          ${level('grown', utilizationGrown)} ${plannedShare === null ? null : level('planned', plannedShare)}
          <i class="at70"></i><i class="at85"></i><i class="at100"></i>
        </div>
        <div class="barvalue">
          ${value('now', utilizationPeak, only)} ${value('without', utilizationWithoutOne, only)}
          ${value('grown', utilizationGrown, only)}
          ${plannedShare === null ? null : value('planned', plannedShare, only)}
        </div> `;
    })}
  </div>`;
}

type Kind = 'now' | 'without' | 'grown' | 'planned';

function level(kind: Kind, used: number | null): Content {
  if (used === null) return html`<i class="${kind}"></i>`;
  const tone = used >= 1 ? ' over' : used >= 0.85 ? ' high' : used >= 0.7 ? ' mid' : '';
  return html`<i class="${kind}${tone}" style="width:${percent(Math.min(SCALE_MAX, used) / SCALE_MAX)}"></i>`;
}

/** A sign beside what cannot keep up: colour alone is not enough. */
function value(kind: Kind, used: number | null, only: string): Content {
  const text = used === null ? only : `${used > 1 ? '✗ ' : used >= 0.85 ? '! ' : ''}${formatShare(used)}`;
  return html`<span class="${kind}">${text}</span>`;
}

function legend(hasPlanned: boolean, { review }: Texts): Markup {
  const { now, without, grown, planned } = review.headroom;
  return html`<ul class="legend">
    <li><i class="swatch l-now"></i>${now}</li>
    <li><i class="swatch l-without"></i>${without}</li>
    <li><i class="swatch l-grown"></i>${grown}</li>
    ${hasPlanned ? html`<li><i class="swatch l-planned"></i>${planned}</li>` : null}
  </ul>`;
}

function groupsTable({ headroom }: Findings, planned: Planned, { page, review }: Texts): Markup {
  const { title, groups, heads } = page.headroom;
  const share = (used: number | null) => formatShare(used);
  const columns: Column<HeadroomFinding>[] = [
    textColumn(heads.layer, ({ layer }) => layer),
    textColumn(heads.group, ({ group }) => group),
    numberColumn(heads.used, ({ utilizationPeak }) => utilizationPeak, share),
    numberColumn(review.headroom.without, ({ utilizationWithoutOne }) => utilizationWithoutOne, share),
    numberColumn(review.headroom.grown, ({ utilizationGrown }) => utilizationGrown, share),
    numberColumn(
      heads.factor,
      ({ factor }) => factor,
      (_value, _digits, { factor }) => formatFactor(factor),
    ),
    ...(headroom.some((row) => planned(row) !== null)
      ? [numberColumn(review.headroom.planned, planned, share)]
      : []),
    textColumn(heads.behind, ({ behind }) => behind.join(', ')),
  ];
  const rows = headroom.toSorted((a, b) => a.factor - b.factor);
  return folded(groups(rows.length), table(columns, rows, { caption: title, isSortable: true }));
}
