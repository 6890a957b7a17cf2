/** The terminal summary of a sensitivity study: which guess matters, the largest effect first. */
import type {
  SensitivityDocument,
  SensitivityInput,
  SensitivitySide,
} from '../study/sensitivity-document.ts';
import { escapeTerminal } from './escape.ts';
import { formatDuration, formatFactor, formatMargin, formatShare, NO_DATA } from './format.ts';
import { painter } from './text/style.ts';
import { tableLines, type TableColumn } from './text/table.ts';
import type { TextContext } from './text/context.ts';
import { EN, type Texts } from './texts/en.ts';
import { wrap } from './width.ts';

export interface SensitivityTextOptions {
  readonly colour: boolean;
  readonly files: readonly string[];
  /** Width of the terminal; lines are kept within it down to 80. */
  readonly columns?: number;
  readonly texts?: Texts;
}

const COLUMNS = 80;
const INDENT = '  ';

/** Lines of at most `columns` columns (80 unless told otherwise), ending with a newline; no escape bytes without colour. */
export function renderSensitivity(found: SensitivityDocument, options: SensitivityTextOptions): string {
  const { texts = EN, columns = COLUMNS } = options;
  const context: TextContext = {
    paint: painter(options.colour),
    texts,
    columns: Math.max(COLUMNS, columns),
  };
  const { paint } = context;
  const files = options.files.flatMap((each) => wrap(escapeTerminal(each), context.columns, INDENT));
  const blocks = [
    headLines(found, context),
    inputLines(found, context),
    leftOutLines(found, context),
    [paint('bold', texts.terminal.files), ...files],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(found: SensitivityDocument, { paint, texts, columns }: TextContext): string[] {
  const { tool, scenario, replications, base, step } = found;
  const { sensitivity } = texts;
  const title = scenario.title === null ? [] : wrap(escapeTerminal(scenario.title), columns);
  const { factor, group } = base.headroom;
  const requests = base.requests.map(({ request, p99Ns }) => `${request} ${formatDuration(p99Ns)}`);
  const lines = [
    `${tool.name} ${tool.version} · ${scenario.id} · seed ${scenario.seed}`,
    sensitivity.how(replications.done, formatShare(step, 2)),
    ...(replications.stoppedBy === null ? [] : [sensitivity.stopped]),
    sensitivity.base(requests.join(', '), factor === null ? null : formatFactor(factor), group),
  ];
  return [
    ...title.map((each) => paint('bold', each)),
    ...lines.flatMap((each) => wrap(escapeTerminal(each), columns)),
  ];
}

function inputLines({ inputs }: SensitivityDocument, { paint, texts, columns }: TextContext): string[] {
  const { sensitivity } = texts;
  const head = paint('bold', sensitivity.head);
  if (inputs.length === 0) return [`${head}  ${sensitivity.nothing}`];
  const heads = sensitivity.heads.map((each, index): TableColumn =>
    index < 2 ? { head: each, align: 'left', widthMin: 10 } : { head: each, align: 'right' },
  );
  const rows = inputs.map((each) => cellsOf(each).map(escapeTerminal));
  return [
    `${head}  ${sensitivity.headNote}`,
    ...tableLines(heads, rows, { width: columns, indent: INDENT }),
    ...wrap(sensitivity.note, columns, INDENT),
  ];
}

function cellsOf({ label, value, lower, higher }: SensitivityInput): string[] {
  return [label, plainly(value), p99Text(lower), p99Text(higher), roomText(lower), roomText(higher)];
}

/** `{ mean: 5ms, cv: 0.5 }` → `mean 5ms, cv 0.5`: columns are dear. */
function plainly(value: string): string {
  return value.replace(/[{}]/g, '').replaceAll(': ', ' ').trim();
}

/** Of the class that moves most. */
function p99Text(side: SensitivitySide | null): string {
  if (side === null) return NO_DATA;
  const most = side.requests.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0];
  return most === undefined ? NO_DATA : changeText(most);
}

function sizeOf({ relativeDifference, verdict }: SensitivitySide['requests'][number]): number {
  return verdict === 'significant' ? Math.abs(relativeDifference ?? 0) : -1;
}

function roomText(side: SensitivitySide | null): string {
  return side === null ? NO_DATA : changeText(side.headroom);
}

function changeText({
  verdict,
  relativeDifference,
}: Pick<SensitivitySide['headroom'], 'verdict' | 'relativeDifference'>): string {
  if (verdict === 'equal') return '=';
  if (verdict === 'within-noise') return '≈';
  return relativeDifference === null ? NO_DATA : formatMargin(relativeDifference);
}

function leftOutLines({ leftOut }: SensitivityDocument, { paint, texts, columns }: TextContext): string[] {
  if (leftOut.length === 0) return [];
  const { sensitivity, review } = texts;
  const reasons = [...new Set(leftOut.map(({ because }) => because))];
  const lines = reasons.map((because) => {
    const labels = leftOut.filter((each) => each.because === because).map(({ label }) => label);
    return `${review.sensitivity.because[because]}: ${labels.join(', ')}`;
  });
  return [
    paint('bold', sensitivity.leftOut),
    ...lines.flatMap((line) => wrap(escapeTerminal(line), columns, INDENT, `${INDENT}  `)),
  ];
}
