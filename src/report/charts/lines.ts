/** What all charts over time share: the axis, the phases, the way lines are told apart. */
import type { Findings } from '../../analysis/findings.ts';
import { clockOf, secondsOfDay } from '../clock.ts';
import { CHART_HEIGHT, CHART_WIDTH, type Band, type Chart, type LinePlan, type Series } from './plan.ts';
import { shortName } from './series.ts';
import type { Texts } from '../texts/en.ts';

/** More lines than this cannot be told apart. */
export const LINES_MAX = 8;

const DASHES: readonly Series['line'][] = ['solid', 'solid', 'dashed', 'dashed', 'dotted', 'dotted'];

function timeAxis({
  scenario,
  phases,
  stability,
}: Findings): Pick<LinePlan, 'startSeconds' | 'xMax' | 'bands'> {
  return {
    startSeconds: scenario.from === null ? null : secondsOfDay(scenario.from),
    xMax: scenario.lastsNs / 1e9,
    bands: [
      ...phases.map((phase) => bandOf(phase.name, phase)),
      ...stability.recoveries.map((each) => ({ ...bandOf(each.disturbance, each), isOverlay: true })),
    ],
  };
}

function bandOf(name: string, { fromNs, toNs }: { fromNs: number; toNs: number }): Band {
  return { label: shortName(name), from: fromNs / 1e9, to: toNs / 1e9 };
}

/** What an aborted run did not come to; none of any other. */
export function unreachedBand({ stop, scenario }: Findings, { charts }: Texts): Band[] {
  if (stop.abort === undefined) return [];
  const { atNs } = stop.abort;
  return [{ label: charts.aborted, from: atNs / 1e9, to: scenario.lastsNs / 1e9, isOverlay: true }];
}

export function linesChart(
  findings: Findings,
  texts: { id: string; title: string; caption: string },
  plan: Pick<LinePlan, 'unit' | 'scale' | 'valueMax' | 'series'>,
): Chart<LinePlan> {
  return {
    ...texts,
    width: CHART_WIDTH,
    height: CHART_HEIGHT,
    plan: { kind: 'lines', ...plan, ...timeAxis(findings) },
  };
}

/** Clock text of the start of a window. */
export function windowClock({ scenario, timeline }: Findings): (window: number) => string {
  const clock = clockOf(scenario);
  return (window) => clock(timeline.fromNs[window] ?? 0);
}

/** Line style of the n-th of several lines: colour alone is not enough. */
export function dashOf(nth: number): Series['line'] {
  return DASHES[nth % DASHES.length] ?? 'solid';
}
