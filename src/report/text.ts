/** The terminal summary of a run: verdict, budgets and what breaks first before any table of numbers. */
import type { Findings } from '../analysis/findings.ts';
import { escapeTerminal } from './escape.ts';
import { STATUS_LOOK } from './looks.ts';
import { shadowSummary } from './shadow.ts';
import { isMeasured } from './select.ts';
import { startUpSentences } from './start-up.ts';
import { alarms } from './alarms.ts';
import { nextSteps, verdictSentences } from './sentences.ts';
import { EN, type Texts } from './texts/en.ts';
import { burnLines } from './text/burn.ts';
import { alertLines } from './text/alerts.ts';
import { breakLines, budgetLines } from './text/judgement.ts';
import { stabilityLines } from './text/stability.ts';
import { costLines, layerLines, lostLines, modeLines, requestLines } from './text/measures.ts';
import type { TextContext } from './text/context.ts';
import { painter } from './text/style.ts';
import { wrap } from './width.ts';

export interface TextOptions {
  readonly colour: boolean;
  /** Where the files of this run are, as the reader should see the paths. */
  readonly files: readonly string[];
  /** Width of the terminal; lines are kept within it down to 80. */
  readonly columns?: number;
  readonly texts?: Texts;
}

const COLUMNS = 80;

/** Lines of at most `columns` columns (80 unless told otherwise), ending with a newline; no escape bytes without colour. */
export function renderText(findings: Findings, options: TextOptions): string {
  const { texts = EN, columns = COLUMNS } = options;
  const context: TextContext = {
    paint: painter(options.colour),
    texts,
    columns: Math.max(COLUMNS, columns),
  };
  const measured = [
    budgetLines,
    burnLines,
    alertLines,
    breakLines,
    stabilityLines,
    requestLines,
    lostLines,
    layerLines,
    costLines,
  ];
  const blocks = [
    headLines(findings, context),
    verdictLines(findings, context),
    ...(isMeasured(findings) ? measured.map((lines) => lines(findings, context)) : []),
    listLines(texts.terminal.mode, modeLines(findings, texts), context),
    listLines(texts.shadow.head, isMeasured(findings) ? theory(findings, texts) : [], context),
    listLines(texts.terminal.next, nextSteps(findings, texts), context),
    listLines(texts.terminal.files, options.files, context),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function theory(findings: Findings, texts: Texts): string[] {
  return [...shadowSummary(findings, texts), ...startUpSentences(findings, texts)];
}

function headLines({ tool, scenario }: Findings, { paint, texts, columns }: TextContext): string[] {
  const line = `${tool.name} ${tool.version} · ${scenario.id} · ${texts.page.seed(scenario.seed)}`;
  const title = scenario.title === null ? [] : wrap(escapeTerminal(scenario.title), columns);
  return [...title.map((each) => paint('bold', each)), ...wrap(escapeTerminal(line), columns)];
}

function verdictLines(findings: Findings, { paint, texts, columns }: TextContext): string[] {
  const { status } = findings.verdict;
  const { sign, tone } = STATUS_LOOK[status];
  const word = `${sign} ${texts.words.status[status]}`;
  const sentences = verdictSentences(findings, texts).map(escapeTerminal);
  return [
    ...alarms(findings, texts).flatMap((each) =>
      wrap(escapeTerminal(each), columns, '! ', '  ').map((line) => paint('bad', line)),
    ),
    paint(tone, word),
    ...sentences.flatMap((each) => wrap(each, columns, '  ')),
  ];
}

/** A heading and one wrapped paragraph per entry. */
function listLines(head: string, entries: readonly string[], { paint, columns }: TextContext): string[] {
  if (entries.length === 0) return [];
  const lines = entries.flatMap((each) => wrap(escapeTerminal(each), columns, '  ', '    '));
  return [paint('bold', head), ...lines];
}
