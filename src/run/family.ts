/** Activations that others wait for: calls with deadlines and retries, forks and joins, sends, background visits. */
import { childHi, childLo, hash32 } from '../random/streams.ts';
import { Cause, Op } from '../model/opcodes.ts';
import type { Machine } from './machine.ts';
import { backoffNs } from '../model/policies/backoff.ts';
import { backoffDraw } from './retrying.ts';
import { Part } from './samples.ts';
import { freeSlot, makeReady, takeSlot } from './slots.ts';
import { CALL_STRIDE, CallSum, type State } from './state.ts';
import { TimerKind } from './timers.ts';

/** Spreads the salts of siblings: attempts of a call, branches of a fork, visits of an echo. */
const SIBLING_WORD = 0x9e3779b9;

/** Salt of the requests of other slices that background visits belong to. */
const OTHER_REQUEST_WORD = 0x3c6ef372;

/** Background visits of a sliced run begin within this time after the visit they go with. */
const ECHO_SPREAD_NS = 5e7;

/** A new activation at `start` that inherits class, region, request, registers and a derived draw key. Nobody waits for
 *  it. */
function spawn(m: Machine, slot: number, start: number, salt: number): number {
  const { state, registerCount, timeRegisterCount } = m;
  const { slots } = state;
  const child = takeSlot(state, registerCount);
  slots.pc[child] = start;
  slots.classId[child] = slots.classId[slot]!;
  slots.region[child] = slots.region[slot]!;
  slots.keyLow[child] = childLo(slots.keyLow[slot]!, slots.keyHigh[slot]!, salt);
  slots.keyHigh[child] = childHi(slots.keyLow[slot]!, slots.keyHigh[slot]!, salt);
  if (state.shape.shards) {
    slots.requestLow[child] = slots.requestLow[slot]!;
    slots.requestHigh[child] = slots.requestHigh[slot]!;
  }
  slots.bornNs[child] = m.now[0]!;
  const { registers, registersNs } = slots;
  for (let i = 0; i < registerCount; i++)
    registers[child * registerCount + i] = registers[slot * registerCount + i]!;
  for (let i = 0; i < timeRegisterCount; i++) {
    registersNs[child * timeRegisterCount + i] = registersNs[slot * timeRegisterCount + i]!;
  }
  return child;
}

/** As `spawn`, and the parent waits: the child reports to it as long as its epoch stands. */
function spawnChild(m: Machine, slot: number, start: number, salt: number): number {
  const { slots } = m.state;
  const child = spawn(m, slot, start, salt);
  slots.parent[child] = slot;
  slots.parentEpoch[child] = slots.epoch[slot]!;
  slots.row[child] = m.samples.openChild(slots.row[slot]!);
  return child;
}

/** CALL: attempt `attempt` (0 for the first). The parent goes on at the RESULT behind it. */
export function startCall(m: Machine, slot: number, pc: number, attempt: number): void {
  const { state } = m;
  const site = m.a[pc]!;
  const call = m.model.calls[site]!;
  state.slots.registers[slot * m.registerCount + m.b[pc]!] = attempt + 1;
  count(state, site, CallSum.attempts);
  if (attempt > 0) count(state, site, CallSum.retries);
  else if (call.budget >= 0) m.budgets.earn(call.budget, callerOf(m, slot, call.callerRegister));
  const child = spawnChild(m, slot, call.start, call.salt ^ Math.imul(attempt, SIBLING_WORD));
  if (attempt === 0) {
    // The first attempt draws what a call without deadline or retry would: it keeps its parent's key.
    state.slots.keyLow[child] = state.slots.keyLow[slot]!;
    state.slots.keyHigh[child] = state.slots.keyHigh[slot]!;
  }
  if (call.timeout >= 0) m.timers.set(state, child, TimerKind.life, call.timeout, m.now);
  state.slots.pc[slot] = pc + 1;
  makeReady(state, child);
}

/**
 * RESULT after a failure: starts the back-off of a retry (true: the slot waits, its pc is `~CALL`), or gives up (false).
 */
export function retry(m: Machine, slot: number, pc: number): boolean {
  const { state } = m;
  const site = m.a[pc]!;
  const call = m.model.calls[site]!;
  const attempts = state.slots.registers[slot * m.registerCount + m.b[pc]!]!;
  if (attempts >= call.attempts) {
    count(state, site, CallSum.failed);
    return false;
  }
  if (call.budget >= 0 && !m.budgets.pay(call.budget, callerOf(m, slot, call.callerRegister))) {
    count(state, site, CallSum.deniedByBudget);
    count(state, site, CallSum.failed);
    return false;
  }
  const { keyLow, keyHigh, row } = state.slots;
  const waitNs = backoffNs(call.backoff, attempts, (n) =>
    backoffDraw(m.callKeys.low[site]!, m.callKeys.high[site]!, keyLow[slot]!, keyHigh[slot]!, n),
  );
  if (row[slot]! >= 0) m.samples.book(row[slot]!, m.layerOfStation[call.station]!, Part.retry, waitNs);
  state.slots.pc[slot] = ~m.d[pc]!;
  if (waitNs === 0) {
    makeReady(state, slot);
    return true;
  }
  state.events.clockNs[0] = m.now[0]! + waitNs;
  state.events.push(slot);
  return true;
}

function count(state: State, site: number, field: number): void {
  const at = (state.phaseNow * state.model.calls.length + site) * CALL_STRIDE + field;
  state.callSums[at] = state.callSums[at]! + 1;
}

