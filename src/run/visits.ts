/** A job at a group of servers or tokens: coming, waiting, holding, leaving, and what is counted on the way. */
import { hashInt32 } from '../random/streams.ts';
import { sampleInto, TABLE_LENGTH } from '../random/quantile-table.ts';
import { Cause } from '../model/opcodes.ts';
import type { Machine } from './machine.ts';
import { observedNs, recordNoWait, recordSojourn, recordWait } from './recording.ts';
import { Part } from './samples.ts';
import { enqueue, firstQueue, queueOf, unqueue } from './slots.ts';
import { GROUP_STRIDE, Sum, type State } from './state.ts';
import { TimerKind } from './timers.ts';

/** Brings a group's time integrals up to now; call before its counts change. */
export function touch(state: State, group: number, nowNs: Float64Array): void {
  const sums = state.groupSums;
  const at = group * GROUP_STRIDE;
  const now = nowNs[0]!;
  const spanNs = now - sums[at + Sum.lastNs]!;
  sums[at + Sum.busyNs] = sums[at + Sum.busyNs]! + sums[at]! * spanNs;
  sums[at + Sum.waitingNs] = sums[at + Sum.waitingNs]! + sums[at + Sum.waiting]! * spanNs;
  sums[at + Sum.lastNs] = now;
}

/** Draws the duration of the instruction at `pc` for this slot into `m.drawn[0]`, in whole ns. */
export function drawDuration(m: Machine, slot: number, pc: number): void {
  const { slots } = m.state;
  const draw = hashInt32(m.keys.low[pc]!, m.keys.high[pc]!, slots.keyLow[slot]!, slots.keyHigh[slot]!);
  sampleInto(m.drawn, m.tables, m.d[pc]! * TABLE_LENGTH, draw);
  m.drawn[0] = Math.floor(m.x[pc]! * m.drawn[0]! + 0.5);
}

/** Starts service of a job that has its server: draws the time and schedules the end. */
export function beginService(m: Machine, slot: number, pc: number, group: number, instance: number): void {
  const { state } = m;
  drawDuration(m, slot, pc);
  const serviceNs = m.drawn[0]!;
  const work = state.instanceRowNow + instance;
  state.workNs[work] = state.workNs[work]! + serviceNs;
  const row = state.slots.row[slot]!;
  if (row >= 0) m.samples.book(row, m.layerOfGroup[group]!, Part.service, serviceNs);
  state.slots.pc[slot] = ~pc;
  state.events.clockNs[0] = m.now[0]! + serviceNs;
  state.events.push(slot);
}

/**
 * A job comes to take a server or token. True: it has it now. False: it waits (its pc is `~pc`), or was turned away
 * (its cause is `rejected`, its pc the failure address).
 */
export function come(m: Machine, slot: number, pc: number, group: number, instance: number): boolean {
  const { state } = m;
  const sums = state.groupSums;
  const at = group * GROUP_STRIDE;
  const now = m.now[0]!;
  touch(state, group, m.now);
  sums[at + Sum.arrivals] = sums[at + Sum.arrivals]! + 1;
  state.slots.cameNs[slot] = now;
  if (state.busy[instance]! < state.capacities[group]!) {
    state.busy[instance] = state.busy[instance]! + 1;
    sums[at] = sums[at]! + 1;
    sums[at + Sum.starts] = sums[at + Sum.starts]! + 1;
    sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! - now;
    recordNoWait(state, group);
    return true;
  }
  if (state.waiting[instance]! >= state.rooms[group]!) {
    sums[at + Sum.rejected] = sums[at + Sum.rejected]! + 1;
    state.slots.cause[slot] = Cause.rejected;
    state.slots.pc[slot] = m.c[pc]!;
    return false;
  }
  const waiting = sums[at + Sum.waiting]! + 1;
  sums[at + Sum.waiting] = waiting;
  if (waiting > sums[at + Sum.waitingMax]!) sums[at + Sum.waitingMax] = waiting;
  sums[at + Sum.waitedNs] = sums[at + Sum.waitedNs]! - now;
  state.waiting[instance] = state.waiting[instance]! + 1;
  const queue = queueOf(state, group, instance, m.classPriority[state.slots.classId[slot]!]!);
  enqueue(state, queue, slot, state.disciplines[group] === 1);
  state.slots.pc[slot] = ~pc;
  return false;
}

/** A job gives its server or token back. Returns the waiting job that takes it over now (its wait is recorded), or -1. */
export function giveBack(m: Machine, group: number, instance: number): number {
  const { state } = m;
  const sums = state.groupSums;
  const at = group * GROUP_STRIDE;
  const now = m.now[0]!;
  touch(state, group, m.now);
  sums[at + Sum.departures] = sums[at + Sum.departures]! + 1;
  if (state.waiting[instance]! === 0) {
    state.busy[instance] = state.busy[instance]! - 1;
    sums[at] = sums[at]! - 1;
    sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! + now;
    return -1;
  }
  // The server changes hands: one end and one begin of holding at this instant add nothing to `heldNs`.
  const queue = firstQueue(state, instance);
  const heir = state.queueHead[queue]!;
  unqueue(state, queue, heir);
  state.waiting[instance] = state.waiting[instance]! - 1;
  const waitNs = now - state.slots.cameNs[heir]!;
  sums[at + Sum.waiting] = sums[at + Sum.waiting]! - 1;
  sums[at + Sum.waitedNs] = sums[at + Sum.waitedNs]! + now;
  sums[at + Sum.starts] = sums[at + Sum.starts]! + 1;
  observedNs[0] = waitNs;
  recordWait(state, group);
  const row = state.slots.row[heir]!;
  if (row >= 0) m.samples.book(row, m.layerOfGroup[group]!, Part.wait, waitNs);
  return heir;
}

