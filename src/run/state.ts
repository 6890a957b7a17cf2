/**
 * Everything that changes during a run, in typed arrays.
 *
 * A *slot* holds one activation: a request, or a call, branch, send or background visit that lives on its own. Slots
 * are handed out from a free list; docs/speed.md says what one weighs. Between two calls of the interpreter
 * slots and event lists may be replaced by longer ones (`growSlots`, `growEvents`), never within one. Memory set aside
 * is taken up only where it has been written to.
 */
import { pinned } from '../base/pinned.ts';
import { EventLists } from '../engine/event-lists.ts';
import { UNLIMITED, type Model } from '../model/model.ts';
import { makeBank, makeSparseBank, type HistogramBank, type SparseBank } from './banks.ts';
import { Slots, type SlotShape } from './slot-fields.ts';
import { specialIds } from './special.ts';
import { firstRow, rowCount, trashRow } from './rows.ts';
import { cutWindows } from './windows.ts';
import type { Window } from './measurements.ts';

/** Slots and event lists become so many times longer when they are full. */
export const GROWTH = 4;

/** Accumulators of one group lie side by side: `groupSums[group * GROUP_STRIDE + field]`. */
export const GROUP_STRIDE = 16;
export const Sum = {
  /** Jobs holding a server and jobs waiting, now. */
  busy: 0,
  waiting: 1,
  lastNs: 2,
  /** Since the last window began. */
  busyNs: 3,
  waitingNs: 4,
  arrivals: 5,
  starts: 6,
  departures: 7,
  rejected: 8,
  abandoned: 9,
  waitingMax: 10,
  /** Since the run began: Σ ends − Σ begins of holding and of waiting; adding jobs × now gives the time so far. */
  heldNs: 11,
  waitedNs: 12,
} as const;

/** What is kept of one group in one window: `series[(window * groups + group) * SERIES_STRIDE + field]`. */
export const SERIES_STRIDE = 9;
export const Column = {
  busyNs: 0,
  waitingNs: 1,
  arrivals: 2,
  starts: 3,
  departures: 4,
  rejected: 5,
  abandoned: 6,
  waitingMax: 7,
  waitingEnd: 8,
} as const;

/** Of these the first are kept since the run began as well: `groupTotals[group * TOTAL_STRIDE + field]`. */
export const TOTAL_STRIDE = Column.waitingMax;

/** Accumulators of one class in one window: `classSums[(window * classes + class) * CLASS_STRIDE + field]`. */
export const CLASS_STRIDE = 9;
export const ClassSum = { offered: 0, good: 1, late: 2, causes: 2, sumNs: 8 } as const; // causes + cause

/**
 * Accumulators of one call site in one row: `callSums[(row * calls + call) * CALL_STRIDE + field]`; and in one window, of
 * which -1 is the warm-up and the number of windows the drain: `callSeries[((window + 1) * calls + call) * CALL_STRIDE + field]`.
 */
export const CALL_STRIDE = 5;
export const CallSum = { attempts: 0, retries: 1, deniedByBudget: 2, timedOut: 3, failed: 4 } as const;

export class State {
  readonly model: Model;
  readonly shape: SlotShape;
  events: EventLists;
  slots: Slots;
  /** First slot of the free list, first slot never used, and how many are free in all. */
  free = -1;
  untouched = 0;
  freeCount: number;
  /** Ring of slots that go on at this very instant, in order. Length is a power of two. */
  ready: Int32Array;
  readyHead = 0;
  readyCount = 0;

  /** Slot whose service began at this event and whose end is not scheduled yet, or -1. */
  heir = -1;

  readonly instanceBase: Int32Array;
  /** Instances of each group, and of all. */
  readonly instanceCounts: Int32Array;
  readonly instanceCount: number;
  readonly busy: Int32Array;
  readonly waiting: Int32Array;
  /** First waiting list of each instance; one per level follow each other. */
  readonly queueFirst: Int32Array;
  readonly queueHead: Int32Array;
  readonly queueTail: Int32Array;
  readonly capacities: Int32Array;
  readonly rooms: Float64Array;
  readonly levels: Int32Array;
  /** 0 FCFS, 1 LIFO, 2 priority, 3 PS. */
  readonly disciplines: Uint8Array;

  readonly classCount: number;
  readonly windows: readonly Window[];
  /** Row that the requests due in each window are booked on, and the window's weight: see rows.ts. */
  readonly rowOf: Int32Array;
  readonly weights: Float64Array;
  readonly rowCount: number;
  /** Window now; -1 in the warm-up; windows.length after the measured time. */
  windowNow = -1;
  /** Window that a request due now belongs to; -1 outside what is measured. */
  windowDue = -1;
  /** Row whose histograms stations write to now. */
  rowNow = 0;
  /** rowNow × groups and rowNow × instances. */
  groupRowNow = 0;
  instanceRowNow = 0;
  readonly groupSums: Float64Array;
  readonly classSums: Float64Array;
  /** (row × groups + group) × 2 + (0 wait, 1 sojourn). */
  readonly groupHistograms: HistogramBank;
  /** row × classes + class. */
  readonly classHistograms: HistogramBank;
  /** window × classes + class. */
  readonly windowHistograms: SparseBank;
  readonly operationHistograms: HistogramBank;
  readonly operationFailures: Float64Array;
  readonly callSums: Float64Array;
  readonly callSeries: Float64Array;
  /** (row × instances + instance): demand begun there. */
  readonly workNs: Float64Array;

