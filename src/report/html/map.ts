/** The site drawn: who calls whom, with the load on it. */
import type { Findings, TopologyEdge } from '../../analysis/findings.ts';
import { formatRate, formatShare } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { truncate } from '../width.ts';
import { siteMap, type MapPart, type SiteMap } from './map-layout.ts';
import { html, type Content, type Markup } from './markup.ts';
import { section } from './parts.ts';

const BOX = { width: 164, height: 54, gapX: 90, gapY: 20, margin: 26 } as const;
const NAME_COLUMNS = 20;

export function mapSection(findings: Findings, texts: Texts): Markup {
  const { title, question, caption, none, collapsed, cut } = texts.review.map;
  const map = siteMap(findings);
  if (map.parts.length === 0) return section('map', title, question, html`<p>${none}</p>`);
  const notes = [
    map.isCollapsed ? collapsed(map.stations, map.layers) : null,
    map.cut === 0 ? null : cut(map.cut),
  ].filter((each) => each !== null);
  return section('map', title, question, [
    html`<p class="caption">${caption}</p>`,
    html`<div class="scroll map" tabindex="0" role="region" aria-label="${title}">
      ${drawing(map, texts)}
    </div>`,
    notes.length === 0 ? null : html`<p class="note">${notes.join(' ')}</p>`,
  ]);
}

function left({ column }: MapPart): number {
  return BOX.margin + column * (BOX.width + BOX.gapX);
}

function top({ row }: MapPart): number {
  return BOX.margin / 2 + row * (BOX.height + BOX.gapY);
}

function drawing(map: SiteMap, texts: Texts): Markup {
  const { parts, edges, entries } = map;
  const width = Math.max(...parts.map(left)) + BOX.width + BOX.margin;
  const height = Math.max(...parts.map(top)) + BOX.height + BOX.margin / 2;
  const byName = new Map(parts.map((part) => [part.name, part]));
  const arrows = edges.flatMap(({ from, to, how }) => {
    const [a, b] = [byName.get(from), byName.get(to)];
    return a === undefined || b === undefined ? [] : [arrow(a, b, how, texts)];
  });
  return html`<svg
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${texts.review.map.title}"
  >
    <defs>
      <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0L8 4L0 8Z" />
      </marker>
    </defs>
    ${arrows} ${parts.map((part) => box(part, entries.has(part.name), texts))}
  </svg>`;
}

function arrow(from: MapPart, to: MapPart, how: TopologyEdge['how'], { review }: Texts): Markup {
  const name = html`<title>${from.name} ${review.map.how[how]} ${to.name}</title>`;
  if (to.column === from.column && to.row === from.row + 1) {
    const x = left(from) + BOX.width / 2;
    return html`<path
      class="edge ${how}"
      marker-end="url(#tip)"
      d="M${x} ${top(from) + BOX.height}V${top(to)}"
      >${name}</path
    >`;
  }
  const isForward = to.column > from.column;
  const [x1, y1] = [left(from) + BOX.width, top(from) + BOX.height / 2];
  const [x2, y2] = [isForward ? left(to) : left(to) + BOX.width, top(to) + BOX.height / 2];
  const bend = isForward ? Math.max(28, (x2 - x1) / 2) : 44;
  const end = isForward ? x2 - bend : x2 + bend;
  return html`<path
    class="edge ${how}"
    marker-end="url(#tip)"
    d="M${x1} ${y1}C${x1 + bend} ${y1} ${end} ${y2} ${x2} ${y2}"
    >${name}</path
  >`;
}

/** From here on a part is shown as near its limit, or at it. */
const LEVELS = [
  { from: 0.85, tone: 'bad', sign: '✗ ' },
  { from: 0.7, tone: 'warn', sign: '! ' },
  { from: 0, tone: 'good', sign: '' },
] as const;

function box(part: MapPart, isEntry: boolean, { review }: Texts): Content {
  const { name, used, perSec } = part;
  const level = LEVELS.find(({ from }) => (used ?? 0) >= from) ?? LEVELS[2];
  const [x, y] = [left(part), top(part)];
  const share = Math.min(1, used ?? 0);
  const load = used === null ? '' : `${level.sign}${review.map.used(formatShare(used))}`;
  return html`<g class="part ${level.tone}">
    <title>${name}: ${load} ${formatRate(perSec)}</title>
    ${isEntry ? html`<path class="edge call" marker-end="url(#tip)" d="M${x - 22} ${y + BOX.height / 2}H${x}" />` : null}
    <rect class="box" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="5" />
    <rect
      class="used"
      x="${x}"
      y="${y + BOX.height - 6}"
      width="${Math.round(share * BOX.width)}"
      height="6"
      rx="2"
    />
    <text x="${x + 8}" y="${y + 18}" class="name">${truncate(name, NAME_COLUMNS)}</text>
    <text x="${x + 8}" y="${y + 37}" class="load">${load}</text>
    <text x="${x + BOX.width - 8}" y="${y + 37}" text-anchor="end" class="rate"
      >${perSec === 0 ? '' : formatRate(perSec)}</text
    >
  </g>`;
}
