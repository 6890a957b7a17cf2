import type { CauseName, Findings } from '../../analysis/findings.ts';
import { formatRate } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { dashOf, linesChart, windowClock } from './lines.ts';
import type { Chart, LinePlan } from './plan.ts';
import { highest, sumOf, thin, windowsOf } from './series.ts';

const CAUSES: readonly CauseName[] = ['shed', 'rejected', 'abandoned', 'timedOut', 'failed'];

/** What was lost over time, by cause; causes that never occurred are left out. */
export function errorsChart(findings: Findings, { review, words }: Texts): Chart<LinePlan> | null {
  const { timeline } = findings;
  const texts = review.errors;
  const windows = windowsOf(timeline);
  const rows = CAUSES.map((cause) => {
    const column = sumOf(
      timeline.requests.map(({ failedPerSec }) => failedPerSec[cause]),
      timeline.fromNs.length,
    );
    return { cause, column, top: highest(column) };
  }).filter(({ top }) => (top?.value ?? 0) > 0);
  const worst = rows.toSorted((a, b) => (b.top?.value ?? 0) - (a.top?.value ?? 0))[0];
  if (worst === undefined) return null;
  const at = windowClock(findings)(worst.top?.window ?? 0);
  return linesChart(
    findings,
    {
      id: 'errors',
      title: texts.title(formatRate(worst.top?.value ?? null), words.cause[worst.cause], at),
      caption: texts.caption,
    },
    {
      unit: 'perSec',
      scale: 'linear',
      valueMax: null,
      series: rows.map(({ cause, column }, nth) => ({
        label: words.cause[cause],
        colour: CAUSES.indexOf(cause) + 1,
        line: dashOf(nth),
        points: thin(windows, column),
      })),
    },
  );
}
