import type { Model } from '../../model/model.ts';
import type { Measurements } from '../../run/measurements.ts';
import type { Budget, Condition } from '../../scenario/types.ts';
import type { Measured } from '../context.ts';
import type { AbortFinding } from '../findings.ts';
import { cutSpans, simulatedWindows } from '../spans.ts';
import { samplesFor } from '../latency.ts';
import { holds } from './conditions.ts';
import { isLatency, parseMetric, unitOf, type Metric } from './metric.ts';
import type { Question, Reading, Subject } from './reading.ts';
import { beginningOf, isPieces, piecesOf, stretchOf, type Pieces } from './stretch.ts';
import { keptOf, subjectsOf } from './subjects.ts';

/** A budget that may end a run, and how far beyond its limit each of its conditions must be by then: 0 unless said. */
export interface Watched extends Budget {
  readonly beyond?: Readonly<Record<string, number>>;
}

/** What is known of a condition on one target. */
interface Broken {
  readonly value: number;
  readonly samples: number;
}

/**
 * The first condition that is broken by what a run has measured up to the end of a window, or null. It is broken when the
 * value breaks it and would still do so however those inside end: it must not be their answers that are missing.
 */
export function findAbort(
  model: Model,
  budgets: readonly Watched[],
  measurements: Measurements,
): AbortFinding | null {
  const windows = simulatedWindows(measurements);
  const run: Measured = {
    ...{ model, measurements, apart: [], windows, states: [] },
    spans: cutSpans(model, windows),
  };
  for (const budget of budgets) {
    if (!isTimeToLook(budget, run)) continue;
    for (const condition of budget.expect) {
      const found = brokenOf(budget, condition, run);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Of slices only whole ones are judged. */
function isTimeToLook({ abort, window }: Budget, run: Measured): boolean {
  const { windows } = stretchOf(window)(run);
  const nowNs = run.measurements.stop.atNs;
  if (windows.length === 0 || abort === null) return false;
  if (nowNs < beginningOf(run, window) + abort.afterNs) return false;
  const isOfSlices = isPieces(window) && window.kind === 'slices';
  return !isOfSlices || nowNs % window.lengthNs === 0 || windows.at(-1)?.toNs !== nowNs;
}

function brokenOf(budget: Watched, condition: Condition, run: Measured): AbortFinding | null {
  const { target, window } = budget;
  const metric = parseMetric(condition.metric);
  const { currency } = condition;
  const subjects = subjectsOf({ model: run.model, figures: new Map(), currency }, target);
  for (const subject of keptOf(subjects, target, metric)) {
    const one = { budget, condition, metric, subject, run };
    const broken = isPieces(window) ? brokenPieces(one, window) : brokenWhole(one);
    if (broken === null) continue;
    const isOfSlices = isPieces(window) && window.kind === 'slices';
    return {
      id: budget.id,
      target: subject.target,
      metric: isOfSlices ? 'slices.good' : condition.metric,
      op: isOfSlices ? '>=' : condition.op,
      limit: isOfSlices ? window.goodRatio : condition.limit,
      text: condition.text,
      unit: isOfSlices ? 'ratio' : unitOf(condition.metric),
      window,
      samples: broken.samples,
      atNs: run.measurements.stop.atNs,
      value: broken.value,
    };
  }
  return null;
}

interface Asked {
  readonly budget: Watched;
  readonly condition: Condition;
  readonly metric: Metric;
  readonly subject: Subject;
  readonly run: Measured;
}

function brokenWhole(one: Asked): Broken | null {
  const reading = read(one, stretchOf(one.budget.window));
  return isEnough(one, reading.samples) && isSurelyBroken(one.condition, beyondOf(one), reading)
    ? { value: shown(one, reading), samples: reading.samples }
    : null;
}

/** The first stretch that is broken, or the share of slices that are not: a slice that may yet be good is taken as good. */
function brokenPieces(one: Asked, window: Pieces): Broken | null {
  const isWorst = window.kind === 'worst';
  const beyond = beyondOf(one);
  const readings = piecesOf(one.run, window).map((piece) => read(one, () => piece));
  const known = readings.filter((each) => isEnough(one, each.came ?? each.samples));
  const broken = known.filter((each) => isSurelyBroken(one.condition, isWorst ? beyond : 0, each));
  if (isWorst) {
    const [first] = broken;
    if (first === undefined) return null;
    return { value: shown(one, first), samples: first.came ?? first.samples };
  }
  const good = (known.length - broken.length) / known.length;
  const samples = Math.max(...known.map((each) => each.came ?? each.samples));
  return good < window.goodRatio - beyond ? { value: good, samples } : null;
}

function read({ condition, metric, subject, run, budget }: Asked, at: Question['at']): Reading {
  const question = { metric, at, level: budget.confidence };
  return subject.read(run, isLatency(metric) ? { ...question, limitNs: condition.limit } : question);
}

function isEnough({ budget, metric }: Asked, samples: number): boolean {
  const needed = metric.kind === 'quantile' ? samplesFor(metric.p) : 1;
  return samples >= Math.max(budget.minSamples, needed);
}

function beyondOf({ budget, condition }: Asked): number {
  return budget.beyond?.[condition.text] ?? 0;
}

/**
 * Of a share what it is even if all inside end well, which is the nearest to the limit: the plain one counts them as lost, as
 * they are not answered yet.
 */
function shown({ condition: { limit }, metric }: Asked, { value, worst, best = value }: Reading): number {
  if (isLatency(metric)) return value ?? 0;
  const known = [value, worst, best].filter((each) => each !== null);
  return known.reduce((nearest, each) =>
    Math.abs(each - limit) < Math.abs(nearest - limit) ? each : nearest,
  );
}

/** Whether all that it may yet come to lies beyond the limit by more than that, and on one side of it. */
function isSurelyBroken(
  condition: Condition,
  beyond: number,
  { value, worst, best = value }: Reading,
): boolean {
  return sidesOf(condition, beyond).some((side) =>
    [value, worst, best].every((each) => each !== null && !holds(side, each)),
  );
}

type Side = Pick<Condition, 'op' | 'limit'>;

/** The conditions that are broken only so far beyond the limit: one below it and one above it where it is to be met. */
function sidesOf({ op, limit }: Side, beyond: number): Side[] {
  if (op === '==') return [...sidesOf({ op: '<=', limit }, beyond), ...sidesOf({ op: '>=', limit }, beyond)];
  return [{ op, limit: op.startsWith('<') ? limit + beyond : limit - beyond }];
}
