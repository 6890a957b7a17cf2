/** Beginning and end of requests: who comes, how it ended, and what a user of a closed population does next. */
import type { EventQueue } from '../../engine/event-queue.ts';
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';
import type { Arriving } from './arrivals.ts';
import type { Drawing } from './drawing.ts';
import type { Recording } from './recording.ts';
import type { Sampling } from './sampling.ts';
import type { SlotLists } from './slots.ts';
import type { TimerLists } from './timers.ts';

export interface OutcomeParts {
  readonly queue: EventQueue;
  readonly lists: SlotLists;
  readonly recording: Recording;
  readonly sampling: Sampling;
  readonly timers: TimerLists;
  readonly arriving: Arriving;
  readonly drawing: Drawing;
}

export type Outcomes = ReturnType<typeof makeOutcomes>;

export function makeOutcomes(kit: Kit, m: Machine, parts: OutcomeParts) {
  const { Cause, Flag, ClassSum, CLASS_STRIDE, TimerKind, hashInt32 } = kit;
  const { push } = parts.queue;
  const { classIn, freeSlot, takeSlot } = parts.lists;
  const { recordResponse } = parts.recording;
  const { open, keep, close } = parts.sampling;
  const { cancel, set } = parts.timers;
  const { next, countSent, classOf, regionOf } = parts.arriving;
  const { drawNs } = parts.drawing;
  const { now, observedNs, state, special, classStart, classTimeout, drawn } = m;
  const { dueNs, sentLow, sentHigh, thinkKeys, thinkTable, thinkMeanNs } = m.arrivals;
  const { low: thinkLow, high: thinkHigh } = thinkKeys;
  const { classSums, classCount, shape, windows } = state;
  const { classes, regions, shards, timers, users } = shape;
  const { clockNs } = state.events;
  const { slots } = state;
  const {
    pc,
    classId: classIds,
    region,
    source: sourceOf,
    flags,
    cause,
    window: windowOf,
    row: rows,
  } = slots;
  const { keyLow, keyHigh, requestLow, requestHigh, bornNs } = slots;
  const windowCount = windows.length;

  /** Separates request numbers of different sources in the upper word of a draw key. */
  const SOURCE_WORD = 0x9e3779b1;

  /**
   * The arrival that a source announced: the request begins, and the source announces its next. Returns its slot, or -1
   * where what was announced fell into time that has been left out since.
   */
  function arrive(source: number): number {
    if (now[0]! !== dueNs[source]!) return -1;
    if (state.windowNow >= windowCount) return -1; // the measured time is over: no request comes
    const slot = takeSlot(Flag.root);
    const low = sentLow[source]!; // counted when it was announced
    beginRequest(slot, source, (low - 1) | 0, low === 0 ? sentHigh[source]! - 1 : sentHigh[source]!);
    announce(source);
    return slot;
  }

  function announce(source: number): void {
    next(source);
    dueNs[source] = clockNs[0]!;
    if (clockNs[0] === Infinity) return;
    push(~(special.sources + source));
  }

  /**
   * Makes `slot` the request of `source` whose number has the words `low` and `high`, due now: draws class and region,
   * sets its deadline.
   */
  function beginRequest(slot: number, source: number, low: number, high: number): void {
    const upper = high ^ Math.imul(source, SOURCE_WORD);
    const classId = classOf(source, low, upper);
    keyLow[slot] = low;
    keyHigh[slot] = upper;
    if (shards) {
      requestLow[slot] = low;
      requestHigh[slot] = upper;
    }
    if (classes) classIds[slot] = classId;
    if (regions) region[slot] = regionOf(source, low, upper);
    bornNs[slot] = now[0]!;
    pc[slot] = classStart[classId]!;
    state.started++;
    const window = state.windowDue;
    windowOf[slot] = window;
    if (window >= 0) {
      count(window, classId, ClassSum.offered);
      rows[slot] = open(classId, low, upper);
    } else rows[slot] = -1;
    if (timers && classTimeout[classId]! >= 0) set(slot, TimerKind.life, classTimeout[classId]!);
  }

  /** A user has thought: `slot`, which waited with the number of the request as key, becomes that request. */
  function beginUser(slot: number): void {
    flags[slot] = Flag.root | Flag.closed;
    beginRequest(slot, sourceOf[slot]!, keyLow[slot]!, keyHigh[slot]!);
  }

  /** The client of a request has its answer, or leaves without: one outcome per request, at the first of the two. */
  function settle(slot: number, why: number): void {
    const window = windowOf[slot]!;
    const classId = classIn(slot);
    const row = rows[slot]!;
    flags[slot] = flags[slot]! | Flag.settled;
    if (timers && classTimeout[classId]! >= 0) cancel(slot, TimerKind.life);
    if (window >= 0) {
      if (why === Cause.none) {
        const responseNs = now[0]! - bornNs[slot]!;
        const sum = (window * classCount + classId) * CLASS_STRIDE + ClassSum.sumNs;
        classSums[sum] = classSums[sum]! + responseNs;
        count(window, classId, ClassSum.good);
        observedNs[0] = responseNs;
        recordResponse(window, classId);
        if (row >= 0) keep(row, classId, window, responseNs);
      } else {
        count(window, classId, ClassSum.causes + why);
      }
    }
    if (row >= 0) {
      close(row);
      rows[slot] = -1;
    }
  }

  /** The activation of a request ends; its outcome is recorded unless its client was settled before. */
  function endRequest(slot: number): void {
    const flag = flags[slot]!;
    const isAnswer = (flag & Flag.settled) === 0;
    if (isAnswer) settle(slot, cause[slot]!);
    else if ((flag & Flag.left) !== 0 && cause[slot] === Cause.none && windowOf[slot]! >= 0) {
      count(windowOf[slot]!, classIn(slot), ClassSum.late);
    }
    state.ended++;
    freeSlot(slot); // before its user thinks, who so finds a slot
    if (users && isAnswer && (flag & Flag.closed) !== 0) think(sourceOf[slot]!);
  }

  /** The request's own deadline passes: the client leaves, the work goes on. */
  function leaveRequest(slot: number): void {
    flags[slot] = flags[slot]! | Flag.left;
    settle(slot, Cause.timedOut);
    if (users && (flags[slot] & Flag.closed) !== 0) think(sourceOf[slot]!);
  }

  /** A user of closed source thinks, then comes with a new request. None comes after the measured time. */
  function think(source: number): void {
    if (state.windowNow >= windowCount) return;
    const slot = takeSlot(Flag.closed);
    const low = sentLow[source]!;
    const high = sentHigh[source]!;
    countSent(source);
    drawNs(
      thinkTable[source]!,
      hashInt32(thinkLow[source]!, thinkHigh[source]!, low, high),
      thinkMeanNs,
      source,
    );
    sourceOf[slot] = source;
    keyLow[slot] = low;
    keyHigh[slot] = high;
    pc[slot] = m.beginUser;
    clockNs[0] = now[0]! + drawn[0]!;
    push(slot);
  }

  function count(window: number, classId: number, field: number): void {
    const at = (window * classCount + classId) * CLASS_STRIDE + field;
    classSums[at] = classSums[at]! + 1;
  }

  return { arrive, announce, beginUser, endRequest, leaveRequest, think };
}
