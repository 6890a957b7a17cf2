import type { Budget, Condition } from '../../scenario/types.ts';
import { runsOf, type Measured } from '../context.ts';
import { intervalOf, meanOfExtremes, NOT_NEGATIVE, SHARE, type Bounds } from '../intervals.ts';
import { holds } from './conditions.ts';
import { isLatency } from './metric.ts';
import type { Question, Reading, Subject } from './reading.ts';
import { piecesOf, type Pieces } from './stretch.ts';

/** What is asked of every piece. */
export interface PieceQuestion extends Omit<Question, 'at'> {
  readonly window: Pieces;
  readonly condition: Condition;
  readonly minSamples: Budget['minSamples'];
  /** Where the values of one piece can lie at all. */
  readonly bounds: Bounds;
}

/** One run, piece by piece. */
interface OfRun {
  readonly value: number | null;
  readonly worst: number | null;
  /** Of the piece with most. */
  readonly samples: number;
  /** Whether there was a piece that requests came to and none was answered in: no time is kept then. */
  readonly isUnanswered: boolean;
}

/**
 * The worst piece, or the share of pieces that keep the condition, of each run; of several runs the mean. A piece that
 * fewer than `minSamples` came to, or that is too small for the percentile, says nothing. A time of a piece in which nothing
 * was answered is no time: such a slice is bad, and such a stretch keeps the budget from passing.
 */
export function readPieces(subject: Subject, of: Measured, question: PieceQuestion): Reading {
  const { window, level, bounds } = question;
  const isWorst = window.kind === 'worst';
  const ofEach = runsOf(of).map((run) =>
    (isWorst ? worstOf : goodShareOf)(readEach(subject, run, question), question),
  );
  const values = ofEach.map(({ value }) => value);
  const value = meanOfExtremes(values);
  const samples = Math.max(...ofEach.map((each) => each.samples));
  const isUnanswered = ofEach.some((each) => each.isUnanswered);
  const reading = {
    value,
    worst: meanOfExtremes(ofEach.map(({ worst }) => worst)),
    samples,
    completed: isWorst && isUnanswered ? 0 : samples,
  };
  if (of.apart.length < 2) return reading;
  return { ...reading, ofEach: values, interval: intervalOf(value, values, isWorst ? bounds : SHARE, level) };
}

function readEach(subject: Subject, run: Measured, { metric, level, window }: PieceQuestion): Reading[] {
  return piecesOf(run, window).map((piece) => subject.read(run, { metric, level, at: () => piece }));
}

function sizeOf({ came, samples }: Reading): number {
  return came ?? samples;
}

function worstOf(all: readonly Reading[], { condition, metric, minSamples }: PieceQuestion): OfRun {
  const pieces = all.filter((piece) => sizeOf(piece) >= minSamples);
  const known = pieces.filter(({ value }) => value !== null);
  return {
    value: farthest(
      condition,
      known.map(({ value }) => value ?? 0),
    ),
    worst: farthest(
      condition,
      known.map(({ worst }) => worst ?? 0),
    ),
    samples: mostOf(all),
    isUnanswered: isLatency(metric) && pieces.some(isUnanswered),
  };
}

function goodShareOf(all: readonly Reading[], { condition, metric, minSamples }: PieceQuestion): OfRun {
  const pieces = all.filter((piece) => sizeOf(piece) >= minSamples);
  const isTime = isLatency(metric);
  const judged = pieces.filter((piece) => piece.value !== null || (isTime && isUnanswered(piece)));
  const share = (key: 'value' | 'worst'): number | null => {
    const good = judged.filter((piece) => {
      const value = piece[key];
      return value !== null && holds(condition, value);
    });
    return judged.length === 0 ? null : good.length / judged.length;
  };
  return { value: share('value'), worst: share('worst'), samples: mostOf(all), isUnanswered: false };
}

function isUnanswered({ completed }: Reading): boolean {
  return completed === 0;
}

function mostOf(pieces: readonly Reading[]): number {
  return pieces.reduce((most, piece) => Math.max(most, sizeOf(piece)), 0);
}

/** The value that keeps the condition least: the largest of an upper limit, the farthest off where one number is asked for. */
function farthest({ op, limit }: Condition, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const badness = (value: number): number =>
    op === '==' ? Math.abs(value - limit) : op === '<' || op === '<=' ? value : -value;
  return values.reduce((worst, value) => (badness(value) > badness(worst) ? value : worst));
}

export function boundsOf(unit: string): Bounds {
  return unit === 'ratio' ? SHARE : NOT_NEGATIVE;
}
