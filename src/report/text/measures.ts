/** REQUESTS, LAYERS, COST and HOW of the terminal summary. */
import type { CauseName, CostFinding, Findings, RequestFinding } from '../../analysis/findings.ts';
import { escapeTerminal } from '../escape.ts';
import {
  formatCount,
  formatDuration,
  formatPercentile,
  formatRate,
  formatShare,
  formatSpread,
  NO_DATA,
  OPEN,
} from '../format.ts';
import { hasIntervals, layersTightestFirst, requestsBusiestFirst, type LayerRow } from '../select.ts';
import { costPhrases, modeSentences } from '../sentences.ts';
import type { Texts } from '../texts/en.ts';
import { tableLines, type TableColumn } from './table.ts';
import type { TextContext } from './context.ts';
import { wrap } from '../width.ts';

const ROWS_MAX = 12;
const LOST_MAX = 5;
const CAUSES: readonly CauseName[] = ['shed', 'rejected', 'abandoned', 'timedOut', 'failed'];

function columnsOf(heads: readonly string[], namesAt: readonly number[]): TableColumn[] {
  return heads.map((head, index) =>
    namesAt.includes(index) ? { head, align: 'left', widthMin: 8 } : { head, align: 'right' },
  );
}

export function requestLines(findings: Findings, context: TextContext): string[] {
  const { terminal } = context.texts;
  const spread = hasIntervals(findings);
  const heads = terminal.requestHeads.flatMap((head) =>
    head === terminal.p99 && spread ? [head, terminal.spread] : [head],
  );
  const rows = requestsBusiestFirst(findings.requests).map((each) => [
    escapeTerminal(each.request),
    formatRate(each.offeredPerSec),
    formatRate(each.goodPerSec),
    formatShare(each.availability),
    meanCell(each),
    formatPercentile(each.latency.p50Ns, each.latency.samples),
    formatPercentile(each.latency.p95Ns, each.latency.samples),
    formatPercentile(each.latency.p99Ns, each.latency.samples),
    ...(spread ? [formatSpread(each.latency.p99Ns, each.latency.intervals?.p99Ns ?? null)] : []),
    formatDuration(each.unloaded.meanNs),
  ]);
  // Percentiles say more than the mean, and goodput is what is available of what is offered.
  const dispensable = [terminal.good, terminal.mean];
  const columns = columnsOf(heads, [0]).map((column) =>
    dispensable.includes(column.head) ? { ...column, isDispensable: true } : column,
  );
  return block(terminal.requests, terminal.requestsNote, columns, rows, context);
}

function meanCell({ latency: { meanNs, intervals } }: RequestFinding): string {
  const mean = formatDuration(meanNs);
  return intervals === undefined ? mean : `${mean} ${formatSpread(meanNs, intervals.meanNs)}`;
}

/** What did not succeed, by class and cause, the largest share first. */
export function lostLines(findings: Findings, context: TextContext): string[] {
  const { terminal, words } = context.texts;
  const spread = hasIntervals(findings);
  const losses = findings.requests.flatMap(({ request, phase, offered, failures, intervals }) =>
    phase !== null || offered === 0
      ? []
      : CAUSES.map((cause) => ({
          request,
          cause,
          share: failures[cause] / offered,
          interval: intervals?.failureShares[cause] ?? null,
        })),
  );
  const rows = losses
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .map(({ request, cause, share, interval }) => [
      escapeTerminal(request),
      words.cause[cause],
      formatShare(share),
      ...(spread ? [formatSpread(share, interval)] : []),
    ]);
  return block(
    terminal.lost,
    terminal.lostNote,
    columnsOf(spread ? terminal.lostHeads : terminal.lostHeads.slice(0, -1), [0, 1]),
    rows,
    context,
    LOST_MAX,
  );
}

export function layerLines(findings: Findings, context: TextContext): string[] {
  const { terminal } = context.texts;
  const rows = layersTightestFirst(findings).map(layerCells);
  return block(terminal.layers, terminal.layersNote, columnsOf(terminal.layerHeads, [0, 1]), rows, context);
}

function layerCells({ layer, group }: LayerRow): string[] {
  return [
    escapeTerminal(layer.layer),
    escapeTerminal(layer.tightestGroup ?? ''),
    formatShare(layer.utilizationPeak),
    formatShare(layer.utilization),
    group === null ? NO_DATA : formatPercentile(group.wait.p99Ns, group.wait.samples),
    formatCount(group?.waitingJobsMax ?? null),
    formatCount(layer.rejected + layer.shed),
  ];
}

function block(
  head: string,
  note: string,
  columns: readonly TableColumn[],
  rows: readonly string[][],
  { paint, texts, columns: width }: TextContext,
  rowsMax = ROWS_MAX,
): string[] {
  if (rows.length === 0) return [];
  return [
    `${paint('bold', head)}  ${note}`,
    ...tableLines(columns, rows.slice(0, rowsMax), { width, indent: '  ' }),
    ...(rows.length > rowsMax ? [`  ${texts.terminal.more(rows.length - rowsMax)}`] : []),
    ...notesOn(rows.slice(0, rowsMax), texts).flatMap((line) => wrap(line, width, '  ')),
  ];
}

/** What the cells leave to be explained. */
function notesOn(rows: readonly string[][], { terminal }: Texts): string[] {
  return [
    ...(rows.some(hasRefusal) ? [terminal.fewSamples] : []),
    ...(rows.some((cells) => cells.includes(OPEN)) ? [terminal.open] : []),
  ];
}

/** Whether a percentile of the row was refused for want of samples. */
function hasRefusal(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.startsWith(`${NO_DATA} (`));
}

export function costLines({ cost }: Findings, { paint, texts, columns }: TextContext): string[] {
  if (cost.length === 0) return [];
  const lines = cost.flatMap((each) => wrap(escapeTerminal(costLine(each, texts)), columns, '  ', '    '));
  return [paint('bold', texts.terminal.cost), ...lines];
}

function costLine(cost: CostFinding, texts: Texts): string {
  const { unpriced } = cost;
  const without = unpriced.length === 0 ? [] : [texts.terminal.costWithout(unpriced.join(', '))];
  return [...costPhrases(cost, texts), ...without].join(texts.words.between.clauses);
}

export function modeLines(findings: Findings, texts: Texts): string[] {
  return [modeSentences(findings, texts).join(texts.words.between.sentences)];
}
