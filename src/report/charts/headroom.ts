/** How much of its capacity each layer uses at its peak. */
import type { Findings, HeadroomFinding } from '../../analysis/findings.ts';
import { formatFactor, formatShare } from '../format.ts';
import { growthOf, headroomByLayer } from '../select.ts';
import type { Texts } from '../texts/en.ts';
import { BAR_HEIGHT, CHART_WIDTH, FRAME_HEIGHT, type BarPlan, type Chart } from './plan.ts';
import { fourDigits, shortName } from './series.ts';

const BARS_MAX = 20;
/** Highest first: from here on a layer is shown in this colour; the legend is made of the same rows. */
const LEVELS = [
  { from: 0.85, colour: 1 },
  { from: 0.7, colour: 3 },
  { from: 0, colour: 0 },
] as const;

export function headroomTitle(row: HeadroomFinding, { charts }: Pick<Texts, 'charts'>): string {
  const { title, full } = charts.headroom;
  const { group } = row;
  const factor = growthOf(row);
  return factor > 1 ? title(group, formatFactor(factor)) : full(group);
}

export function headroomChart(findings: Findings, { charts }: Texts): Chart<BarPlan> | null {
  const rows = headroomByLayer(findings)
    .slice(0, BARS_MAX)
    .map((row) => ({
      ...row,
      used: row.utilizationPlanned ?? row.utilizationPeak,
      grows: growthOf(row),
    }));
  const first = rows[0];
  if (first === undefined) return null;
  const texts = charts.headroom;
  const levelOf = (used: number) => LEVELS.find(({ from }) => used >= from);
  return {
    id: 'headroom',
    title: headroomTitle(first, { charts }),
    caption: texts.caption,
    width: CHART_WIDTH,
    height: FRAME_HEIGHT + BAR_HEIGHT * rows.length,
    plan: {
      kind: 'bars',
      unit: 'share',
      // A limiter may be offered more than it admits.
      valueMax: rows.some(({ used }) => used > 1) ? null : 1,
      labels: rows.map(({ group, grows }) => texts.label(shortName(group), formatFactor(grows))),
      series: LEVELS.toReversed().map((level) => ({
        label: texts.used(level.from === 0 ? null : formatShare(level.from, 2)),
        colour: level.colour,
        values: rows.map(({ used }) => (levelOf(used) === level ? fourDigits(used) : null)),
      })),
    },
  };
}