/** End of service of the job inside the SERVE at `pc`: frees its server and starts the next job's service. */
export function endService(m: Machine, slot: number, pc: number): void {
  const { state } = m;
  const group = m.a[pc]!;
  const instance = state.instanceBase[group]! + state.slots.registers[slot * m.registerCount + m.b[pc]!]!;
  observedNs[0] = m.now[0]! - state.slots.cameNs[slot]!;
  recordSojourn(state, group);
  const heir = giveBack(m, group, instance);
  if (heir >= 0) beginService(m, heir, ~state.slots.pc[heir]!, group, instance);
}

/** The queue time-out of a waiting job fires: it leaves the queue and goes on at the failure address. */
export function abandonQueue(m: Machine, slot: number): void {
  const { state } = m;
  const pc = ~state.slots.pc[slot]!;
  const group = m.a[pc]!;
  const instance = state.instanceBase[group]! + state.slots.registers[slot * m.registerCount + m.b[pc]!]!;
  const sums = state.groupSums;
  const at = group * GROUP_STRIDE;
  const now = m.now[0]!;
  touch(state, group, m.now);
  unqueue(state, queueOf(state, group, instance, m.classPriority[state.slots.classId[slot]!]!), slot);
  state.waiting[instance] = state.waiting[instance]! - 1;
  sums[at + Sum.waiting] = sums[at + Sum.waiting]! - 1;
  sums[at + Sum.waitedNs] = sums[at + Sum.waitedNs]! + now;
  sums[at + Sum.abandoned] = sums[at + Sum.abandoned]! + 1;
  const row = state.slots.row[slot]!;
  if (row >= 0) m.samples.book(row, m.layerOfGroup[group]!, Part.wait, now - state.slots.cameNs[slot]!);
  state.slots.cause[slot] = Cause.abandoned;
  state.slots.pc[slot] = m.c[pc]!;
}

/** A token freed by RELEASE goes to the waiting job `heir`: it goes on behind its ACQUIRE. */
export function handOver(m: Machine, heir: number): void {
  const pc = ~m.state.slots.pc[heir]!;
  if (m.d[pc]! >= 0) m.timers.cancel(m.state, heir, TimerKind.queue);
  m.state.slots.pc[heir] = pc + 1;
}

/** A job joins a processor-sharing instance; false when its room is full (then as `come`). */
export function join(m: Machine, slot: number, pc: number): boolean {
  const { state } = m;
  const group = m.a[pc]!;
  const instance = state.instanceBase[group]! + state.slots.registers[slot * m.registerCount + m.b[pc]!]!;
  const sums = state.groupSums;
  const at = group * GROUP_STRIDE;
  const jobs = m.sharing.jobs[instance]!;
  touch(state, group, m.now);
  sums[at + Sum.arrivals] = sums[at + Sum.arrivals]! + 1;
  if (jobs - state.capacities[group]! >= state.rooms[group]!) {
    sums[at + Sum.rejected] = sums[at + Sum.rejected]! + 1;
    state.slots.cause[slot] = Cause.rejected;
    state.slots.pc[slot] = m.c[pc]!;
    return false;
  }
  const more = m.sharing.totalRate(group, jobs + 1) - m.sharing.totalRate(group, jobs);
  const waiting = sums[at + Sum.waiting]! + 1 - more;
  sums[at] = sums[at]! + more;
  sums[at + Sum.waiting] = waiting;
  if (waiting > sums[at + Sum.waitingMax]!) sums[at + Sum.waitingMax] = waiting;
  sums[at + Sum.starts] = sums[at + Sum.starts]! + 1;
  sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! - m.now[0]!;
  drawDuration(m, slot, pc);
  state.slots.demandNs[slot] = m.drawn[0]!;
  state.slots.cameNs[slot] = m.now[0]!;
  state.slots.pc[slot] = pc + 1;
  const work = state.instanceRowNow + instance;
  state.workNs[work] = state.workNs[work]! + m.drawn[0]!;
  m.sharing.join(state, group, instance, slot, m.now);
  return true;
}

/** A job leaves a processor-sharing instance, its work done; it goes on behind its SHARE. */
export function part(m: Machine, slot: number, instance: number): void {
  const { state } = m;
  const group = m.sharing.groupOf[instance]!;
  const sums = state.groupSums;
  const at = group * GROUP_STRIDE;
  touch(state, group, m.now);
  const jobs = m.sharing.jobs[instance]!; // without this one
  const less = m.sharing.totalRate(group, jobs + 1) - m.sharing.totalRate(group, jobs);
  sums[at] = sums[at]! - less;
  sums[at + Sum.waiting] = sums[at + Sum.waiting]! - 1 + less;
  sums[at + Sum.departures] = sums[at + Sum.departures]! + 1;
  sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! + m.now[0]!;
  const sojournNs = m.now[0]! - state.slots.cameNs[slot]!;
  const demandNs = Math.min(state.slots.demandNs[slot]!, sojournNs);
  observedNs[0] = sojournNs;
  recordSojourn(state, group);
  observedNs[0] = sojournNs - demandNs;
  recordWait(state, group);
  const row = state.slots.row[slot]!;
  if (row >= 0) {
    m.samples.book(row, m.layerOfGroup[group]!, Part.service, demandNs);
    m.samples.book(row, m.layerOfGroup[group]!, Part.wait, sojournNs - demandNs);
  }
}
