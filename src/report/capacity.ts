/** The terminal summary of a capacity search: the bound and what sets it, then the loads one by one. */
import { exactDuration } from '../base/format.ts';
import type { CapacityBound, CapacityDocument, LoadBudget } from '../study/capacity-document.ts';
import { escapeTerminal } from './escape.ts';
import { formatAgainst, formatByUnit, formatRate, formatShare } from './format.ts';
import { clockOf } from './clock.ts';
import type { Tone } from './looks.ts';
import { kneeLines, withoutLines } from './text/loads.ts';
import { loadText } from './loads.ts';
import type { TextContext } from './text/context.ts';
import { painter } from './text/style.ts';
import type { BrokenPhrase } from './texts/en-capacity.ts';
import { EN, type Texts } from './texts/en.ts';
import { wrap } from './width.ts';

export interface CapacityTextOptions {
  readonly colour: boolean;
  readonly files: readonly string[];
  /** Width of the terminal; lines are kept within it down to 80. */
  readonly columns?: number;
  readonly texts?: Texts;
}

const COLUMNS = 80;

const LOOKS: Readonly<Record<CapacityBound['kind'], readonly [sign: string, tone: Tone]>> = {
  bound: ['✓', 'good'],
  'still-holding': ['✓', 'good'],
  infeasible: ['✗', 'bad'],
  'cannot-say': ['?', 'warn'],
};

/** Lines of at most `columns` columns (80 unless told otherwise), ending with a newline; no escape bytes without colour. */
export function renderCapacity(found: CapacityDocument, options: CapacityTextOptions): string {
  const { texts = EN, columns = COLUMNS } = options;
  const context: TextContext = {
    paint: painter(options.colour),
    texts,
    columns: Math.max(COLUMNS, columns),
  };
  const files = options.files.flatMap((each) => wrap(escapeTerminal(each), context.columns, '  '));
  const blocks = [
    headLines(found, context),
    boundLines(found, context),
    kneeLines(found, context),
    withoutLines(found, context),
    [context.paint('bold', texts.capacity.files), ...files],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines(found: CapacityDocument, { paint, texts, columns }: TextContext): string[] {
  const { tool, scenario, replications, points, mode } = found;
  const { capacity } = texts;
  const title = scenario.title === null ? [] : wrap(escapeTerminal(scenario.title), columns);
  const line = `${tool.name} ${tool.version} · ${scenario.id} · seed ${scenario.seed}`;
  const [lowest, highest] = [points[0], points.at(-1)].map((each) => loadText(each?.multiplier ?? null));
  const how = [
    capacity.how(replications.perLoad, points.length, lowest ?? '', highest ?? ''),
    capacity.mode(mode.slice, mode.mode === 'sampled'),
  ];
  return [
    ...title.map((each) => paint('bold', each)),
    ...[line, how.join('; ')].flatMap((each) => wrap(escapeTerminal(each), columns)),
  ];
}

function boundLines(found: CapacityDocument, { paint, texts, columns }: TextContext): string[] {
  const { bound } = found;
  const { capacity } = texts;
  const [sign, tone] =
    bound.kind === 'bound' && bound.multiplier < 1 ? (['✗', 'bad'] as const) : LOOKS[bound.kind];
  const at = bound.multiplier === null ? capacity.noLoad : loadText(bound.multiplier);
  const sentences = boundSentences(found, texts);
  return [
    paint(tone, `${sign} ${capacity.kind[bound.kind](at)}`),
    ...sentences.flatMap((each) => wrap(escapeTerminal(each), columns, '  ')),
  ];
}

/** Everything about the bound in sentences, alike for terminal and page. */
function boundSentences(found: CapacityDocument, texts: Texts): string[] {
  const { bound, plannedPeakPerSec, replications, search, isMonotone } = found;
  const { capacity } = texts;
  const peak = bound.offeredPeakPerSec;
  return [
    ...(replications.stoppedBy === null ? [] : [capacity.stopped]),
    ...(search.holdNs === null ? [] : [capacity.held(exactDuration(search.holdNs))]),
    ...(search.scaled === null ? [] : [capacity.scaled(search.scaled.join(', '))]),
    ...(bound.kind === 'bound' ? [intervalSentence(bound, found, texts)] : []),
    ...(peak === null || plannedPeakPerSec === null || bound.kind === 'infeasible'
      ? []
      : [capacity.peak(formatRate(peak), formatRate(plannedPeakPerSec))]),
    ...reasonSentences(found, texts),
    ...(bound.kind === 'still-holding' ? [capacity.searchOn(`${2 * search.to}x`)] : []),
    ...(bound.kind === 'infeasible' ? [capacity.searchBelow(`${search.from / 10}x`)] : []),
    ...(search.outOfReach.length === 0 ? [] : [capacity.outOfReach(search.outOfReach.join(', '))]),
    ...(search.notHeld.length === 0 ? [] : [capacity.notHeld(search.notHeld.join(', '))]),
    ...(isMonotone ? [] : [capacity.notMonotone]),
  ];
}

function intervalSentence(
  { interval }: Extract<CapacityBound, { kind: 'bound' }>,
  { replications: { perLoad } }: CapacityDocument,
  { capacity }: Texts,
): string {
  if (perLoad < 2) return capacity.noInterval;
  const [lower, upper] = interval.map((end) => (end === null ? null : loadText(end)));
  return capacity.interval(lower ?? null, upper ?? null);
}

function reasonSentences({ bound, scenario, points }: CapacityDocument, texts: Texts): string[] {
  const { capacity, words } = texts;
  const { budget, saturated, firstBreak } = bound;
  const multiplier = bound.kind === 'bound' ? bound.beyond : bound.multiplier;
  if (multiplier === null) return [];
  const at = loadText(multiplier);
  const isUnstable = points.find((each) => each.multiplier === multiplier)?.isUnstable ?? false;
  return [
    ...(budget === null
      ? []
      : [
          budget.breaks
            ? capacity.breaks(at, brokenPhrase(budget, texts))
            : capacity.closest(brokenPhrase(budget, texts)),
        ]),
    ...(isUnstable ? [capacity.unstable(at)] : []),
    ...(saturated === null
      ? []
      : [capacity.saturated(saturated.group, saturated.layer, formatShare(saturated.utilizationPeak))]),
    ...(firstBreak === null
      ? []
      : [
          capacity.firstBreak(
            firstBreak.name,
            words.breakKind[firstBreak.kind],
            clockOf(scenario)(firstBreak.atNs),
          ),
        ]),
  ];
}

function brokenPhrase(budget: LoadBudget, { metricName }: Texts): BrokenPhrase {
  const { id, metric, target, value, limit, op } = budget;
  return {
    id,
    measure: metricName(metric),
    target: target === '*' ? 'all requests' : target.slice(target.indexOf(':') + 1),
    value: value === null ? null : formatAgainst(value, limit, budget),
    op,
    limit: formatByUnit(limit, budget),
  };
}
