/** Turns the state of a run into `Measurements`; called once, when it has stopped and its last window is kept. */
import { workedOut, type Fields } from '../base/fields.ts';
import { Histogram, SUB_BITS, WINDOW_SUB_BITS } from '../measure/histogram.ts';
import type { Model } from '../model/model.ts';
import { CAUSE_COUNT } from '../model/opcodes.ts';
import { BINS, type HistogramBank, type SparseBank } from './banks.ts';
import type { Machine } from './machine.ts';
import type {
  CallMeasurements,
  ClassMeasurements,
  GroupMeasurements,
  GroupTotals,
  LimiterMeasurements,
  Measurements,
  OperationMeasurements,
} from './measurements.ts';
import {
  CALL_STRIDE,
  CallSum,
  CLASS_STRIDE,
  ClassSum,
  Column,
  GROUP_STRIDE,
  TOTAL_STRIDE,
  SERIES_STRIDE,
  Sum,
} from './state.ts';
import { sampledRow } from './rows.ts';
import { Flag } from './slot-fields.ts';

export function collect(m: Machine, stop: Measurements['stop'], extensions: number): Measurements {
  const { state, model } = m;
  const censored = countCensored(m);
  return {
    windows: state.windows.map((window, index) => ({ ...window, weight: state.weights[index]! })),
    sampling: model.sampling === null ? null : { extensions },
    classes: model.classes.map((_, classId) => workedOut(classFields(m, classId, censored[classId]!))),
    groups: model.groups.map((_, group) => workedOut(groupFields(m, group))),
    groupTotals: model.groups.map((_, group) => totalsOf(m, group)),
    limiters: model.limiters.map((_, limiter) => workedOut(limiterFields(m, limiter))),
    calls: model.calls.map((_, call) => callOf(m, call)),
    operations: model.operations.map((_, operation) => operationOf(m, operation)),
    samples: model.classes.map((_, classId) => ({
      rowLength: m.samples.rowLength,
      share: m.samples.thresholds[classId]! / 4294967296 / weightOf(model),
      rows: m.samples.evenRows(classId, state.weights, weightOf(model)),
    })),
    totals: totalsOfRun(m),
    stop,
  };
}

/** Requests and events of the whole run up to now. */
export function totalsOfRun({ state }: Machine): Measurements['totals'] {
  const { started, ended, inside, stockMin } = state;
  return { started, ended, inside, events: state.events.popped, stockMin };
}

/** How often what is in the sampled row of a phase counts. */
function weightOf({ sampling }: Model): number {
  return sampling?.weight ?? 1;
}

/** What was added up in a phase, by itself and for the time it stands for. */
function ofPhase(model: Model, phase: number, inRow: (row: number) => number): number {
  const alone = inRow(phase);
  return model.sampling === null ? alone : alone + weightOf(model) * inRow(sampledRow(model, phase));
}

/** Histograms of every phase; `histogramAt` gives those of a row. */
function byPhase(model: Model, histogramAt: (row: number) => Histogram): Histogram[] {
  return model.phases.map((_, phase) => {
    const alone = histogramAt(phase);
    if (model.sampling === null) return alone;
    const merged = new Histogram(SUB_BITS, new Float64Array(BINS));
    merged.add(alone);
    merged.add(histogramAt(sampledRow(model, phase)), weightOf(model));
    return merged;
  });
}

/** A view of the bank, not a copy: the run has ended. */
function histogram(bank: HistogramBank, index: number): Histogram {
  return withMoments(
    new Histogram(SUB_BITS, bank.counts.subarray(index * BINS, (index + 1) * BINS)),
    bank,
    index,
  );
}

function windowHistogram(bank: SparseBank, index: number): Histogram | null {
  const counts = bank.counts[index] ?? null;
  return counts === null ? null : withMoments(new Histogram(WINDOW_SUB_BITS, counts), bank, index);
}

function withMoments(
  made: Histogram,
  { momentsNs }: Pick<HistogramBank, 'momentsNs'>,
  index: number,
): Histogram {
  made.sumNs = momentsNs[index * 2]!;
  made.maxNs = momentsNs[index * 2 + 1]!;
  return made;
}

/** Requests of the measured time whose client still waits. */
function countCensored(m: Machine): number[] {
  const { shape, slots } = m.state;
  const censored = m.model.classes.map(() => 0);
  for (let slot = 0; slot < slots.capacity; slot++) {
    const flags = slots.flags[slot]!;
    const waits = (flags & Flag.root) !== 0 && (flags & Flag.settled) === 0;
    const classId = shape.classes ? slots.classId[slot]! : 0;
    if (waits && slots.window[slot]! >= 0) censored[classId] = censored[classId]! + 1;
  }
  return censored;
}

