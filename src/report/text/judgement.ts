/** BUDGETS and BREAKS FIRST of the terminal summary. */
import type { BudgetFinding, Findings } from '../../analysis/findings.ts';
import { clockOf } from '../clock.ts';
import { escapeTerminal } from '../escape.ts';
import { formatCount, formatMargin, formatRate, formatShare } from '../format.ts';
import { VERDICT_LOOK } from '../looks.ts';
import { budgetRows, isTightestShown, type BudgetRow } from '../select.ts';
import { inSome } from '../breaks.ts';
import { phraseOf } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';
import { wrap } from '../width.ts';
import { tableLines, type TableColumn } from './table.ts';
import type { TextContext } from './context.ts';

/** Broken budgets are all shown up to here; the rest is in the page. */
const ROWS_MAX = 16;
const INDENT = '  ';

/** Verdict, id, condition, value, margin, target. */
function budgetColumns(heads: readonly string[]): TableColumn[] {
  const cut = [undefined, 8, 22, undefined, undefined, 8];
  const right = [3, 4];
  return heads.map((head, index) => {
    const align = right.includes(index) ? 'right' : 'left';
    const widthMin = cut[index];
    return widthMin === undefined ? { head, align } : { head, align, widthMin };
  });
}

export function budgetLines(findings: Findings, context: TextContext): string[] {
  const { budgets } = findings;
  if (budgets.length === 0) return [];
  const { paint, texts, columns } = context;
  const { terminal } = texts;
  const count = (verdict: BudgetFinding['verdict']) =>
    budgets.filter((each) => each.verdict === verdict).length;
  const counts = terminal.budgetCounts(
    count('fail'),
    count('warn'),
    count('no-data'),
    count('inconclusive'),
    count('pass'),
  );
  const rows = budgetRows(budgets);
  const shown = rows.slice(0, ROWS_MAX);
  const hidden = rows.slice(ROWS_MAX).reduce((sum, row) => sum + row.count, 0);
  const lines = tableLines(
    budgetColumns(terminal.budgetHeads),
    shown.map((each) => budgetCells(each, findings, texts).map(escapeTerminal)),
    { width: columns, indent: INDENT },
  );
  return [
    `${paint('bold', terminal.budgets)}  ${counts}`,
    ...lines.map((line, index) => paintVerdict(line, shown[index - 1]?.budget, context)),
    ...(shown.some(isTightestShown) ? [`  ${terminal.tightestShown}`] : []),
    ...(shown.some(({ budget }) => budget.verdict === 'inconclusive') ? [`  ${terminal.inconclusive}`] : []),
    ...modeErrorLines(shown, context),
    ...(hidden > 0 ? [`  ${terminal.more(hidden)}`] : []),
  ];
}

/** Which budgets are nearer to their limits than the way of simulating can tell. */
function modeErrorLines(rows: readonly BudgetRow[], { texts, columns }: TextContext): string[] {
  const near = rows.flatMap(({ budget: { id, text, modeError } }) =>
    modeError === undefined ? [] : [`${id} ${text} ±${formatShare(modeError)}`],
  );
  if (near.length === 0) return [];
  return wrap(escapeTerminal(texts.terminal.withinModeError(near.join(', '))), columns, INDENT, INDENT);
}

function budgetCells(row: BudgetRow, findings: Findings, texts: Texts): string[] {
  const { words, terminal } = texts;
  const { budget, count } = row;
  const phrase = phraseOf(budget, findings);
  const target =
    count === 1 ? phrase.target : terminal.alike(count, isTightestShown(row) ? phrase.target : null);
  const reason = budget.noDataBecause === null ? null : words.noData[budget.noDataBecause];
  // The last column may be cut, numbers never are.
  const isShort = count === 1 && budget.noDataBecause === 'few-samples';
  const value = isShort ? `${phrase.value} (${formatCount(budget.samples)})` : phrase.value;
  return [
    verdictOf(budget, texts),
    budget.id,
    budget.text,
    value,
    formatMargin(budget.margin),
    [target, texts.budgets.label(phrase.window), reason].filter((part) => part !== null).join(', '),
  ];
}

/** Sign and word; an inconclusive one is called what it counts as, with a question mark: so that is never cut off. */
function verdictOf({ verdict, countsAs }: BudgetFinding, { words }: Texts): string {
  const word = verdict === 'inconclusive' ? `${words.verdict[countsAs]}?` : words.verdict[verdict];
  return `${VERDICT_LOOK[verdict].sign} ${word}`;
}

/** Only sign and word are coloured; they come first, so the line keeps its columns. */
function paintVerdict(
  line: string,
  budget: BudgetFinding | undefined,
  { paint, texts }: TextContext,
): string {
  if (budget === undefined) return line;
  const marked = verdictOf(budget, texts);
  return (
    INDENT + paint(VERDICT_LOOK[budget.verdict].tone, marked) + line.slice(INDENT.length + marked.length)
  );
}

const BREAK_COLUMNS: readonly TableColumn[] = [
  { head: '', align: 'right' },
  { head: '', align: 'left' },
  { head: '', align: 'left', widthMin: 10 },
  { head: '', align: 'left' },
  { head: '', align: 'right' },
  { head: '', align: 'right' },
  { head: '', align: 'left' },
];

export function breakLines(findings: Findings, { paint, texts, columns }: TextContext): string[] {
  const { breaks, scenario } = findings;
  const head = paint('bold', texts.terminal.breaksFirst);
  if (breaks.length === 0) return [`${head}  ${texts.verdict.nothingBroke}`];
  const clock = clockOf(scenario);
  const rows = breaks
    .slice(0, ROWS_MAX)
    .map((each, index) => [
      `${index + 1}.`,
      clock(each.atNs),
      escapeTerminal(each.name),
      texts.words.breakKind[each.kind],
      texts.terminal.atOffered(formatRate(each.offeredPerSec)),
      formatShare(each.value),
      inSome(each, findings, texts.terminal) ?? '',
    ]);
  return [
    head,
    ...tableLines(BREAK_COLUMNS, rows, { width: columns, indent: INDENT }),
    ...(breaks.length > ROWS_MAX ? [`  ${texts.terminal.more(breaks.length - ROWS_MAX)}`] : []),
  ];
}
