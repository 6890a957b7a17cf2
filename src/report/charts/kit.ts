/** From a chart as plain data to a Chart.js configuration: the pictures. */
import type { ChartConfiguration, ChartOptions } from 'chart.js';
import { palette, quantity, valueAxis, xTicks, type ValueAxis } from './axis.ts';
import { bands } from './bands.ts';
import { cardConfig } from './card.ts';
import type { Pen } from './pen.ts';
import type { BarPlan, CardPlan, LinePlan, PanelsPlan, Series } from './plan.ts';
import type { Theme } from './theme.ts';

export type Plan = LinePlan | BarPlan | PanelsPlan | CardPlan;

export function toConfig(plan: Plan, theme: Theme): ChartConfiguration {
  switch (plan.kind) {
    case 'lines':
      return panels({ kind: 'panels', plans: [plan], titles: [''] }, theme);
    case 'panels':
      return panels(plan, theme);
    case 'bars':
      return bars(plan, theme);
    case 'card':
      return cardConfig(plan, theme);
  }
}

/** Up to so many points each is drawn. */
const POINTS_FEW = 40;

function dash(line: Series['line']): number[] {
  return line === 'solid' ? [] : line === 'dashed' ? [8, 5] : [2, 4];
}

function heading(text: string, colour: string, size: number, { font: family }: Theme, bottom: number) {
  const font = { family, size, weight: 'normal' as const };
  return { display: true, text, color: colour, align: 'start' as const, font, padding: { top: 0, bottom } };
}

function frame(theme: Theme, legend: { hasLegend: boolean; swatchHeight: number }): ChartOptions {
  const font = { family: theme.font, size: theme.fontSize };
  return {
    responsive: false,
    maintainAspectRatio: false,
    animation: false,
    color: theme.text,
    font,
    // The last label of an axis is half outside.
    layout: { padding: { top: 16, bottom: 16, left: 16, right: 32 } },
    plugins: {
      title: heading(theme.title, theme.text, theme.fontSize + 4, theme, 4),
      subtitle: heading(theme.caption, theme.muted, theme.fontSize, theme, 12),
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
}

/** A value axis of its own for each plan, the first one on top. */
function valueScaleId(nth: number): string {
  return nth === 0 ? 'y' : `y${nth}`;
}

/** Few points stay visible, and so does one between two gaps, which has no line. */
function radii({ points, isLevel, isEdge }: Series): number | number[] {
  if (isLevel === true || isEdge === true) return 0;
  if (points.length <= POINTS_FEW) return 3;
  const isGap = (nth: number): boolean => (points[nth]?.[1] ?? null) === null;
  return points.map((_, nth) => (isGap(nth - 1) && isGap(nth + 1) ? 3 : 0));
}

function lineDataset(each: Series, nth: number) {
  const colour = palette(each.colour);
  return {
    label: each.label,
    data: each.points.map(([x, y]) => ({ x, y: y as number })),
    yAxisID: valueScaleId(nth),
    borderColor: colour,
    backgroundColor: `${colour}33`,
    borderDash: dash(each.line),
    borderWidth: each.isEdge === true ? 0 : 2,
    fill: each.fill ?? false,
    pointRadius: radii(each),
  };
}

function panels({ plans, titles }: PanelsPlan, theme: Theme): ChartConfiguration {
  const base = frame(theme, { hasLegend: true, swatchHeight: 1 }) as ChartOptions<'line'>;
  const scales = plans.map((plan, nth) => [valueScaleId(nth), valueScale(plan, titles[nth] ?? '', theme)]);
  const [first] = plans;
  const config: ChartConfiguration<'line'> = {
    type: 'line',
    data: { datasets: plans.flatMap(({ series }, nth) => series.map((each) => lineDataset(each, nth))) },
    options: {
      ...base,
      parsing: false,
      normalized: true,
      scales: {
        ...(first === undefined ? {} : { x: xScale(first, theme) }),
        // Chart.js stacks axes from the bottom.
        ...(Object.fromEntries(scales.toReversed()) as ChartOptions<'line'>['scales']),
      },
    },
    plugins: first === undefined ? [] : [bands(first, theme)],
  };
  return config;
}

function ticksOf(theme: Theme) {
  return { color: theme.muted, font: { family: theme.font, size: theme.fontSize } };
}

function xScale(plan: LinePlan, theme: Theme) {
  const ticks = xTicks(plan);
  return {
    type: 'linear' as const,
    min: plan.xMin ?? 0,
    max: plan.xMax,
    grid: { color: theme.grid },
    ticks: {
      ...ticksOf(theme),
      maxRotation: 0,
      callback: (value: number | string) => ticks.find(({ at }) => at === Number(value))?.text ?? '',
    },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = ticks.map(({ at }) => ({ value: at }));
    },
  };
}

function valueScale(plan: LinePlan, title: string, theme: Theme) {
  const axis: ValueAxis = valueAxis(plan);
  const { font, fontSize } = theme;
  return {
    type: axis.isLog ? ('logarithmic' as const) : ('linear' as const),
    min: axis.min,
    max: axis.max,
    stack: 'panels',
    stackWeight: 1,
    offset: title !== '',
    title: { display: title !== '', text: title, color: theme.muted, font: { family: font, size: fontSize } },
    grid: { color: theme.grid },
    ticks: { ...ticksOf(theme), callback: (value: number | string) => quantity(plan.unit, Number(value)) },
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = axis.ticks.map(({ at }) => ({ value: at }));
    },
  };
}

