/** Memory of a run, predicted before anything is allocated. */
import type { ExpectedTraffic, Model } from '../model/model.ts';
import { balancingBytes } from '../model/policies/balancer-state.ts';
import { CAUSE_COUNT } from '../model/opcodes.ts';
import { BINS, WINDOW_BINS } from './banks.ts';
import { slotShape } from './machine.ts';
import { rowCount } from './rows.ts';
import { PARTS, SAMPLES_MAX, shareSampled } from './samples.ts';
import { Slots } from './slot-fields.ts';
import { CLASS_STRIDE, SERIES_STRIDE } from './state.ts';
import { cutWindows } from './windows.ts';

/** Bytes by what drives them. `program` is Node.js, the code of hongfeng and what no scenario changes. */
export type Footprint = Readonly<
  Record<'program' | 'slots' | 'replicas' | 'balancers' | 'windows' | 'phases' | 'samples', number>
>;

const PROGRAM_BYTES = 120e6;
/** A pending event, in a bucket and later near, and its place in the ring of slots that go on now. */
const EVENT_BYTES = 36;
/** An array object of JavaScript beside its content. */
const OBJECT_BYTES = 200;
/** One number of the time line: in the findings, and as text in the files written one after the other. */
const RESULT_BYTES = 80;
/** Series of the time line for one class, one group and one limiter. */
const CLASS_SERIES = 8 + CAUSE_COUNT;
const GROUP_SERIES = 3;
const LIMITER_SERIES = 4;
/** Fields of an instance outside its waiting lists; under processor sharing too. */
const INSTANCE_BYTES = 56;
const LIST_BYTES = 8;

export function totalBytes(footprint: Footprint): number {
  return Object.values(footprint).reduce((sum, bytes) => sum + bytes, 0);
}

/** What is kept of a run when it has ended: its measurements. */
export function measuredBytes({ windows, phases, samples }: Footprint): number {
  return windows + phases + samples;
}

/**
 * What a run of the model takes, its report included. Slots are a lower bound: one for each request and user of open and
 * closed traffic. Queues, calls with a deadline or retries, branches, sends, background visits and traces take more, but
 * a run stops before they are more than `SLOTS_MAX` beside those of its users.
 */
export function footprintOf(model: Model, expected: ExpectedTraffic): Footprint {
  return {
    program: PROGRAM_BYTES,
    slots: slotBytes(model, expected),
    replicas: replicaBytes(model),
    balancers: balancingBytes(model),
    windows: windowBytes(model, expected),
    phases: phaseBytes(model),
    samples: sampleBytes(model, expected),
  };
}

/** What is set aside beyond those inside is never written to, and so takes no memory. */
function slotBytes(model: Model, { insideMax }: ExpectedTraffic): number {
  const fields = Object.values(new Slots(1, slotShape(model))).filter((field) => ArrayBuffer.isView(field));
  const each = fields.reduce((sum, { byteLength }) => sum + byteLength, EVENT_BYTES);
  return insideMax * each;
}

function replicaBytes(model: Model): number {
  const { groups, limiters } = model;
  const workBytes = 8 * rowCount(model);
  const ofGroups = groups.map(({ instanceCount, levels, discipline, rates, serverCount }) => {
    const shares = discipline === 'ps' ? (rates?.length ?? serverCount) : 0;
    return instanceCount * (INSTANCE_BYTES + levels * LIST_BYTES + workBytes) + shares * 3 * 8;
  });
  const ofLimiters = limiters.map(({ instanceCount }) => instanceCount * 16);
  return [...ofGroups, ...ofLimiters].reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Each window has a row of sums for everything; if it is measured, a row in the time line and a histogram for each class
 * that has a good request in it.
 */
function windowBytes(model: Model, { requests }: ExpectedTraffic): number {
  const { classes, groups, limiters } = model;
  const windows = cutWindows(model);
  const measured = windows.filter(({ weight }) => weight > 0).length;
  const histograms = requests.reduce((sum, count) => sum + Math.min(measured, count), 0);
  const perWindow = classes.length * (2 * 8 * CLASS_STRIDE + 3 * 8) + groups.length * (2 * 8 * SERIES_STRIDE);
  const perRow =
    classes.length * CLASS_SERIES + groups.length * GROUP_SERIES + limiters.length * LIMITER_SERIES;
  return (
    windows.length * perWindow +
    measured * perRow * RESULT_BYTES +
    histograms * (WINDOW_BINS * 4 + OBJECT_BYTES)
  );
}

/** Fine histograms: one a class and an operation, two a group, for each row (see rows.ts). */
function phaseBytes(model: Model): number {
  const { classes, operations, groups } = model;
  return rowCount(model) * (classes.length + operations.length + 2 * groups.length) * BINS * 4;
}

/**
 * The threshold follows from the requests known before; those of closed users come on top, up to what a class keeps. The
 * warm-up is counted, which is not sampled.
 */
function sampleBytes({ layers, requestsExpected, sampling }: Model, { requests }: ExpectedTraffic): number {
  const rowBytes = (1 + PARTS * layers.length) * 8 + OBJECT_BYTES;
  const rows = requests.map((count, classId) =>
    Math.min(SAMPLES_MAX, count * shareSampled(requestsExpected[classId]!, sampling)),
  );
  return rows.reduce((sum, each) => sum + each * rowBytes, 0);
}
