/**
 * The interpreter: takes the next event, lets the slot it belongs to go on, and carries out instructions until that
 * slot waits for time, a server, or another activation. The one place allowed to be long; instruction by instruction
 * it is documented in model/opcodes.ts.
 *
 * It returns after `budget` events, so that its caller owns the clock and Ctrl-C, and because V8 runs a function that
 * is called again and again faster than one endless call.
 */
import type { EventQueue } from '../../engine/event-queue.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';
import type { Accounts } from './accounts.ts';
import type { Balancing } from './balancing.ts';
import type { Family } from './family.ts';
import type { Limiting } from './limiting.ts';
import type { Outcomes } from './outcomes.ts';
import type { Recording } from './recording.ts';
import type { Sampling } from './sampling.ts';
import type { SharedVisits } from './shared-visits.ts';
import type { SlotLists } from './slots.ts';
import type { TimerLists } from './timers.ts';
import type { Visits } from './visits.ts';

export interface InterpreterParts {
  readonly queue: EventQueue;
  readonly lists: SlotLists;
  readonly recording: Recording;
  readonly sampling: Sampling;
  readonly timers: TimerLists;
  readonly balancing: Balancing;
  readonly limiting: Limiting;
  readonly accounts: Accounts;
  readonly visits: Visits;
  readonly shared: SharedVisits;
  readonly outcomes: Outcomes;
  readonly family: Family;
}

