/**
 * Lines over an axis as SVG that fills whatever room there is: the drawing is stretched, texts beside it are not. Whole
 * without scripts; the script moves the window that is seen and reads values at the cursor.
 */
import { COLOURS, shareOfAxis, valueAxis, xTicks, type ValueAxis } from '../charts/axis.ts';
import type { Chart, LinePlan, Series } from '../charts/plan.ts';
import { isDot, stretchesOf, type Stretch } from '../charts/series.ts';
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
  const lines = plan.series.map((series, nth) => seriesPath(series, plan, place, plan.series[nth - 1]));
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

function seriesPath(series: Series, plan: LinePlan, place: Place, before: Series | undefined): string {
  const colour = `c${series.colour % COLOURS}`;
  const stretches = stretchesOf(series.points);
  if (series.isEdge === true) {
    const isBand = series.fill === '-1' && before !== undefined;
    return isBand ? bandBetween(stretches, stretchesOf(before.points), place, colour) : '';
  }
  const isShort = (each: Stretch): boolean => isDot(each, plan);
  const long = stretches.filter((each) => !isShort(each));
  const line = pathOf(long, place);
  const dots = pathOf(stretches.filter(isShort), place);
  return [
    series.fill === 'origin' ? areasOf(long, place, colour) : '',
    line === '' ? '' : `<path class="line ${series.line} ${colour}" d="${line}"/>`,
    dots === '' ? '' : `<path class="dots ${series.line} ${colour}" d="${dots}"/>`,
  ].join('');
}

function bandBetween(
  upper: readonly Stretch[],
  lower: readonly Stretch[],
  place: Place,
  colour: string,
): string {
  const back = lower.flat();
  const areas = upper.map((there) => {
    const [from, to] = [there[0]?.[0] ?? 0, there.at(-1)?.[0] ?? 0];
    const below = back.filter(([x]) => x >= from && x <= to).toReversed();
    return `${pathOf([[...there, ...below]], place)}Z`;
  });
  return areas.length === 0 ? '' : `<path class="fill ${colour}" d="${areas.join('')}"/>`;
}

function areasOf(stretches: readonly Stretch[], place: Place, colour: string): string {
  const areas = stretches.map((each) => {
    const [from, to] = [each[0]?.[0] ?? 0, each.at(-1)?.[0] ?? 0];
    return `${pathOf([each], place)}L${round(place.x(to))} ${SIDE}L${round(place.x(from))} ${SIDE}Z`;
  });
  return areas.length === 0 ? '' : `<path class="fill ${colour}" d="${areas.join('')}"/>`;
}

/** A single point is a stroke of no length, which round line caps make a dot. */
function pathOf(stretches: readonly Stretch[], place: Place): string {
  return stretches
    .map((each) => {
      const points = each.map(([x, y]) => `${round(place.x(x))} ${Math.round(place.y(y))}`);
      return `M${points.join('L')}${each.length === 1 ? 'h0' : ''}`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function bandNames(plan: LinePlan): Content {
  const share = xShare(plan);
  const named = plan.bands.filter(({ label }) => label !== '');
  return named.map(({ label, from, to, isOverlay }) => {
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

/** Names of marks nearer than this, as a share of the axis, stand one above the other. */
const NAMES_SHARE = 0.12;

function markNames(plan: LinePlan): Content {
  const share = xShare(plan);
  const marks = (plan.marks ?? []).slice(0, MARKS_MAX).toSorted((a, b) => a.at - b.at);
  let isUp = false;
  return marks.map(({ label, at }, nth) => {
    const before = marks[nth - 1];
    isUp = before !== undefined && share(at) - share(before.at) < NAMES_SHARE && !isUp;
    return html`<span
      class="markname${isUp ? ' up' : ''}"
      data-from="${at}"
      style="left:${percent(share(at))}"
      >${label}</span
    >`;
  });
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
