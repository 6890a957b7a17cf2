/** The charts of a result, in the order of the report: the same for the page and for PNG files. */
import type { Findings } from '../analysis/findings.ts';
import { anatomyChart, anatomyKindsChart } from './charts/anatomy.ts';
import { trafficChart, utilizationChart, waitingChart } from './charts/event.ts';
import { latencyByRequestChart, latencyChart } from './charts/latency.ts';
import { headroomChart } from './charts/headroom.ts';
import type { Chart } from './charts/plan.ts';
import { isMeasured } from './select.ts';
import { EN, type Texts } from './texts/en.ts';

/** A chart for which there is nothing to draw is left out. */
export function buildCharts(findings: Findings, texts: Texts = EN): Chart[] {
  if (!isMeasured(findings)) return [];
  const charts = [
    headroomChart(findings, texts),
    ...(findings.timeline.fromNs.length === 0 ? [] : eventCharts(findings, texts)),
    anatomyChart(findings, texts),
    anatomyKindsChart(findings, texts),
  ];
  return charts.filter((each) => each !== null);
}

function eventCharts(findings: Findings, texts: Texts): (Chart | null)[] {
  return [
    trafficChart(findings, texts),
    latencyChart(findings, texts),
    latencyByRequestChart(findings, texts),
    utilizationChart(findings, texts),
    waitingChart(findings, texts),
  ];
}
