import type { Plugin } from 'chart.js';
import type { Pen } from './pen.ts';
import type { LinePlan } from './plan.ts';
import type { Theme } from './theme.ts';

/** Phases behind the lines, every second one shaded, all with their names; disturbances over them. */
export function bands(plan: LinePlan, theme: Theme): Plugin {
  return {
    id: 'bands',
    beforeDatasetsDraw(chart) {
      const ctx = chart.ctx as unknown as Pen;
      const { chartArea } = chart;
      const x = chart.scales['x'];
      if (x === undefined) return;
      ctx.save();
      ctx.font = `${theme.fontSize - 1}px ${theme.font}`;
      ctx.textBaseline = 'top';
      plan.bands.forEach((band, index) => {
        const left = Math.max(chartArea.left, x.getPixelForValue(band.from));
        const width = Math.min(chartArea.right, x.getPixelForValue(band.to)) - left;
        const isDip = band.isOverlay === true;
        ctx.fillStyle = isDip ? '#d55e0033' : theme.band;
        if (isDip || index % 2 === 0) ctx.fillRect(left, chartArea.top, width, chartArea.height);
        ctx.fillStyle = theme.muted;
        if (!isDip && ctx.measureText(band.label).width >= width - 8) return;
        ctx.fillText(band.label, left + 4, chartArea.top + (isDip ? 22 : 4));
      });
      ctx.restore();
    },
  };
}