/** Each column when it is asked for. */
export function classFields(m: Machine, classId: number, censored: number): Fields<ClassMeasurements> {
  const { state, model } = m;
  const classes = model.classes.length;
  const column = (field: number): Float64Array =>
    Float64Array.from(
      state.windows,
      (_, window) => state.classSums[(window * classes + classId) * CLASS_STRIDE + field]!,
    );
  return {
    offered: () => column(ClassSum.offered),
    good: () => column(ClassSum.good),
    late: () => column(ClassSum.late),
    failures: () =>
      Array.from({ length: CAUSE_COUNT }, (_, cause) =>
        cause === 0 ? new Float64Array(state.windows.length) : column(ClassSum.causes + cause),
      ),
    sumNs: () => column(ClassSum.sumNs),
    windowHistograms: () =>
      state.windows.map((_, window) => windowHistogram(state.windowHistograms, window * classes + classId)),
    phaseHistograms: () => byPhase(model, (row) => histogram(state.classHistograms, row * classes + classId)),
    censored: () => censored,
  };
}

/** Each column when it is asked for. */
export function groupFields(m: Machine, group: number): Fields<GroupMeasurements> {
  const { state, model } = m;
  const groups = model.groups.length;
  const spec = model.groups[group]!;
  const column = (field: number): Float64Array =>
    Float64Array.from(
      state.windows,
      (_, window) => state.series[(window * groups + group) * SERIES_STRIDE + field]!,
    );
  const bank = state.groupHistograms;
  const first = state.instanceBase[group]!;
  return {
    arrivals: () => column(Column.arrivals),
    starts: () => column(Column.starts),
    departures: () => column(Column.departures),
    rejected: () => column(Column.rejected),
    abandoned: () => column(Column.abandoned),
    busyNs: () => column(Column.busyNs),
    waitingNs: () => column(Column.waitingNs),
    waitingJobsMax: () => column(Column.waitingMax),
    waitingJobsEnd: () => column(Column.waitingEnd),
    waits: () => byPhase(model, (row) => histogram(bank, (row * groups + group) * 2)),
    sojourns: () =>
      spec.role === 'servers' ? byPhase(model, (row) => histogram(bank, (row * groups + group) * 2 + 1)) : [],
    workNs: () =>
      spec.role === 'servers'
        ? model.phases.map((_, phase) =>
            Float64Array.from({ length: spec.instanceCount }, (__, instance) =>
              ofPhase(model, phase, (row) => state.workNs[row * state.instanceCount + first + instance]!),
            ),
          )
        : [],
  };
}

function totalsOf(m: Machine, group: number): GroupTotals {
  const { state } = m;
  const sums = (field: number): number => state.groupSums[group * GROUP_STRIDE + field]!;
  const totals = (field: number): number => state.groupTotals[group * TOTAL_STRIDE + field]!;
  const nowNs = m.now[0]!;
  const sharing = m.model.groups[group]!.discipline === 'ps';
  const busy = sums(Sum.busy) + (sharing ? sums(Sum.waiting) : 0);
  const waiting = sharing ? 0 : sums(Sum.waiting);
  return {
    arrivals: totals(Column.arrivals),
    departures: totals(Column.departures),
    rejected: totals(Column.rejected),
    abandoned: totals(Column.abandoned),
    waiting,
    busy,
    busyNs: totals(Column.busyNs) + (sharing ? totals(Column.waitingNs) : 0),
    heldNs: sums(Sum.heldNs) + busy * nowNs,
    waitingNs: sharing ? 0 : totals(Column.waitingNs),
    waitedNs: sums(Sum.waitedNs) + waiting * nowNs,
  };
}

/** Each column when it is asked for. */
export function limiterFields(m: Machine, limiter: number): Fields<LimiterMeasurements> {
  const { state, model, buckets, scenarioTime } = m;
  const at = (window: number): number => window * model.limiters.length + limiter;
  return {
    asked: () => Float64Array.from(state.windows, (_, window) => buckets.askedSeries[at(window)]!),
    shed: () => Float64Array.from(state.windows, (_, window) => buckets.shedSeries[at(window)]!),
    firstShedNs: () =>
      Float64Array.from(
        state.windows,
        (_, window) => buckets.firstShedSeriesNs[at(window)]! + scenarioTime.shiftsNs[window]!,
      ),
  };
}

function callOf({ state, model }: Machine, call: number): CallMeasurements {
  const sum = (field: number): number =>
    model.phases.reduce(
      (total, _, phase) =>
        total +
        ofPhase(
          model,
          phase,
          (row) => state.callSums[(row * model.calls.length + call) * CALL_STRIDE + field]!,
        ),
      0,
    );
  const series = (field: number): Float64Array =>
    Float64Array.from(
      state.windows,
      (_, window) => state.callSeries[((window + 1) * model.calls.length + call) * CALL_STRIDE + field]!,
    );
  return {
    series: {
      attempts: series(CallSum.attempts),
      retries: series(CallSum.retries),
      timedOut: series(CallSum.timedOut),
    },
    attempts: sum(CallSum.attempts),
    retries: sum(CallSum.retries),
    deniedByBudget: sum(CallSum.deniedByBudget),
    timedOut: sum(CallSum.timedOut),
    failed: sum(CallSum.failed),
  };
}

function operationOf(m: Machine, operation: number): OperationMeasurements {
  const { state, model } = m;
  const operations = model.operations.length;
  return {
    failures: Float64Array.from(model.phases, (_, phase) =>
      ofPhase(model, phase, (row) => state.operationFailures[row * operations + operation]!),
    ),
    sojourns: byPhase(model, (row) => histogram(state.operationHistograms, row * operations + operation)),
  };
}
