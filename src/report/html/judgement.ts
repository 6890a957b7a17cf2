/** Sections that carry the decision: verdict, budgets, what breaks first. */
import { alarms } from '../alarms.ts';
import type { BreakFinding, BudgetFinding, Findings } from '../../analysis/findings.ts';
import { alertRows, type AlertRow } from '../alerts.ts';
import { clockOf } from '../clock.ts';
import {
  formatAgainst,
  formatCount,
  formatFactor,
  formatMargin,
  formatRate,
  formatShare,
} from '../format.ts';
import { STATUS_LOOK, VERDICT_LOOK } from '../looks.ts';
import {
  assumedInputs,
  budgetRows,
  budgetsWorstFirst,
  isMeasured,
  isTightestShown,
  type BudgetRow,
} from '../select.ts';
import type { ReviewDocuments } from '../review.ts';
import { nextSteps, noDataReason, verdictSentences } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';
import { verdictTiles } from '../tiles.ts';
import { windowPhraseOf } from '../windows.ts';
import { burnBlock } from './burn.ts';
import { chainBlock } from './chain.ts';
import { html, type Content, type Markup } from './markup.ts';
import {
  folded,
  ledgerLink,
  mark,
  numberColumn,
  plainColumn,
  section,
  table,
  textColumn,
  type Column,
} from './parts.ts';
import { sizingBlock } from './sizing.ts';
import { kneeBlock } from './studies.ts';

/** Conditions as long as people write them stay on one line. */
const CONDITION_LENGTH_MAX = 30;

/** State, one paragraph that says why, what to do next beside it, and five figures. */
export function verdictSection(documents: ReviewDocuments, texts: Texts): Markup {
  const findings = documents.result;
  const { status } = findings.verdict;
  const { sign, tone } = STATUS_LOOK[status];
  const steps = nextSteps(findings, texts);
  const { replications, ledger } = findings;
  const basis = texts.review.basis(replications.done, assumedInputs(findings).length, ledger.length);
  return html`<div class="verdict ${tone}">
      <div>
        <strong><span aria-hidden="true">${sign}</span> ${texts.words.status[status]}</strong>
        <p class="lead">${unbroken(verdictSentences(findings, texts).join(texts.words.between.sentences))}</p>
      </div>
      ${
        steps.length === 0
          ? null
          : html`<div class="next">
              <h2>${texts.page.next}</h2>
              <ol>
                ${steps.map((step) => html`<li>${withOptions(unbroken(step))}</li>`)}
              </ol>
            </div>`
      }
    </div>
    ${
      isMeasured(findings)
        ? [
            tiles(documents, texts),
            html`<p class="basis">${basis} · ${ledgerLink(texts)}${claimsLink(findings, texts)}</p>`,
          ]
        : null
    }`;
}

/** A plan that contradicts itself is no safe ground for a decision. */
function claimsLink({ claims }: Findings, { review }: Texts): Content {
  return claims.length === 0
    ? null
    : [' · ', html`<a href="#claims">${review.contradictions(claims.length)}</a>`];
}

/** A number and its unit stay on one line. */
function unbroken(sentence: string): string {
  return sentence.replaceAll(/(?<=\d) (?=%|(?:ns|µs|ms|s|CNY)\b)/g, '\u00a0');
}

/** Options that a sentence names stand out, and do not break inside. */
function withOptions(sentence: string): Content {
  return sentence
    .split(/(--[a-z]+ [^ ]+)/)
    .map((part) => (part.startsWith('--') ? html`<code class="keep">${part}</code>` : part));
}

export function alarmBoxes(findings: Findings, texts: Texts): Markup[] {
  return alarms(findings, texts).map((line) => html`<p class="alarm" role="alert">! ${line}</p>`);
}

function tiles(documents: ReviewDocuments, texts: Texts): Markup {
  return html`<dl class="tiles">
    ${verdictTiles(documents, texts).map(
      ({ head, show, small }) =>
        html`<div class="tile">
          <dt>${head}</dt>
          <dd>${show} <small>${small}</small></dd>
        </div> `,
    )}
  </dl>`;
}

