/** A job at a group of servers or tokens: coming, waiting, holding, leaving, and what is counted on the way. */
import type { EventQueue } from '../../engine/event-queue.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';
import type { Accounts } from './accounts.ts';
import type { Drawing } from './drawing.ts';
import type { Recording } from './recording.ts';
import type { Sampling } from './sampling.ts';
import type { SlotLists } from './slots.ts';
import type { Slowing } from './slowing.ts';
import type { TimerLists } from './timers.ts';

export interface VisitParts {
  readonly queue: EventQueue;
  readonly lists: SlotLists;
  readonly recording: Recording;
  readonly sampling: Sampling;
  readonly timers: TimerLists;
  readonly accounts: Accounts;
  readonly drawing: Drawing;
  readonly slowing: Slowing;
}

export type Visits = ReturnType<typeof makeVisits>;

export function makeVisits(kit: Kit, m: Machine, parts: VisitParts) {
  const { Cause, Part, Sum, GROUP_STRIDE, TimerKind, hashInt32 } = kit;
  const { push } = parts.queue;
  const { classIn, enqueue, firstQueue, queueOf, unqueue } = parts.lists;
  const { recordNoWait, recordSojourn, recordWait } = parts.recording;
  const { book } = parts.sampling;
  const { cancel } = parts.timers;
  const { touch } = parts.accounts;
  const { drawNs } = parts.drawing;
  const { stretch, varies } = parts.slowing;
  const { a, b, c, d, x, now, drawn, heirNs, observedNs, spanNs, state, registerCount } = m;
  const { vary } = m.speeds;
  const { low: keysLow, high: keysHigh } = m.keys;
  const { classPriority, layerOfGroup, onlyServe } = m;
  const { events, groupSums: sums, busy, waiting, capacities, rooms, disciplines } = state;
  const { instanceBase, instanceCounts, queueHead, workNs } = state;
  const { clockNs } = events;
  const { pc: pcs, registers, keyLow, keyHigh, cameNs, cause, row: rows } = state.slots;

  function instanceAt(slot: number, pc: number): number {
    const group = a[pc]!;
    const first = instanceBase[group]!;
    return instanceCounts[group] === 1 ? first : first + registers[slot * registerCount + b[pc]!]!;
  }

  /** Draws the duration of the instruction at `pc` for this slot into `drawn[0]`, in whole ns. */
  function drawDuration(slot: number, pc: number): void {
    drawNs(d[pc]!, hashInt32(keysLow[pc]!, keysHigh[pc]!, keyLow[slot]!, keyHigh[slot]!), x, pc);
  }

  /** Starts service of a job that has its server: draws the time and schedules the end. */
  function beginService(slot: number, pc: number, group: number, instance: number): void {
    drawService(slot, pc, group, instance);
    clockNs[0] = now[0]! + drawn[0]!;
    push(slot);
  }

  /** Leaves the time that a service beginning now will take in `drawn[0]`; the slot is inside it from now on. */
  function drawService(slot: number, pc: number, group: number, instance: number): void {
    drawDuration(slot, pc);
    const work = state.instanceRowNow + instance;
    workNs[work] = workNs[work]! + drawn[0]!;
    if (vary && varies(group)) slowDown(group);
    const row = rows[slot]!;
    if (row >= 0) book(row, layerOfGroup[group]!, Part.service, drawn[0]!);
    pcs[slot] = ~pc;
  }

  /** From the demand in `drawn[0]` to the time it takes from now on, in whole ns. */
  function slowDown(group: number): void {
    spanNs[0] = drawn[0]!;
    stretch(group);
    drawn[0] = Math.floor(spanNs[0] + 0.5);
  }

  /**
   * A job comes to take a server or token. True: it has it now. False: it waits (its pc is `~pc`), or was turned away
   * (its cause is `rejected`, its pc the failure address).
   */
  function come(slot: number, pc: number, group: number, instance: number): boolean {
    const at = group * GROUP_STRIDE;
    const nowNs = now[0]!;
    touch(group);
    sums[at + Sum.arrivals] = sums[at + Sum.arrivals]! + 1;
    cameNs[slot] = nowNs;
    if (busy[instance]! < capacities[group]!) {
      busy[instance] = busy[instance]! + 1;
      sums[at] = sums[at]! + 1;
      sums[at + Sum.starts] = sums[at + Sum.starts]! + 1;
      sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! - nowNs;
      recordNoWait(group);
      return true;
    }
    if (waiting[instance]! >= rooms[group]!) {
      sums[at + Sum.rejected] = sums[at + Sum.rejected]! + 1;
      cause[slot] = Cause.rejected;
      pcs[slot] = c[pc]!;
      return false;
    }
    const waitingNow = sums[at + Sum.waiting]! + 1;
    sums[at + Sum.waiting] = waitingNow;
    if (waitingNow > sums[at + Sum.waitingMax]!) sums[at + Sum.waitingMax] = waitingNow;
    sums[at + Sum.waitedNs] = sums[at + Sum.waitedNs]! - nowNs;
    waiting[instance] = waiting[instance]! + 1;
    enqueue(queueOf(group, instance, classPriority[classIn(slot)]!), slot, disciplines[group] === 1);
    pcs[slot] = ~pc;
    return false;
  }

  /** A job gives its server or token back. Returns the waiting job that takes it over now (its wait is recorded), or -1. */
  function giveBack(group: number, instance: number): number {
    const at = group * GROUP_STRIDE;
    const nowNs = now[0]!;
    touch(group);
    sums[at + Sum.departures] = sums[at + Sum.departures]! + 1;
    if (waiting[instance]! === 0) {
      busy[instance] = busy[instance]! - 1;
      sums[at] = sums[at]! - 1;
      sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! + nowNs;
      return -1;
    }
    // The server changes hands: one end and one begin of holding at this instant add nothing to `heldNs`.
    const queue = firstQueue(group, instance);
    const heir = queueHead[queue]!;
    unqueue(queue, heir);
    waiting[instance] = waiting[instance]! - 1;
    const waitNs = nowNs - cameNs[heir]!;
    sums[at + Sum.waiting] = sums[at + Sum.waiting]! - 1;
    sums[at + Sum.waitedNs] = sums[at + Sum.waitedNs]! + nowNs;
    sums[at + Sum.starts] = sums[at + Sum.starts]! + 1;
    observedNs[0] = waitNs;
    recordWait(group);
    const row = rows[heir]!;
    if (row >= 0) book(row, layerOfGroup[group]!, Part.wait, waitNs);
    return heir;
  }

  /**
   * End of service of the job inside the SERVE at `pc`: its server goes to the next job, whose end `scheduleHeir` puts
   * into the event list when the slot's turn is over. What that job draws comes first here: so it is known by then, and the
   * processor need not guess where in the list it goes (6 % of the time of bench case w1).
   */
  function endService(slot: number, pc: number): void {
    const group = a[pc]!;
    const instance = instanceAt(slot, pc);
    if (waiting[instance]! > 0) {
      const heir = queueHead[firstQueue(group, instance)]!;
      const only = onlyServe[group]!;
      drawService(heir, only >= 0 ? only : ~pcs[heir]!, group, instance);
      state.heir = heir;
      heirNs[0] = now[0]! + drawn[0]!;
    }
    observedNs[0] = now[0]! - cameNs[slot]!;
    recordSojourn(group);
    giveBack(group, instance);
  }

  function scheduleHeir(): void {
    const { heir } = state;
    state.heir = -1;
    clockNs[0] = heirNs[0]!;
    push(heir);
  }

  /** The queue time-out of a waiting job fires: it leaves the queue and goes on at the failure address. */
  function abandonQueue(slot: number): void {
    const pc = ~pcs[slot]!;
    const group = a[pc]!;
    const instance = instanceAt(slot, pc);
    const at = group * GROUP_STRIDE;
    const nowNs = now[0]!;
    touch(group);
    unqueue(queueOf(group, instance, classPriority[classIn(slot)]!), slot);
    waiting[instance] = waiting[instance]! - 1;
    sums[at + Sum.waiting] = sums[at + Sum.waiting]! - 1;
    sums[at + Sum.waitedNs] = sums[at + Sum.waitedNs]! + nowNs;
    sums[at + Sum.abandoned] = sums[at + Sum.abandoned]! + 1;
    const row = rows[slot]!;
    if (row >= 0) book(row, layerOfGroup[group]!, Part.wait, nowNs - cameNs[slot]!);
    cause[slot] = Cause.abandoned;
    pcs[slot] = c[pc]!;
  }

  /** A token freed by RELEASE goes to the waiting job `heir`: it goes on behind its ACQUIRE. */
  function handOver(heir: number): void {
    const pc = ~pcs[heir]!;
    if (d[pc]! >= 0) cancel(heir, TimerKind.queue);
    pcs[heir] = pc + 1;
  }

  return {
    instanceAt,
    drawDuration,
    beginService,
    come,
    giveBack,
    endService,
    scheduleHeir,
    abandonQueue,
    handOver,
  };
}