export function makeInterpreter(kit: Kit, m: Machine, parts: InterpreterParts) {
  const { BEGIN_USER, SLOT_RESERVE, hashInt32, turnWord } = kit;
  const { pop, push } = parts.queue;
  const { freeSlot, makeReady, takeReady } = parts.lists;
  const { recordOperation } = parts.recording;
  const { book } = parts.sampling;
  const { expire, set } = parts.timers;
  const { drop, pick, shard } = parts.balancing;
  const { admits } = parts.limiting;
  const { closeWindow } = parts.accounts;
  const { abandonQueue, beginService, come, drawDuration, endService, giveBack, handOver } = parts.visits;
  const { instanceAt, scheduleHeir } = parts.visits;
  const { complete, join } = parts.shared;
  const { arrive, beginUser, endRequest, leaveRequest } = parts.outcomes;
  const { endChild, leaveCall, report, retry, slotsNeeded } = parts.family;
  const { startCall, startEchoes, startFork, startSend } = parts.family;
  const { state, model, special, registerCount, timeRegisterCount } = m;
  const { events, slots, pendingMax } = state;
  const windowCount = state.windows.length;
  const firstSource = special.sources;
  const sourceCount = model.sources.length;
  const operationCount = model.operations.length;
  const { op: ops, a: as, b: bs, c: cs, d: ds, x: xs, now: nowNs, drawn: drawnNs, observedNs } = m;
  const { layerOfStation: layers } = m;
  const { low: streamsLow, high: streamsHigh } = m.keys;
  const { clockNs } = events;
  const { pc: addresses, cause: causes, flags, row: samplesRow, region: regions, parent: parents } = slots;
  const { registers: integers, registersNs: instants, keyLow: keysLowOf, keyHigh: keysHighOf } = slots;
  const { requestLow: requestsLow, requestHigh: requestsHigh } = slots;
  const { operationFailures: failuresOf } = state;
  const { family } = state.shape;
  const { capacity } = slots;

  // Numbers, not fields of an object: see kernel.ts.
  const {
    ACQUIRE,
    BREAK,
    CALL,
    CALLER,
    CHANCE,
    DELAY,
    DROP,
    ECHO,
    END,
    ENTER,
    FAIL,
    FOLD,
    FORGIVE,
    FORK,
    JOINED,
    JUMP,
    LEAVE,
    LIMIT,
    LOOP,
    NEXT,
    PAIR,
    PAUSE,
    PICK,
    RELEASE,
    REPLY,
    RESULT,
    SEND,
    SERVE,
    SHARD,
    SHARE,
    SPOILT,
    TRAVEL,
  } = kit.Op;
  const { none: SUCCESS, shed: SHED, failed: FAILED } = kit.Cause;
  const {
    budget: BUDGET_SPENT,
    ended: ENDED,
    slots: NEEDS_SLOTS,
    events: NEEDS_EVENTS,
    pause: PAUSE_DUE,
    more: GOES_ON,
  } = kit.Return;
  const { life: LIFE_TIMER, queue: QUEUE_TIMER } = kit.TimerKind;
  const { delay: DELAYED } = kit.Part;
  const { root: ROOT } = kit.Flag;

  /** Instead of a slot: the run is to decide how time goes on. */
  const PAUSED = -2;

  /** Stands in the time register of an operation whose sojourn is over. */
  const LEFT = Infinity;

  function interpret(budget: number): number {
    const now = nowNs; // what a loop reads must be at hand before it begins: see kernel.ts
    const clock = clockNs;
    const pcs = addresses;
    let left = budget;

    for (;;) {
      let slot: number;
      if (state.readyCount > 0) {
        slot = takeReady();
      } else {
        if (state.freeCount < SLOT_RESERVE) return NEEDS_SLOTS;
        if (left-- <= 0) return BUDGET_SPENT;
        if (events.near + events.later > pendingMax) return NEEDS_EVENTS;
        if (state.drainOver || (state.freeCount === capacity && state.windowNow >= windowCount)) return ENDED;
        slot = pop();
        now[0] = clock[0]!;
        if (slot < 0) {
          const source = ~slot - firstSource;
          if (source >= 0 && source < sourceCount) slot = arrive(source);
          else slot = handleSpecial(~slot);
          if (slot === PAUSED) return PAUSE_DUE;
          if (slot < 0) continue;
        }
      }
      const result = turn(slot, pcs[slot]!);
      if (state.heir >= 0) scheduleHeir();
      if (result !== GOES_ON) return result;
    }
  }

  /** Lets a slot go on at `pc` until it waits. Code of its own for each `pc` may stand in for this: see run/specialise/. */
  function turn(slot: number, pc: number): number {
    // What a loop reads must be at hand before it begins: see kernel.ts.
    const op = ops;
    const a = as;
    const b = bs;
    const c = cs;
    const d = ds;
    const x = xs;
    const keysLow = streamsLow;
    const keysHigh = streamsHigh;
    const now = nowNs;
    const clock = clockNs;
    const drawn = drawnNs;
    const observed = observedNs;
    const pcs = addresses;
    const registers = integers;
    const registersNs = instants;
    const keyLow = keysLowOf;
    const keyHigh = keysHighOf;
    const requestLow = requestsLow;
    const requestHigh = requestsHigh;
    const cause = causes;
    const flagsOf = flags;
    const rows = samplesRow;
    const region = regions;
    const parent = parents;
    const layerOfStation = layers;
    const failures = failuresOf;
    if (pc < 0) {
      // The slot was inside an instruction: a service that ends now, or a call whose back-off is over.
      pc = ~pc;
      if (op[pc] === SERVE) {
        endService(slot, pc);
        pc++;
      } else if (state.freeCount < 1) {
        makeReady(slot);
        return NEEDS_SLOTS;
      } else {
        startCall(slot, pc, registers[slot * registerCount + b[pc]!]!);
        return GOES_ON;
      }
    }

    for (;;) {
      switch (op[pc]) {
        case SERVE: {
          const group = a[pc]!;
          const instance = instanceAt(slot, pc);
          if (come(slot, pc, group, instance)) {
            beginService(slot, pc, group, instance);
            return GOES_ON;
          }
          pc = pcs[slot]!;
          if (pc < 0) return GOES_ON; // it waits
          continue;
        }
        case SHARE:
          if (join(slot, pc)) return GOES_ON;
          pc = pcs[slot]!;
          continue;
        case DELAY:
        case PAUSE:
        case TRAVEL: {
          if (op[pc] === DELAY) drawDuration(slot, pc);
          else if (op[pc] === PAUSE) drawn[0] = x[pc]!;
          else drawn[0] = model.regionDelaysNs[b[pc]!]![region[slot]!]!;
          const delayNs = drawn[0]!;
          if (rows[slot]! >= 0) book(rows[slot]!, layerOfStation[a[pc]!]!, DELAYED, delayNs);
          pc++;
          if (delayNs === 0) continue;
          pcs[slot] = pc;
          clock[0] = now[0]! + delayNs;
          push(slot);
          return GOES_ON;
        }
        case ACQUIRE: {
          const group = a[pc]!;
          const instance = instanceAt(slot, pc);
          if (come(slot, pc, group, instance)) {
            pc++;
            continue;
          }
          const waitsAt = pcs[slot]!;
          if (waitsAt >= 0) {
            pc = waitsAt;
            continue;
          }
          if (d[pc]! >= 0) set(slot, QUEUE_TIMER, d[pc]!);
          return GOES_ON;
        }
        case RELEASE: {
          const group = a[pc]!;
          const heir = giveBack(group, instanceAt(slot, pc));
          if (heir >= 0) {
            handOver(heir);
            makeReady(heir);
          }
          pc++;
          continue;
        }
        case PICK:
          registers[slot * registerCount + b[pc]!] = pick(
            a[pc]!,
            registers[slot * registerCount + c[pc]!]!,
            keyLow[slot]!,
            keyHigh[slot]!,
            keysLow[pc]!,
            keysHigh[pc]!,
          );
          pc++;
          continue;
        case CALLER: {
          const draw = hashInt32(keysLow[pc]!, keysHigh[pc]!, keyLow[slot]!, keyHigh[slot]!) >>> 0;
          const at = slot * registerCount;
          registers[at + b[pc]!] =
            registers[at + a[pc]!]! * d[pc]! + Math.floor((draw / 4294967296) * d[pc]!);
          pc++;
          continue;
        }
        case SHARD:
          registers[slot * registerCount + b[pc]!] = shard(a[pc]!, requestLow[slot]!, requestHigh[slot]!);
          pc++;
          continue;
        case DROP:
          drop(a[pc]!, registers[slot * registerCount + c[pc]!]!, registers[slot * registerCount + b[pc]!]!);
          pc++;
          continue;
        case PAIR: {
          const at = slot * registerCount;
          registers[at + b[pc]!] = registers[at + c[pc]!]! * d[pc]! + registers[at + a[pc]!]!;
          pc++;
          continue;
        }
        case FOLD: {
          const at = slot * registerCount;
          registers[at + b[pc]!] = registers[at + a[pc]!]! % d[pc]!;
          pc++;
          continue;
        }
        case LIMIT:
          if (admits(a[pc]!, registers[slot * registerCount + b[pc]!]!)) {
            pc++;
          } else {
            cause[slot] = SHED;
            pc = c[pc]!;
          }
          continue;
        case CHANCE:
          if (hashInt32(keysLow[pc]!, keysHigh[pc]!, keyLow[slot]!, keyHigh[slot]!) >>> 0 < x[pc]!) pc++;
          else pc = a[pc]!;
          continue;
        case FAIL:
          if (hashInt32(keysLow[pc]!, keysHigh[pc]!, keyLow[slot]!, keyHigh[slot]!) >>> 0 < x[pc]!) {
            cause[slot] = FAILED;
            pc = c[pc]!;
          } else pc++;
          continue;
        case JUMP:
          pc = a[pc]!;
          continue;
        case FORGIVE:
          cause[slot] = SUCCESS;
          pc = a[pc]!;
          continue;
        case LOOP:
          registers[slot * registerCount + b[pc]!] = 0;
          pc++;
          continue;
        case NEXT: {
          const at = slot * registerCount + b[pc]!;
          const turns = registers[at]! + 1;
          const again = turns < d[pc]!;
          keyLow[slot] = keyLow[slot]! ^ turnWord(c[pc]!, turns - 1) ^ (again ? turnWord(c[pc]!, turns) : 0);
          registers[at] = turns;
          pc = again ? a[pc]! : pc + 1;
          continue;
        }
        case BREAK:
          keyLow[slot] = keyLow[slot]! ^ turnWord(c[pc]!, registers[slot * registerCount + b[pc]!]!);
          pc++;
          continue;
        case CALL:
        case FORK:
        case SEND:
        case ECHO:
          if (state.freeCount < slotsNeeded(pc)) {
            pcs[slot] = pc;
            makeReady(slot);
            return NEEDS_SLOTS;
          }
          if (op[pc] === CALL) {
            startCall(slot, pc, 0);
            return GOES_ON;
          }
          if (op[pc] === FORK) {
            startFork(slot, pc);
            return GOES_ON;
          }
          if (op[pc] === SEND) startSend(slot, pc);
          else startEchoes(slot, pc);
          pc++;
          continue;
        case RESULT:
          if (cause[slot] === SUCCESS) pc++;
          else if (retry(slot, pc)) return GOES_ON;
          else pc = c[pc]!;
          continue;
        case JOINED:
          pc = cause[slot] === SUCCESS ? pc + 1 : c[pc]!;
          continue;
        case REPLY:
          if (parent[slot]! >= 0) report(slot); // a reply always stands in a call or a send
          pc++;
          continue;
        case ENTER:
          registersNs[slot * timeRegisterCount + b[pc]!] = now[0]!;
          pc++;
          continue;
        case LEAVE: {
          const at = slot * timeRegisterCount + b[pc]!;
          const enteredNs = registersNs[at]!;
          if (enteredNs !== LEFT) {
            registersNs[at] = LEFT;
            observed[0] = now[0]! - enteredNs;
            recordOperation(a[pc]!);
          }
          pc++;
          continue;
        }
        case SPOILT:
          if (registersNs[slot * timeRegisterCount + b[pc]!] !== LEFT) {
            const at = state.rowNow * operationCount + a[pc]!;
            failures[at] = failures[at]! + 1;
          }
          pc++;
          continue;
        case END:
          if (!family || (flagsOf[slot]! & ROOT) !== 0) endRequest(slot);
          else endChild(slot);
          return GOES_ON;
        case BEGIN_USER:
          if (state.windowNow >= windowCount) {
            freeSlot(slot); // nobody comes after the measured time
            return GOES_ON;
          }
          beginUser(slot);
          pc = pcs[slot]!;
          continue;
        default:
          throw new RangeError(`no instruction ${op[pc]} at ${pc}`);
      }
    }
  }

  /** An event that is not a slot's: see `SpecialIds`. Returns the slot that goes on now, -1, or `PAUSED`. */
  function handleSpecial(id: number): number {
    if (id === special.window) return closeWindow() ? PAUSED : -1;
    if (id < special.lifeTimers) return complete(id);
    if (id >= special.queueTimers) {
      const slot = expire(id - special.queueTimers, QUEUE_TIMER);
      if (slot >= 0) abandonQueue(slot);
      return slot;
    }
    const slot = expire(id - special.lifeTimers, LIFE_TIMER);
    if (slot < 0) return -1;
    if ((flags[slot]! & ROOT) !== 0) leaveRequest(slot);
    else leaveCall(slot);
    return -1;
  }

  return { interpret, turn };
}
