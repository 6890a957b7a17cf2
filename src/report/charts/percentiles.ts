import type { PercentilesFinding } from '../../analysis/findings.ts';
import { formatFactor } from '../format.ts';
import type { ReviewDocuments } from '../review.ts';
import { focusRequest } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { dashOf } from './lines.ts';
import { CHART_HEIGHT, CHART_WIDTH, type Chart, type LinePlan, type Series } from './plan.ts';
import { fourDigits, shortName } from './series.ts';

const CLASSES_MAX = 6;

/**
 * Response time by percentile on an axis on which every nine takes as much room, the class in focus beside what it was at the
 * last review; null without two points.
 */
export function percentilesChart(
  { result: findings, comparison = null }: ReviewDocuments,
  { review }: Texts,
): Chart<LinePlan> | null {
  const focus = focusRequest(findings);
  const rows = findings.percentiles
    .filter(({ points }) => points.length > 1)
    .toSorted(
      (a, b) => Number(b.request === focus) - Number(a.request === focus) || farthest(b) - farthest(a),
    )
    .slice(0, CLASSES_MAX);
  const [first] = rows;
  if (first === undefined) return null;
  const at = (quantile: number): number =>
    first.points.findLast((point) => point.quantile <= quantile)?.ns ?? 0;
  const texts = review.percentiles;
  const median = at(0.5);
  const before = comparison?.before.percentiles.find(
    ({ request, points }) => request === first.request && points.length > 1,
  );
  const xMax = Math.max(
    1,
    ...[...rows, ...(before === undefined ? [] : [before])].map(({ points }) =>
      Math.max(...points.map(({ quantile }) => nines(quantile))),
    ),
  );
  return {
    id: 'percentiles',
    title: texts.title(first.request, formatFactor(median === 0 ? 1 : at(0.99) / median)),
    caption: texts.caption,
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    plan: {
      kind: 'lines',
      unit: 'ms',
      scale: 'log',
      valueMax: null,
      xKind: 'nines',
      startSeconds: null,
      xMax,
      bands: [],
      series: [
        ...rows.map((row, nth): Series => ({ ...seriesOf(row), colour: nth, line: dashOf(nth) })),
        ...(before === undefined
          ? []
          : [{ ...seriesOf(before), label: texts.before(shortName(before.request)), ...BEFORE }]),
      ],
    },
  };
}

/** The colour of no class. */
const BEFORE = { colour: 7, line: 'dashed' } as const;

function seriesOf({ request, points }: PercentilesFinding): Pick<Series, 'label' | 'points'> {
  return {
    label: shortName(request),
    points: points.map(({ quantile, ns }) => [fourDigits(nines(quantile)), fourDigits(ns / 1e6)]),
  };
}

function nines(quantile: number): number {
  return Math.abs(-Math.log10(1 - quantile));
}

function farthest({ points }: PercentilesFinding): number {
  return points.at(-1)?.ns ?? 0;
}
