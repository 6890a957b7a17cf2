/** How much of its capacity each layer uses at its peak. */
import type { Findings } from '../../analysis/findings.ts';
import { formatFactor } from '../format.ts';
import { headroomByLayer } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { BAR_HEIGHT, CHART_WIDTH, FRAME_HEIGHT, type Chart } from './plan.ts';
import { fourDigits, shortName } from './series.ts';

const BARS_MAX = 20;
/** From here on a layer is shown as tight, and as close to its limit. */
const TIGHT = 0.7;
const CRITICAL = 0.85;

export function headroomChart(findings: Findings, { charts }: Texts): Chart | null {
  const rows = headroomByLayer(findings).slice(0, BARS_MAX);
  const first = rows[0];
  if (first === undefined) return null;
  const texts = charts.headroom;
  const colour = (used: number) => (used >= CRITICAL ? 1 : used >= TIGHT ? 3 : 0);
  return {
    id: 'headroom',
    title: first.factor > 1 ? texts.title(first.group, formatFactor(first.factor)) : texts.full(first.group),
    caption: texts.caption,
    width: CHART_WIDTH,
    height: FRAME_HEIGHT + BAR_HEIGHT * rows.length,
    plan: {
      kind: 'bars',
      unit: 'share',
      // A limiter may be offered more than it admits.
      valueMax: rows.some(({ utilizationPeak }) => utilizationPeak > 1) ? null : 1,
      labels: rows.map(({ group, factor }) => texts.label(shortName(group), formatFactor(factor))),
      series: [
        {
          label: texts.used,
          colour: rows.map(({ utilizationPeak }) => colour(utilizationPeak)),
          values: rows.map(({ utilizationPeak }) => fourDigits(utilizationPeak)),
        },
      ],
    },
  };
}
