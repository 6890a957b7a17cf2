/** Theory beside simulation, folded into the section about belief. */
import type { Findings, ShadowRefusal, ShadowRow } from '../../analysis/findings.ts';
import { formatCount, NO_DATA, significant } from '../format.ts';
import { formatQuantity, largestFirst, shadowSummary } from '../shadow.ts';
import { startUpSentences } from '../start-up.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import {
  folded,
  mark,
  numberColumn,
  paragraphs,
  plainColumn,
  table,
  textColumn,
  type Column,
} from './parts.ts';

/** A page with 200 stations and five phases stays readable. */
const ROWS_MAX = 100;

export function shadowBlock(findings: Findings, texts: Texts): Content {
  const { rows, refusals } = findings.shadow;
  const summary = paragraphs([...shadowSummary(findings, texts), ...startUpSentences(findings, texts)]);
  return [
    summary,
    rows.length === 0 ? null : rowsBlock(findings, texts),
    refusals.length === 0 ? null : refusalsBlock(refusals, texts),
  ];
}

function rowsBlock({ shadow: { rows }, replications }: Findings, { shadow: texts, page }: Texts): Markup {
  const { heads } = texts;
  const shown = largestFirst(rows).slice(0, ROWS_MAX);
  const title = texts.title(rows.length);
  const columns: Column<ShadowRow>[] = [
    textColumn(heads.group, ({ group }) => group),
    textColumn(heads.phase, ({ phase }) => phase ?? page.budgets.wholeRun),
    textColumn(heads.formula, ({ formula }) => formula),
    textColumn(heads.quantity, ({ quantity }) => texts.quantity[quantity]),
    numberColumn(
      heads.theory,
      ({ theory }) => theory,
      (value, _digits, { quantity }) => formatQuantity(value, quantity),
    ),
    numberColumn(
      heads.simulated,
      ({ simulated }) => simulated,
      (value, _digits, { quantity }) => formatQuantity(value, quantity),
    ),
    numberColumn(
      heads.error,
      ({ standardError }) => standardError,
      (value, _digits, { quantity }) => formatQuantity(value, quantity),
    ),
    numberColumn(
      heads.batches(replications.done),
      ({ standardError, batches }) => (standardError === null ? null : batches),
      formatCount,
    ),
    numberColumn(
      heads.difference,
      ({ differenceSe }) => differenceSe,
      (value) => (value === null ? NO_DATA : significant(value, 2)),
    ),
    plainColumn('', ({ suspicious }) =>
      suspicious ? mark({ sign: '✗', tone: 'bad' }, texts.suspicious) : null,
    ),
  ];
  const hidden = rows.length - shown.length;
  const isOpen = rows.some(({ suspicious }) => suspicious);
  const content = [
    html`<p class="note">${texts.note(replications.done)}</p>`,
    table(columns, shown, { caption: title, isSortable: true }),
    hidden === 0 ? null : html`<p>${texts.more(hidden)}</p>`,
  ];
  return folded(title, html`${content}`, isOpen);
}

/** One row for all spans of a group that have the same reason. */
function refusalsBlock(refusals: readonly ShadowRefusal[], { shadow: texts, page }: Texts): Markup {
  const { whyNotHeads: heads, reason } = texts;
  const alike = new Map<string, ShadowRefusal[]>();
  for (const each of refusals) {
    const key = JSON.stringify([each.group, each.reason, each.of]);
    alike.set(key, [...(alike.get(key) ?? []), each]);
  }
  const rows = [...alike.values()];
  const columns: Column<readonly ShadowRefusal[]>[] = [
    textColumn(heads.group, ([first]) => first?.group ?? ''),
    textColumn(heads.phase, (spans) => spans.map(({ phase }) => phase ?? page.budgets.wholeRun).join(', ')),
    textColumn(heads.reason, ([first]) => (first === undefined ? '' : reason[first.reason](first.of ?? ''))),
  ];
  const title = texts.whyNot(rows.length);
  return folded(title, table(columns, rows, { caption: title }));
}
