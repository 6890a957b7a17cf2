/**
 * The functions of the run loop, put together over the data of one run.
 *
 * V8 writes the address and length of an array into compiled code where the array is a `const` that the function has
 * closed over, provided that the function was made from its source text once: then reading an element is one
 * instruction instead of eight. So the run loop is written as *factories*. A factory takes its data and the functions it
 * calls, binds every one of them to a `const` of its own, and returns functions over them; it keeps no state, which all
 * lies in `Machine`. Making a kernel again, over longer arrays or from a copy of the source text, so changes nothing but
 * speed. What follows for the files in this folder:
 *
 * - They import types only. What they use of other modules comes in `kit`: a copy of their text sees no imports.
 * - A loop of many turns reads arrays through variables of its own function: inside a loop V8 compiles the accesses before it has seen
 *   that the array is constant. The same holds for what it takes from objects such as `Op`.
 * - No double is passed or returned where V8 may not inline the call: see base/pinned.ts.
 */
import { makeEventQueue } from '../../engine/event-queue.ts';
import { makeNearEvents } from '../../engine/near-events.ts';
import { KIT } from '../kit.ts';
import type { Machine } from '../machine.ts';
import { compiled } from '../compiled.ts';
import { makeAccounts } from './accounts.ts';
import { makeArriving } from './arrivals.ts';
import { makeBalancing } from './balancing.ts';
import { makeDrawing } from './drawing.ts';
import { makeFamily } from './family.ts';
import { makeInterpreter } from './interpreter.ts';
import { makeLimiting } from './limiting.ts';
import { makeOutcomes } from './outcomes.ts';
import { makeRecording } from './recording.ts';
import { makeRetrying } from './retrying.ts';
import { makeSampling } from './sampling.ts';
import { makeSharedVisits } from './shared-visits.ts';
import { makeSharing } from './sharing.ts';
import { makeSlotLists } from './slots.ts';
import { makeSlowing } from './slowing.ts';
import { makeTimerLists } from './timers.ts';
import { makeVisits } from './visits.ts';

export interface Kernel {
  /** Handles up to `budget` events; see `Return`. */
  readonly interpret: (budget: number) => number;
  /** Schedules the window edge at `clockNs[0]`, before all else at its instant. */
  readonly pushEdge: (id: number) => void;
  /** Lets an open source or a trace announce its first arrival. */
  readonly announce: (source: number) => void;
  /** Lets one more user of a closed source begin by thinking. */
  readonly think: (source: number) => void;
  /** Begins a window at the present instant, which is where scenario time has been moved to. */
  readonly openWindow: (window: number) => void;
  /** Ends the row of a window before its time; -1 for what belongs to none. */
  readonly keepWindow: (window: number) => void;
}

/** How a factory is taken: as it is, or as a copy of its own. */
type Take = <F>(factory: F) => F;

/** As they are, the factories make code that all such kernels of a process share. */
export const asItIs: Take = (factory) => factory;

/** A copy of a function from its own source text, which V8 compiles for itself alone. */
export const copied: Take = <F>(factory: F): F => compiled(String(factory)) as F;

export function makeKernel(m: Machine, take: Take): Kernel {
  const near = take(makeNearEvents)(m.state.events);
  const queue = take(makeEventQueue)(m.state.events, near);
  const lists = take(makeSlotLists)(m.state);
  const recording = take(makeRecording)(KIT, m);
  const sampling = take(makeSampling)(KIT, m.samples);
  const timers = take(makeTimerLists)(KIT, m, queue);
  const balancing = take(makeBalancing)(KIT, m.balancers);
  const limiting = take(makeLimiting)(m.buckets, m.now);
  const retrying = take(makeRetrying)(KIT, m.budgets);
  const arriving = take(makeArriving)(KIT, m);
  const accounts = take(makeAccounts)(KIT, m, queue, limiting);
  const slowing = take(makeSlowing)(m);
  const sharing = take(makeSharing)(m, queue, slowing);
  const drawing = take(makeDrawing)(KIT, m);
  const parts = {
    queue,
    lists,
    drawing,
    recording,
    sampling,
    timers,
    balancing,
    limiting,
    accounts,
    slowing,
  };
  const visits = take(makeVisits)(KIT, m, parts);
  const shared = take(makeSharedVisits)(KIT, m, { ...parts, sharing, visits });
  const outcomes = take(makeOutcomes)(KIT, m, { ...parts, arriving });
  const family = take(makeFamily)(KIT, m, { ...parts, retrying });
  const { interpret } = take(makeInterpreter)(KIT, m, { ...parts, visits, shared, outcomes, family });
  const { announce, think } = outcomes;
  const { pushEdge } = queue;
  const { openWindow, keepWindow } = accounts;
  return { interpret, announce, think, pushEdge, openWindow, keepWindow };
}
