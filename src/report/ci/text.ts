/** The terminal summary of a check: what came out, every budget beside its baseline, and what to look at next. */
import type { Outcome, ScenarioCheck } from '../../study/gate/gate-check.ts';
import { escapeTerminal } from '../escape.ts';
import type { Look } from '../looks.ts';
import { painter } from '../text/style.ts';
import type { TextContext } from '../text/context.ts';
import { tableLines, type TableColumn } from '../text/table.ts';
import { EN, type Texts } from '../texts/en.ts';
import { wrap } from '../width.ts';
import { costText, countsText, gateRows, howText, reasonText, worstFirst, type GateRow } from './rows.ts';

export interface CheckTextOptions {
  readonly colour: boolean;
  /** What was written, as the reader should see the paths. */
  readonly files: readonly string[];
  readonly columns?: number;
  readonly texts?: Texts;
}

const COLUMNS = 80;

/** Those that pass need not all be seen. */
const ROWS_MAX = 24;

export const OUTCOME_LOOK: Readonly<Record<Outcome, Look>> = {
  pass: { sign: '✓', tone: 'good' },
  inconclusive: { sign: '~', tone: 'warn' },
  regressed: { sign: '▲', tone: 'bad' },
  fail: { sign: '✗', tone: 'bad' },
  interrupted: { sign: '?', tone: 'warn' },
};

/** Lines of at most `columns` columns (80 unless told otherwise), ending with a newline; no escape bytes without colour. */
export function renderCheckText(check: ScenarioCheck, options: CheckTextOptions): string {
  const { texts = EN, columns = COLUMNS } = options;
  const context: TextContext = {
    paint: painter(options.colour),
    texts,
    columns: Math.max(COLUMNS, columns),
  };
  const { gate } = texts;
  const blocks = [
    headLines(check, context),
    budgetLines(check, context),
    noteLines(check, context),
    listLines(
      gate.costHead,
      check.cost.map((each) => costText(each, texts)),
      context,
    ),
    listLines(gate.nextHead, nextLines(check, texts), context),
    listLines(gate.filesHead, options.files, context),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(check: ScenarioCheck, { paint, texts, columns }: TextContext): string[] {
  const { outcome, scenario } = check;
  const { sign, tone } = OUTCOME_LOOK[outcome];
  const name = `${scenario.file} · ${scenario.title ?? scenario.id}`;
  return [
    ...wrap(escapeTerminal(name), columns).map((line) => paint('bold', line)),
    ...wrap(escapeTerminal(howText(check, texts)), columns),
    paint(tone, `${sign} ${texts.gate.outcome[outcome]}`),
    ...wrap(reasonText(check, texts), columns, '  '),
  ];
}

function budgetLines(check: ScenarioCheck, { paint, texts, columns }: TextContext): string[] {
  const { gate } = texts;
  const rows = gateRows(check, texts);
  const shown = rows.slice(0, Math.max(ROWS_MAX, rows.filter(isBad).length));
  const hasBase = check.baseline !== null;
  const lines = tableLines(
    columnsOf(texts, hasBase),
    shown.map((row) => cellsOf(row, hasBase).map(escapeTerminal)),
    { width: columns, indent: '  ' },
  );
  return [
    `${paint('bold', gate.budgets)}  ${countsText(check, texts)}`,
    ...lines.map((line, index) => paintRow(line, shown[index - 1], paint)),
    ...(rows.length > shown.length ? [`  ${gate.moreRows(rows.length - shown.length)}`] : []),
  ];
}

function isBad({ checked }: GateRow): boolean {
  return checked.severity === 'error';
}

function columnsOf({ gate: { heads } }: Texts, hasBase: boolean): TableColumn[] {
  return [
    { head: '', align: 'left' },
    { head: heads.budget, align: 'left', widthMin: 8 },
    { head: heads.condition, align: 'left', widthMin: 16 },
    { head: heads.measured, align: 'right' },
    { head: heads.margin, align: 'right', isDispensable: hasBase },
    ...(hasBase
      ? [
          { head: heads.base, align: 'right' as const },
          { head: heads.change, align: 'left' as const },
        ]
      : []),
    { head: heads.of, align: 'left', widthMin: 12 },
  ];
}

function cellsOf(row: GateRow, hasBase: boolean): string[] {
  const { sign, verdict, id, condition, value, margin, base, change, of } = row;
  return [`${sign} ${verdict}`, id, condition, value, margin, ...(hasBase ? [base, change] : []), of];
}

const TONES = { error: 'bad', warning: 'warn', none: 'good' } as const;

/** Only sign and word are coloured; they come first, so the line keeps its columns. */
function paintRow(line: string, row: GateRow | undefined, paint: TextContext['paint']): string {
  if (row === undefined) return line;
  const marked = `${row.sign} ${row.verdict}`;
  return `  ${paint(TONES[row.checked.severity], marked)}${line.slice(2 + marked.length)}`;
}

function noteLines({ baseline, removed, budgets }: ScenarioCheck, context: TextContext): string[] {
  const { gate } = context.texts;
  const accepted = budgets.flatMap(({ budget, baseline: change }) => {
    if (change?.accepted === null || change?.accepted === undefined) return [];
    const { by, date, reason } = change.accepted;
    return [`${budget.id}: ${gate.acceptedBy(by, date, reason)}`];
  });
  const lines = [
    ...(baseline?.notes.map((note) => gate.note[note]) ?? []),
    ...accepted,
    ...(removed.length === 0
      ? []
      : [gate.removed(removed.map(({ id, target, metric }) => `${id} (${metric} of ${target})`).join(', '))]),
  ];
  return lines.flatMap((line) => wrap(escapeTerminal(line), context.columns, '', '  '));
}

/** Where to read on about the worst of what fails. */
function nextLines({ budgets }: ScenarioCheck, { gate }: Texts): string[] {
  const [first] = worstFirst(budgets);
  return first?.severity === 'error' ? [gate.why(first.budget.id)] : [];
}

function listLines(head: string, entries: readonly string[], { paint, columns }: TextContext): string[] {
  if (entries.length === 0) return [];
  const lines = entries.flatMap((each) => wrap(escapeTerminal(each), columns, '  ', '    '));
  return [paint('bold', head), ...lines];
}
