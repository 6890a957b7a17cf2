import type { Model } from '../../src/model/model.ts';
import { OpenArrivals, BLOCK } from '../../src/run/open-arrivals.ts';
import { Return } from '../../src/run/codes.ts';
import { collect } from '../../src/run/collect.ts';
import { asItIs, makeKernel, type Kernel } from '../../src/run/kernel/kernel.ts';
import { Machine } from '../../src/run/machine.ts';
import type { Measurements } from '../../src/run/measurements.ts';
import { revive } from '../../src/run/revive.ts';
import type { ReplicationJob, Simulated } from '../../src/study/replication-job.ts';
import type { Workplace } from '../../src/study/workplace.ts';

/** Slots of the one machine: a queue of a stable network of a few stations stays far below. */
const SLOTS = 4_096;
/** Events one call of the interpreter handles, as in a run. */
const BATCH_EVENTS = 5_000;

/**
 * A workplace for a hundred thousand short replications of one open model, which differ in the seed alone.
 *
 * V8 makes the fastest code for the first machine of a process (decision 0006), so all of them run in that one: its
 * state is overwritten with that of a new machine each time. What comes out is what `Run` gives, to the last bit.
 */
export class SmallRuns implements Workplace {
  #machine: Machine | null = null;
  #kernel: Kernel | null = null;

  simulate({ model }: ReplicationJob): Promise<Simulated> {
    const fresh = new Machine(model, SLOTS);
    if (this.#machine === null) this.#machine = fresh;
    else renew(this.#machine, fresh, model);
    this.#kernel ??= makeKernel(this.#machine, asItIs);
    return Promise.resolve({ measurements: runToTheEnd(this.#machine, this.#kernel), abort: null });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** @throws {Error} when more is inside than the machine has room for. */
function runToTheEnd(machine: Machine, kernel: Kernel): Measurements {
  const { model, now, state, special } = machine;
  now[0] = -model.warmUpNs;
  state.events.clockNs[0] = 0;
  kernel.pushEdge(~special.window);
  for (const source of model.sources.keys()) kernel.announce(source);
  for (;;) {
    const result = kernel.interpret(BATCH_EVENTS);
    if (result === Return.ended) break;
    if (result !== Return.budget) throw new Error(`more than ${SLOTS} requests inside`);
  }
  kernel.keepWindow(-1);
  const reason = state.inside > 0 ? 'drain-limit' : 'completed';
  // The histograms are views of the machine's memory, which the next run overwrites.
  return revive(structuredClone(collect(machine, { reason, atNs: now[0], runaway: null }, 0)));
}

function renew(machine: Machine, fresh: Machine, model: Model): void {
  overwrite(machine, fresh);
  const { open, blocks } = machine.arrivals;
  machine.model.sources.forEach((source, index) => {
    if (source.model !== 'open') return;
    const block = blocks.subarray(index * BLOCK, (index + 1) * BLOCK);
    (open as (OpenArrivals | null)[])[index] = new OpenArrivals(
      source,
      model,
      block,
      machine.scenarioTime.shiftNs,
    );
  });
}

/** Makes all that `target` reaches equal to what `source` reaches; arrays keep their addresses. */
function overwrite(target: object, source: object): void {
  const into = target as Record<string, unknown>;
  for (const [key, value] of Object.entries(source) as [string, unknown][]) {
    const old = into[key];
    if (old === value || old instanceof OpenArrivals) continue;
    if (ArrayBuffer.isView(old) && ArrayBuffer.isView(value))
      (old as Float64Array).set(value as Float64Array);
    else if (Array.isArray(old) && Array.isArray(value) && old.length !== value.length)
      old.splice(0, old.length, ...(value as unknown[]));
    else if (typeof old === 'object' && old !== null && typeof value === 'object' && value !== null)
      overwrite(old, value);
    else into[key] = value;
  }
}
