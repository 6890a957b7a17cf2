/** Charts over time: traffic, latency, utilization, waiting jobs. */
import type { Findings, Timeline } from '../../analysis/findings.ts';
import { clockOf, secondsOfDay } from '../clock.ts';
import { formatCount, formatDuration, formatRate, formatShare } from '../format.ts';
import { focusRequest, layersTightestFirst, ofWholeRun } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { CHART_HEIGHT, CHART_WIDTH, type Chart, type LinePlan, type Point, type Series } from './plan.ts';
import { fourDigits, highest, shortName, sumOf, thin, windowCentres } from './series.ts';

/** More lines than this cannot be told apart. */
export const LINES_MAX = 8;

const DASHES: readonly Series['line'][] = ['solid', 'solid', 'dashed', 'dashed', 'dotted', 'dotted'];

const toMs = (column: readonly (number | null)[]) => column.map((ns) => (ns === null ? null : ns / 1e6));

function timeAxis({ scenario, phases }: Findings): Pick<LinePlan, 'startSeconds' | 'xMax' | 'bands'> {
  return {
    startSeconds: scenario.from === null ? null : secondsOfDay(scenario.from),
    xMax: scenario.lastsNs / 1e9,
    bands: phases.map(({ name, fromNs, toNs }) => ({
      label: shortName(name),
      from: fromNs / 1e9,
      to: toNs / 1e9,
    })),
  };
}

function linesChart(
  findings: Findings,
  texts: { id: string; title: string; caption: string },
  plan: Pick<LinePlan, 'unit' | 'scale' | 'valueMax' | 'series'>,
): Chart {
  return {
    ...texts,
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    plan: { kind: 'lines', ...plan, ...timeAxis(findings) },
  };
}

/** Clock text of the start of a window. */
function windowClock({ scenario, timeline }: Findings): (window: number) => string {
  const clock = clockOf(scenario);
  return (window) => clock(timeline.fromNs[window] ?? 0);
}

export function trafficChart(findings: Findings, { charts }: Texts): Chart {
  const { timeline } = findings;
  const { requests, fromNs } = timeline;
  const texts = charts.traffic;
  const xs = windowCentres(timeline);
  const total = (columnOf: (each: Timeline['requests'][number]) => readonly number[]) =>
    sumOf(requests.map(columnOf), fromNs.length);
  const offered = total((each) => each.offeredPerSec);
  const shed = total((each) => each.failedPerSec.shed);
  const failed = (['rejected', 'abandoned', 'timedOut', 'failed'] as const)
    .map((cause) => total((each) => each.failedPerSec[cause]))
    .reduce((sum, column) => sumOf([sum, column], fromNs.length));
  const peak = highest(offered);
  const shedMost = highest(shed);
  const title = texts.title(
    formatRate(peak?.value ?? null),
    windowClock(findings)(peak?.window ?? 0),
    shedMost === null || shedMost.value === 0 ? null : formatRate(shedMost.value),
  );
  const series = (
    label: string,
    colour: number,
    line: Series['line'],
    column: readonly number[],
  ): Series => ({
    label,
    colour,
    line,
    points: thin(xs, column),
  });
  return linesChart(
    findings,
    { id: 'traffic', title, caption: texts.caption },
    {
      unit: 'perSec',
      scale: 'linear',
      valueMax: null,
      series: [
        series(texts.offered, 0, 'solid', offered),
        series(
          texts.admitted,
          5,
          'dashed',
          total((each) => each.admittedPerSec),
        ),
        series(
          texts.completed,
          2,
          'solid',
          total((each) => each.completedPerSec),
        ),
        { ...series(texts.shed, 1, 'solid', shed), isFilled: true },
        series(texts.failed, 4, 'dotted', failed),
      ],
    },
  );
}

