import type { CheckDocument, RefusedScenario, ScenarioCheck } from '../../study/gate/gate-check.ts';
import { cellSpan, codeSpan } from '../escape.ts';
import { EN, type Texts } from '../texts/en.ts';
import { costText, countsText, gateRows, howText, problemsOf, reasonText, type GateRow } from './rows.ts';
import { OUTCOME_LOOK } from './text.ts';

export interface MarkdownOptions {
  /** UTF-8 bytes at most: 60,000 for a comment, 900,000 for a step summary; what is beyond that is left out, and counted. */
  readonly bytesMax: number;
  readonly texts?: Texts;
}

/** Rows that are seen without opening anything. */
const OPEN_ROWS_MAX = 10;

/**
 * Markdown for a comment on a pull request, or the summary of a step: the verdict, what is wrong or has changed in at most
 * ten rows, all the rest folded away. Begins with a mark by which a bot finds its comment again.
 */
export function renderMarkdown({ scenarios, refused }: CheckDocument, options: MarkdownOptions): string {
  const { texts = EN } = options;
  const room = new Room(options.bytesMax);
  const blocks = [
    ...refused.map((each) => refusedBlock(each, texts)),
    ...scenarios.map((each) => scenarioBlock(each, texts)),
  ];
  const heads = blocks.map(({ head }) => head);
  // The heads of all come first: what is left out must not be a verdict.
  for (const head of heads) room.take(head);
  const parts = blocks.map(({ head, problems, open, folded, foot }) => {
    const said = problems.filter((each) => room.take(each));
    const shown = open.rows.filter((row) => room.take(row));
    const hidden = folded.rows.filter((row) => room.take(row));
    const left = open.rows.length + folded.rows.length - shown.length - hidden.length;
    return [
      head,
      ...(said.length > 0 ? [said.join('\n')] : []),
      ...(shown.length > 0 ? [[...open.heads, ...shown].join('\n')] : []),
      ...(hidden.length > 0
        ? [
            [
              `<details><summary>${folded.title}</summary>`,
              '',
              ...folded.heads,
              ...hidden,
              '',
              '</details>',
            ].join('\n'),
          ]
        : []),
      ...(left > 0 ? [texts.gate.left(left)] : []),
      ...foot,
    ].join('\n\n');
  });
  return `${parts.join('\n\n')}\n`;
}

/** Bytes that are left; a tenth is kept for what stands between the rows. */
class Room {
  #left: number;

  constructor(bytesMax: number) {
    this.#left = bytesMax * 0.9;
  }

  /** Whether there is room for this line, which then has it. */
  take(text: string): boolean {
    const bytes = new TextEncoder().encode(text).length + 1;
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}

interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly string[];
}

interface Block {
  readonly head: string;
  /** What is wrong, in sentences. */
  readonly problems: readonly string[];
  readonly open: Table;
  readonly folded: Table & { readonly title: string };
  readonly foot: readonly string[];
}

function scenarioBlock(check: ScenarioCheck, texts: Texts): Block {
  const { scenario, outcome, baseline, cost, budgets } = check;
  const { gate } = texts;
  const rows = gateRows(check, texts);
  const notable = rows.filter(isNotable).slice(0, OPEN_ROWS_MAX);
  const hasBase = baseline !== null;
  const { sign } = OUTCOME_LOOK[outcome];
  const sentences = rows
    .filter(({ checked }) => checked.severity === 'error')
    .slice(0, OPEN_ROWS_MAX)
    .map(
      ({ checked, id }) => `- ${codeSpan(id)}: ${codeSpan(problemsOf(checked, scenario, texts).join(' '))}`,
    );
  return {
    head: [
      `<!-- hongfeng:${scenario.id} -->`,
      `**${sign} ${codeSpan(scenario.id)}: ${gate.outcome[outcome]}** · ${countsText(check, texts)}`,
      '',
      reasonText(check, texts),
    ].join('\n'),
    problems: sentences,
    open: { heads: tableHeads(texts, hasBase), rows: notable.map((row) => rowOf(row, hasBase)) },
    folded: {
      title: gate.allBudgets(budgets.length),
      heads: tableHeads(texts, hasBase),
      rows: rows.filter((row) => !notable.includes(row)).map((row) => rowOf(row, hasBase)),
    },
    foot: [
      ...(baseline?.notes ?? []).map((note) => gate.note[note]),
      ...cost.map((each) => costText(each, texts)),
      codeSpan(howText(check, texts)),
    ],
  };
}

/** What is wrong, and what the baseline had otherwise. */
function isNotable({ checked: { severity, baseline } }: GateRow): boolean {
  const quiet = ['equal', 'within-noise', 'within-tolerance', 'new', 'unknown'];
  return severity !== 'none' || (baseline !== null && !quiet.includes(baseline.verdict));
}

function tableHeads({ gate: { heads } }: Texts, hasBase: boolean): string[] {
  const { budget, condition, measured, margin, base, change, of } = heads;
  const names = ['', budget, condition, ...(hasBase ? [base, measured, change] : [measured]), margin, of];
  return [line(names), line(names.map(() => '---'))];
}

function rowOf(
  { sign, verdict, id, condition, value, margin, base, change, of }: GateRow,
  hasBase: boolean,
): string {
  const numbers = hasBase ? [base, value, change] : [value];
  return line([`${sign} ${verdict}`, cellSpan(id), cellSpan(condition), ...numbers, margin, cellSpan(of)]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function refusedBlock({ file, problems }: RefusedScenario, { gate }: Texts): Block {
  const rows = problems.map(({ code, message, at }) =>
    line([code ?? '', at === null ? '' : cellSpan(`${at.file}:${at.line}`), cellSpan(message)]),
  );
  const nothing = { heads: [], rows: [], title: '' };
  return {
    head: `**✗ ${codeSpan(gate.refused(file))}**`,
    problems: [],
    open: { heads: [line(['', '', '']), line(['---', '---', '---'])], rows },
    folded: nothing,
    foot: [],
  };
}
