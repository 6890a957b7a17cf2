/** The charts of a result that the page draws as lines or bars, in its order. */
import type { Findings } from '../analysis/findings.ts';
import { anatomyChart, anatomyKindsChart } from './charts/anatomy.ts';
import { errorsChart } from './charts/errors.ts';
import { trafficChart, utilizationChart, waitingChart } from './charts/event.ts';
import { latencyByRequestChart, latencyChart } from './charts/latency.ts';
import { unreachedBand } from './charts/lines.ts';
import { percentilesChart } from './charts/percentiles.ts';
import type { BarPlan, Chart, LinePlan } from './charts/plan.ts';
import type { ReviewDocuments } from './review.ts';
import { isMeasured } from './select.ts';
import { EN, type Texts } from './texts/en.ts';

/** Steps of the chain that are pointed out on the time axis. */
export const MARKS_MAX = 8;
/** Share of the time axis that marks are apart at least. */
const MARK_SHARE = 0.03;

/** Over the time of the run, one below the other; a chart for which there is nothing to draw is left out. */
export function eventCharts(findings: Findings, texts: Texts = EN): Chart<LinePlan>[] {
  if (!isMeasured(findings) || findings.timeline.fromNs.length === 0) return [];
  const marks = marksOf(findings);
  const unreached = unreachedBand(findings, texts);
  return [
    trafficChart(findings, texts),
    latencyChart(findings, texts),
    latencyByRequestChart(findings, texts),
    errorsChart(findings, texts),
    utilizationChart(findings, texts),
    waitingChart(findings, texts),
  ]
    .filter((each) => each !== null)
    .map((chart) => ({
      ...chart,
      plan: { ...chart.plan, marks, bands: [...chart.plan.bands, ...unreached] },
    }));
}

/** Steps of the chain by number; those too near each other share a mark: `2–4`. */
function marksOf({ chain, scenario }: Findings): NonNullable<LinePlan['marks']> {
  const apart = (scenario.lastsNs / 1e9) * MARK_SHARE;
  const marks: { at: number; steps: number[] }[] = [];
  chain.slice(0, MARKS_MAX).forEach(({ atNs }, nth) => {
    const at = atNs / 1e9;
    const near = marks.find((mark) => Math.abs(mark.at - at) < apart);
    if (near === undefined) marks.push({ at, steps: [nth + 1] });
    else near.steps.push(nth + 1);
  });
  return marks.map(({ at, steps }) => ({ at, label: numbersText(steps) }));
}

/** `1`, `2–4`, `3 5–7`: ascending numbers, those that follow each other put together. */
function numbersText(numbers: readonly number[]): string {
  const parts: [first: number, last: number][] = [];
  for (const each of numbers) {
    const open = parts.at(-1);
    if (open !== undefined && open[1] === each - 1) open[1] = each;
    else parts.push([each, each]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(' ');
}

export function anatomyCharts(findings: Findings, texts: Texts = EN): Chart<BarPlan>[] {
  if (!isMeasured(findings)) return [];
  return [anatomyChart(findings, texts), anatomyKindsChart(findings, texts)].filter((each) => each !== null);
}

export function percentileCharts(documents: ReviewDocuments, texts: Texts = EN): Chart<LinePlan>[] {
  const chart = isMeasured(documents.result) ? percentilesChart(documents, texts) : null;
  return chart === null ? [] : [chart];
}
