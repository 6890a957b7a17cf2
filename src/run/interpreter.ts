/**
 * The interpreter: takes the next event, lets the slot it belongs to go on, and carries out instructions until that
 * slot waits for time, a server, or another activation. The one place allowed to be long; instruction by instruction
 * it is documented in model/opcodes.ts.
 *
 * It returns after `budget` events, so that its caller owns the clock and Ctrl-C, and because V8 runs a function that
 * is called again and again faster than one endless call. The loop's variables are locals; whatever needs the time
 * reads `m.now[0]`.
 */
import { hashInt32 } from '../random/streams.ts';
import { Cause, Op } from '../model/opcodes.ts';
import { turnWord } from './draws.ts';
import {
  endChild,
  leaveCall,
  report,
  retry,
  slotsNeeded,
  startCall,
  startEchoes,
  startFork,
  startSend,
} from './family.ts';
import { BEGIN_USER, type Machine } from './machine.ts';
import { beginRequest, beginUser, endRequest, leaveRequest, think } from './outcomes.ts';
import { observedNs, recordOperation } from './recording.ts';
import { Part } from './samples.ts';
import { freeSlot, makeReady, takeReady, takeSlot } from './slots.ts';
import { Flag } from './slot-fields.ts';
import { TimerKind } from './timers.ts';
import {
  abandonQueue,
  beginService,
  come,
  drawDuration,
  endService,
  giveBack,
  handOver,
  join,
  part,
} from './visits.ts';
import { closeWindow } from './window-end.ts';

/** Why the interpreter came back: budget used up, everything ended, or more slots are needed. */
export const Return = { budget: 0, ended: 1, slots: 2 } as const;

/** Stands in the time register of an operation whose sojourn is over. */
const LEFT = Infinity;

/** Slots that must be free before an event is taken: what arrivals, timers and users take by themselves. */
export const SLOT_RESERVE = 64;

