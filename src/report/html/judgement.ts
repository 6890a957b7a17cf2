/** Sections that carry the decision: verdict, budgets, what breaks first. */
import type { BreakFinding, BudgetFinding, Findings } from '../../analysis/findings.ts';
import { clockOf } from '../clock.ts';
import { formatCount, formatFactor, formatMargin, formatMoney, formatRate, formatShare } from '../format.ts';
import { STATUS_LOOK, VERDICT_LOOK } from '../looks.ts';
import { assumedInputs, budgetsWorstFirst, headroomByLayer } from '../select.ts';
import { alarms, breakPhraseOf, nextSteps, phraseOf, verdictSentences } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';
import { html, type Content, type Markup } from './markup.ts';
import { mark, numberColumn, plainColumn, section, table, textColumn, type Column } from './parts.ts';

/** Conditions as long as people write them stay on one line. */
const CONDITION_LENGTH_MAX = 30;

export function verdictSection(findings: Findings, texts: Texts): Markup {
  const { status } = findings.verdict;
  const { sign, tone } = STATUS_LOOK[status];
  const steps = nextSteps(findings, texts);
  return html`<div class="verdict ${tone}">
      <strong><span aria-hidden="true">${sign}</span> ${texts.words.status[status]}</strong>
      ${verdictSentences(findings, texts).map((line) => html`<p>${line}</p>`)}
    </div>
    ${tiles(findings, texts)}
    ${
      steps.length === 0
        ? null
        : html`<h3>${texts.page.next}</h3>
            <ol>
              ${steps.map((step) => html`<li>${step}</li>`)}
            </ol>`
    }`;
}

export function alarmBoxes(findings: Findings, texts: Texts): Markup[] {
  return alarms(findings, texts).map((line) => html`<p class="alarm" role="alert">! ${line}</p>`);
}

function tiles(findings: Findings, { page, words }: Texts): Markup {
  const { verdict, budgets, cost, ledger } = findings;
  const heads = page.tiles;
  const deciding = verdict.decidingBudget === null ? undefined : budgets[verdict.decidingBudget];
  const tightest = headroomByLayer(findings)[0];
  const broken = verdict.firstBreak;
  const tile = (head: string, show: string, small: string): Content =>
    html`<div class="tile">
      <dt>${head}</dt>
      <dd>${show} <small>${small}</small></dd>
    </div>`;
  return html`<dl class="tiles">
    ${[
      tile(heads.deciding, formatMargin(deciding?.margin ?? null), deciding?.id ?? heads.noBudget),
      tile(
        heads.headroom,
        tightest === undefined ? formatMargin(null) : formatFactor(tightest.factor),
        tightest?.group ?? heads.noHeadroom,
      ),
      broken === null
        ? tile(heads.firstToBreak, heads.nothing, '')
        : tile(
            heads.firstToBreak,
            broken.name,
            `${words.breakKind[broken.kind]}, ${breakPhraseOf(broken, findings).at}`,
          ),
      ...(cost.length === 0
        ? [tile(heads.cost, formatMargin(null), heads.noPrice)]
        : cost.map(({ perHour, currency }) => tile(heads.cost, formatMoney(perHour, currency), ''))),
      tile(heads.assumed, formatCount(assumedInputs(findings).length), heads.ofInputs(ledger.length)),
    ]}
  </dl>`;
}

export function budgetsSection({ budgets }: Findings, texts: Texts): Markup {
  const { title, question, none } = texts.page.budgets;
  const content =
    budgets.length === 0
      ? html`<p>${none}</p>`
      : table(budgetColumns(texts), budgetsWorstFirst(budgets), { caption: title });
  return section('budgets', title, question, content);
}

function budgetColumns({ page, words }: Texts): Column<BudgetFinding>[] {
  const { heads, wholeRun, optional, outOfReach } = page.budgets;
  return [
    plainColumn(heads.verdict, ({ verdict }) => mark(VERDICT_LOOK[verdict], words.verdict[verdict])),
    plainColumn(
      heads.id,
      ({ id, level }) =>
        html`${id} ${level === 'warn' ? html`<small class="keep">(${optional})</small>` : null}`,
    ),
    plainColumn(heads.condition, ({ text }) =>
      text.length > CONDITION_LENGTH_MAX ? text : html`<span class="keep">${text}</span>`,
    ),
    numberColumn(
      heads.value,
      ({ value }) => value,
      (_, budget) => phraseOf(budget).value,
    ),
    { head: heads.margin, isNumber: true, cell: ({ margin }) => ({ show: marginBar(margin), sort: margin }) },
    textColumn(heads.target, ({ target }) => target),
    textColumn(heads.window, ({ window }) => window ?? wholeRun),
    numberColumn(heads.samples, ({ samples }) => samples, formatCount),
    plainColumn(heads.why, ({ why, outOfReach: isOut, verdict }) => {
      const warning = isOut && verdict !== 'pass' ? html` <strong>${outOfReach}</strong>` : null;
      return why === null && warning === null ? null : html`<span class="why">${why}${warning}</span>`;
    }),
  ];
}

/** The margin in words and as a bar that is full at 100 % of the limit. */
function marginBar(margin: number | null): Content {
  if (margin === null) return formatMargin(margin);
  const width = Math.round(Math.min(1, Math.abs(margin)) * 100);
  return html`${formatMargin(margin)}<span class="margin${margin < 0 ? ' over' : ''}" aria-hidden="true"
      ><i style="width:${width}%"></i
    ></span>`;
}

export function breaksSection({ breaks, scenario }: Findings, { page, words, verdict }: Texts): Markup {
  const { title, question, heads } = page.breaks;
  const clock = clockOf(scenario);
  const rate = (value: number | null) => formatRate(value);
  const share = (value: number | null) => formatShare(value);
  const columns: Column<BreakFinding>[] = [
    textColumn(heads.at, ({ atNs }) => clock(atNs)),
    textColumn(heads.name, ({ name }) => name),
    textColumn(heads.kind, ({ kind }) => words.breakKind[kind]),
    textColumn(heads.layer, ({ layer }) => layer),
    numberColumn(heads.offered, ({ offeredPerSec }) => offeredPerSec, rate),
    numberColumn(heads.value, ({ value }) => value, share),
  ];
  const content =
    breaks.length === 0 ? html`<p>${verdict.nothingBroke}</p>` : table(columns, breaks, { caption: title });
  return section('breaks', title, question, content);
}
