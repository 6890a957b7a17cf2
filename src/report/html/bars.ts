/** Horizontal bars as plain boxes: they fill the room there is, print, and need no script. */
import { COLOURS, quantity } from '../charts/axis.ts';
import type { BarPlan, Chart } from '../charts/plan.ts';
import { formatMargin } from '../format.ts';
import { html, type Content, type Markup } from './markup.ts';
import { percent } from './plot.ts';

/** A part at least this wide carries its value. */
const LABELLED_SHARE = 0.09;
/** On a phone only a part at least this wide. */
const PHONE_SHARE = 0.3;

export function barsFigure({ id, title, caption, plan }: Chart<BarPlan>): Markup {
  return html`<figure id="chart-${id}">
    <h3>${title}</h3>
    <p class="caption">${caption}</p>
    ${bars(plan)}
  </figure>`;
}

function bars(plan: BarPlan): Markup {
  const totals = plan.labels.map((_, row) => total(plan, row));
  const most = Math.max(...totals, 0) || 1;
  const least = Math.min(...totals, 0);
  const isSigned = least < 0;
  const written = (value: number) => (isSigned ? formatMargin(value) : quantity(plan.unit, value));
  return html`<div class="bars">
      ${plan.labels.map(
        (label, row) =>
          html`<div class="barname">${label}</div>
            <div class="track">
              ${isSigned ? signedPart(totals[row] ?? 0, least, Math.max(...totals, 0)) : parts(plan, row, most)}
            </div>
            <div class="barvalue">${written(totals[row] ?? 0)}</div>`,
      )}
    </div>
    ${plan.series.length < 2 ? null : barLegend(plan)}`;
}

function total({ series }: BarPlan, row: number): number {
  return series.reduce((sum, { values }) => sum + (values[row] ?? 0), 0);
}

/** A change: to the left of zero less, to the right of it more. */
function signedPart(value: number, least: number, most: number): Markup {
  const length = most - least;
  const from = (Math.min(value, 0) - least) / length;
  const style = `margin-left:${percent(from)};width:${percent(Math.abs(value) / length)}`;
  return html`<i class="b0" style="${style}"></i>`;
}

function parts({ series, unit }: BarPlan, row: number, most: number): Content {
  return series.map(({ label, colour, values }) => {
    const value = values[row] ?? 0;
    if (value <= 0) return null;
    const share = value / most;
    const text = quantity(unit, value);
    return html`<i class="b${colour % COLOURS}" style="width:${percent(share)}" title="${label}: ${text}"
      >${share >= LABELLED_SHARE && series.length > 1 ? html`<b${share < PHONE_SHARE ? html` class="s"` : null}>${text}</b>` : null}</i
    >`;
  });
}

function barLegend({ series }: BarPlan): Markup {
  return html`<ul class="legend">
    ${series.map(({ label, colour }) => html`<li><i class="swatch b${colour % COLOURS}"></i>${label}</li> `)}
  </ul>`;
}
