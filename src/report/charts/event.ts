/** Charts over time: traffic, utilization, waiting jobs. */
import type { Findings, Timeline } from '../../analysis/findings.ts';
import { clockOf } from '../clock.ts';
import { formatCount, formatRate, formatShare } from '../format.ts';
import { layersTightestFirst } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { dashOf, LINES_MAX, linesChart, windowClock } from './lines.ts';
import type { Chart, LinePlan, Series } from './plan.ts';
import { highest, shortName, sumOf, thin, windowsOf } from './series.ts';

export function trafficChart(findings: Findings, { charts }: Texts): Chart<LinePlan> {
  const { timeline } = findings;
  const { requests, fromNs } = timeline;
  const texts = charts.traffic;
  const windows = windowsOf(timeline);
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
    points: thin(windows, column),
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
        { ...series(texts.shed, 1, 'solid', shed), fill: 'origin' },
        series(texts.failed, 4, 'dotted', failed),
      ],
    },
  );
}

/** One line for the tightest group of each layer, the layers nearest to their limit. */
export function utilizationChart(findings: Findings, { charts }: Texts): Chart<LinePlan> | null {
  const { timeline } = findings;
  const texts = charts.utilization;
  const windows = windowsOf(timeline);
  const rows = layersTightestFirst(findings);
  const shown = rows
    .flatMap(({ layer }) => timeline.stations.filter(({ group }) => group === layer.tightestGroup))
    .slice(0, LINES_MAX);
  if (shown.length === 0) return null;
  // Not the highest point of a line: a window with few jobs is full or empty by chance.
  const { group: name, utilizationPeak = null, utilizationPeakAtNs = null } = rows[0]?.group ?? {};
  const title =
    name === undefined || utilizationPeak === null || utilizationPeakAtNs === null
      ? texts.noData
      : texts.title(name, formatShare(utilizationPeak), clockOf(findings.scenario)(utilizationPeakAtNs));
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
        line: dashOf(nth),
        points: thin(windows, utilization),
      })),
    },
  );
}

/** The groups with the longest queues. */
export function waitingChart(findings: Findings, { charts }: Texts): Chart<LinePlan> | null {
  const { timeline } = findings;
  if (timeline.stations.length === 0) return null;
  const texts = charts.waiting;
  const windows = windowsOf(timeline);
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
        line: dashOf(nth),
        points: thin(windows, waitingJobs),
      })),
    },
  );
}
