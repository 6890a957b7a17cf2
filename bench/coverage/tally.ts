/** How often the intervals of many studies covered the truth. */
import { MEASURES, type Estimate, type Estimates, type Measure } from './study.ts';

/** Sums over studies, so that those of several processes can be added. */
export interface Tally {
  readonly studies: number;
  /** Studies with an interval; the others had too few observations for one. */
  readonly intervals: number;
  readonly covered: number;
  /** Intervals that lie wholly below the truth: they promise too much. */
  readonly tooLow: number;
  /** Without an upper end. */
  readonly open: number;
  /** Σ half-width/truth, of those that are not open. */
  readonly relativeHalfWidths: number;
}

export type Tallies = Readonly<Record<Measure, Tally>>;

const NOTHING: Tally = { studies: 0, intervals: 0, covered: 0, tooLow: 0, open: 0, relativeHalfWidths: 0 };

export function tallyOf({ interval }: Estimate, truth: number): Tally {
  if (interval === null) return { ...NOTHING, studies: 1 };
  const [lower, end] = interval;
  const upper = end ?? Infinity;
  return {
    studies: 1,
    intervals: 1,
    covered: lower <= truth && truth <= upper ? 1 : 0,
    tooLow: upper < truth ? 1 : 0,
    open: end === null ? 1 : 0,
    relativeHalfWidths: end === null ? 0 : (end - lower) / 2 / truth,
  };
}

export function talliesOf(estimates: Estimates, truths: Readonly<Record<Measure, number>>): Tallies {
  return byMeasure((measure) => tallyOf(estimates[measure], truths[measure]));
}

export function addTallies(parts: readonly Tallies[]): Tallies {
  return byMeasure((measure) => parts.map((part) => part[measure]).reduce(add, NOTHING));
}

export function byMeasure<Value>(of: (measure: Measure) => Value): Record<Measure, Value> {
  return Object.fromEntries(MEASURES.map((measure) => [measure, of(measure)])) as Record<Measure, Value>;
}

function add(a: Tally, b: Tally): Tally {
  return {
    studies: a.studies + b.studies,
    intervals: a.intervals + b.intervals,
    covered: a.covered + b.covered,
    tooLow: a.tooLow + b.tooLow,
    open: a.open + b.open,
    relativeHalfWidths: a.relativeHalfWidths + b.relativeHalfWidths,
  };
}
