/** The tables of docs/coverage.md. */
import { wilsonInterval } from '../../src/stats/ratio-interval.ts';
import { requestsOf } from './compile.ts';
import { configurationOf } from './configurations.ts';
import type { Judgement } from './judge.ts';
import { MEASURES, type Estimate, type Measure } from './study.ts';
import type { Tallies, Tally } from './tally.ts';
import type { Series } from './tasks.ts';

export interface SeriesOutcome extends Series {
  readonly truths: Readonly<Record<Measure, number>>;
  readonly tallies: Tallies;
}

/**
 * One cell a row: truth, what was covered (to one study in 2,000) with its own interval, on which side the others missed,
 * and the verdict.
 */
export function coverageTable(series: readonly SeriesOutcome[], judgements: readonly Judgement[]): string {
  const rows = series.flatMap(({ id, lengthUnits, truths, tallies }, i) =>
    MEASURES.map((measure, j) => {
      const configuration = configurationOf(id);
      const { verdict } = judgements[i * MEASURES.length + j]!;
      return [
        configuration.title,
        whole(requestsOf(configuration, lengthUnits)),
        whole(tallies[measure].studies),
        measure,
        valueText(measure, truths[measure]),
        ...coverageCells(tallies[measure]),
        verdict,
      ];
    }),
  );
  const columns = [
    'configuration',
    'requests',
    'studies',
    'measure',
    'true value',
    'covers',
    '95 % interval',
    'too low',
    'half-width',
  ];
  return markdown([...columns, 'verdict'], rows);
}

/** One series a row. */
export function lengthTable(series: readonly SeriesOutcome[]): string {
  const rows = series.map(({ id, lengthUnits, tallies }) => {
    const configuration = configurationOf(id);
    return [
      configuration.title,
      whole(requestsOf(configuration, lengthUnits)),
      whole(lengthUnits),
      ...MEASURES.map((measure) => {
        const tally = tallies[measure];
        if (tally.intervals === 0) return 'no interval';
        const { covered, tooLow } = sharesOf(tally);
        return `${percent(covered)}, ${percent(tooLow)} too low, ${widthText(tally)}`;
      }),
    ];
  });
  return markdown(['configuration', 'requests', 'N(1 − ρ)²', ...MEASURES], rows);
}

export interface Reference {
  readonly id: string;
  readonly requests: number;
  readonly estimates: Readonly<Record<Measure, Estimate>>;
}

/** Beside each estimate of a reference run what theory knows, and its half-width beside that of the studies. */
export function referenceTable(
  references: readonly Reference[],
  truthOf: (id: string, measure: Measure) => number | null,
  tallyOf: (id: string, measure: Measure) => Tally,
): string {
  const rows = references.flatMap(({ id, requests, estimates }) =>
    MEASURES.map((measure) => {
      const { value, interval } = estimates[measure];
      const [lower, upper] = interval ?? [0, null];
      if (value === null || upper === null) throw new Error(`${id}: no ${measure}`);
      const halfWidth = (upper - lower) / 2 / value;
      const exact = truthOf(id, measure);
      return [
        configurationOf(id).title,
        whole(requests),
        measure,
        exact === null ? '–' : valueText(measure, exact),
        valueText(measure, value),
        percent(halfWidth, 2),
        percent(halfWidth / sharesOf(tallyOf(id, measure)).halfWidth),
      ];
    }),
  );
  const columns = ['configuration', 'requests', 'measure', 'exact', 'reference', 'half-width'];
  return markdown([...columns, 'of that of a study'], rows);
}

function coverageCells(tally: Tally): string[] {
  if (tally.intervals === 0) return ['no interval', '', '', ''];
  const { covered, tooLow } = sharesOf(tally);
  const around = wilsonInterval({ hitCount: tally.covered, trialCount: tally.intervals }, 0.95);
  const range = around.kind === 'none' ? '' : `${percent(around.lower)} … ${percent(around.upper)}`;
  return [percent(covered, 2), range, percent(tooLow), widthText(tally)];
}

/** Half-width of those with two ends, and how many have no upper one. */
function widthText(tally: Tally): string {
  const { halfWidth, open } = sharesOf(tally);
  if (tally.open === tally.intervals) return 'all open';
  return `± ${percent(halfWidth)}${open === 0 ? '' : `, ${percent(open)} open`}`;
}

function sharesOf({ covered, tooLow, open, intervals, relativeHalfWidths }: Tally) {
  return {
    covered: covered / intervals,
    tooLow: tooLow / intervals,
    open: open / intervals,
    halfWidth: relativeHalfWidths / (intervals - open),
  };
}

function valueText(measure: Measure, value: number): string {
  return measure === 'utilization' ? percent(value, 2) : `${(value / 1e6).toPrecision(4)} ms`;
}

const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;
const whole = (value: number): string => value.toLocaleString('en');

function markdown(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line), ''].join('\n');
}