export function budgetsSection(findings: Findings, texts: Texts): Markup {
  const { budgets } = findings;
  const { title, question, none, oneByOne } = texts.page.budgets;
  const rows = budgetRows(budgets);
  const all = budgetsWorstFirst(budgets).map((budget): BudgetRow => ({ budget, count: 1 }));
  const columns = budgetColumns(findings, texts);
  const content =
    budgets.length === 0
      ? html`<p>${none}</p>`
      : [
          table(columns, rows, { caption: title }),
          rows.length === all.length
            ? null
            : folded(oneByOne(all.length), table(columns, all, { caption: oneByOne(all.length) })),
        ];
  return section('budgets', title, question, [
    content,
    burnBlock(findings, texts),
    alertsBlock(findings, texts),
  ]);
}

function alertsBlock(findings: Findings, texts: Texts): Markup | null {
  const rows = alertRows(findings, texts);
  if (rows.length === 0) return null;
  const { title, caption, heads } = texts.alerts;
  const columns: Column<AlertRow>[] = [
    plainColumn(
      heads.fires,
      ({ look, fires, details }) => html`${mark(look, fires)} <small>${details}</small>`,
    ),
    textColumn(heads.alert, ({ id }) => id),
    textColumn(heads.severity, ({ severity }) => severity),
    textColumn(heads.when, ({ rule }) => rule),
    textColumn(heads.of, ({ target }) => target),
    textColumn(heads.why, ({ why }) => why ?? ''),
  ];
  return html`<h3 id="alerts">${title}</h3>
    ${table(columns, rows, { caption })}`;
}

/** Verdict, value and margin first: what a narrow screen shows without scrolling. */
function budgetColumns(findings: Findings, texts: Texts): Column<BudgetRow>[] {
  const { scenario, budgets } = findings;
  const { heads, wholeRun, optional } = texts.page.budgets;
  return [
    plainColumn(heads.verdict, ({ budget: { verdict } }) =>
      mark(VERDICT_LOOK[verdict], texts.words.verdict[verdict]),
    ),
    numberColumn(
      heads.value,
      ({ budget }) => budget.value,
      (value, digits, { budget }) => formatAgainst(value, budget.limit, budget, digits),
      ({ budget }) => budget.interval,
    ),
    {
      head: heads.margin,
      isNumber: true,
      cell: ({ budget: { margin } }) => ({ show: marginBar(margin), sort: margin }),
    },
    plainColumn(heads.condition, ({ budget: { text } }) =>
      text.length > CONDITION_LENGTH_MAX ? text : html`<span class="keep">${text}</span>`,
    ),
    plainColumn(
      heads.id,
      ({ budget: { id, level } }) =>
        html`${id} ${level === 'warn' ? html`<small class="keep">(${optional})</small>` : null}`,
    ),
    textColumn(heads.target, (row) => targetText(row, texts)),
    textColumn(
      heads.window,
      ({ budget }) => texts.budgets.label(windowPhraseOf(budget.window, scenario)) ?? wholeRun,
    ),
    numberColumn(
      heads.samples,
      ({ budget, count }) => (count === 1 ? budget.samples : null),
      (samples, _digits, { count }) => (count === 1 ? formatCount(samples) : ''),
    ),
    ...(budgets.some((budget) => whyMarkup(budget, findings, texts) !== null)
      ? [plainColumn<BudgetRow>(heads.why, ({ budget }) => whyMarkup(budget, findings, texts))]
      : []),
  ];
}

function targetText(row: BudgetRow, texts: Texts): string {
  const { terminal } = texts;
  const { budget, count } = row;
  const named = budget.target === '*' ? texts.page.budgets.everyone : budget.target;
  return count === 1 ? named : terminal.alike(count, isTightestShown(row) ? budget.target : null);
}

