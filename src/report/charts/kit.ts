/**
 * From a chart as plain data to a Chart.js configuration.
 *
 * The page gets this object as text and draws with the same code as the PNG files. So a method uses nothing but its
 * arguments and `this`: no import, no constant of the module.
 */
import type { ChartConfiguration, ChartOptions, Plugin } from 'chart.js';
import type { Pen } from './pen.ts';
import type { BarPlan, LinePlan, Series, ValueUnit } from './plan.ts';
import type { Theme } from './theme.ts';

const KIT = {
  /** Colours that stay apart for colour-blind readers (Okabe and Ito 2008), without the yellow. */
  palette(index: number): string {
    const colours = ['#0072b2', '#d55e00', '#009e73', '#e69f00', '#cc79a7', '#56b4e9', '#8c6d31', '#7f7f7f'];
    return colours[index % colours.length] ?? '#7f7f7f';
  },

  /** Seconds from the start of the run as `00:02:21` or `t+02:21`. */
  clock(startSeconds: number | null, seconds: number): string {
    const at = Math.round(((startSeconds ?? 0) + seconds) * 1000) / 1000;
    const two = [Math.floor(at / 3600) % 24, Math.floor(at / 60) % 60, Math.floor(at) % 60].map((part) =>
      String(part).padStart(2, '0'),
    );
    const fraction = at % 1 === 0 ? '' : (at % 1).toFixed(3).slice(1).replace(/0+$/, '');
    if (startSeconds !== null) return two.join(':') + fraction;
    return `t+${(at < 3600 ? two.slice(1) : two).join(':')}${fraction}`;
  },

  digits(value: number): string {
    if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
    return String(Number(value.toPrecision(3)));
  },

  /** A value with its unit, 3 significant digits. */
  quantity(unit: ValueUnit, value: number): string {
    if (unit === 'share') return `${this.digits(value * 100)} %`;
    const size = Math.abs(value);
    if (unit === 'ms') {
      if (size >= 1000) return `${this.digits(value / 1000)} s`;
      return value !== 0 && size < 1 ? `${this.digits(value * 1000)} µs` : `${this.digits(value)} ms`;
    }
    const tail = unit === 'perSec' ? '/s' : '';
    if (size >= 1e6) return `${this.digits(value / 1e6)}M${tail}`;
    return size >= 1e3 ? `${this.digits(value / 1e3)}k${tail}` : `${this.digits(value)}${tail}`;
  },

  /** Distance of ticks on a time axis: the first round one that gives at most 9. */
  timeStep(lengthSeconds: number): number {
    const steps = [
      0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200,
    ];
    return steps.find((step) => lengthSeconds / step <= 9) ?? Math.ceil(lengthSeconds / 9 / 86400) * 86400;
  },

  /** Phases behind the lines, every second one shaded, all with their names; disturbances over them. */
  bands(plan: LinePlan, theme: Theme): Plugin {
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
          const isDip = band.isDisturbance === true;
          ctx.fillStyle = isDip ? '#d55e0033' : theme.band;
          if (isDip || index % 2 === 0) ctx.fillRect(left, chartArea.top, width, chartArea.height);
          ctx.fillStyle = theme.muted;
          if (!isDip && ctx.measureText(band.label).width >= width - 8) return;
          ctx.fillText(band.label, left + 4, chartArea.top + (isDip ? 22 : 4));
        });
        ctx.restore();
      },
    };
  },

  dash(line: Series['line']): number[] {
    return line === 'solid' ? [] : line === 'dashed' ? [8, 5] : [2, 4];
  },

  heading(text: string | null, colour: string, size: number, theme: Theme, bottom: number) {
    const font = { family: theme.font, size, weight: 'normal' as const };
    return {
      display: text !== null,
      text: text ?? '',
      color: colour,
      align: 'start' as const,
      font,
      padding: { top: 0, bottom },
    };
  },

  frame(theme: Theme, legend: { hasLegend: boolean; swatchHeight: number }): ChartOptions {
    const font = { family: theme.font, size: theme.fontSize };
    return {
      responsive: theme.isResponsive,
      maintainAspectRatio: false,
      animation: false,
      color: theme.text,
      font,
      // The last label of a time axis is half outside.
      layout: {
        padding: theme.title === null ? { right: 28 } : { top: 16, bottom: 16, left: 16, right: 32 },
      },
      plugins: {
        title: this.heading(theme.title, theme.text, theme.fontSize + 4, theme, 4),
        subtitle: this.heading(theme.caption, theme.muted, theme.fontSize, theme, 12),
        legend: {
          display: legend.hasLegend,
          position: 'bottom',
          align: 'start',
          labels: {
            color: theme.text,
            font,
            boxWidth: 24,
            boxHeight: legend.swatchHeight,
            filter: ({ text }) => text !== '',
          },
        },
      },
    };
  },

  /** Of a log axis 1, 2 and 5 of each decade; where these are too few, all that are an eighth of the axis apart. */
  logTicks(ticks: readonly { value: number }[]): { value: number }[] {
    const digit = (value: number) => Number(value.toExponential().split('e')[0]);
    const round = ticks.filter(({ value }) => [1, 2, 5].includes(digit(value)));
    if (round.length >= 3) return round;
    const places = ticks.map(({ value }) => Math.log(value));
    const gap = (Math.max(...places) - Math.min(...places)) / 8;
    let last = -Infinity;
    return ticks.filter((_, nth) => {
      const isApart = (places[nth] ?? 0) - last >= gap;
      if (isApart) last = places[nth] ?? 0;
      return isApart;
    });
  },

  lineDataset(each: Series) {
    const colour = this.palette(each.colour);
    return {
      label: each.label,
      data: each.points.map(([x, y]) => ({ x, y: y as number })),
      borderColor: colour,
      backgroundColor: `${colour}33`,
      borderDash: this.dash(each.line),
      borderWidth: each.isEdge === true ? 0 : 2,
      fill: each.fill ?? false,
      // Few points stay visible, as one between two gaps has no line.
      pointRadius: each.isLevel === true || each.isEdge === true || each.points.length > 40 ? 0 : 3,
      pointHitRadius: 6,
    };
  },

  lineScales(plan: LinePlan, theme: Theme): ChartOptions<'line'>['scales'] {
    const isLog = plan.scale === 'log';
    const ticks = { color: theme.muted, font: { family: theme.font, size: theme.fontSize } };
    const step = this.timeStep(plan.xMax);
    const times = Array.from({ length: Math.floor(plan.xMax / step + 1e-9) + 1 }, (_, nth) => nth * step);
    return {
      x: {
        type: 'linear',
        min: 0,
        max: plan.xMax,
        grid: { color: theme.grid },
        ticks: { ...ticks, maxRotation: 0, callback: (at) => this.clock(plan.startSeconds, Number(at)) },
        afterBuildTicks: (axis) => {
          axis.ticks = times.map((value) => ({ value }));
        },
      },
      y: {
        type: isLog ? 'logarithmic' : 'linear',
        ...(isLog ? {} : { min: 0 }),
        ...(plan.valueMax === null ? {} : { max: plan.valueMax }),
        grid: { color: theme.grid },
        ticks: { ...ticks, callback: (value) => this.quantity(plan.unit, Number(value)) },
        afterBuildTicks: (axis) => {
          if (isLog) axis.ticks = this.logTicks(axis.ticks);
        },
      },
    };
  },

  lines(plan: LinePlan, theme: Theme): ChartConfiguration<'line'> {
    const base = this.frame(theme, { hasLegend: true, swatchHeight: 1 }) as ChartOptions<'line'>;
    return {
      type: 'line',
      data: { datasets: plan.series.map((each) => this.lineDataset(each)) },
      options: {
        ...base,
        parsing: false,
        normalized: true,
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        scales: this.lineScales(plan, theme) ?? {},
        plugins: {
          ...base.plugins,
          tooltip: {
            filter: ({ dataset }) => dataset.label !== '',
            callbacks: {
              title: (items) => this.clock(plan.startSeconds, items[0]?.parsed.x ?? 0),
              label: (item) =>
                ` ${item.dataset.label ?? ''}: ${this.quantity(plan.unit, item.parsed.y ?? 0)}`,
            },
          },
        },
      },
      plugins: [this.bands(plan, theme)],
    };
  },

  /** A label that is wider than the room as two lines, if possible broken at a space or behind a sign that parts words. */
  inTwo(pen: Pen, label: string, room: number): string | string[] {
    const signs = Array.from(label);
    const lines = (end: number) => [signs.slice(0, end).join(''), signs.slice(end).join('')];
    const fits = (text: string): boolean => pen.measureText(text).width <= room;
    if (fits(label)) return label;
    const ends = Object.keys(signs).map(Number);
    const good = ends.filter((end) => end > 0 && lines(end).every(fits));
    const behind = (parting: string) => good.findLast((end) => parting.includes(signs[end - 1] ?? ''));
    return lines(behind(' ') ?? behind('-._/') ?? good.at(-1) ?? Math.ceil(signs.length / 2));
  },

  barScales(plan: BarPlan, theme: Theme): ChartOptions<'bar'>['scales'] {
    const font = { family: theme.font, size: theme.fontSize };
    const ticks = { color: theme.muted, font, maxRotation: 0 };
    return {
      x: {
        stacked: true,
        min: 0,
        ...(plan.valueMax === null ? {} : { max: plan.valueMax }),
        grid: { color: theme.grid },
        ticks: { ...ticks, callback: (value) => this.quantity(plan.unit, Number(value)) },
      },
      y: {
        stacked: true,
        grid: { display: false },
        ticks: { color: theme.text, font: { ...font, lineHeight: 1 }, autoSkip: false },
        afterTickToLabelConversion: ({ ctx, maxWidth, ticks }) => {
          const pen = ctx as unknown as Pen;
          pen.font = `${theme.fontSize}px ${theme.font}`;
          // Beside the label there is the tick and its padding.
          for (const tick of ticks) tick.label = this.inTwo(pen, String(tick.label), maxWidth - 16);
        },
      },
    };
  },

  bars(plan: BarPlan, theme: Theme): ChartConfiguration<'bar'> {
    const hasLegend = plan.series.length > 1;
    const base = this.frame(theme, { hasLegend, swatchHeight: 10 }) as ChartOptions<'bar'>;
    return {
      type: 'bar',
      data: {
        labels: [...plan.labels],
        datasets: plan.series.map(({ label, colour, values }) => ({
          label,
          data: [...values],
          backgroundColor: this.palette(colour),
          borderWidth: 0,
          maxBarThickness: 34,
        })),
      },
      options: {
        ...base,
        indexAxis: 'y',
        scales: this.barScales(plan, theme) ?? {},
        plugins: {
          ...base.plugins,
          tooltip: {
            callbacks: {
              label: (item) =>
                ` ${item.dataset.label ?? ''}: ${this.quantity(plan.unit, item.parsed.x ?? 0)}`,
            },
          },
        },
      },
    };
  },

  toConfig(plan: LinePlan | BarPlan, theme: Theme): ChartConfiguration {
    return plan.kind === 'lines' ? this.lines(plan, theme) : this.bars(plan, theme);
  },
};

export function toConfig(plan: LinePlan | BarPlan, theme: Theme): ChartConfiguration {
  return KIT.toConfig(plan, theme);
}

/**
 * Script text of an expression that is the kit. `__name` is what esbuild, and so every loader built on it, wraps
 * functions in to keep their names.
 */
export const KIT_SOURCE = `((__name) => ({${Object.values(KIT).map(String).join(',\n')}}))((each) => each)`;