/** A label that is wider than the room as two lines, if possible broken at a space or behind a sign that parts words. */
export function inTwo(pen: Pen, label: string, room: number): string | string[] {
  const signs = Array.from(label);
  const lines = (end: number) => [signs.slice(0, end).join(''), signs.slice(end).join('')];
  const fits = (text: string): boolean => pen.measureText(text).width <= room;
  if (fits(label)) return label;
  const ends = Object.keys(signs).map(Number);
  const good = ends.filter((end) => end > 0 && lines(end).every(fits));
  const behind = (parting: string) => good.findLast((end) => parting.includes(signs[end - 1] ?? ''));
  return lines(behind(' ') ?? behind('-._/') ?? good.at(-1) ?? Math.ceil(signs.length / 2));
}

function barScales(plan: BarPlan, theme: Theme): ChartOptions<'bar'>['scales'] {
  const font = { family: theme.font, size: theme.fontSize };
  const isSigned = plan.series.some(({ values }) => values.some((value) => (value ?? 0) < 0));
  return {
    x: {
      stacked: true,
      ...(isSigned ? {} : { min: 0 }),
      ...(plan.valueMax === null ? {} : { max: plan.valueMax }),
      grid: { color: theme.grid },
      ticks: {
        ...ticksOf(theme),
        maxRotation: 0,
        callback: (value) => quantity(plan.unit, Number(value)),
      },
    },
    y: {
      stacked: true,
      grid: { display: false },
      ticks: { color: theme.text, font: { ...font, lineHeight: 1 }, autoSkip: false },
      afterTickToLabelConversion: ({ ctx, maxWidth, ticks }) => {
        const pen = ctx as unknown as Pen;
        pen.font = `${theme.fontSize}px ${theme.font}`;
        // Beside the label there is the tick and its padding.
        for (const tick of ticks) tick.label = inTwo(pen, String(tick.label), maxWidth - 16);
      },
    },
  };
}

function bars(plan: BarPlan, theme: Theme): ChartConfiguration {
  const base = frame(theme, {
    hasLegend: plan.series.length > 1,
    swatchHeight: 10,
  }) as ChartOptions<'bar'>;
  const config: ChartConfiguration<'bar'> = {
    type: 'bar',
    data: {
      labels: [...plan.labels],
      datasets: plan.series.map(({ label, colour, values }) => ({
        label,
        data: [...values],
        backgroundColor: palette(colour),
        borderWidth: 0,
        maxBarThickness: 34,
      })),
    },
    options: { ...base, indexAxis: 'y', scales: barScales(plan, theme) ?? {} },
  };
  return config;
}
