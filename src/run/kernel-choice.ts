import type { Model } from '../model/model.ts';
import { areaUnder } from '../model/traffic/rate-curve.ts';
import { asItIs, copied, makeKernel, type Kernel } from './kernel/kernel.ts';
import type { Machine } from './machine.ts';
import type { State } from './state.ts';
import { isWorthSpecialising, makeSpecialKernel } from './specialise/specialise.ts';

/** Events from which on a run is worth a copy of the kernel, some 0.3 s of compiling; and one written for its model. */
const COPY_EVENTS = 5_000_000;
const SPECIAL_EVENTS = 15_000_000;

/** Requests that must have come before their events say how many a request brings about. */
const REQUESTS_MIN = 1_000;

let kernels = 0;

/**
 * Which code a run gets. It begins with that of the kernel as it is, which all runs of a process share; the first has it
 * for itself, as V8 sees it. A long one gets code of its own: written for its model where that is worth its while, else a
 * copy of the kernel. So does one whose arrays were replaced by longer ones: V8 would take arrays in code that is shared
 * for variables. The results are the same.
 */
export class KernelChoice {
  readonly #machine: Machine;
  readonly #longEvents: number;
  readonly #isSpecial: boolean;
  /** Requests of open sources and traces; how many closed users bring is for the site to say. */
  readonly #requests: number;
  /** Whether there is no better code for this run. */
  #isBest: boolean;

  constructor(machine: Machine, longEvents?: number) {
    this.#machine = machine;
    this.#isSpecial = isWorthSpecialising(machine.model);
    this.#longEvents = longEvents ?? (this.#isSpecial ? SPECIAL_EVENTS : COPY_EVENTS);
    this.#requests = requestsOf(machine.model) * simulatedShare(machine.state);
    this.#isBest = kernels++ === 0 && !this.#isSpecial;
  }

  first(): Kernel {
    return makeKernel(this.#machine, asItIs);
  }

  /** For arrays that are longer now. */
  renewed(): Kernel {
    if (!this.#isSpecial) this.#isBest = true;
    return this.#isSpecial && this.#isBest
      ? makeSpecialKernel(this.#machine)
      : makeKernel(this.#machine, copied);
  }

  /** A better one where the run turns out to be long; null to go on with the one it has. */
  better(): Kernel | null {
    if (this.#isBest || !this.#isLong()) return null;
    this.#isBest = true;
    return this.renewed();
  }

  #isLong(): boolean {
    const { events, started } = this.#machine.state;
    if (events.popped >= this.#longEvents) return true;
    return started >= REQUESTS_MIN && (events.popped / started) * this.#requests >= this.#longEvents;
  }
}

/** Of the measured time, which may be left out in part. */
function simulatedShare({ windows, weights }: State): number {
  const spans = windows.map(({ fromNs, toNs }) => toNs - fromNs);
  const simulated = spans.filter((_, window) => weights[window]! > 0);
  const sum = (all: readonly number[]): number => all.reduce((total, span) => total + span, 0);
  return sum(simulated) / sum(spans);
}

function requestsOf({ sources }: Model): number {
  return sources.reduce((sum, source) => {
    if (source.model === 'trace') return sum + source.atNs.length;
    if (source.model === 'closed') return sum;
    return sum + areaUnder(source.pieces, source.pieces[0]!.fromNs, source.pieces.at(-1)!.toNs);
  }, 0);
}
