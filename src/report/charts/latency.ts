/** Latency over time: of the class in focus with its budgets, and of all classes side by side. */
import type { Band, Findings, TimelineRequest } from '../../analysis/findings.ts';
import { formatDuration } from '../format.ts';
import { focusRequest, ofWholeRun } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { dashOf, LINES_MAX, linesChart, windowClock } from './lines.ts';
import type { Chart, LinePlan, Series } from './plan.ts';
import { fourDigits, highest, shortName, thin, windowsOf, type Windows } from './series.ts';

/** The farthest into the tail first: short windows hold too few requests for a P99. */
const PERCENTILES = [
  { key: 'p99Ns', name: 'P99', colour: 1 },
  { key: 'p95Ns', name: 'P95', colour: 2 },
  { key: 'p50Ns', name: 'P50', colour: 0 },
] as const;

/** From here on those of limits that are of no percentile drawn; a limit of one has its colour. */
const OTHER_COLOURS = 3;

const toMs = (column: readonly (number | null)[]) => column.map((ns) => (ns === null ? null : ns / 1e6));

/** The farthest percentile that any window of these classes holds. */
function farthest(requests: readonly TimelineRequest[]): (typeof PERCENTILES)[number] | undefined {
  return PERCENTILES.find(({ key }) => requests.some((each) => highest(each[key]) !== null));
}

/** Percentiles of the class in focus, with its budgets and its unloaded response time as level lines. */
export function latencyChart(findings: Findings, { charts }: Texts): Chart<LinePlan> | null {
  const focus = focusRequest(findings);
  const each = findings.timeline.requests.find(({ request }) => request === focus);
  if (each === undefined) return null;
  const texts = charts.latency;
  const windows = windowsOf(findings.timeline);
  const percentile = farthest([each]);
  const worst = percentile === undefined ? null : highest(each[percentile.key]);
  const title =
    percentile === undefined || worst === null
      ? texts.noData(each.request)
      : texts.title(
          percentile.name,
          each.request,
          formatDuration(worst.value),
          windowClock(findings)(worst.window),
        );
  const series = PERCENTILES.map(({ key, name, colour }): Series => ({
    label: name,
    colour,
    line: 'solid',
    points: thin(windows, toMs(each[key])),
  })).filter(({ points }) => points.some(([, y]) => y !== null));
  const lines = [...series, ...levels(findings, each.request, { charts })];
  const band = percentile === undefined ? undefined : each.bands?.[percentile.key];
  const caption =
    band === undefined ? texts.caption(each.request) : texts.captionWithBand(each.request, isOpen(band));
  return linesChart(
    findings,
    { id: 'latency', title, caption },
    {
      unit: 'ms',
      scale: 'log',
      valueMax: null,
      series: [
        ...(band === undefined || percentile === undefined ? [] : edges(band, percentile, windows, lines)),
        ...lines,
      ],
    },
  );
}

function isOpen({ lower, upper }: Band): boolean {
  return lower.some((end, window) => end !== null && (upper[window] ?? null) === null);
}

/**
 * The interval of one percentile as the space between two edges. Without an upper end it reaches up to the highest value
 * that the chart shows.
 */
function edges(
  band: Band,
  { colour }: (typeof PERCENTILES)[number],
  windows: Windows,
  lines: readonly Series[],
): Series[] {
  const edge = { label: '', colour, line: 'solid', isEdge: true } as const;
  const upper = toMs(band.upper);
  const shown = [...upper, ...lines.flatMap(({ points }) => points.map(([, y]) => y))];
  const top = shown.reduce<number>((max, y) => Math.max(max, y ?? 0), 0);
  const drawn = upper.map((end, window) => (band.lower[window] === null ? null : (end ?? top)));
  return [
    { ...edge, points: thin(windows, toMs(band.lower)) },
    { ...edge, points: thin(windows, drawn), fill: '-1' },
  ];
}

function levels(findings: Findings, request: string, { charts }: Pick<Texts, 'charts'>): Series[] {
  const texts = charts.latency;
  const end = findings.scenario.lastsNs / 1e9;
  const level = (label: string, ns: number, look: Pick<Series, 'colour' | 'line'>): Series => {
    const y = fourDigits(ns / 1e6);
    return {
      label,
      ...look,
      isLevel: true,
      points: [
        [0, y],
        [end, y],
      ],
    };
  };
  const unloadedNs = ofWholeRun(findings.requests).find((each) => each.request === request)?.unloaded.meanNs;
  const limits = findings.budgets.filter(
    ({ target, unit, op }) => target === `request:${request}` && unit === 'ns' && op.startsWith('<'),
  );
  return [
    ...(unloadedNs === null || unloadedNs === undefined
      ? []
      : [level(texts.unloaded, unloadedNs, { colour: 7, line: 'dotted' })]),
    ...limits.slice(0, LINES_MAX).map(({ text, limit, metric }, nth) => {
      const colour = PERCENTILES.find(({ name }) => name === metric.toUpperCase())?.colour;
      const look = { colour: colour ?? OTHER_COLOURS + nth, line: 'dashed' } as const;
      return level(texts.budget(shortName(text)), limit, look);
    }),
  ];
}

/** One percentile of each class, the slowest classes first; null when there is nothing to compare. */
export function latencyByRequestChart(findings: Findings, { charts }: Texts): Chart<LinePlan> | null {
  const { timeline } = findings;
  const percentile = farthest(timeline.requests);
  if (timeline.requests.length < 2 || percentile === undefined) return null;
  const texts = charts.latencyByRequest;
  const windows = windowsOf(timeline);
  const slowest = timeline.requests
    .map((each) => ({ each, top: highest(each[percentile.key])?.value ?? -1 }))
    .filter(({ top }) => top >= 0)
    .toSorted((a, b) => b.top - a.top)
    .slice(0, LINES_MAX);
  const [first] = slowest;
  if (first === undefined) return null;
  return linesChart(
    findings,
    {
      id: 'latency-by-request',
      title: texts.title(percentile.name, first.each.request, formatDuration(first.top)),
      caption: texts.caption(percentile.name),
    },
    {
      unit: 'ms',
      scale: 'log',
      valueMax: null,
      series: slowest.map(({ each }, nth) => ({
        label: shortName(each.request),
        colour: nth,
        line: dashOf(nth),
        points: thin(windows, toMs(each[percentile.key])),
      })),
    },
  );
}