  /** Set when the time allowed for draining is over. */
  drainOver = false;
  /** One row of group fields per closed window: see `SERIES_STRIDE`. */
  readonly series: Float64Array;
  /** Since the run began: see `TOTAL_STRIDE`. */
  readonly groupTotals: Float64Array;
  /** Smallest number of busy servers or waiting jobs seen at the end of any window. */
  stockMin = 0;
  /** Events that are not a slot's, at most. */
  readonly #specials: number;

  /** Requests (roots). */
  started = 0;
  ended = 0;

  constructor(model: Model, shape: SlotShape, capacity: number) {
    this.model = model;
    this.shape = shape;
    this.slots = new Slots(capacity, shape);
    this.ready = pinned(new Int32Array(ringLength(capacity)));
    this.freeCount = capacity;
    const groups = model.groups;
    const count = groups.length;
    this.instanceBase = pinned(new Int32Array(count));
    this.capacities = pinned(Int32Array.from(groups, (group) => group.serverCount));
    this.rooms = pinned(
      Float64Array.from(groups, (group) =>
        group.waitingRoomMax === UNLIMITED ? Infinity : group.waitingRoomMax,
      ),
    );
    this.levels = pinned(Int32Array.from(groups, (group) => group.levels));
    this.disciplines = pinned(
      Uint8Array.from(groups, (group) => ['fcfs', 'lifo', 'priority', 'ps'].indexOf(group.discipline)),
    );
    this.instanceCounts = pinned(Int32Array.from(groups, (group) => group.instanceCount));
    let instances = 0;
    groups.forEach((group, index) => {
      this.instanceBase[index] = instances;
      instances += group.instanceCount;
    });
    this.instanceCount = instances;
    this.busy = pinned(new Int32Array(instances));
    this.waiting = pinned(new Int32Array(instances));
    this.queueFirst = pinned(new Int32Array(instances));
    let queues = 0;
    groups.forEach((group, index) => {
      for (let i = 0; i < group.instanceCount; i++, queues += group.levels)
        this.queueFirst[this.instanceBase[index]! + i] = queues;
    });
    this.queueHead = pinned(new Int32Array(queues).fill(-1));
    this.queueTail = pinned(new Int32Array(queues).fill(-1));

    this.windows = cutWindows(model);
    this.rowOf = pinned(Int32Array.from(this.windows, (window) => firstRow(model, window)));
    this.weights = pinned(Float64Array.from(this.windows, ({ weight }) => weight));
    const rows = rowCount(model);
    this.rowCount = rows;
    const classes = model.classes.length;
    this.classCount = classes;
    this.#specials = specialIds(model, instances).window + 1;
    this.events = new EventLists(2 * (capacity + this.#specials), -model.warmUpNs);
    this.enterRow(trashRow(model));
    this.groupSums = firstSums(count, -model.warmUpNs);
    this.classSums = pinned(new Float64Array(this.windows.length * classes * CLASS_STRIDE));
    this.groupHistograms = makeBank(rows * count * 2);
    this.classHistograms = makeBank(rows * classes);
    this.windowHistograms = makeSparseBank(this.windows.length * classes);
    this.groupTotals = pinned(new Float64Array(count * TOTAL_STRIDE));
    this.series = pinned(new Float64Array(this.windows.length * count * SERIES_STRIDE));
    this.operationHistograms = makeBank(rows * model.operations.length);
    this.operationFailures = pinned(new Float64Array(rows * model.operations.length));
    this.callSums = pinned(new Float64Array(rows * model.calls.length * CALL_STRIDE));
    this.callSeries = pinned(new Float64Array((this.windows.length + 2) * model.calls.length * CALL_STRIDE));
    this.workNs = pinned(new Float64Array(rows * instances));
  }

  /** Requests that have come and not ended. */
  get inside(): number {
    return this.started - this.ended;
  }

  enterRow(row: number): void {
    this.rowNow = row;
    this.groupRowNow = row * this.model.groups.length;
    this.instanceRowNow = row * this.instanceCount;
  }

  /** Makes room for so many slots, more than there are now, and for their events. */
  growSlots(capacity: number): void {
    const old = this.slots;
    this.slots = new Slots(capacity, this.shape, old);
    this.freeCount += this.slots.capacity - old.capacity;
    const ring = new Int32Array(ringLength(this.slots.capacity));
    for (let i = 0; i < this.readyCount; i++)
      ring[i] = this.ready[(this.readyHead + i) & (this.ready.length - 1)]!;
    this.ready = ring;
    this.readyHead = 0;
    this.events = this.events.withRoom(Math.max(this.events.capacity, 2 * (capacity + this.#specials)));
  }

  growEvents(): void {
    this.events = this.events.withRoom(this.events.capacity * GROWTH);
  }

  /** Most events that may be pending when one is taken: what comes of it finds room then. A slot has one event at most,
   *  and so have time-outs, sources and the window; instances of shared cores may have left some behind. */
  get pendingMax(): number {
    return this.events.capacity - this.slots.capacity - this.#specials;
  }
}

function firstSums(groups: number, fromNs: number): Float64Array {
  const sums = pinned(new Float64Array(groups * GROUP_STRIDE));
  for (let group = 0; group < groups; group++) sums[group * GROUP_STRIDE + Sum.lastNs] = fromNs;
  return sums;
}

function ringLength(capacity: number): number {
  let length = 16;
  while (length < capacity) length *= 2;
  return length;
}
