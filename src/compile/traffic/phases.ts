import type { Phase } from '../../model/model.ts';
import type { Scenario } from '../../scenario/types.ts';
import { isOpen } from '../tree/site.ts';

/** Name of the only phase of a run without named ones; the space keeps it apart from names in scenarios. */
export const WHOLE_RUN = 'whole run';

/**
 * Phases of [0, lastsNs), one behind the other: each begins at the knot that names it, in any of the traffic curves,
 * and ends where the next one begins. Time before the first phase `x` is a phase called `before x`.
 */
export function phasesOf({ traffic, clock }: Scenario): Phase[] {
  const knots = traffic.filter(isOpen).flatMap((open) => open.curve);
  const named = knots
    .flatMap(({ phase, atNs }) => (phase === null ? [] : [{ name: phase, fromNs: Math.max(0, atNs) }]))
    .filter(({ fromNs }) => fromNs < clock.lastsNs)
    .sort((a, b) => a.fromNs - b.fromNs);
  const unnamed = named[0] === undefined ? WHOLE_RUN : `before ${named[0].name}`;
  const starts = named[0]?.fromNs === 0 ? named : [{ name: unnamed, fromNs: 0 }, ...named];
  return starts
    .map((start, index) => ({ ...start, toNs: starts[index + 1]?.fromNs ?? clock.lastsNs }))
    .filter(({ fromNs, toNs }) => fromNs < toNs);
}
