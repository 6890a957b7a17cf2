/** Where time must not be left out, told from the curves of traffic before anything is simulated. */
import { fluidArcs } from '../../theory/fluid-backlog.ts';
import { bendsOf, offeredAt, type Side } from '../demands/offered.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { Load, LoadsAt } from './loads.ts';
import type { Span } from '../span.ts';
import type { Rung } from './plan.ts';

/** Load from which a backlog is taken to be possible: noise of the arrivals may carry it to 1 for a while. */
const LOAD_MAX = 0.95;
/** A rate that jumps by more than this share of itself is a step. */
const STEP_RATIO = 0.05;
/** Crossings of the limit are found to this; what lies between is taken to be beyond it. */
const RESOLUTION_NS = 1e9;
/** Parts that a time between two bends is cut into where several curves add up, and where a backlog may grow. */
const PARTS = 32;

/** Loads between two instants, where they are taken to be straight. */
interface Cell extends Span {
  readonly begin: readonly Load[];
  readonly end: readonly Load[];
}

/**
 * Spans of time that must be simulated contiguously:
 *
 * - where a load is above `LOAD_MAX`, or so high that the queue forgets more slowly than the warm part lasts (`limitOf`);
 * - from there until the fluid backlog of everything overloaded is drained;
 * - where it is up to chance whether a limiter sheds (`loadsOf`);
 * - around steps of a rate, and changes of the regions;
 *
 * each with as much before and behind it as one stretch is long. Loads are admitted loads: what a limiter sheds is no
 * overload. Bends are looked at exactly, however close they are; between two bends one curve rises or falls all the way.
 */
export function lookAhead(scenario: Scenario, loadsAt: LoadsAt, rung: Rung): Span[] {
  const marginNs = rung.warmNs + rung.measuredNs;
  const cells = cellsOf(scenario, loadsAt, rung.warmNs);
  const hot = cells.filter(({ begin, end }) => [begin, end].some((loads) => isHot(loads, rung.warmNs)));
  return [...hot, ...backlogsOf(cells), ...stepsOf(scenario)].map(({ fromNs, toNs }) => ({
    fromNs: fromNs - marginNs,
    toNs: toNs + marginNs,
  }));
}

/**
 * Highest load at which a queue forgets its past within the warm part:
 *
 *     1 / (c·μ·(1 − √ρ)²) ≤ w        ρ ≤ (1 − √(S / (c·w)))²
 *
 * S = 1/μ mean service time, c servers, w warm part. The left side is the relaxation time of M/M/1 with rate c·μ.
 * Source: Cohen 1982, The Single Server Queue, II.2.1; Newell 1971, Applications of Queueing Theory, ch. 5.
 */
export function limitOf({ heldEachNs }: Pick<Load, 'heldEachNs'>, warmNs: number): number {
  const root = Math.max(0, 1 - Math.sqrt(heldEachNs / warmNs));
  return Math.min(LOAD_MAX, root * root);
}

function isHot(loads: readonly Load[], warmNs: number): boolean {
  return loads.some((each) => each.sheds === 'maybe' || each.load > limitOf(each, warmNs));
}

function cellsOf(scenario: Scenario, loadsAt: LoadsAt, warmNs: number): Cell[] {
  const bends = bendsOf(scenario);
  const curves = scenario.traffic.filter(({ model }) => model === 'open').length;
  const inner = (atNs: number): readonly Load[] => loadsAt(atNs, 'after');
  const halved = (cell: Cell): Cell[] => {
    const isMixed = isHot(cell.begin, warmNs) !== isHot(cell.end, warmNs) || changesShedding(cell);
    if (!isMixed || cell.toNs - cell.fromNs <= RESOLUTION_NS) return [cell];
    return cutInto(2, cell, inner).flatMap(halved);
  };
  return bends.slice(1).flatMap((toNs, index) => {
    const fromNs = bends[index]!;
    const cell = { fromNs, toNs, begin: loadsAt(fromNs, 'after'), end: loadsAt(toNs, 'before') };
    return cutInto(curves > 1 || mayGrow(cell) ? PARTS : 1, cell, inner).flatMap(halved);
  });
}

/** Whether a limiter begins or ends to shed in it. */
function changesShedding({ begin, end }: Cell): boolean {
  return begin.some(({ sheds }, index) => sheds !== end[index]!.sheds);
}

/** Whether a backlog may come or go in it while the load changes. */
function mayGrow({ begin, end }: Cell): boolean {
  return begin.some(({ load }, index) => Math.max(load, end[index]!.load) > 1 && load !== end[index]!.load);
}

function cutInto(parts: number, cell: Cell, inner: (atNs: number) => readonly Load[]): Cell[] {
  const { fromNs, toNs } = cell;
  const edges = Array.from({ length: parts + 1 }, (_, nth) =>
    Math.round(fromNs + ((toNs - fromNs) * nth) / parts),
  );
  const loads = edges.map((atNs, nth) => (nth === 0 ? cell.begin : nth === parts ? cell.end : inner(atNs)));
  return edges.slice(1).flatMap((end, nth) => {
    const from = edges[nth]!;
    return end > from ? [{ fromNs: from, toNs: end, begin: loads[nth]!, end: loads[nth + 1]! }] : [];
  });
}

/** Spans in which a resource that was overloaded still has a backlog, by the fluid of its work. */
function backlogsOf(cells: readonly Cell[]): Span[] {
  const resources = cells[0]?.begin.length ?? 0;
  return Array.from({ length: resources }, (_, index) => index).flatMap((index) => {
    const pieces = cells.map(({ fromNs, toNs, begin, end }) => ({
      durationSec: (toNs - fromNs) / 1e9,
      arrivalFromPerSec: begin[index]!.load,
      arrivalToPerSec: end[index]!.load,
      capacityPerSec: 1,
    }));
    if (pieces.every((piece) => Math.max(piece.arrivalFromPerSec, piece.arrivalToPerSec) <= 1)) return [];
    return fluidArcs(pieces)
      .filter(({ idle }) => !idle)
      .map(({ fromSec, toSec }) => ({ fromNs: fromSec * 1e9, toNs: toSec * 1e9 }));
  });
}

/** Instants at which the rate of some class jumps, or requests begin to come from other regions. */
function stepsOf(scenario: Scenario): Span[] {
  const at = offeredAt(scenario);
  const { lastsNs } = scenario.clock;
  const moves = scenario.traffic.flatMap(({ regions }) => regions.slice(1).map(({ atNs }) => atNs));
  return [...bendsOf(scenario), ...moves].flatMap((atNs) => {
    if (atNs <= 0 || atNs >= lastsNs) return [];
    if (moves.includes(atNs)) return [{ fromNs: atNs, toNs: atNs }];
    const rate = (side: Side) => at(atNs, side).perSec;
    const [before, after] = [rate('before'), rate('after')];
    const isStep = Object.keys(scenario.requests).some((name) => {
      const [old, now] = [before.get(name) ?? 0, after.get(name) ?? 0];
      return Math.abs(now - old) > STEP_RATIO * Math.max(now, old);
    });
    return isStep ? [{ fromNs: atNs, toNs: atNs }] : [];
  });
}
