/** DIFFERENCES of the summary of a comparison. */
import { exactDuration } from '../../base/format.ts';
import type { Comparison, Difference } from '../../study/comparison.ts';
import { byWeight, isAtLeast } from '../changes.ts';
import { escapeTerminal } from '../escape.ts';
import {
  formatAgainst,
  formatByUnit,
  formatGrowth,
  formatPoints,
  formatShare,
  NO_DATA,
  significant,
} from '../format.ts';
import type { Texts } from '../texts/en.ts';
import { wrap } from '../width.ts';
import { tableLines, type TableColumn } from './table.ts';
import type { TextContext } from './context.ts';

const ROWS_MAX = 16;
const INDENT = '  ';

const SIGNS: Readonly<Record<Difference['verdict'], string>> = {
  significant: ' ',
  'within-noise': '≈',
  unknown: '?',
  equal: '=',
};

export function differenceLines(
  { differences, replications, unpairedBecause }: Comparison,
  context: TextContext,
  { all, minChange }: { readonly all: boolean; readonly minChange: number },
): string[] {
  const { paint, texts, columns } = context;
  const { comparison } = texts;
  if (differences.length === 0) return [comparison.nothing];
  const count = (verdict: Difference['verdict']): number =>
    differences.filter((each) => each.verdict === verdict).length;
  const changed = differencesInOrder(differences);
  const equal = differences.filter(({ verdict }) => verdict === 'equal');
  const rows = (all ? [...changed, ...equal] : changed).filter((row) => isAtLeast(row, minChange));
  const below = changed.filter((row) => !isAtLeast(row, minChange)).length;
  if (changed.length === 0 && !all) return [comparison.allEqual(differences.length)];
  const shown = rows.slice(0, all ? rows.length : ROWS_MAX);
  const counts = comparison.counts(
    count('significant'),
    count('within-noise'),
    count('equal'),
    count('unknown'),
  );
  const lines = tableLines(
    columnsOf(comparison),
    shown.map((row) => cellsOf(row, texts).map(escapeTerminal)),
    { width: columns, indent: INDENT },
  );
  const tested = differences.filter(({ pValue }) => pValue !== null).length;
  const spans = [...new Set(shown.flatMap(({ spanNs }) => (spanNs === null ? [] : [exactDuration(spanNs)])))];
  const notes = [
    ...(spans.length === 0 ? [] : [comparison.worst(spans.join(', '))]),
    ...(below === 0 ? [] : [comparison.below(below, formatShare(minChange, 2))]),
    (unpairedBecause.length === 0 ? comparison.note : comparison.noteApart)(
      tested,
      formatShare(replications.level, 2),
    ),
  ];
  return [
    ...headLines(comparison.differences, counts, context),
    ...lines.map((line, index) => (shown[index - 1]?.verdict === 'significant' ? paint('bold', line) : line)),
    ...(rows.length > shown.length ? [`${INDENT}${comparison.more(rows.length - shown.length)}`] : []),
    ...notes.flatMap((note) => wrap(note, columns, INDENT)),
  ];
}

function headLines(head: string, text: string, { paint, columns }: TextContext): string[] {
  return wrap(text, columns, `${head}  `, INDENT).map((line, index) =>
    index === 0 ? paint('bold', head) + line.slice(head.length) : line,
  );
}

/** Without equal ones: significant, then what one side has no data of, then noise, then the rest; each by weight. */
function differencesInOrder(differences: readonly Difference[]): Difference[] {
  const order = ({ verdict, difference }: Difference): number =>
    verdict === 'significant' ? 0 : difference === null ? 1 : verdict === 'within-noise' ? 2 : 3;
  return differences
    .filter(({ verdict }) => verdict !== 'equal')
    .toSorted((a, b) => order(a) - order(b) || byWeight(a, b));
}

function columnsOf({ before, after, heads }: Texts['comparison']): TableColumn[] {
  return [
    { head: '', align: 'left' },
    { head: heads.of, align: 'left', widthMin: 6 },
    { head: heads.measure, align: 'left' },
    { head: heads.phase, align: 'left', widthMin: 5 },
    { head: before, align: 'right' },
    { head: after, align: 'right' },
    { head: heads.change, align: 'right' },
    { head: heads.spread, align: 'right' },
  ];
}

function cellsOf(row: Difference, { comparison }: Texts): string[] {
  const { target, metric, unit, phase, before, after, verdict } = row;
  const isTold = verdict === 'significant' && before !== null && after !== null;
  return [
    SIGNS[verdict],
    target.slice(target.indexOf(':') + 1),
    comparison.metric[metric],
    phase ?? '',
    isTold ? formatAgainst(before, after, unit) : formatByUnit(before, unit),
    isTold ? formatAgainst(after, before, unit) : formatByUnit(after, unit),
    ...changeCells(row, comparison.points),
  ];
}

/**
 * How much, and half the width of its interval in the same unit: points of what is a share itself, else per cent or times of
 * `before`; in its own unit where that is 0.
 */
function changeCells(
  { before, difference, relativeDifference, interval, unit }: Difference,
  points: Texts['comparison']['points'],
): [string, string] {
  if (difference === null) return [NO_DATA, NO_DATA];
  const halfWidth = interval === null ? null : (interval[1] - interval[0]) / 2;
  const spread = (width: number): string =>
    width > 0 && width < 1e-4 ? '± < 0.0001' : `±${significant(width, 2)}`;
  if (unit === 'ratio') {
    return [points(formatPoints(difference)), halfWidth === null ? NO_DATA : spread(halfWidth * 100)];
  }
  if (relativeDifference !== null && before !== null && before !== 0) {
    const growth = formatGrowth(relativeDifference);
    const scale = growth.startsWith('×') ? 1 : 100;
    return [growth, halfWidth === null ? NO_DATA : spread((halfWidth / before) * scale)];
  }
  const sign = difference < 0 ? '−' : '+';
  return [
    `${sign}${formatByUnit(Math.abs(difference), unit)}`,
    halfWidth === null ? NO_DATA : `±${formatByUnit(halfWidth, unit)}`,
  ];
}
