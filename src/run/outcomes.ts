/** Beginning and end of requests: who comes, how it ended, and what a user of a closed population does next. */
import { hash32 } from '../random/streams.ts';
import { sampleTable, TABLE_LENGTH } from '../random/quantile-table.ts';
import { Cause } from '../model/opcodes.ts';
import type { Machine } from './machine.ts';
import { observedNs, recordResponse } from './recording.ts';
import { freeSlot, takeSlot } from './slots.ts';
import { Flag } from './slot-fields.ts';
import { CLASS_STRIDE, ClassSum, type State } from './state.ts';
import { TimerKind } from './timers.ts';

/** Separates request numbers of different sources in the upper word of a draw key. */
const SOURCE_WORD = 0x9e3779b1;

/**
 * Makes `slot` the request of `source` whose number has the words `low` and `high`, due now: draws class and region,
 * sets its deadline.
 */
export function beginRequest(m: Machine, slot: number, source: number, low: number, high: number): void {
  const { state } = m;
  const { slots } = state;
  const keyLow = low;
  const keyHigh = high ^ Math.imul(source, SOURCE_WORD);
  const classId = m.arrivals.classOf(source, m.now, keyLow, keyHigh);
  slots.source[slot] = source;
  slots.keyLow[slot] = keyLow;
  slots.keyHigh[slot] = keyHigh;
  if (state.shape.shards) {
    slots.requestLow[slot] = keyLow;
    slots.requestHigh[slot] = keyHigh;
  }
  slots.classId[slot] = classId;
  slots.region[slot] = m.arrivals.regionOf(source, m.now, keyLow, keyHigh);
  slots.flags[slot] = slots.flags[slot]! | Flag.root;
  slots.bornNs[slot] = m.now[0]!;
  slots.pc[slot] = m.classStart[classId]!;
  state.inside++;
  state.started++;
  const window = state.windowNow < state.windows.length ? state.windowNow : -1;
  slots.window[slot] = window;
  if (window >= 0) {
    count(state, window, classId, ClassSum.offered);
    slots.row[slot] = m.samples.open(classId, keyLow, keyHigh);
  }
  if (m.classTimeout[classId]! >= 0)
    m.timers.set(state, slot, TimerKind.life, m.classTimeout[classId]!, m.now);
}

/** A user has thought: `slot`, which waited with the number of the request (see `think`), becomes that request. */
export function beginUser(m: Machine, slot: number): void {
  const { source, bornNs } = m.state.slots;
  const number = bornNs[slot]!;
  beginRequest(m, slot, source[slot]!, number | 0, Math.floor(number / 4294967296) | 0);
}

/** The client of a request has its answer, or leaves without: one outcome per request, at the first of the two. */
export function settle(m: Machine, slot: number, cause: number): void {
  const { slots } = m.state;
  const window = slots.window[slot]!;
  const classId = slots.classId[slot]!;
  const row = slots.row[slot]!;
  slots.flags[slot] = slots.flags[slot]! | Flag.settled;
  if (m.classTimeout[classId]! >= 0) m.timers.cancel(m.state, slot, TimerKind.life);
  if (window >= 0) {
    if (cause === Cause.none) {
      const responseNs = m.now[0]! - slots.bornNs[slot]!;
      const sums = m.state.classSums;
      const sum = (window * m.state.classCount + classId) * CLASS_STRIDE + ClassSum.sumNs;
      sums[sum] = sums[sum]! + responseNs;
      count(m.state, window, classId, ClassSum.good);
      observedNs[0] = responseNs;
      recordResponse(m.state, window, classId);
      if (row >= 0) m.samples.keep(row, classId, responseNs);
    } else {
      count(m.state, window, classId, ClassSum.causes + cause);
    }
  }
  if (row >= 0) {
    m.samples.close(row);
    slots.row[slot] = -1;
  }
}

/** The activation of a request ends; its outcome is recorded unless its client was settled before. */
export function endRequest(m: Machine, slot: number): void {
  const { state } = m;
  const { slots } = state;
  const flags = slots.flags[slot]!;
  const isAnswer = (flags & Flag.settled) === 0;
  if (isAnswer) settle(m, slot, slots.cause[slot]!);
  else if ((flags & Flag.left) !== 0 && slots.cause[slot] === Cause.none && slots.window[slot]! >= 0) {
    count(state, slots.window[slot]!, slots.classId[slot]!, ClassSum.late);
  }
  state.inside--;
  state.ended++;
  freeSlot(state, slot); // before its user thinks, who so finds a slot
  if (isAnswer && (flags & Flag.closed) !== 0) think(m, slots.source[slot]!);
}

/** The request's own deadline passes: the client leaves, the work goes on. */
export function leaveRequest(m: Machine, slot: number): void {
  const { flags } = m.state.slots;
  flags[slot] = flags[slot]! | Flag.left;
  settle(m, slot, Cause.timedOut);
  if ((flags[slot] & Flag.closed) !== 0) think(m, m.state.slots.source[slot]!);
}

/** A user of closed source thinks, then comes with a new request. None comes after the measured time. */
export function think(m: Machine, source: number): void {
  const { state } = m;
  if (state.windowNow >= state.windows.length) return;
  const spec = m.model.sources[source]!;
  if (spec.model !== 'closed') throw new RangeError(`source ${spec.name} has no users`);
  const slot = takeSlot(state, m.registerCount);
  const number = m.arrivals.takeNumber(source);
  const draw = hash32(
    m.thinkKeys.low[source]!,
    m.thinkKeys.high[source]!,
    number | 0,
    Math.floor(number / 4294967296),
  );
  const thinkNs = Math.floor(
    spec.thinkMeanNs * sampleTable(m.tables, spec.thinkTable * TABLE_LENGTH, draw) + 0.5,
  );
  state.slots.flags[slot] = state.slots.flags[slot]! | Flag.closed;
  state.slots.source[slot] = source;
  state.slots.bornNs[slot] = number;
  state.slots.pc[slot] = m.beginUser;
  state.events.clockNs[0] = m.now[0]! + thinkNs;
  state.events.push(slot);
}

function count(state: State, window: number, classId: number, field: number): void {
  const at = (window * state.classCount + classId) * CLASS_STRIDE + field;
  state.classSums[at] = state.classSums[at]! + 1;
}
