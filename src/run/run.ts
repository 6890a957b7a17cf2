import { UserError } from '../base/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { Return } from './codes.ts';
import { collect } from './collect.ts';
import { KernelChoice } from './kernel-choice.ts';
import type { Kernel } from './kernel/kernel.ts';
import { Machine } from './machine.ts';
import { Column, GROUP_STRIDE, GROWTH, SERIES_STRIDE, Sum } from './state.ts';
import type { Measurements } from './measurements.ts';
import { Director, type Continuation } from './sampling/director.ts';
import { pendingRow } from './rows.ts';
import { soFar } from './so-far.ts';

/**
 * Slots at the start, and at most, beside those of closed users: beyond it a queue has run away. A slot takes about 100
 * bytes once it is used.
 */
const SLOTS_FIRST = 1 << 16;
const SLOTS_MAX = 1 << 22;

/** Events one call of the interpreter handles: few enough that V8 sees it called often and optimises it as a whole. */
const BATCH_EVENTS = 5_000;

/** Events at one instant that no site brings about. */
const EVENTS_AT_ONCE_MAX = 5_000_000;

/** Exit code of a scenario that cannot be simulated as written. */
const INVALID_SCENARIO = 104;

/** Share of the final queue below which it counts as not yet growing, when a runaway's beginning is looked for. */
const RUNAWAY_FLOOR = 0.01;

export interface RunOptions {
  /** Most activations, closed users not counted, that may be inside at once before the run stops as `runaway`. */
  readonly slotsMax?: number;
  /** Slots to begin with, beside those of closed users. */
  readonly slotsFirst?: number;
  /** Events from which on it gets code of its own. */
  readonly longEvents?: number;
  /** Whether `advance` comes back at every edge of windows at which what was measured can be judged. */
  readonly isWatched?: boolean;
  /** Edge of a window at which the measured time is cut short; to its end unless given. */
  readonly abortAtNs?: number | null;
}

/**
 * One run of a model: a pure function of the model (its seed included). The caller advances it in steps and owns the
 * clock; whatever it was asked to stop at, `measurements` gives what is complete up to there.
 */
export class Run {
  readonly #machine: Machine;
  readonly #director: Director;
  readonly #choice: KernelChoice;
  #kernel: Kernel;
  readonly #slotsMax: number;
  readonly #isWatched: boolean;
  /** Infinity: it goes on to its end. */
  #abortAtNs: number;
  /** How time goes on after the edge at which the caller looks. */
  #next: Continuation | null = null;
  #stop: Measurements['stop'] | null = null;
  /** Instant last looked at, and the events there were by then. */
  #lookedNs = -Infinity;
  #lookedEvents = 0;

  constructor(model: Model, options: RunOptions = {}) {
    const users = usersOf(model);
    const max = options.slotsMax ?? SLOTS_MAX;
    this.#slotsMax = users + max;
    this.#machine = new Machine(model, users + Math.min(options.slotsFirst ?? SLOTS_FIRST, max));
    this.#choice = new KernelChoice(this.#machine, options.longEvents);
    this.#kernel = this.#choice.first();
    this.#begin(model);
    this.#director = new Director(this.#machine);
    this.#isWatched = options.isWatched ?? false;
    this.#abortAtNs = options.abortAtNs ?? Infinity;
    this.#pauseAtEdges();
  }

