/** The terminal summary of a comparison: what was compared, then the differences, the surest and largest first. */
import { exactDuration } from '../base/format.ts';
import { padEnd } from '../base/width.ts';
import type { Comparison, ComparedSide } from '../study/comparison.ts';
import { escapeTerminal } from './escape.ts';
import { differenceLines } from './text/differences.ts';
import { attributionLines, inputLines } from './text/inputs.ts';
import type { TextContext } from './text/context.ts';
import { painter } from './text/style.ts';
import { EN, type Texts } from './texts/en.ts';
import { wrap } from './width.ts';

export interface ComparisonTextOptions {
  readonly colour: boolean;
  /** The scenario files as the reader can type them. */
  readonly files: { readonly before: string; readonly after: string; readonly more?: readonly string[] };
  /** Paths of what was written. */
  readonly written?: readonly string[];
  /** Whether every measure is listed. */
  readonly all?: boolean;
  /** Smaller changes are not listed. */
  readonly minChange?: number;
  /** Width of the terminal; lines are kept within it down to 80. */
  readonly columns?: number;
  readonly texts?: Texts;
}

const COLUMNS = 80;

/** Lines of at most `columns` columns (80 unless told otherwise), ending with a newline; no escape bytes without colour. */
export function renderComparison(comparison: Comparison, options: ComparisonTextOptions): string {
  const { texts = EN, columns = COLUMNS } = options;
  const context: TextContext = {
    paint: painter(options.colour),
    texts,
    columns: Math.max(COLUMNS, columns),
  };
  const { more = [], before } = options.files;
  const further = comparison.further.map((each, index) => ({
    compared: { ...comparison, ...each },
    files: { before, after: more[index] ?? '' },
  }));
  const pairs = [{ compared: comparison, files: options.files }, ...further];
  const written = (options.written ?? []).flatMap((each) =>
    wrap(escapeTerminal(each), context.columns, '  '),
  );
  const blocks = [
    ...pairs.flatMap(({ compared, files }) => pairBlocks(compared, files, options, context)),
    written.length === 0 ? [] : [context.paint('bold', texts.terminal.files), ...written],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function pairBlocks(
  compared: Comparison,
  files: ComparisonTextOptions['files'],
  { all = false, minChange = 0 }: ComparisonTextOptions,
  context: TextContext,
): string[][] {
  const runaways = runawayLines(compared, files, context);
  return [
    headLines(compared, files, context),
    inputLines(compared, context),
    runaways.length > 0 ? runaways : differenceLines(compared, context, { all, minChange }),
    attributionLines(compared, context),
    onlyLines(compared, context),
  ];
}

function headLines(
  compared: Comparison,
  files: ComparisonTextOptions['files'],
  { paint, texts, columns }: TextContext,
): string[] {
  const { tool, before, after, replications } = compared;
  const { comparison } = texts;
  const { done, asked, stoppedBy } = replications;
  const side = (word: string, file: string, { scenario }: ComparedSide): string =>
    `${padEnd(word, 8)}${file} · ${scenario.title ?? scenario.id}`;
  const lines = [
    side(comparison.before, files.before, before),
    side(comparison.after, files.after, after),
    howLine(compared, texts),
    ...unpairedLines(compared, texts),
    ...clockLines(before, after, comparison),
    ...(stoppedBy === null ? [] : [comparison.stopped(done, asked)]),
    ...(Math.min(before.seeds.length, after.seeds.length) < 2 ? [comparison.tooFew] : []),
  ];
  return [
    paint('bold', `${tool.name} ${tool.version}`),
    ...lines.flatMap((line) => wrap(escapeTerminal(line), columns, '  ')),
  ];
}

/** How many replications, and what both sides were simulated with. */
function howLine({ before, after, unpairedBecause }: Comparison, texts: Texts): string {
  const { comparison } = texts;
  const { mode, slice } = after.mode;
  const { overrides, untilNs } = after.scenario;
  const isShared = JSON.stringify(overrides) === JSON.stringify(before.scenario.overrides);
  const said = unpairedBecause.includes('mode') ? [] : [comparison.how(slice, mode === 'sampled')];
  const counts = [before.seeds.length, after.seeds.length] as const;
  const range = seedRange(before.seeds, comparison);
  return [
    unpairedBecause.length === 0
      ? comparison.replications(counts[0], range)
      : comparison.replicationsApart(...counts),
    ...said,
    ...(overrides.length === 0 || !isShared
      ? []
      : [comparison.changed(overrides.map(({ path, value }) => `${path}=${value}`).join(', '))]),
    ...(untilNs === null || untilNs !== before.scenario.untilNs
      ? []
      : [comparison.until(exactDuration(untilNs))]),
  ].join(texts.words.between.clauses);
}

function seedRange(seeds: readonly string[], { seedsBetween }: Texts['comparison']): string {
  return seeds.length > 2 ? seedsBetween(seeds[0] ?? '', seeds.at(-1) ?? '') : seeds.join(', ');
}

/** Why the sides do not pair, and what that means. */
function unpairedLines(
  { before, after, unpairedBecause }: Comparison,
  { comparison, words }: Texts,
): string[] {
  if (unpairedBecause.length === 0) return [];
  const seeds = [before, after].map((side) => seedRange(side.seeds, comparison));
  const how = [before, after].map(({ mode }) => comparison.how(mode.slice, mode.mode === 'sampled'));
  const until = [before, after].map(({ scenario: { untilNs } }) =>
    untilNs === null ? comparison.unset : exactDuration(untilNs),
  );
  const reasons = unpairedBecause.map((reason) => {
    switch (reason) {
      case 'version':
        return comparison.unpaired.version(before.version, after.version);
      case 'seeds':
        return comparison.unpaired.seeds(seeds[0] ?? '', seeds[1] ?? '');
      case 'until':
        return comparison.unpaired.until(until[0] ?? '', until[1] ?? '');
      case 'warm-up':
        return comparison.unpaired.warmUp;
      case 'mode':
        return comparison.unpaired.mode(how[0] ?? '', how[1] ?? '');
    }
  });
  return [comparison.unpaired.because(reasons.join(words.between.clauses))];
}

/** What may make a difference that the scenarios themselves do not. */
function clockLines(
  { scenario: before }: ComparedSide,
  { scenario: after }: ComparedSide,
  { clock, clocks, clockDiffers, unset }: Texts['comparison'],
): string[] {
  const shown = (value: string | number | null): string =>
    typeof value === 'number' ? exactDuration(value) : (value ?? unset);
  const differing = (Object.keys(clock) as (keyof typeof clock)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => clockDiffers(clock[key], shown(before[key]), shown(after[key])));
  return differing.length === 0 ? [] : [clocks(differing.join(', '))];
}

function runawayLines(
  { before, after, replications }: Comparison,
  files: ComparisonTextOptions['files'],
  { paint, texts, columns }: TextContext,
): string[] {
  const { comparison } = texts;
  const sides = [
    { word: comparison.before, file: files.before, side: before },
    { word: comparison.after, file: files.after, side: after },
  ];
  return sides.flatMap(({ word, file, side: { runaways } }) => {
    if (runaways.length === 0) return [];
    const groups = [...new Set(runaways.map(({ group }) => group))].join(', ');
    const text = comparison.runaway(word, groups, runaways.length, replications.done, file);
    return wrap(escapeTerminal(text), columns, '! ', '  ').map((line) => paint('bad', line));
  });
}

function onlyLines({ before, after }: Comparison, { texts, columns }: TextContext): string[] {
  const { comparison } = texts;
  const sides = [
    { word: comparison.before, names: before.only },
    { word: comparison.after, names: after.only },
  ];
  return sides.flatMap(({ word, names }) =>
    names.length === 0
      ? []
      : wrap(escapeTerminal(comparison.only(word, names.join(', '))), columns, '', '  '),
  );
}
