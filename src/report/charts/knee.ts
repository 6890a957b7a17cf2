/** The knee: response time and goodput by load. */
import type { CapacityDocument, LoadPoint } from '../../study/capacity-document.ts';
import { formatFactor, formatRate } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { dashOf } from './lines.ts';
import { CHART_HEIGHT, CHART_WIDTH, type Chart, type LinePlan, type Series } from './plan.ts';
import { fourDigits, shortName } from './series.ts';

const CLASSES_MAX = 6;

/** What the bound is, in one line. */
export function boundSentence({ bound }: Pick<CapacityDocument, 'bound'>, { review }: Texts): string {
  const { kind, multiplier, budget } = bound;
  const because = budget === null ? null : `${budget.id} (${budget.text})`;
  return review.knee.bound[kind](multiplier === null ? '?' : formatFactor(multiplier), because);
}

/** P99 of the classes by load, with the limit that breaks; null with fewer than two loads. */
export function kneeChart(document: CapacityDocument, texts: Texts): Chart<LinePlan> | null {
  const { points, bound, busiestPhase } = document;
  if (points.length < 2) return null;
  const series = classesOf(points)
    .map((request) => p99Series(points, request, busiestPhase))
    .filter((each) => each.points.some(([, y]) => y !== null))
    .slice(0, CLASSES_MAX)
    .map((each, nth): Series => ({ ...each, colour: nth, line: dashOf(nth) }));
  const limit = bound.budget?.unit === 'ns' ? bound.budget : null;
  const level = limit === null ? [] : [levelSeries(limit.text, limit.limit / 1e6, points)];
  return loadChart(
    {
      id: 'knee',
      title: boundSentence(document, texts),
      caption: captionOf(document, texts.review.knee.caption, texts),
    },
    points,
    document,
    texts,
    { unit: 'ms', scale: 'log', series: [...series, ...level] },
  );
}

/** Offered and good requests by load. */
export function goodputChart(document: CapacityDocument, texts: Texts): Chart<LinePlan> | null {
  const { points } = document;
  if (points.length < 2) return null;
  const { knee } = texts.review;
  const most = Math.max(...points.map(({ goodPerSec }) => goodPerSec));
  const of = (label: string, colour: number, line: Series['line'], value: (point: LoadPoint) => number) => ({
    label,
    colour,
    line,
    points: points.map((point) => [point.multiplier, fourDigits(value(point))] as const),
  });
  return loadChart(
    {
      id: 'goodput',
      title: knee.goodput(formatRate(most)),
      caption: captionOf(document, knee.goodputCaption, texts),
    },
    points,
    document,
    texts,
    {
      unit: 'perSec',
      scale: 'linear',
      series: [
        of(knee.offered, 0, 'dashed', ({ offeredPerSec }) => offeredPerSec),
        of(knee.good, 2, 'solid', ({ goodPerSec }) => goodPerSec),
      ],
    },
  );
}

/** With what the shaded stretch is: a label would not fit into it. */
function captionOf({ bound }: CapacityDocument, caption: string, { review, words }: Texts): string {
  const [lower, upper] = bound.kind === 'bound' ? bound.interval : [null, null];
  if (lower === null || upper === null) return caption;
  return caption + words.between.clauses + review.knee.interval(formatFactor(lower), formatFactor(upper));
}

function loadChart(
  head: Pick<Chart, 'id' | 'title' | 'caption'>,
  points: readonly LoadPoint[],
  { bound }: CapacityDocument,
  { review }: Texts,
  plan: Pick<LinePlan, 'unit' | 'scale' | 'series'>,
): Chart<LinePlan> {
  const xs = points.map(({ multiplier }) => multiplier);
  const [lower, upper] = bound.kind === 'bound' ? bound.interval : [null, null];
  return {
    ...head,
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    plan: {
      kind: 'lines',
      ...plan,
      valueMax: null,
      xKind: 'load',
      xMin: 0,
      xMax: Math.max(...xs) * 1.02,
      startSeconds: null,
      bands: lower === null || upper === null ? [] : [{ label: '', from: lower, to: upper }],
      marks: [{ label: review.knee.planned, at: 1 }],
    },
  };
}

function classesOf(points: readonly LoadPoint[]): string[] {
  return [...new Set(points.flatMap(({ requests }) => requests.map(({ request }) => request)))];
}

function p99Series(
  points: readonly LoadPoint[],
  request: string,
  phase: string | null,
): Pick<Series, 'label' | 'points'> {
  return {
    label: shortName(request),
    points: points.map(({ multiplier, requests }) => {
      const rows = requests.filter((each) => each.request === request);
      const row = rows.find((each) => each.phase === phase) ?? rows[0];
      return [multiplier, row === undefined || row.p99Ns === null ? null : fourDigits(row.p99Ns / 1e6)];
    }),
  };
}

function levelSeries(text: string, y: number, points: readonly LoadPoint[]): Series {
  const xMax = Math.max(...points.map(({ multiplier }) => multiplier)) * 1.02;
  const ends: Series['points'] = [
    [0, y],
    [xMax, y],
  ];
  return { label: text, colour: 4, line: 'dashed', isLevel: true, points: ends };
}
