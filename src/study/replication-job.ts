/**
 * One replication as a job that can be done anywhere: in this thread or, by its default export, in another one. It is a
 * pure function of its model; how far it is, and that it should stop, goes through memory that both sides share.
 */
import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import { Run } from '../run/run.ts';

/** Events between two looks at the control: some tens of milliseconds. */
export const STEP_EVENTS = 100_000;

/** Why a run is stopped from outside, by its number in `Control.flags`. */
export const STOP_REASONS = [null, 'interrupted', 'time-limit'] as const;
export type StopReason = NonNullable<(typeof STOP_REASONS)[number]>;

/** Shared between the thread that simulates and the one that waits. */
export interface Control {
  /** [0] index into `STOP_REASONS`; [1] id of the thread at work, 0 before it begins. */
  readonly flags: Int32Array;
  /** [0] simulated time reached, in ns (negative in the warm-up); [1] events. */
  readonly position: Float64Array;
}

export interface ReplicationJob {
  readonly model: Model;
  readonly control: Control;
}

export function makeControl({ warmUpNs }: Pick<Model, 'warmUpNs'>): Control {
  const position = new Float64Array(new SharedArrayBuffer(2 * 8));
  position[0] = -warmUpNs;
  return { flags: new Int32Array(new SharedArrayBuffer(2 * 4)), position };
}

/** Simulates step by step; `breathe` lets others in between. */
export function* simulateInSteps({ model, control }: ReplicationJob): Generator<void, Measurements> {
  const run = new Run(model);
  for (;;) {
    const reason = STOP_REASONS[Atomics.load(control.flags, 0)] ?? null;
    if (reason !== null) run.stop(reason);
    const state = run.advance(STEP_EVENTS);
    control.position[0] = run.simulatedNs;
    control.position[1] = run.events;
    if (state === 'ended') return run.measurements();
    yield;
  }
}
