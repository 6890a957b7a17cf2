import type { ChartConfiguration } from 'chart.js';
import { displayWidth } from '../../base/width.ts';
import { truncate, wrap } from '../width.ts';
import type { Pen } from './pen.ts';
import { CHART_WIDTH, type CardPlan } from './plan.ts';
import type { Theme } from './theme.ts';

const MARGIN = 32;
const LINE = 26;
const STATE_SIZE = 34;
const SENTENCE_SIZE = 17;
const TILE_HEIGHT = 104;
const TILE_GAP = 12;
/** A column of a terminal is about this share of the size of the font wide. */
const COLUMN_RATIO = 0.56;

function columnsIn(width: number, size: number): number {
  return Math.floor(width / (size * COLUMN_RATIO));
}

function linesOf({ sentences }: CardPlan): string[] {
  const columns = columnsIn(CHART_WIDTH - 2 * MARGIN - 24, SENTENCE_SIZE);
  return sentences.flatMap((each) => wrap(each, columns));
}

/** Height that a card takes, title and all. */
export function cardHeight(plan: CardPlan): number {
  return 150 + LINE * linesOf(plan).length + TILE_HEIGHT + MARGIN;
}

/** A chart without data, painted over: the verdict for a slide. */
export function cardConfig(plan: CardPlan, theme: Theme): ChartConfiguration {
  return {
    type: 'bar',
    data: { labels: [], datasets: [] },
    options: {
      responsive: false,
      animation: false,
      scales: { x: { display: false }, y: { display: false } },
      plugins: { legend: { display: false } },
    },
    plugins: [
      {
        id: 'card',
        afterDraw(chart) {
          const pen = chart.ctx as unknown as Pen;
          paint(pen, plan, theme);
        },
      },
    ],
  };
}

function paint(pen: Pen, plan: CardPlan, theme: Theme): void {
  const write = (text: string, left: number, top: number, size: number, colour: string): void => {
    pen.font = `${size}px ${theme.font}`;
    pen.fillStyle = colour;
    pen.fillText(text, left, top);
  };
  const wide = CHART_WIDTH - 2 * MARGIN;
  const lines = linesOf(plan);
  pen.save();
  pen.textBaseline = 'top';
  write(truncate(theme.title, columnsIn(wide, 20)), MARGIN, 20, 20, theme.text);
  const top = 60;
  const height = 76 + LINE * lines.length;
  pen.fillStyle = `${plan.colour}18`;
  pen.fillRect(MARGIN, top, wide, height);
  pen.fillStyle = plan.colour;
  pen.fillRect(MARGIN, top, 10, height);
  write(plan.state, MARGIN + 26, top + 14, STATE_SIZE, plan.colour);
  for (const [nth, line] of lines.entries())
    write(line, MARGIN + 26, top + 64 + nth * LINE, SENTENCE_SIZE, theme.text);
  const width = (wide - TILE_GAP * (plan.tiles.length - 1)) / plan.tiles.length;
  for (const [nth, { head, show, small }] of plan.tiles.entries()) {
    const left = MARGIN + nth * (width + TILE_GAP);
    const down = top + height + TILE_GAP;
    pen.fillStyle = theme.band;
    pen.fillRect(left, down, width, TILE_HEIGHT - TILE_GAP);
    const fit = (text: string, size: number) => truncate(text, columnsIn(width - 20, size));
    const size = displayWidth(show) > columnsIn(width - 20, 22) ? 16 : 22;
    write(fit(head, 13), left + 10, down + 8, 13, theme.muted);
    write(fit(show, size), left + 10, down + 32, size, theme.text);
    write(fit(small, 13), left + 10, down + 64, 13, theme.muted);
  }
  pen.restore();
}
