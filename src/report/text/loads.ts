/** KNEE CURVE and WITHOUT of the summary of a capacity search. */
import type { CapacityDocument, LoadPoint, WithoutFinding } from '../../study/capacity-document.ts';
import { escapeTerminal } from '../escape.ts';
import { formatCount, formatDuration, formatRate, formatShare, formatSpread, NO_DATA } from '../format.ts';
import { kneeTimes, loadText, requestAt, type KneeTimes } from '../loads.ts';
import type { Texts } from '../texts/en.ts';
import { wrap } from '../width.ts';
import type { TextContext } from './context.ts';
import { tableLines, type TableColumn } from './table.ts';

const INDENT = '  ';

const SIGNS: Readonly<Record<LoadPoint['verdict'], string>> = { holds: '✓', broken: '✗', 'cannot-say': '?' };

export function kneeLines(found: CapacityDocument, context: TextContext): string[] {
  const { points, busiestPhase } = found;
  const { paint, texts, columns } = context;
  const { capacity } = texts;
  if (points.length === 0) return [];
  const fewer = points.filter((each) => each.replications < found.replications.perLoad).length;
  const times = kneeTimes(found);
  const cells = points.map((point) => kneeCells(point, times, texts).map(escapeTerminal));
  const heads = capacity.kneeHeads.map((head, index): TableColumn =>
    index === 6 || index === 8
      ? { head, align: 'left', widthMin: 8 }
      : { head, align: index === 0 ? 'left' : 'right' },
  );
  const lines = tableLines(heads, cells, { width: columns, indent: INDENT });
  const note = escapeTerminal(
    capacity.kneeNote(times?.request ?? NO_DATA, times?.phase ?? null, busiestPhase),
  );
  return [
    ...headLine(capacity.knee, note, context),
    ...lines.map((line, index) => (points[index - 1]?.multiplier === 1 ? paint('bold', line) : line)),
    ...(points.some(({ isSure }) => !isSure) ? wrap(capacity.unsure, columns, INDENT) : []),
    ...(fewer === 0 ? [] : wrap(capacity.fewer(fewer), columns, INDENT)),
  ];
}

function kneeCells(point: LoadPoint, times: KneeTimes | null, { capacity }: Texts): string[] {
  const { multiplier, offeredPeakPerSec, availability, tightest, verdict, isSure, isUnstable } = point;
  const latency = requestAt(point, times);
  const budget = point.budgets.find(({ breaks }) => breaks) ?? point.budgets[0];
  const reason = budget?.id ?? (isUnstable ? capacity.grows : '');
  return [
    SIGNS[verdict] + (isSure ? '' : '?'),
    loadText(multiplier),
    formatRate(offeredPeakPerSec),
    formatDuration(latency?.p99Ns ?? null),
    formatSpread(latency?.p99Ns ?? null, latency?.p99Interval ?? null),
    availability === null ? NO_DATA : formatShare(1 - availability),
    tightest?.group ?? '',
    formatShare(tightest?.utilizationPeak ?? null),
    reason,
  ];
}

export function withoutLines(found: CapacityDocument, context: TextContext): string[] {
  const { without, bound } = found;
  const { texts, columns } = context;
  const { capacity } = texts;
  if (without.length === 0) return [];
  const heads = capacity.withoutHeads.map((head, index): TableColumn =>
    index === 1 || index === 5 ? { head, align: 'left', widthMin: 10 } : { head, align: 'left' },
  );
  const simulated = without.filter(({ tooManyEvents }) => tooManyEvents === null);
  const rows = simulated.map((each) => withoutCells(each, texts).map(escapeTerminal));
  const skipped = without.flatMap(({ taken, tooManyEvents }) =>
    tooManyEvents === null
      ? []
      : [`${takenText(taken)}: ${capacity.tooManyEvents(formatCount(tooManyEvents))}`],
  );
  return [
    ...headLine(capacity.without, capacity.withoutNote(loadText(bound.multiplier)), context),
    ...(rows.length === 0 ? [] : tableLines(heads, rows, { width: columns, indent: INDENT })),
    ...skipped.flatMap((each) => wrap(escapeTerminal(each), columns, INDENT, `${INDENT}  `)),
  ];
}

function withoutCells({ taken, atOne, bound }: WithoutFinding, { capacity }: Texts): string[] {
  const sign = atOne === null ? '' : SIGNS[atOne.verdict] + (atOne.isSure ? '' : '?');
  const [lower, upper] = bound?.kind === 'bound' ? bound.interval : [null, null];
  const ends = lower === null && upper === null ? NO_DATA : `${loadText(lower)} – ${loadText(upper)}`;
  const budget = bound?.budget ?? atOne?.budgets.find(({ breaks }) => breaks) ?? null;
  return [
    sign,
    takenText(taken),
    atOne === null ? NO_DATA : capacity.pointVerdict[atOne.verdict],
    boundText(bound, capacity),
    ends,
    budget?.breaks === true ? budget.id : '',
  ];
}

function boundText(bound: WithoutFinding['bound'], { noLoad, orMore }: Texts['capacity']): string {
  if (bound === null) return NO_DATA;
  const at = loadText(bound.multiplier);
  switch (bound.kind) {
    case 'bound':
      return at;
    case 'still-holding':
      return orMore(at);
    case 'infeasible':
      return noLoad;
    case 'cannot-say':
      return NO_DATA;
  }
}

function takenText(taken: WithoutFinding['taken']): string {
  return taken.map(({ layer, count, of }) => `${layer} −${count} of ${of}`).join(', ');
}

function headLine(head: string, note: string, { paint, columns }: TextContext): string[] {
  return wrap(note, columns, `${head}  `, INDENT).map((line, index) =>
    index === 0 ? paint('bold', head) + line.slice(head.length) : line,
  );
}
