import { present } from '../base/present.ts';
import { Histogram, WINDOW_SUB_BITS } from '../measure/histogram.ts';
import type { ClassMeasurements } from '../run/measurements.ts';
import type { Context } from './context.ts';
import type { WorstFinding } from './findings.ts';
import { intervalOf, meanOfExtremes, NOT_NEGATIVE, SHARE } from './intervals.ts';
import { supportedQuantileNs } from './latency.ts';
import { isAdjacent, type SimulatedWindow } from './spans.ts';
import { measuredClass } from './requests.ts';

/** Long enough that a reader feels it, short enough that a mean over minutes would hide it. */
const SPAN_NS = 10e9;

/** Requests behind an availability: with 100, one more or less moves it by 1 %. */
const OFFERED_MIN = 100;

const QUANTILES = { p50Ns: 0.5, p95Ns: 0.95, p99Ns: 0.99, p999Ns: 0.999 } as const;

type Measure = WorstFinding['measure'];

const MEASURES: readonly Measure[] = [...(Object.keys(QUANTILES) as Measure[]), 'availability'];

interface Extreme {
  readonly value: number;
  readonly fromNs: number;
}

type Extremes = Readonly<Record<Measure, Extreme | null>>;

/** The worst of each request class over any ten seconds, from one or more replications. */
export function findWorst(replications: readonly Context[]): WorstFinding[] {
  return worstOf(replications, replications.map(extremesOf));
}

/** The same of all replications together, and of each of them alone. */
export function findWorstApart(replications: readonly Context[]): {
  readonly rows: readonly WorstFinding[];
  readonly ofEach: readonly (readonly WorstFinding[])[];
} {
  const extremes = replications.map(extremesOf);
  return {
    rows: worstOf(replications, extremes),
    ofEach: replications.map((one, index) => worstOf([one], extremes.slice(index, index + 1))),
  };
}

/** A run sampled in time is nowhere followed for longer than its stretches. */
function spanOf({ model }: Context): number {
  return Math.min(Math.max(SPAN_NS, model.windowNs), model.sampling?.measuredNs ?? Infinity);
}

/** Of each request class. */
function extremesOf(context: Context): Extremes[] {
  const spanNs = spanOf(context);
  return context.model.classes.map((_, index) =>
    worstStretches(context.windows, measuredClass(context, index), spanNs),
  );
}

function worstOf(
  replications: readonly Context[],
  extremes: readonly (readonly Extremes[])[],
): WorstFinding[] {
  const first = present(replications[0]);
  const spanNs = spanOf(first);
  return first.model.classes.flatMap(({ name }, index) => {
    const ofEach = extremes.map((each) => present(each[index]));
    return MEASURES.map((measure): WorstFinding => {
      const values = ofEach.map((one) => one[measure]?.value ?? null);
      const value = meanOfExtremes(values);
      const fromNs = value === null ? null : (ofEach[0]?.[measure]?.fromNs ?? null);
      const row = { request: name, measure, spanNs, value, fromNs };
      if (values.length < 2) return row;
      return {
        ...row,
        interval: intervalOf(value, values, measure === 'availability' ? SHARE : NOT_NEGATIVE),
      };
    });
  });
}

/**
 * Slides over every stretch of neighbouring windows that just reaches `spanNs`. Percentiles come from the windows'
 * histograms added up; a stretch with too few samples for one says nothing about it.
 */
function worstStretches(
  windows: readonly SimulatedWindow[],
  measured: ClassMeasurements,
  spanNs: number,
): Extremes {
  const stretch = new Stretch(measured);
  const worst: Record<Measure, Extreme | null> = {
    ...{ p50Ns: null, p95Ns: null, p99Ns: null, p999Ns: null },
    availability: null,
  };
  let first = 0;
  for (const [position, window] of windows.entries()) {
    if (!isAdjacent(windows[position - 1], window)) {
      for (; first < position; first++) stretch.change(present(windows[first]).index, -1);
    }
    stretch.change(window.index, 1);
    while (first < position && window.toNs - present(windows[first + 1]).fromNs >= spanNs) {
      stretch.change(present(windows[first++]).index, -1);
    }
    const fromNs = present(windows[first]).fromNs;
    if (window.toNs - fromNs < spanNs) continue;
    for (const measure of MEASURES) {
      const value = stretch.read(measure);
      const before = worst[measure];
      if (value !== null && (before === null || isWorse(measure, value, before.value))) {
        worst[measure] = { value, fromNs };
      }
    }
  }
  return worst;
}

function isWorse(measure: Measure, value: number, than: number): boolean {
  return measure === 'availability' ? value < than : value > than;
}

/** Some neighbouring windows of one class, added up. */
class Stretch {
  readonly #measured: ClassMeasurements;
  readonly #merged = new Histogram(WINDOW_SUB_BITS);
  #offered = 0;
  #good = 0;

  constructor(measured: ClassMeasurements) {
    this.#measured = measured;
    this.#merged.maxNs = Infinity; // the largest value of windows that left is not known: no quantile is cut there
  }

  change(window: number, sign: 1 | -1): void {
    const { offered, good, windowHistograms } = this.#measured;
    this.#offered += sign * (offered[window] ?? 0);
    this.#good += sign * (good[window] ?? 0);
    const { counts } = this.#merged;
    windowHistograms[window]?.counts.forEach((count, bin) => {
      if (count > 0) counts[bin] = (counts[bin] ?? 0) + sign * count;
    });
  }

  read(measure: Measure): number | null {
    if (measure === 'availability') return this.#offered >= OFFERED_MIN ? this.#good / this.#offered : null;
    return supportedQuantileNs(this.#merged, QUANTILES[measure]);
  }
}
