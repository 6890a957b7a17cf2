/** A job at a processor-sharing group: joining, leaving, and what is counted on the way. */
import type { Kit } from '../kit.ts';
import type { Machine } from '../machine.ts';
import type { Accounts } from './accounts.ts';
import type { Recording } from './recording.ts';
import type { Sampling } from './sampling.ts';
import type { Sharing } from './sharing.ts';
import type { SlotLists } from './slots.ts';
import type { Visits } from './visits.ts';

export interface SharedVisitParts {
  readonly lists: SlotLists;
  readonly recording: Recording;
  readonly sampling: Sampling;
  readonly sharing: Sharing;
  readonly visits: Visits;
  readonly accounts: Accounts;
}

export type SharedVisits = ReturnType<typeof makeSharedVisits>;

export function makeSharedVisits(kit: Kit, m: Machine, parts: SharedVisitParts) {
  const { Cause, Part, Sum, GROUP_STRIDE } = kit;
  const { makeReady } = parts.lists;
  const { recordSojourn, recordWait } = parts.recording;
  const { book } = parts.sampling;
  const { totalRate, enter, expects, leave } = parts.sharing;
  const { drawDuration, instanceAt } = parts.visits;
  const { touch } = parts.accounts;
  const { a, c, now, drawn, observedNs, state, layerOfGroup } = m;
  const { jobs, groupOf } = m.cores;
  const { groupSums: sums, capacities, rooms, workNs } = state;
  const { pc: pcs, cause, demandNs: demands, cameNs, row: rows } = state.slots;

  /** A job joins an instance; false when its room is full (then as `come`). */
  function join(slot: number, pc: number): boolean {
    const group = a[pc]!;
    const instance = instanceAt(slot, pc);
    const at = group * GROUP_STRIDE;
    const inside = jobs[instance]!;
    touch(group);
    sums[at + Sum.arrivals] = sums[at + Sum.arrivals]! + 1;
    if (inside - capacities[group]! >= rooms[group]!) {
      sums[at + Sum.rejected] = sums[at + Sum.rejected]! + 1;
      cause[slot] = Cause.rejected;
      pcs[slot] = c[pc]!;
      return false;
    }
    const more = totalRate(group, inside + 1) - totalRate(group, inside);
    const waiting = sums[at + Sum.waiting]! + 1 - more;
    sums[at] = sums[at]! + more;
    sums[at + Sum.waiting] = waiting;
    if (waiting > sums[at + Sum.waitingMax]!) sums[at + Sum.waitingMax] = waiting;
    sums[at + Sum.starts] = sums[at + Sum.starts]! + 1;
    sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! - now[0]!;
    drawDuration(slot, pc);
    demands[slot] = drawn[0]!;
    cameNs[slot] = now[0]!;
    pcs[slot] = pc + 1;
    const work = state.instanceRowNow + instance;
    workNs[work] = workNs[work]! + drawn[0]!;
    enter(group, instance, slot);
    return true;
  }

  /** Completion at an instance: the first job that is done goes on at once (-1: none), others behind it. */
  function complete(instance: number): number {
    if (!expects(instance)) return -1;
    const first = leave(instance);
    if (first < 0) return -1;
    part(first, instance);
    for (let slot = leave(instance); slot >= 0; slot = leave(instance)) {
      part(slot, instance);
      makeReady(slot);
    }
    return first;
  }

  /** A job leaves an instance, its work done; it goes on behind its SHARE. */
  function part(slot: number, instance: number): void {
    const group = groupOf[instance]!;
    const at = group * GROUP_STRIDE;
    touch(group);
    const inside = jobs[instance]!; // without this one
    const less = totalRate(group, inside + 1) - totalRate(group, inside);
    sums[at] = sums[at]! - less;
    sums[at + Sum.waiting] = sums[at + Sum.waiting]! - 1 + less;
    sums[at + Sum.departures] = sums[at + Sum.departures]! + 1;
    sums[at + Sum.heldNs] = sums[at + Sum.heldNs]! + now[0]!;
    const sojournNs = now[0]! - cameNs[slot]!;
    const demandNs = Math.min(demands[slot]!, sojournNs);
    observedNs[0] = sojournNs;
    recordSojourn(group);
    observedNs[0] = sojournNs - demandNs;
    recordWait(group);
    const row = rows[slot]!;
    if (row >= 0) {
      book(row, layerOfGroup[group]!, Part.service, demandNs);
      book(row, layerOfGroup[group]!, Part.wait, sojournNs - demandNs);
    }
  }

  return { join, complete };
}