  /**
   * Handles about `events` events; 'ended' when nothing is left to do or the run stopped itself, 'edge' where a watched one
   * has come to the end of a window: time goes on with the next call.
   */
  advance(events: number): 'more' | 'edge' | 'ended' {
    let left = events;
    this.#goOn();
    while (left > 0 && this.#stop === null) {
      const before = this.events;
      const result = this.#kernel.interpret(Math.min(left, BATCH_EVENTS));
      this.#expectProgress();
      if (result === Return.slots) this.#growSlots();
      else if (result === Return.events) {
        this.#machine.state.growEvents();
        this.#kernel = this.#choice.renewed();
      } else if (result === Return.pause) {
        this.#next = this.#director.decide();
        if (this.#isWatched && this.#isJudgeable()) return 'edge';
        this.#goOn();
      } else if (result === Return.ended) this.#end();
      left -= this.events - before;
      this.#kernel = this.#choice.better() ?? this.#kernel;
    }
    return this.#stop === null ? 'more' : 'ended';
  }

  /** Scenario time reached, in ns since t = 0; negative in the warm-up. */
  get simulatedNs(): number {
    return this.#machine.now[0]! + this.#machine.scenarioTime.shiftNs[0]!;
  }

  get events(): number {
    return this.#machine.state.events.popped;
  }

  /** Requests in flight now. */
  get inside(): number {
    return this.#machine.state.inside;
  }

  /** Stops before the end; the measurements then hold what happened up to now. */
  stop(reason: 'interrupted' | 'time-limit'): void {
    this.#stop ??= { reason, atNs: this.#reachedNs, runaway: null };
  }

  /** At an edge: what was measured up to there, worked out when it is asked for and valid until time goes on. */
  soFar(): Measurements {
    return soFar(this.#machine, this.simulatedNs);
  }

  /** At an edge: no request comes any more, and those inside drain. */
  abort(): void {
    this.#abortAtNs = this.simulatedNs;
  }

  /** Call once, after the run ended or was stopped. */
  measurements(): Measurements {
    if (this.#stop === null) throw new RangeError('the run has neither ended nor been stopped');
    this.#goOn();
    const { state } = this.#machine;
    const open = state.windowNow >= 0 && state.windowNow < state.windows.length;
    this.#kernel.keepWindow(open ? state.windowNow : -1);
    this.#director.settle(true);
    return collect(this.#machine, this.#stop, this.#director.extensions);
  }

  #begin(model: Model): void {
    const m = this.#machine;
    m.now[0] = -model.warmUpNs;
    m.state.events.clockNs[0] = 0;
    this.#kernel.pushEdge(~m.special.window); // see closeWindow
    model.sources.forEach((source, index) => {
      if (source.model !== 'closed') {
        this.#kernel.announce(index);
        return;
      }
      for (let user = 0; user < source.users; user++) this.#kernel.think(index);
    });
  }

  /** @throws {UserError} when time stands still: users who never think and are answered at once come for ever. */
  #expectProgress(): void {
    if (this.simulatedNs > this.#lookedNs) {
      this.#lookedNs = this.simulatedNs;
      this.#lookedEvents = this.events;
    } else if (this.events - this.#lookedEvents > EVENTS_AT_ONCE_MAX) {
      throw new UserError(
        `time stands still at ${this.simulatedNs / 1e9} s: requests end at the instant they come, and closed users with no think time come again at once; give them a think time`,
        INVALID_SCENARIO,
      );
    }
  }

  #growSlots(): void {
    const { state } = this.#machine;
    const capacity = Math.min(state.slots.capacity * GROWTH, this.#slotsMax);
    if (capacity > state.slots.capacity) {
      state.growSlots(capacity);
      this.#kernel = this.#choice.renewed();
    } else {
      const isCut = this.#isCut;
      const runaway = isCut ? null : findRunaway(this.#machine);
      this.#stop = { reason: isCut ? 'aborted' : 'runaway', atNs: this.#reachedNs, runaway };
    }
  }

  /** Stops before the windows at whose beginning somebody looks, or the measured time is cut short. */
  #pauseAtEdges(): void {
    const { state, scenarioTime } = this.#machine;
    state.windows.forEach(({ fromNs }, window) => {
      if (fromNs > 0 && (this.#isWatched || fromNs === this.#abortAtNs)) scenarioTime.pauseBefore(window);
    });
  }

  /** Whether the window that has ended was measured, and it is settled what it stands for. */
  #isJudgeable(): boolean {
    const { state, model } = this.#machine;
    const { windowNow, weights, rowOf } = state;
    if (windowNow < 0 || this.#isCut || weights[windowNow] === 0) return false;
    return model.sampling === null || rowOf[windowNow] !== pendingRow(model);
  }

  /** Lets time go on after a pause, or ends the measured time where it is cut short. */
  #goOn(): void {
    const next = this.#next;
    if (next === null) return;
    this.#next = null;
    const { state, model, scenarioTime } = this.#machine;
    const beginsNs = state.windows[next.window]?.fromNs ?? model.lastsNs;
    if (beginsNs < this.#abortAtNs) {
      this.#director.goOn(this.#kernel, next);
      return;
    }
    scenarioTime.endNs = this.simulatedNs;
    this.#kernel.openWindow(state.windows.length);
  }

  /** Whether the measured time was cut short. */
  get #isCut(): boolean {
    return this.#machine.scenarioTime.endNs < this.#machine.model.lastsNs;
  }

  /** Scenario time up to which it tells anything. */
  get #reachedNs(): number {
    return this.#isCut ? this.#abortAtNs : this.simulatedNs;
  }

  #end(): void {
    const { state } = this.#machine;
    this.#stop = {
      reason: this.#isCut ? 'aborted' : state.inside > 0 ? 'drain-limit' : 'completed',
      atNs: this.#reachedNs,
      runaway: null,
    };
  }
}

/** Users of closed sources, who come before anything happens. */
function usersOf({ sources }: Model): number {
  return sources.reduce((sum, source) => sum + (source.model === 'closed' ? source.users : 0), 0);
}

/** The group with most jobs waiting, and the end of the last window in which its queue was still short. */
function findRunaway(m: Machine): Measurements['stop']['runaway'] {
  const { state } = m;
  const groups = m.model.groups.length;
  let group = 0;
  const waiting = (index: number): number => state.groupSums[index * GROUP_STRIDE + Sum.waiting]!;
  for (let index = 1; index < groups; index++) if (waiting(index) > waiting(group)) group = index;
  const floor = waiting(group) * RUNAWAY_FLOOR;
  let sinceNs = state.windows[0]?.fromNs ?? 0;
  for (let window = 0; window < Math.min(state.windowNow, state.windows.length); window++) {
    const end = state.series[(window * groups + group) * SERIES_STRIDE + Column.waitingEnd]!;
    if (end <= floor) sinceNs = state.windows[window]!.toNs;
  }
  return { group, sinceNs, waitingJobs: waiting(group) };
}
