/** The site drawn: who calls whom, with the load on it. */
import type { Findings, TopologyEdge } from '../../analysis/findings.ts';
import { clockOf } from '../clock.ts';
import { formatRate, formatShare } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { truncate } from '../width.ts';
import { siteMap, type MapPart, type SiteMap } from './map-layout.ts';
import { html, type Content, type Markup } from './markup.ts';
import { section } from './parts.ts';
import { percent } from './plot.ts';

const BOX = { width: 164, gapX: 90, gapY: 20, margin: 26 } as const;
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
    html`<h3>${takeaway(map, findings, texts)}</h3>`,
    html`<p class="caption">${caption}</p>`,
    html`<div class="scroll map" tabindex="0" role="region" aria-label="${title}">
      ${drawing(map, texts)}
    </div>`,
    list(map, texts),
    notes.length === 0 ? null : html`<p class="note">${notes.join(' ')}</p>`,
  ]);
}

/** At which moment it is drawn, what is turned away then, and what is fullest. */
function takeaway({ busiest, parts }: SiteMap, { scenario }: Findings, { review, words }: Texts): string {
  const { busiest: moment, sheds, fullest, idle } = review.map;
  if (busiest === null) return idle;
  const { clauses } = words.between;
  const shedding = parts.filter(({ shedPerSec }) => shedPerSec > 0);
  const full = parts.toSorted((a, b) => (b.used ?? -1) - (a.used ?? -1))[0];
  const what = [
    ...shedding.map(({ name, shedPerSec }) => sheds(name, formatRate(shedPerSec))),
    full === undefined || full.used === null ? idle : fullest(full.name, formatShare(full.used)),
  ];
  const at = clockOf(scenario)(busiest.fromNs);
  return moment(at, formatRate(busiest.offeredPerSec), what.join(clauses));
}

/** The same for screens on which a drawing has no room. */
function list({ parts, edges }: SiteMap, texts: Texts): Markup {
  const { review } = texts;
  return html`<ol class="parts">
    ${parts.map((part) => {
      const load = [usedText(part, texts), rateText(part), shedText(part, texts)].filter(
        (each) => each !== '',
      );
      const to = edges.filter(({ from }) => from === part.name).map((edge) => edge.to);
      return html`<li class="${levelOf(part).tone}">
        <b>${part.name}</b> <span>${load.join(' · ')}</span>
        <i style="width:${percent(Math.min(1, part.used ?? 0))}"></i>
        ${to.length === 0 ? null : html`<small>${review.map.onward([...new Set(to)].join(', '))}</small>`}
      </li> `;
    })}
  </ol>`;
}

interface Box extends MapPart {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Where anything is turned away, each has a line for that. */
function boxesOf(parts: readonly MapPart[]): Box[] {
  const height = parts.some(({ shedPerSec }) => shedPerSec > 0) ? 70 : 54;
  return parts.map((part) => ({
    ...part,
    x: BOX.margin + part.column * (BOX.width + BOX.gapX),
    y: BOX.margin / 2 + part.row * (height + BOX.gapY),
    height,
  }));
}

function drawing(map: SiteMap, texts: Texts): Markup {
  const { parts, edges, entries } = map;
  const boxes = boxesOf(parts);
  const width = Math.max(...boxes.map(({ x }) => x)) + BOX.width + BOX.margin;
  const height = Math.max(...boxes.map((each) => each.y + each.height)) + BOX.margin / 2;
  const byName = new Map(boxes.map((part) => [part.name, part]));
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
    ${arrows} ${boxes.map((part) => box(part, entries.has(part.name), texts))}
  </svg>`;
}

function arrow(from: Box, to: Box, how: TopologyEdge['how'], { review }: Texts): Markup {
  const name = html`<title>${from.name} ${review.map.how[how]} ${to.name}</title>`;
  if (to.column === from.column && to.row === from.row + 1) {
    const x = from.x + BOX.width / 2;
    return html`<path class="edge ${how}" marker-end="url(#tip)" d="M${x} ${from.y + from.height}V${to.y}"
      >${name}</path
    >`;
  }
  const isForward = to.column > from.column;
  const [x1, y1] = [from.x + BOX.width, from.y + from.height / 2];
  const [x2, y2] = [isForward ? to.x : to.x + BOX.width, to.y + to.height / 2];
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

/** What turns requests away is at its limit, however idle its servers are. */
function levelOf({ used, shedPerSec }: MapPart): (typeof LEVELS)[number] {
  return (shedPerSec > 0 ? undefined : LEVELS.find(({ from }) => (used ?? 0) >= from)) ?? LEVELS[0];
}

function usedText({ used }: MapPart, { review }: Texts): string {
  if (used === null) return review.map.endless;
  const { sign } = LEVELS.find(({ from }) => used >= from) ?? LEVELS[0];
  return `${sign}${review.map.used(formatShare(used))}`;
}

function rateText({ perSec }: MapPart): string {
  return perSec === 0 ? '' : formatRate(perSec);
}

function shedText({ shedPerSec }: MapPart, { review }: Texts): string {
  return shedPerSec === 0 ? '' : `⊖ ${review.map.shed(formatRate(shedPerSec))}`;
}

function box(part: Box, isEntry: boolean, texts: Texts): Content {
  const { name, used, x, y, height } = part;
  const share = Math.min(1, used ?? 0);
  const [load, rate, shed] = [usedText(part, texts), rateText(part), shedText(part, texts)];
  return html`<g class="part ${levelOf(part).tone}">
    <title>${name}: ${load} ${rate} ${shed}</title>
    ${isEntry ? html`<path class="edge call" marker-end="url(#tip)" d="M${x - 22} ${y + height / 2}H${x}" />` : null}
    <rect class="box" x="${x}" y="${y}" width="${BOX.width}" height="${height}" rx="5" />
    <rect
      class="used"
      x="${x}"
      y="${y + height - 6}"
      width="${Math.round(share * BOX.width)}"
      height="6"
      rx="2"
    />
    <text x="${x + 8}" y="${y + 18}" class="name">${truncate(name, NAME_COLUMNS)}</text>
    <text x="${x + 8}" y="${y + 36}" class="${used === null ? 'rate' : 'load'}">${load}</text>
    <text x="${x + BOX.width - 8}" y="${y + 36}" text-anchor="end" class="rate">${rate}</text>
    <text x="${x + 8}" y="${y + 54}" class="shed">${shed}</text>
  </g>`;
}
