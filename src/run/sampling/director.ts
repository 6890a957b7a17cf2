import type { Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../machine.ts';
import { pendingRow, sampledRow } from '../rows.ts';
import { BLOCK } from '../open-arrivals.ts';
import { BacklogWatch } from './backlog-watch.ts';
import { foldRow } from './fold.ts';
import { Pause } from './scenario-time.ts';

/** The window that begins after a pause, and whether scenario time is moved to it. */
export interface Continuation {
  readonly window: number;
  readonly isMoved: boolean;
}

/**
 * Decides at every pause how time goes on. Only a sampled run leaves any out. With a backlog somewhere nothing is left out: what was measured
 * just now stands for itself alone, and so does all that comes, to the end of the first period at which every backlog is
 * drained. Else scenario time jumps to the next stretch.
 */
export class Director {
  readonly #machine: Machine;
  readonly #watch: BacklogWatch;
  /** Going on through what the plan leaves out. */
  #extended = false;
  #extensions = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#watch = new BacklogWatch(machine);
  }

  /** Times that the run went on where the plan had left time out. */
  get extensions(): number {
    return this.#extensions;
  }

  /** With which window time goes on, right after another has ended at a pause; books the stretch that has ended with it. */
  decide(): Continuation {
    const { state, scenarioTime } = this.#machine;
    const next = state.windowNow + 1;
    const kind = scenarioTime.pauses[next]!;
    const onward = { window: next, isMoved: false };
    if (kind === Pause.edge || (this.#extended && kind === Pause.measured)) return onward;
    const isBacklogged = this.#watch.look();
    if (kind === Pause.measured) this.settle(!isBacklogged);
    if (isBacklogged && next > 0) {
      if (!this.#extended) this.#extensions++;
      this.#extend(next);
      return onward;
    }
    this.#extended = false;
    return { window: scenarioTime.resumes[next]!, isMoved: true };
  }

  /** Begins that window. */
  goOn(kernel: Kernel, { window, isMoved }: Continuation): void {
    if (isMoved) this.#jump(kernel, window);
    else kernel.openWindow(window);
  }

  /** Books the stretch that ends with the present window: as its period, or as itself alone. */
  settle(asPeriod: boolean): void {
    const { state, model } = this.#machine;
    const pending = pendingRow(model);
    let window = Math.min(state.windowNow, state.windows.length - 1);
    if (window < 0 || state.rowOf[window] !== pending) return;
    const { phase } = state.windows[window]!;
    const row = asPeriod ? sampledRow(model, phase) : phase;
    foldRow(state, pending, row);
    for (; window >= 0 && state.rowOf[window] === pending; window--) {
      state.rowOf[window] = row;
      if (!asPeriod) state.weights[window] = 1;
    }
  }

  /** Every window from here to the end of the period is measured and stands for itself. */
  #extend(from: number): void {
    const { state, scenarioTime } = this.#machine;
    this.#extended = true;
    for (let window = from; window < state.windows.length; window++) {
      if (window > from && scenarioTime.pauses[window] === Pause.between) return;
      state.weights[window] = 1;
      state.rowOf[window] = state.windows[window]!.phase;
    }
  }

  /** Moves scenario time to the beginning of a window; to the end of the measured time when `window` is their number. */
  #jump(kernel: Kernel, window: number): void {
    const { state, scenarioTime, arrivals, model, now } = this.#machine;
    const { shiftNs, shiftsNs } = scenarioTime;
    const toNs = state.windows[window]?.fromNs ?? model.lastsNs;
    shiftNs[0] = toNs - now[0]!;
    shiftsNs.fill(shiftNs[0], window);
    kernel.openWindow(window);
    arrivals.open.forEach((generator, source) => {
      if (generator === null) return;
      const sent = arrivals.sentHigh[source]! * 4294967296 + (arrivals.sentLow[source]! >>> 0);
      const number = generator.seek(toNs, sent);
      arrivals.sentLow[source] = number | 0;
      arrivals.sentHigh[source] = Math.floor(number / 4294967296);
      arrivals.taken[source] = BLOCK;
      kernel.announce(source);
    });
  }
}