export function interpret(m: Machine, budget: number): number {
  const { state, op, a, b, c, d, x, registerCount, timeRegisterCount, now } = m;
  const { events, slots } = state;
  const { clockNs } = events;
  const { pc: pcs, registers, registersNs, cause, flags, keyLow, keyHigh, row: rows } = slots;
  const { requestLow, requestHigh } = slots;
  const { instanceBase } = state;
  const keysLow = m.keys.low;
  const keysHigh = m.keys.high;
  let left = budget;

  for (;;) {
    let slot: number;
    if (state.readyCount > 0) {
      slot = takeReady(state);
    } else {
      if (state.freeCount < SLOT_RESERVE) return Return.slots;
      if (left-- <= 0) return Return.budget;
      if (state.drainOver || (state.alive === 0 && state.windowNow >= state.windows.length))
        return Return.ended;
      slot = events.pop();
      now[0] = clockNs[0]!;
      state.eventCount++;
      if (slot < 0) {
        slot = handleSpecial(m, ~slot);
        if (slot < 0) continue;
      }
    }
    let pc = pcs[slot]!;
    if (pc < 0) {
      // The slot was inside an instruction: a service that ends now, or a call whose back-off is over.
      pc = ~pc;
      if (op[pc] === Op.SERVE) {
        endService(m, slot, pc);
        pc++;
      } else if (state.freeCount < 1) {
        makeReady(state, slot);
        return Return.slots;
      } else {
        startCall(m, slot, pc, registers[slot * registerCount + b[pc]!]!);
        continue;
      }
    }

    turn: for (;;) {
      switch (op[pc]) {
        case Op.SERVE: {
          const group = a[pc]!;
          const instance = instanceBase[group]! + registers[slot * registerCount + b[pc]!]!;
          if (come(m, slot, pc, group, instance)) {
            beginService(m, slot, pc, group, instance);
            break turn;
          }
          pc = pcs[slot]!;
          if (pc < 0) break turn; // it waits
          continue;
        }
        case Op.SHARE:
          if (join(m, slot, pc)) break turn;
          pc = pcs[slot]!;
          continue;
        case Op.DELAY:
        case Op.PAUSE: {
          if (op[pc] === Op.PAUSE) m.drawn[0] = x[pc]!;
          else drawDuration(m, slot, pc);
          const delayNs = m.drawn[0]!;
          if (rows[slot]! >= 0) m.samples.book(rows[slot]!, m.layerOfStation[a[pc]!]!, Part.delay, delayNs);
          pc++;
          if (delayNs === 0) continue;
          pcs[slot] = pc;
          clockNs[0] = now[0]! + delayNs;
          events.push(slot);
          break turn;
        }
        case Op.TRAVEL: {
          const delayNs = m.model.regionDelaysNs[b[pc]!]![slots.region[slot]!]!;
          if (rows[slot]! >= 0) m.samples.book(rows[slot]!, m.layerOfStation[a[pc]!]!, Part.delay, delayNs);
          pc++;
          if (delayNs === 0) continue;
          pcs[slot] = pc;
          clockNs[0] = now[0]! + delayNs;
          events.push(slot);
          break turn;
        }
        case Op.ACQUIRE: {
          const group = a[pc]!;
          const instance = instanceBase[group]! + registers[slot * registerCount + b[pc]!]!;
          if (come(m, slot, pc, group, instance)) {
            pc++;
            continue;
          }
          const waitsAt = pcs[slot]!;
          if (waitsAt >= 0) {
            pc = waitsAt;
            continue;
          }
          if (d[pc]! >= 0) m.timers.set(state, slot, TimerKind.queue, d[pc]!, now);
          break turn;
        }
        case Op.RELEASE: {
          const group = a[pc]!;
          const heir = giveBack(m, group, instanceBase[group]! + registers[slot * registerCount + b[pc]!]!);
          if (heir >= 0) {
            handOver(m, heir);
            makeReady(state, heir);
          }
          pc++;
          continue;
        }
        case Op.PICK:
          registers[slot * registerCount + b[pc]!] = m.balancing.pick(
            a[pc]!,
            registers[slot * registerCount + c[pc]!]!,
            keyLow[slot]!,
            keyHigh[slot]!,
            keysLow[pc]!,
            keysHigh[pc]!,
          );
          pc++;
          continue;
        case Op.CALLER: {
          const draw = hashInt32(keysLow[pc]!, keysHigh[pc]!, keyLow[slot]!, keyHigh[slot]!) >>> 0;
          const at = slot * registerCount;
          registers[at + b[pc]!] =
            registers[at + a[pc]!]! * d[pc]! + Math.floor((draw / 4294967296) * d[pc]!);
          pc++;
          continue;
        }
        case Op.SHARD:
          registers[slot * registerCount + b[pc]!] = m.balancing.shard(
            a[pc]!,
            requestLow[slot]!,
            requestHigh[slot]!,
          );
          pc++;
          continue;
        case Op.DROP:
          m.balancing.drop(
            a[pc]!,
            registers[slot * registerCount + c[pc]!]!,
            registers[slot * registerCount + b[pc]!]!,
          );
          pc++;
          continue;
        case Op.PAIR: {
          const at = slot * registerCount;
          registers[at + b[pc]!] = registers[at + c[pc]!]! * d[pc]! + registers[at + a[pc]!]!;
          pc++;
          continue;
        }
        case Op.FOLD: {
          const at = slot * registerCount;
          registers[at + b[pc]!] = registers[at + a[pc]!]! % d[pc]!;
          pc++;
          continue;
        }
        case Op.LIMIT:
          if (m.limiting.admits(a[pc]!, registers[slot * registerCount + b[pc]!]!, now)) {
            pc++;
          } else {
            cause[slot] = Cause.shed;
            pc = c[pc]!;
          }
          continue;
        case Op.CHANCE:
          if (hashInt32(keysLow[pc]!, keysHigh[pc]!, keyLow[slot]!, keyHigh[slot]!) >>> 0 < x[pc]!) pc++;
          else pc = a[pc]!;
          continue;
        case Op.FAIL:
          if (hashInt32(keysLow[pc]!, keysHigh[pc]!, keyLow[slot]!, keyHigh[slot]!) >>> 0 < x[pc]!) {
            cause[slot] = Cause.failed;
            pc = c[pc]!;
          } else pc++;
          continue;
        case Op.JUMP:
          pc = a[pc]!;
          continue;
        case Op.FORGIVE:
          cause[slot] = Cause.none;
          pc = a[pc]!;
          continue;
        case Op.LOOP:
          registers[slot * registerCount + b[pc]!] = 0;
          pc++;
          continue;
        case Op.NEXT: {
          const at = slot * registerCount + b[pc]!;
          const turns = registers[at]! + 1;
          const again = turns < d[pc]!;
          keyLow[slot] = keyLow[slot]! ^ turnWord(c[pc]!, turns - 1) ^ (again ? turnWord(c[pc]!, turns) : 0);
          registers[at] = turns;
          pc = again ? a[pc]! : pc + 1;
          continue;
        }
        case Op.BREAK:
          keyLow[slot] = keyLow[slot]! ^ turnWord(c[pc]!, registers[slot * registerCount + b[pc]!]!);
          pc++;
          continue;
        case Op.CALL:
        case Op.FORK:
        case Op.SEND:
        case Op.ECHO:
          if (state.freeCount < slotsNeeded(m, pc)) {
            pcs[slot] = pc;
            makeReady(state, slot);
            return Return.slots;
          }
          if (op[pc] === Op.CALL) {
            startCall(m, slot, pc, 0);
            break turn;
          }
          if (op[pc] === Op.FORK) {
            startFork(m, slot, pc);
            break turn;
          }
          if (op[pc] === Op.SEND) startSend(m, slot, pc);
          else startEchoes(m, slot, pc);
          pc++;
          continue;
        case Op.RESULT:
          if (cause[slot] === Cause.none) pc++;
          else if (retry(m, slot, pc)) break turn;
          else pc = c[pc]!;
          continue;
        case Op.JOINED:
          pc = cause[slot] === Cause.none ? pc + 1 : c[pc]!;
          continue;
        case Op.REPLY:
          if (slots.parent[slot]! >= 0) report(m, slot); // a reply always stands in a call or a send
          pc++;
          continue;
        case Op.ENTER:
          registersNs[slot * timeRegisterCount + b[pc]!] = now[0]!;
          pc++;
          continue;
        case Op.LEAVE: {
          const at = slot * timeRegisterCount + b[pc]!;
          const enteredNs = registersNs[at]!;
          if (enteredNs !== LEFT) {
            registersNs[at] = LEFT;
            observedNs[0] = now[0]! - enteredNs;
            recordOperation(state, a[pc]!);
          }
          pc++;
          continue;
        }
        case Op.SPOILT:
          if (registersNs[slot * timeRegisterCount + b[pc]!] !== LEFT) {
            const at = state.phaseNow * m.model.operations.length + a[pc]!;
            state.operationFailures[at] = state.operationFailures[at]! + 1;
          }
          pc++;
          continue;
        case Op.END:
          if ((flags[slot]! & Flag.root) !== 0) endRequest(m, slot);
          else endChild(m, slot);
          break turn;
        case BEGIN_USER:
          if (state.windowNow >= state.windows.length) {
            freeSlot(state, slot); // nobody comes after the measured time
            break turn;
          }
          beginUser(m, slot);
          pc = pcs[slot]!;
          continue;
        default:
          throw new RangeError(`no instruction ${op[pc]} at ${pc}`);
      }
    }
  }
}

