/** Utilization, layer by time, as a heat map; spikes of a single window are kept. */
import type { Findings } from '../../analysis/findings.ts';
import { clockOf } from '../clock.ts';
import { formatShare } from '../format.ts';
import { layersTightestFirst } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { html, trusted, type Markup } from './markup.ts';
import { SIDE } from './plot.ts';

const ROWS_MAX = 40;
const CELLS_MAX = 180;
const LEVELS = 10;

interface Row {
  readonly layer: string;
  readonly group: string;
  readonly utilization: readonly (number | null)[];
  readonly peak: number;
  readonly peakWindow: number;
}

export function heatFigure(findings: Findings, { review }: Texts): Markup | null {
  const { timeline, scenario } = findings;
  const rows = rowsOf(findings);
  const [first] = rows;
  if (first === undefined || timeline.fromNs.length === 0) return null;
  const clock = clockOf(scenario);
  const { title, caption, peak, more, gap } = review.heat;
  const at = (row: Row): string => clock(timeline.fromNs[row.peakWindow] ?? 0);
  const rest = rows.slice(ROWS_MAX);
  const shown = rows.slice(0, ROWS_MAX).map((row) => ({ row, levels: levelsOf(row, findings) }));
  const hasGaps = shown.some(({ levels }) => levels.includes(GAP));
  return html`<figure id="chart-heat">
    <h3>${title(first.layer, formatShare(first.peak), at(first))}</h3>
    <p class="caption">${caption}</p>
    <div class="heat" data-kind="time">
      ${shown.map(
        ({ row, levels }) =>
          html`<div class="barname">${row.layer}</div>
            <div class="strip">${strip(levels)}</div>
            <div class="barvalue">${formatShare(row.peak)}<small> ${at(row)}</small></div> `,
      )}
    </div>
    <ul class="legend">
      ${Array.from(
        { length: LEVELS },
        (_, level) => html`<li><i class="swatch h${level}"></i>${levelText(level)}</li> `,
      )}
      ${hasGaps ? html`<li><i class="swatch gap"></i>${gap}</li> ` : null}
      <li>${peak} →</li>
    </ul>
    ${rest.length === 0 ? null : html`<p class="note">${more(rest.length, formatShare(rest[0]?.peak ?? null))}</p>`}
  </figure>`;
}

function levelText(level: number): string {
  return level === LEVELS - 1 ? '≥ 90 %' : `${level * 10}–${level * 10 + 10} %`;
}

function rowsOf(findings: Findings): Row[] {
  const series = new Map(findings.timeline.stations.map((each) => [each.group, each.utilization]));
  return layersTightestFirst(findings)
    .flatMap(({ layer }): Row[] => {
      const group = layer.tightestGroup;
      const utilization = group === null ? undefined : series.get(group);
      if (group === null || utilization === undefined) return [];
      const peakWindow = utilization.reduce<number>(
        (best, value, index) => ((value ?? -1) > (utilization[best] ?? -1) ? index : best),
        0,
      );
      return [{ layer: layer.layer, group, utilization, peak: utilization[peakWindow] ?? 0, peakWindow }];
    })
    .toSorted((a, b) => b.peak - a.peak);
}

/** Level of a cell of which nothing was simulated. */
const GAP = -1;

/** The highest level of each cell. */
function levelsOf({ utilization }: Row, { timeline, scenario }: Findings): number[] {
  const cells = Math.min(CELLS_MAX, timeline.fromNs.length);
  const cellNs = scenario.lastsNs / cells;
  const levels = Array.from({ length: cells }, (): number => GAP);
  utilization.forEach((value, window) => {
    if (value === null) return;
    const first = Math.floor((timeline.fromNs[window] ?? 0) / cellNs);
    const last = Math.max(first, Math.ceil((timeline.toNs[window] ?? 0) / cellNs) - 1);
    const level = Math.min(LEVELS - 1, Math.floor(value * LEVELS));
    for (let cell = first; cell <= Math.min(last, cells - 1); cell++)
      levels[cell] = Math.max(levels[cell] ?? GAP, level);
  });
  return levels;
}

/** Cells of one level that follow each other are one box. */
function strip(levels: readonly number[]): Markup {
  const cells = levels.length;
  let boxes = '';
  for (let cell = 0; cell < cells;) {
    const level = levels[cell] ?? GAP;
    let end = cell + 1;
    while (end < cells && levels[end] === level) end++;
    const at = (each: number): number => Math.round((each * SIDE * 10) / cells) / 10;
    if (level !== GAP) {
      const width = Math.round((at(end) - at(cell)) * 10) / 10;
      boxes += `<rect class="h${level}" x="${at(cell)}" width="${width}" height="${SIDE}"/>`;
    }
    cell = end;
  }
  return trusted(
    `<svg viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" aria-hidden="true" focusable="false">${boxes}</svg>`,
  );
}
