/** INPUTS and WHICH CHANGE DOES WHAT of the summary of a comparison. */
import type { AttributedMeasure, Comparison, InputChange } from '../../study/comparison.ts';
import { measureName } from '../changes.ts';
import { escapeTerminal } from '../escape.ts';
import { formatByUnit, formatGrowth, formatPoints, formatShare, NO_DATA } from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { wrap } from '../width.ts';
import type { TextContext } from './context.ts';
import { tableLines } from './table.ts';

const ROWS_MAX = 16;
const MEASURES_MAX = 8;
/** Parts of one difference that are named. */
const PARTS_MAX = 3;
/** Shares below this say that a change had no part in it. */
const SHARE_MIN = 0.005;
const INDENT = '  ';

/** What the scenarios say differently, in the order of the file. */
export function inputLines({ inputs }: Pick<Comparison, 'inputs'>, context: TextContext): string[] {
  if (inputs === null) return [];
  const { paint, texts, columns } = context;
  const { inputs: words } = texts.comparison;
  if (inputs.length === 0) return [`${paint('bold', words.head)}  ${words.none}`];
  const shown = inputs.slice(0, ROWS_MAX);
  const heads = words.heads.map((head, index) => ({
    ...{ head, align: 'left' as const },
    ...(index === 4 ? {} : { widthMin: [1, 14, 8, 8][index] ?? 8 }),
  }));
  const rows = shown.map((each) => inputCells(each).map(escapeTerminal));
  return [
    `${paint('bold', words.head)}  ${words.counts(inputs.length)}`,
    ...tableLines(heads, rows, { width: columns, indent: INDENT }),
    ...(inputs.length > ROWS_MAX ? [`${INDENT}${texts.comparison.more(inputs.length - ROWS_MAX)}`] : []),
    ...(shown.some((each) => each.of === 'budget') ? wrap(words.budgets, columns, INDENT) : []),
  ];
}

const SIGNS: Readonly<Record<InputChange['kind'], string>> = { changed: '~', added: '+', removed: '−' };

function inputCells({ kind, path, before, after }: InputChange): string[] {
  return [SIGNS[kind], path, before?.text ?? NO_DATA, after?.text ?? NO_DATA, after?.at ?? before?.at ?? ''];
}

/** One measure a paragraph: how much it moved, and which change is behind how much of that. */
export function attributionLines(
  { attribution, inputs, differences }: Pick<Comparison, 'attribution' | 'inputs' | 'differences'>,
  context: TextContext,
): string[] {
  if (attribution === null) return [];
  const { paint, texts, columns } = context;
  const { attribution: words } = texts.comparison;
  const { parts, measures, leftOut } = attribution;
  const head = paint('bold', words.head);
  if (measures.length === 0) return [`${head}  ${words.nothingMoved}`];
  const paths = (indices: readonly number[]): string =>
    indices.map((index) => inputs?.[index]?.path ?? '').join(' + ');
  const names = parts.map((part) => paths(part.inputs));
  const relative = (of: AttributedMeasure): number | null =>
    differences.find(
      ({ target, metric, phase }) => target === of.target && metric === of.metric && phase === of.phase,
    )?.relativeDifference ?? null;
  const lines = measures
    .slice(0, MEASURES_MAX)
    .map(
      (each) =>
        `${measureName(each, texts)} ${changeText(each, relative(each), texts)}: ${sharesText(each, names, texts)}`,
    );
  const idle = leftOut.filter((index) => inputs?.[index]?.of !== 'budget');
  return [
    head,
    ...lines.flatMap((line) => wrap(escapeTerminal(line), columns, INDENT, `${INDENT}  `)),
    ...(measures.length > MEASURES_MAX
      ? [`${INDENT}${texts.comparison.more(measures.length - MEASURES_MAX)}`]
      : []),
    ...wrap(words.note, columns, INDENT),
    ...(idle.length === 0
      ? []
      : wrap(escapeTerminal(words.leftOut(idle.map((i) => paths([i])).join(', '))), columns, INDENT)),
  ];
}

function changeText(
  { unit, difference }: AttributedMeasure,
  relative: number | null,
  { comparison }: Texts,
): string {
  if (unit === 'ratio') return comparison.points(formatPoints(difference));
  if (relative !== null) return formatGrowth(relative);
  return `${difference < 0 ? '−' : '+'}${formatByUnit(Math.abs(difference), unit)}`;
}

function sharesText(
  { parts, interaction }: AttributedMeasure,
  names: readonly string[],
  { comparison: { attribution: words } }: Texts,
): string {
  const told = parts
    .map(({ share }, index) => ({ share, name: names[index] ?? '' }))
    .filter(({ share }) => share === null || Math.abs(share) >= SHARE_MIN)
    .toSorted((a, b) => Math.abs(b.share ?? Infinity) - Math.abs(a.share ?? Infinity));
  const phrases = told
    .slice(0, PARTS_MAX)
    .map(({ share, name }) => (share === null ? words.unknown(name) : words.share(shareText(share), name)));
  return [
    ...phrases,
    ...(told.length > PARTS_MAX ? [words.others(told.length - PARTS_MAX)] : []),
    ...(interaction === null || Math.abs(interaction) < SHARE_MIN
      ? []
      : [words.together(shareText(interaction))]),
  ].join(', ');
}

function shareText(share: number): string {
  return share < 0 ? `−${formatShare(-share, 2)}` : formatShare(share, 2);
}