/** An event that is not a slot's: see `SpecialIds`. Returns the slot that goes on now, or -1. */
function handleSpecial(m: Machine, id: number): number {
  const { state, special } = m;
  if (id >= special.sources) {
    if (id < special.window) return arrive(m, id - special.sources);
    closeWindow(m);
    return -1;
  }
  if (id < special.lifeTimers) return completeShared(m, id);
  if (id >= special.queueTimers) {
    const slot = m.timers.expire(state, id - special.queueTimers, TimerKind.queue, m.now);
    if (slot >= 0) abandonQueue(m, slot);
    return slot;
  }
  const slot = m.timers.expire(state, id - special.lifeTimers, TimerKind.life, m.now);
  if (slot < 0) return -1;
  if ((state.slots.flags[slot]! & Flag.root) !== 0) leaveRequest(m, slot);
  else leaveCall(m, slot);
  return -1;
}

/** Completion at a processor-sharing instance: the first job that is done goes on at once, others behind it. */
function completeShared(m: Machine, instance: number): number {
  const { state, sharing, now } = m;
  if (!sharing.expects(instance, now)) return -1;
  const first = sharing.leave(state, instance, now);
  if (first < 0) return -1;
  part(m, first, instance);
  for (
    let slot = sharing.leave(state, instance, now);
    slot >= 0;
    slot = sharing.leave(state, instance, now)
  ) {
    part(m, slot, instance);
    makeReady(state, slot);
  }
  return first;
}

/** The arrival that a source announced: the request begins, and the source announces its next. */
function arrive(m: Machine, source: number): number {
  const { state } = m;
  if (state.windowNow >= state.windows.length) return -1; // the measured time is over: no request comes
  const slot = takeSlot(state, m.registerCount);
  beginRequest(m, slot, source, m.arrivals.lastLow(source), m.arrivals.lastHigh(source));
  scheduleArrival(m, source);
  return slot;
}

export function scheduleArrival(m: Machine, source: number): void {
  const { clockNs } = m.state.events;
  m.arrivals.next(source, clockNs);
  if (clockNs[0] === Infinity) return;
  m.state.events.push(~(m.special.sources + source));
}

/** Lets the users of a closed source begin by thinking. */
export function beginUsers(m: Machine, source: number, users: number): void {
  for (let user = 0; user < users; user++) think(m, source);
}
