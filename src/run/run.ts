import { UserError } from '../base/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { Return } from './codes.ts';
import { collect } from './collect.ts';
import { KernelChoice } from './kernel-choice.ts';
import type { Kernel } from './kernel/kernel.ts';
import { Machine } from './machine.ts';
import { Column, GROUP_STRIDE, GROWTH, SERIES_STRIDE, Sum } from './state.ts';
import type { Measurements } from './measurements.ts';
import { Director } from './sampling/director.ts';

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
  }

  /** Handles about `events` events; 'ended' when nothing is left to do or the run stopped itself. */
  advance(events: number): 'more' | 'ended' {
    let left = events;
    while (left > 0 && this.#stop === null) {
      const before = this.events;
      const result = this.#kernel.interpret(Math.min(left, BATCH_EVENTS));
      this.#expectProgress();
      if (result === Return.slots) this.#growSlots();
      else if (result === Return.events) {
        this.#machine.state.growEvents();
        this.#kernel = this.#choice.renewed();
      } else if (result === Return.pause) this.#director.decide(this.#kernel);
      else if (result === Return.ended) this.#end();
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
    this.#stop ??= { reason, atNs: this.simulatedNs, runaway: null };
  }

  /** Call once, after the run ended or was stopped. */
  measurements(): Measurements {
    if (this.#stop === null) throw new RangeError('the run has neither ended nor been stopped');
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
      this.#stop = { reason: 'runaway', atNs: this.simulatedNs, runaway: findRunaway(this.#machine) };
    }
  }

  #end(): void {
    const { state } = this.#machine;
    this.#stop = {
      reason: state.inside > 0 ? 'drain-limit' : 'completed',
      atNs: this.simulatedNs,
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
