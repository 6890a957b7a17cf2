/**
 * Lines over an axis as SVG that fills whatever room there is: the drawing is stretched, texts beside it are not. Whole
 * without scripts; the script moves the window that is seen and reads values at the cursor.
 */
import { COLOURS, shareOfAxis, valueAxis, xTicks, type ValueAxis } from '../charts/axis.ts';
import type { Chart, LinePlan, Point, Series } from '../charts/plan.ts';
import { html, trusted, type Content, type Markup } from './markup.ts';

/** Side of the square that a drawing is stretched from. */
export const SIDE = 1000;

/** Marks beyond this would cover the chart. */
const MARKS_MAX = 12;

export function plotFigure(chart: Chart<LinePlan>): Markup {
  const { id, title, caption } = chart;
  return html`<figure id="chart-${id}">
    <h3>${title}</h3>
    <p class="caption">${caption}</p>
    ${plot(chart)}
  </figure>`;
}

export function plot({ id, title, plan }: Pick<Chart<LinePlan>, 'id' | 'title' | 'plan'>): Markup {
  const axis = valueAxis(plan);
  const share = xShare(plan);
  const kind = plan.xKind ?? 'time';
  return html`<div class="plot" data-plot="${id}" data-kind="${kind}">
      <div class="ys" aria-hidden="true">
        ${axis.ticks.map(
          ({ at, text }) => html`<span style="bottom:${percent(shareOfAxis(axis, at))}">${text}</span>`,
        )}
      </div>
      <div class="area" tabindex="0" role="img" aria-label="${title}">
        ${drawing(plan, axis)} ${bandNames(plan)} ${markNames(plan)}
      </div>
      <div class="xs" aria-hidden="true">
        ${xTicks(plan).map(({ at, text }) => html`<span style="left:${percent(share(at))}">${text}</span>`)}
      </div>
    </div>
    ${legend(plan)}`;
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

function xShare({ xMin = 0, xMax }: LinePlan): (x: number) => number {
  return (x) => Math.min(1, Math.max(0, (x - xMin) / (xMax - xMin || 1)));
}

function drawing(plan: LinePlan, axis: ValueAxis): Markup {
  const share = xShare(plan);
  const place = { x: (x: number) => share(x) * SIDE, y: (y: number) => (1 - shareOfAxis(axis, y)) * SIDE };
  const bands = plan.bands.map(({ from, to, isOverlay }, nth) => {
    if (isOverlay !== true && nth % 2 === 1) return '';
    const left = round(place.x(from));
    const width = round(place.x(to) - place.x(from));
    return `<rect class="${isOverlay === true ? 'dip' : 'band'}" x="${left}" y="0" width="${width}" height="${SIDE}"/>`;
  });
  const grid = axis.ticks.map(({ at }) => `M0 ${round(place.y(at))}H${SIDE}`).join('');
  const marks = (plan.marks ?? [])
    .slice(0, MARKS_MAX)
    .map(({ at }) => `M${round(place.x(at))} 0V${SIDE}`)
    .join('');
  const lines = plan.series.map((series, nth) => seriesPath(series, place, plan.series[nth - 1]));
  return trusted(
    `<svg viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" aria-hidden="true" focusable="false">` +
      `${bands.join('')}<path class="grid" d="${grid}"/>${marks === '' ? '' : `<path class="mark" d="${marks}"/>`}` +
      `${lines.join('')}</svg>`,
  );
}

interface Place {
  readonly x: (x: number) => number;
  readonly y: (y: number) => number;
}

function seriesPath(series: Series, place: Place, before: Series | undefined): string {
  const colour = `c${series.colour % COLOURS}`;
  const line = pathOf(series.points, place);
  if (series.isEdge === true) {
    if (series.fill !== '-1' || before === undefined) return '';
    const back = before.points.filter(([, y]) => y !== null).toReversed();
    const there = series.points.filter(([, y]) => y !== null);
    return there.length === 0
      ? ''
      : `<path class="fill ${colour}" d="${pathOf([...there, ...back], place)}Z"/>`;
  }
  const under = series.fill === 'origin' ? areaOf(series.points, place, colour) : '';
  return `${under}<path class="line ${series.line} ${colour}" d="${line}"/>`;
}

function areaOf(points: readonly Point[], place: Place, colour: string): string {
  const drawn = points.filter(([, y]) => y !== null);
  const [first] = drawn;
  const last = drawn.at(-1);
  if (first === undefined || last === undefined) return '';
  const floor = SIDE;
  const line = pathOf(drawn, place);
  return `<path class="fill ${colour}" d="${line}L${round(place.x(last[0]))} ${floor}L${round(place.x(first[0]))} ${floor}Z"/>`;
}

/** A lone point between two gaps is a stroke of no length, which round line caps make a dot. */
function pathOf(points: readonly Point[], place: Place): string {
  let path = '';
  let isOn = false;
  points.forEach(([x, y], nth) => {
    if (y === null) {
      isOn = false;
      return;
    }
    const at = `${round(place.x(x))} ${Math.round(place.y(y))}`;
    const isLone = !isOn && (points[nth + 1]?.[1] ?? null) === null;
    path += `${isOn ? 'L' : 'M'}${at}${isLone ? 'h0' : ''}`;
    isOn = true;
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function bandNames(plan: LinePlan): Content {
  const share = xShare(plan);
  return plan.bands.map(({ label, from, to, isOverlay }) => {
    const left = share(from);
    const width = Math.max(share(to) - left, 0);
    const kind = isOverlay === true ? 'dipname' : 'bandname';
    return html`<span
      class="${kind}"
      data-from="${from}"
      data-to="${to}"
      style="left:${percent(left)};width:${percent(width)}"
      >${label}</span
    >`;
  });
}

function markNames(plan: LinePlan): Content {
  const share = xShare(plan);
  return (plan.marks ?? [])
    .slice(0, MARKS_MAX)
    .map(
      ({ label, at }) =>
        html`<span class="markname" data-from="${at}" style="left:${percent(share(at))}">${label}</span>`,
    );
}

function legend({ series }: LinePlan): Content {
  const named = series.flatMap((each, nth) => (each.label === '' ? [] : [{ ...each, nth }]));
  return html`<ul class="legend">
    ${named.map(
      ({ label, line, colour, nth }) =>
        html`<li>
          <svg viewBox="0 0 28 8" aria-hidden="true">
            <path class="line ${line} c${colour % COLOURS}" d="M1 4H27" /></svg
          >${label} <output data-series="${nth}"></output>
        </li> `,
    )}
  </ul>`;
}

/** What the script reads values from: of each chart its axis and the points of its lines, x and y in turn. */
export function plotData(charts: readonly Chart<LinePlan>[]): Record<string, unknown> {
  return Object.fromEntries(
    charts.map(({ id, plan }) => [
      id,
      {
        kind: plan.xKind ?? 'time',
        start: plan.startSeconds,
        from: plan.xMin ?? 0,
        to: plan.xMax,
        unit: plan.unit,
        series: plan.series.map(({ label, isLevel, points }) =>
          label === '' ? null : isLevel === true ? points.slice(0, 1).flat() : points.flat(),
        ),
      },
    ]),
  );
}