/** Percentiles of the class in focus, with its budgets and its unloaded response time as level lines. */
export function latencyChart(findings: Findings, { charts }: Texts): Chart | null {
  const focus = focusRequest(findings);
  const each = findings.timeline.requests.find(({ request }) => request === focus);
  if (each === undefined) return null;
  const texts = charts.latency;
  const xs = windowCentres(findings.timeline);
  const level = (ns: number): Point[] =>
    [0, findings.scenario.lastsNs / 1e9].map((x) => [x, fourDigits(ns / 1e6)]);
  const unloaded = ofWholeRun(findings.requests).find(({ request }) => request === focus)?.unloaded.meanNs;
  const limits = findings.budgets.filter(
    ({ target, unit, op }) => target === `request:${each.request}` && unit === 'ns' && op.startsWith('<'),
  );
  const worst = highest(each.p99Ns);
  const clock = windowClock(findings);
  const title =
    worst === null
      ? texts.noData(each.request)
      : texts.title(each.request, formatDuration(worst.value), clock(worst.window));
  const series: Series[] = [
    { label: texts.p99, colour: 1, line: 'solid', points: thin(xs, toMs(each.p99Ns)) },
    { label: texts.p95, colour: 3, line: 'solid', points: thin(xs, toMs(each.p95Ns)) },
    { label: texts.p50, colour: 0, line: 'solid', points: thin(xs, toMs(each.p50Ns)) },
    ...(unloaded === null || unloaded === undefined
      ? []
      : [
          {
            label: texts.unloaded,
            colour: 7,
            line: 'dotted' as const,
            isLevel: true,
            points: level(unloaded),
          },
        ]),
    ...limits.slice(0, LINES_MAX).map((budget): Series => ({
      label: texts.budget(shortName(budget.text)),
      colour: 4,
      line: 'dashed',
      isLevel: true,
      points: level(budget.limit),
    })),
  ];
  return linesChart(
    findings,
    { id: 'latency', title, caption: texts.caption(each.request) },
    { unit: 'ms', scale: 'log', valueMax: null, series },
  );
}

/** P99 of each class, the slowest classes first; null when there is only one class. */
export function latencyByRequestChart(findings: Findings, { charts }: Texts): Chart | null {
  const { timeline } = findings;
  if (timeline.requests.length < 2) return null;
  const texts = charts.latencyByRequest;
  const xs = windowCentres(timeline);
  const worst = timeline.requests
    .map((each) => ({ each, top: highest(each.p99Ns)?.value ?? -1 }))
    .toSorted((a, b) => b.top - a.top)
    .slice(0, LINES_MAX);
  const first = worst[0];
  const title =
    first === undefined || first.top < 0
      ? texts.noData
      : texts.title(first.each.request, formatDuration(first.top));
  return linesChart(
    findings,
    { id: 'latency-by-request', title, caption: texts.caption },
    {
      unit: 'ms',
      scale: 'log',
      valueMax: null,
      series: worst.map(({ each }, nth) => ({
        label: shortName(each.request),
        colour: nth,
        line: DASHES[nth % DASHES.length] ?? 'solid',
        points: thin(xs, toMs(each.p99Ns)),
      })),
    },
  );
}

/** One line for the tightest group of each layer, the layers nearest to their limit. */
export function utilizationChart(findings: Findings, { charts }: Texts): Chart | null {
  const { timeline } = findings;
  const texts = charts.utilization;
  const xs = windowCentres(timeline);
  const shown = layersTightestFirst(findings)
    .flatMap(({ layer }) => timeline.stations.filter(({ group }) => group === layer.tightestGroup))
    .slice(0, LINES_MAX);
  const first = shown[0];
  if (first === undefined) return null;
  const top = highest(first.utilization);
  const title =
    top === null
      ? texts.noData
      : texts.title(first.group, formatShare(top.value), windowClock(findings)(top.window));
  return linesChart(
    findings,
    { id: 'utilization', title, caption: texts.caption },
    {
      unit: 'share',
      scale: 'linear',
      valueMax: 1,
      series: shown.map(({ group, utilization }, nth) => ({
        label: shortName(group),
        colour: nth,
        line: DASHES[nth % DASHES.length] ?? 'solid',
        points: thin(xs, utilization),
      })),
    },
  );
}

/** The groups with the longest queues. */
export function waitingChart(findings: Findings, { charts }: Texts): Chart | null {
  const { timeline } = findings;
  if (timeline.stations.length === 0) return null;
  const texts = charts.waiting;
  const xs = windowCentres(timeline);
  const longest = timeline.stations
    .map(({ group, waitingJobs }) => ({ group, waitingJobs, top: highest(waitingJobs) }))
    .toSorted((a, b) => (b.top?.value ?? 0) - (a.top?.value ?? 0))
    .slice(0, LINES_MAX);
  const first = longest[0];
  const top = first?.top ?? null;
  const title =
    first === undefined || top === null || top.value === 0
      ? texts.none
      : texts.title(first.group, formatCount(top.value), windowClock(findings)(top.window));
  return linesChart(
    findings,
    { id: 'waiting', title, caption: texts.caption },
    {
      unit: 'count',
      scale: 'linear',
      valueMax: null,
      series: longest.map(({ group, waitingJobs }, nth) => ({
        label: shortName(group),
        colour: nth,
        line: DASHES[nth % DASHES.length] ?? 'solid',
        points: thin(xs, waitingJobs),
      })),
    },
  );
}