/** Why there is no verdict, why the limit is what it is, and whether any sizing could reach it. */
function whyMarkup(budget: BudgetFinding, findings: Findings, texts: Texts): Content {
  const { why, outOfReach, verdict, countsAs, owner, runbook, modeError } = budget;
  const { page } = texts;
  const reason = noDataReason(budget, texts);
  const parts = [
    reason === null ? null : html`<strong>${reason}</strong> `,
    verdict === 'inconclusive' && countsAs !== 'no-data'
      ? html`<strong>${texts.budgets.countsAs[countsAs]}</strong> `
      : null,
    modeError === undefined
      ? null
      : html`<strong>${texts.budgets.withinModeError(formatShare(modeError))}</strong> `,
    onlyBecauseShed(budget, findings, texts),
    why,
    owner === null ? null : ` ${texts.budgets.owner(owner)}`,
    runbook === null ? null : ` ${texts.budgets.runbook(runbook)}`,
    outOfReach && verdict !== 'pass' ? html` <strong>${page.budgets.outOfReach}</strong>` : null,
  ];
  return parts.every((part) => part === null) ? null : html`<span class="why">${parts}</span>`;
}

/** A station that is idle enough only because a limiter in front sheds; null where it is not, or would be anyway. */
function onlyBecauseShed(
  { target, metric, limit, verdict }: BudgetFinding,
  { headroom }: Findings,
  texts: Texts,
): Content {
  const row = headroom.find(({ group }) => target === `station:${group}`);
  if (metric !== 'util' || verdict !== 'pass' || row === undefined) return null;
  const { utilizationPlanned, behind } = row;
  if (utilizationPlanned === null || utilizationPlanned < limit) return null;
  const text = texts.page.budgets.onlyBecauseShed(behind.join(', '), formatShare(utilizationPlanned));
  return html`<strong>${text}</strong> `;
}

/** The margin in words and as a bar that is full at 100 % of the limit. */
function marginBar(margin: number | null): Content {
  if (margin === null) return formatMargin(margin);
  const width = Math.round(Math.min(1, Math.abs(margin)) * 100);
  return html`${formatMargin(margin)}<span class="margin${margin < 0 ? ' over' : ''}" aria-hidden="true"
      ><i style="width:${width}%"></i
    ></span>`;
}

/** Ranked: in order of time; how one led to the other; what would be enough, and how much traffic it takes as it is. */
export function breaksSection(
  { result, capacity = null }: ReviewDocuments,
  texts: Texts,
  file: string,
): Markup {
  const { title, question } = texts.page.breaks;
  return section('breaks', title, question, [
    breaksTable(result, texts),
    chainBlock(result, texts),
    sizingBlock(result, texts, file),
    kneeBlock(capacity, texts, file),
  ]);
}

function breaksTable(findings: Findings, texts: Texts): Markup {
  const { breaks, scenario } = findings;
  const { page, words, verdict } = texts;
  const { title, heads } = page.breaks;
  const clock = clockOf(scenario);
  const columns: Column<BreakFinding>[] = [
    textColumn(heads.at, ({ atNs }) => clock(atNs)),
    textColumn(heads.name, ({ name }) => name),
    textColumn(heads.kind, ({ kind }) => words.breakKind[kind]),
    textColumn(heads.layer, ({ layer }) => layer),
    numberColumn(heads.offered, ({ offeredPerSec }) => offeredPerSec, formatRate),
    numberColumn(heads.value, ({ value }) => value, formatShare),
  ];
  return breaks.length === 0
    ? html`<p>${verdict.nothingBroke} ${nextToBreak(findings, texts)}</p>`
    : table(columns, breaks, { caption: title });
}

/** Where nothing broke, what would be the first. */
function nextToBreak({ verdict }: Findings, { verdict: texts }: Texts): string {
  if (verdict.tightest === null) return '';
  const { group, utilizationPeak, factor } = verdict.tightest;
  const used = formatShare(utilizationPeak);
  return factor > 1 ? texts.tightest(group, used, formatFactor(factor)) : texts.alreadyFull(group, used);
}
