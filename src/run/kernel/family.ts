/** Activations that others wait for: calls with deadlines and retries, forks and joins, sends, background visits. */
import type { EventQueue } from '../../engine/event-queue.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';
import type { Retrying } from './retrying.ts';
import type { Sampling } from './sampling.ts';
import type { SlotLists } from './slots.ts';
import type { TimerLists } from './timers.ts';

export interface FamilyParts {
  readonly queue: EventQueue;
  readonly lists: SlotLists;
  readonly sampling: Sampling;
  readonly timers: TimerLists;
  readonly retrying: Retrying;
}

export type Family = ReturnType<typeof makeFamily>;

export function makeFamily(kit: Kit, m: Machine, parts: FamilyParts) {
  const { Cause, Op, Part, CALL_STRIDE, CallSum, TimerKind, backoffNs, childHi, childLo, hash32 } = kit;
  const { push } = parts.queue;
  const { freeSlot, makeReady, takeSlot } = parts.lists;
  const { book, close, merge, openChild } = parts.sampling;
  const { cancel, set } = parts.timers;
  const { backoffDraw, earn, pay } = parts.retrying;
  const { op, a, b, d, now, state, model, callKeys, layerOfStation, forkWidths } = m;
  const { registerCount, timeRegisterCount } = m;
  const { calls, forks, backgrounds } = model;
  const { low: keysLow, high: keysHigh } = m.keys;
  const { start, salt, timeout, budget, callerRegister, attempts, station } = m.callSites;
  const { callSums, callSeries, shape, slots } = state;
  const { clockNs } = state.events;
  const { pc: pcs, classId: classIds, region: regions, cause: causes, row: rows, bornNs } = slots;
  const { window: windows } = slots;
  const { keyLow, keyHigh, requestLow, requestHigh, registers, registersNs } = slots;
  const { parent: parents, parentEpoch: parentEpochs, epoch: epochs } = slots;

  /** Spreads the salts of siblings: attempts of a call, branches of a fork, visits of an echo. */
  const SIBLING_WORD = 0x9e3779b9;

  /** Salt of the requests of other slices that background visits belong to. */
  const OTHER_REQUEST_WORD = 0x3c6ef372;

  /** Background visits of a sliced run begin within this time after the visit they go with. */
  const ECHO_SPREAD_NS = 5e7;

  /** A new activation at `start` that inherits class, region, request and registers. Nobody waits for it, and it has no
   *  draw key yet. */
  function spawn(slot: number, start: number): number {
    const child = takeSlot(0);
    pcs[child] = start;
    windows[child] = -1;
    rows[child] = -1;
    if (shape.classes) classIds[child] = classIds[slot]!;
    if (shape.regions) regions[child] = regions[slot]!;
    if (shape.shards) {
      requestLow[child] = requestLow[slot]!;
      requestHigh[child] = requestHigh[slot]!;
    }
    bornNs[child] = now[0]!;
    copyRegisters(slot, child);
    return child;
  }

  function copyRegisters(from: number, to: number): void {
    const integers = registers;
    const times = registersNs;
    for (let i = 0; i < registerCount; i++)
      integers[to * registerCount + i] = integers[from * registerCount + i]!;
    for (let i = 0; i < timeRegisterCount; i++)
      times[to * timeRegisterCount + i] = times[from * timeRegisterCount + i]!;
  }

  function deriveKey(child: number, slot: number, salt: number): void {
    keyLow[child] = childLo(keyLow[slot]!, keyHigh[slot]!, salt);
    keyHigh[child] = childHi(keyLow[slot]!, keyHigh[slot]!, salt);
  }

  /** As `spawn`, and the parent waits: the child reports to it as long as its epoch stands. */
  function spawnChild(slot: number, start: number): number {
    const child = spawn(slot, start);
    parents[child] = slot;
    parentEpochs[child] = epochs[slot]!;
    rows[child] = openChild(rows[slot]!);
    return child;
  }

  /** CALL: attempt `attempt` (0 for the first). The parent goes on at the RESULT behind it. */
  function startCall(slot: number, pc: number, attempt: number): void {
    const site = a[pc]!;
    registers[slot * registerCount + b[pc]!] = attempt + 1;
    count(site, CallSum.attempts);
    if (attempt > 0) count(site, CallSum.retries);
    else if (budget[site]! >= 0) earn(budget[site]!, callerOf(slot, callerRegister[site]!));
    const child = spawnChild(slot, start[site]!);
    if (attempt === 0) {
      // The first attempt draws what a call without deadline or retry would: it keeps its parent's key.
      keyLow[child] = keyLow[slot]!;
      keyHigh[child] = keyHigh[slot]!;
    } else {
      deriveKey(child, slot, salt[site]! ^ Math.imul(attempt, SIBLING_WORD));
    }
    if (timeout[site]! >= 0) set(child, TimerKind.life, timeout[site]!);
    pcs[slot] = pc + 1;
    makeReady(child);
  }

  /**
   * RESULT after a failure: starts the back-off of a retry (true: the slot waits, its pc is `~CALL`), or gives up (false).
   */
  function retry(slot: number, pc: number): boolean {
    const site = a[pc]!;
    const made = registers[slot * registerCount + b[pc]!]!;
    if (made >= attempts[site]!) {
      count(site, CallSum.failed);
      return false;
    }
    if (budget[site]! >= 0 && !pay(budget[site]!, callerOf(slot, callerRegister[site]!))) {
      count(site, CallSum.deniedByBudget);
      count(site, CallSum.failed);
      return false;
    }
    const waitNs = backoffNs(calls[site]!.backoff, made, (n) =>
      backoffDraw(callKeys.low[site]!, callKeys.high[site]!, keyLow[slot]!, keyHigh[slot]!, n),
    );
    if (rows[slot]! >= 0) book(rows[slot]!, layerOfStation[station[site]!]!, Part.retry, waitNs);
    pcs[slot] = ~d[pc]!;
    if (waitNs === 0) {
      makeReady(slot);
      return true;
    }
    clockNs[0] = now[0]! + waitNs;
    push(slot);
    return true;
  }

  function count(site: number, field: number): void {
    const at = (state.rowNow * calls.length + site) * CALL_STRIDE + field;
    callSums[at] = callSums[at]! + 1;
    const inWindow = ((state.windowNow + 1) * calls.length + site) * CALL_STRIDE + field;
    callSeries[inWindow] = callSeries[inWindow]! + 1;
  }

  function callerOf(slot: number, register: number): number {
    return registers[slot * registerCount + register]!;
  }

  /** FORK: starts every branch; the parent goes on at the JOINED behind it. */
  function startFork(slot: number, pc: number): void {
    const fork = forks[a[pc]!]!;
    pcs[slot] = pc + 1;
    let running = 0;
    for (let branch = 0; branch < fork.starts.length; branch++) {
      for (let copy = 0; copy < fork.counts[branch]!; copy++) {
        running++;
        const child = spawnChild(slot, fork.starts[branch]!);
        deriveKey(child, slot, fork.salt ^ Math.imul(running, SIBLING_WORD));
        makeReady(child);
      }
    }
    registers[slot * registerCount + b[pc]!] = running;
  }

  function startSend(slot: number, pc: number): void {
    const child = spawn(slot, a[pc]!);
    deriveKey(child, slot, b[pc]!);
    makeReady(child);
  }

  /** ECHO: background visits that go with this one, each at its own instant and with its own draws. */
  function startEchoes(slot: number, pc: number): void {
    const background = backgrounds[a[pc]!]!;
    const k0 = keysLow[pc]!;
    const k1 = keysHigh[pc]!;
    const whole = Math.floor(background.ratio);
    const share = hash32(k0, k1, keyLow[slot]!, keyHigh[slot]!) / 4294967296;
    const visits = whole + (share < background.ratio - whole ? 1 : 0);
    for (let i = 0; i < visits; i++) {
      const echo = spawn(slot, background.start);
      deriveKey(echo, slot, k0 ^ Math.imul(i + 1, SIBLING_WORD));
      if (shape.shards) becomeOther(echo, i);
      const delay = hash32(k1, k0, keyLow[echo]!, keyHigh[echo]!) / 4294967296;
      clockNs[0] = now[0]! + Math.floor(delay * ECHO_SPREAD_NS);
      push(echo);
    }
  }

  /** The i-th background visits of all visits of a request belong to one other request: it has a shard of its own. */
  function becomeOther(echo: number, i: number): void {
    const low = requestLow[echo]!;
    const high = requestHigh[echo]!;
    requestLow[echo] = childLo(low, high, OTHER_REQUEST_WORD ^ i);
    requestHigh[echo] = childHi(low, high, OTHER_REQUEST_WORD ^ i);
  }

  /** Slots that ECHO, FORK, CALL or SEND at `pc` may take at once. */
  function slotsNeeded(pc: number): number {
    const code = op[pc]!;
    if (code === Op.FORK) return forkWidths[a[pc]!]!;
    if (code === Op.ECHO) return Math.ceil(backgrounds[a[pc]!]!.ratio);
    return 1;
  }

  /** Tells the waiting parent, if it still waits, that this child ended with its cause. */
  function report(child: number): void {
    const parent = parents[child]!;
    const row = rows[child]!;
    parents[child] = -1;
    rows[child] = -1;
    if (parent < 0 || epochs[parent] !== parentEpochs[child]) {
      close(row);
      return;
    }
    const cause = causes[child]!;
    const joinPc = pcs[parent]!;
    if (op[joinPc] === Op.RESULT) {
      if (timeout[a[joinPc]!]! >= 0) cancel(child, TimerKind.life);
      resume(parent, cause, row);
      return;
    }
    const fork = forks[a[joinPc - 1]!]!;
    const register = parent * registerCount + b[joinPc - 1]!;
    const running = registers[register]! - 1;
    registers[register] = running;
    const decided =
      fork.join === 'all' ? cause !== Cause.none || running === 0 : cause === Cause.none || running === 0;
    if (decided) resume(parent, cause, row);
    else close(row);
  }

  /** The parent stops waiting: other children of it go on unseen. The time of the one that decided is the parent's. */
  function resume(parent: number, cause: number, childRow: number): void {
    epochs[parent] = (epochs[parent]! + 1) | 0;
    causes[parent] = cause;
    merge(rows[parent]!, childRow);
    makeReady(parent);
  }

  /** A call's deadline passes: the caller goes on with cause `timedOut`, the callee works on unseen. */
  function leaveCall(child: number): void {
    const parent = parents[child]!;
    const row = rows[child]!;
    parents[child] = -1;
    rows[child] = -1;
    close(row);
    const site = a[pcs[parent]!]!;
    count(site, CallSum.timedOut);
    const parentRow = rows[parent]!;
    if (parentRow >= 0) {
      const layer = layerOfStation[station[site]!]!;
      book(parentRow, layer, Part.retry, now[0]! - bornNs[child]!);
    }
    resume(parent, Cause.timedOut, -1);
  }

  /** END of an activation that is not a request. */
  function endChild(slot: number): void {
    if (parents[slot]! >= 0) report(slot);
    freeSlot(slot);
  }

  return { startCall, retry, startFork, startSend, startEchoes, slotsNeeded, report, leaveCall, endChild };
}