function callerOf(m: Machine, slot: number, register: number): number {
  return m.state.slots.registers[slot * m.registerCount + register]!;
}

/** FORK: starts every branch; the parent goes on at the JOINED behind it. */
export function startFork(m: Machine, slot: number, pc: number): void {
  const { state } = m;
  const fork = m.model.forks[m.a[pc]!]!;
  state.slots.pc[slot] = pc + 1;
  let running = 0;
  for (let branch = 0; branch < fork.starts.length; branch++) {
    for (let copy = 0; copy < fork.counts[branch]!; copy++) {
      running++;
      makeReady(
        state,
        spawnChild(m, slot, fork.starts[branch]!, fork.salt ^ Math.imul(running, SIBLING_WORD)),
      );
    }
  }
  state.slots.registers[slot * m.registerCount + m.b[pc]!] = running;
}

export function startSend(m: Machine, slot: number, pc: number): void {
  makeReady(m.state, spawn(m, slot, m.a[pc]!, m.b[pc]!));
}

/** ECHO: background visits that go with this one, each at its own instant and with its own draws. */
export function startEchoes(m: Machine, slot: number, pc: number): void {
  const { state } = m;
  const background = m.model.backgrounds[m.a[pc]!]!;
  const k0 = m.keys.low[pc]!;
  const k1 = m.keys.high[pc]!;
  const { keyLow, keyHigh } = state.slots;
  const whole = Math.floor(background.ratio);
  const share = hash32(k0, k1, keyLow[slot]!, keyHigh[slot]!) / 4294967296;
  const visits = whole + (share < background.ratio - whole ? 1 : 0);
  for (let i = 0; i < visits; i++) {
    const echo = spawn(m, slot, background.start, k0 ^ Math.imul(i + 1, SIBLING_WORD));
    if (state.shape.shards) becomeOther(m, echo, i);
    const delay = hash32(k1, k0, state.slots.keyLow[echo]!, state.slots.keyHigh[echo]!) / 4294967296;
    state.events.clockNs[0] = m.now[0]! + Math.floor(delay * ECHO_SPREAD_NS);
    state.events.push(echo);
  }
}

/** The i-th background visits of all visits of a request belong to one other request: it has a shard of its own. */
function becomeOther({ state: { slots } }: Machine, echo: number, i: number): void {
  const low = slots.requestLow[echo]!;
  const high = slots.requestHigh[echo]!;
  slots.requestLow[echo] = childLo(low, high, OTHER_REQUEST_WORD ^ i);
  slots.requestHigh[echo] = childHi(low, high, OTHER_REQUEST_WORD ^ i);
}

/** Slots that ECHO, FORK, CALL or SEND at `pc` may take at once. */
export function slotsNeeded(m: Machine, pc: number): number {
  const code = m.op[pc]!;
  if (code === Op.FORK) return m.forkWidths[m.a[pc]!]!;
  if (code === Op.ECHO) return Math.ceil(m.model.backgrounds[m.a[pc]!]!.ratio);
  return 1;
}

/** Tells the waiting parent, if it still waits, that this child ended with its cause. */
export function report(m: Machine, child: number): void {
  const { state } = m;
  const { slots } = state;
  const parent = slots.parent[child]!;
  const row = slots.row[child]!;
  slots.parent[child] = -1;
  slots.row[child] = -1;
  if (parent < 0 || slots.epoch[parent] !== slots.parentEpoch[child]) {
    m.samples.close(row);
    return;
  }
  const cause = slots.cause[child]!;
  const joinPc = slots.pc[parent]!;
  if (m.op[joinPc] === Op.RESULT) {
    if (m.model.calls[m.a[joinPc]!]!.timeout >= 0) m.timers.cancel(state, child, TimerKind.life);
    resume(m, parent, cause, row);
    return;
  }
  const fork = m.model.forks[m.a[joinPc - 1]!]!;
  const register = parent * m.registerCount + m.b[joinPc - 1]!;
  const running = slots.registers[register]! - 1;
  slots.registers[register] = running;
  const decided =
    fork.join === 'all' ? cause !== Cause.none || running === 0 : cause === Cause.none || running === 0;
  if (decided) resume(m, parent, cause, row);
  else m.samples.close(row);
}

/** The parent stops waiting: other children of it go on unseen. The time of the one that decided is the parent's. */
function resume(m: Machine, parent: number, cause: number, childRow: number): void {
  const { state } = m;
  state.slots.epoch[parent] = (state.slots.epoch[parent]! + 1) | 0;
  state.slots.cause[parent] = cause;
  m.samples.merge(state.slots.row[parent]!, childRow);
  makeReady(state, parent);
}

/** A call's deadline passes: the caller goes on with cause `timedOut`, the callee works on unseen. */
export function leaveCall(m: Machine, child: number): void {
  const { slots } = m.state;
  const parent = slots.parent[child]!;
  const row = slots.row[child]!;
  slots.parent[child] = -1;
  slots.row[child] = -1;
  m.samples.close(row);
  const site = m.a[slots.pc[parent]!]!;
  count(m.state, site, CallSum.timedOut);
  const parentRow = slots.row[parent]!;
  if (parentRow >= 0) {
    const layer = m.layerOfStation[m.model.calls[site]!.station]!;
    m.samples.book(parentRow, layer, Part.retry, m.now[0]! - slots.bornNs[child]!);
  }
  resume(m, parent, Cause.timedOut, -1);
}

/** END of an activation that is not a request. */
export function endChild(m: Machine, slot: number): void {
  if (m.state.slots.parent[slot]! >= 0) report(m, slot);
  freeSlot(m.state, slot);
}
