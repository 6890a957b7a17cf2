/** The pictures for slides, under names that never change; those with data. */
import type { Findings } from '../../analysis/findings.ts';
import { measureName } from '../changes.ts';
import { formatMargin, formatShare } from '../format.ts';
import { STATUS_LOOK } from '../looks.ts';
import type { ReviewDocuments } from '../review.ts';
import { isMeasured } from '../select.ts';
import { verdictSentences } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';
import { verdictTiles } from '../tiles.ts';
import { anatomyChart } from './anatomy.ts';
import { cardHeight } from './card.ts';
import { trafficChart, utilizationChart } from './event.ts';
import { headroomChart } from './headroom.ts';
import { kneeChart } from './knee.ts';
import type { Plan } from './kit.ts';
import { latencyChart } from './latency.ts';
import { unreachedBand } from './lines.ts';
import {
  BAR_HEIGHT,
  CHART_WIDTH,
  FRAME_HEIGHT,
  type BarPlan,
  type CardPlan,
  type Chart,
  type PanelsPlan,
} from './plan.ts';
import { fourDigits, shortName } from './series.ts';

export const SLIDES = ['verdict', 'knee', 'headroom', 'event', 'anatomy', 'cost', 'diff'] as const;

const TONE_COLOURS = { good: '#00664a', warn: '#7a4d00', bad: '#a33c00' } as const;
const ROWS_MAX = 14;
const PANEL_HEIGHT = 300;

export function slideCharts(documents: ReviewDocuments, texts: Texts): Chart<Plan>[] {
  const { result, capacity = null } = documents;
  if (!isMeasured(result)) return [verdictCard(documents, texts)];
  const charts: (Chart<Plan> | null)[] = [
    verdictCard(documents, texts),
    capacity === null ? null : kneeChart(capacity, texts),
    headroomChart(result, texts),
    eventPanels(result, texts),
    anatomyChart(result, texts),
    costChart(result, texts),
    diffChart(documents, texts),
  ];
  return charts.filter((each) => each !== null);
}

function verdictCard(documents: ReviewDocuments, texts: Texts): Chart<CardPlan> {
  const { result } = documents;
  const { status } = result.verdict;
  const { tone } = STATUS_LOOK[status];
  const plan: CardPlan = {
    kind: 'card',
    colour: TONE_COLOURS[tone],
    state: texts.words.status[status],
    sentences: verdictSentences(result, texts).slice(0, 4),
    tiles: isMeasured(result) ? verdictTiles(documents, texts) : [],
  };
  const title = result.scenario.title ?? result.scenario.id;
  return { id: 'verdict', title, caption: '', width: CHART_WIDTH, height: cardHeight(plan), plan };
}

/** Traffic, latency and utilization over one time axis. */
function eventPanels(result: Findings, texts: Texts): Chart<PanelsPlan> | null {
  if (result.timeline.fromNs.length === 0) return null;
  const charts = [trafficChart(result, texts), latencyChart(result, texts), utilizationChart(result, texts)];
  const shown = charts.filter((each) => each !== null);
  const [first] = shown;
  if (first === undefined) return null;
  const unreached = unreachedBand(result, texts);
  return {
    id: 'event',
    title: first.title,
    caption: shown
      .slice(1)
      .map(({ title }) => title)
      .join(' · '),
    width: CHART_WIDTH,
    height: PANEL_HEIGHT * shown.length,
    plan: {
      kind: 'panels',
      plans: shown.map(({ plan }) => ({ ...plan, bands: [...plan.bands, ...unreached] })),
      titles: texts.charts.panels.slice(0, shown.length),
    },
  };
}

export function costChart({ cost }: Findings, { review }: Texts): Chart<BarPlan> | null {
  const [first] = cost;
  if (first === undefined || first.perHour === 0) return null;
  const rows = first.byLayer.toSorted((a, b) => b.perHour - a.perHour).slice(0, ROWS_MAX);
  const [most] = rows;
  if (most === undefined) return null;
  return barChart(
    {
      id: 'cost',
      title: review.cost.chart(most.layer, formatShare(most.perHour / first.perHour)),
      caption: review.cost.chartCaption(first.currency),
    },
    'money',
    rows.map(({ layer, perHour }) => ({ label: shortName(layer), value: perHour })),
    review.cost.perHour,
  );
}

/** Significant changes as shares of what was before, the largest first. */
export function diffChart({ comparison = null }: ReviewDocuments, texts: Texts): Chart<BarPlan> | null {
  const size = (value: number | null) => Math.abs(value ?? 0);
  const rows = (comparison?.differences ?? [])
    .filter(({ verdict, relativeDifference }) => verdict === 'significant' && relativeDifference !== null)
    .toSorted((a, b) => size(b.relativeDifference) - size(a.relativeDifference))
    .slice(0, ROWS_MAX);
  const [most] = rows;
  if (most === undefined) return null;
  const { changes } = texts.review;
  return barChart(
    {
      id: 'diff',
      title: changes.chart(measureName(most, texts), formatMargin(most.relativeDifference)),
      caption: changes.chartCaption,
    },
    'share',
    rows.map((row) => ({ label: shortName(measureName(row, texts)), value: row.relativeDifference })),
    changes.change,
  );
}

function barChart(
  head: Pick<Chart, 'id' | 'title' | 'caption'>,
  unit: BarPlan['unit'],
  rows: readonly { readonly label: string; readonly value: number | null }[],
  label: string,
): Chart<BarPlan> {
  const values = rows.map(({ value }) => (value === null ? null : fourDigits(value)));
  return {
    ...head,
    width: CHART_WIDTH,
    height: FRAME_HEIGHT + BAR_HEIGHT * rows.length,
    plan: {
      kind: 'bars',
      unit,
      valueMax: null,
      labels: rows.map((row) => row.label),
      series: [{ label, colour: 0, values }],
    },
  };
}
