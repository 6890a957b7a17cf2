/**
 * One replication as a job that can be done anywhere: in this thread or, by worker-threads.ts, in another one. It is a pure
 * function of its model and of what may end it; how far it is, and that it should stop, goes through memory that both sides
 * share.
 */
import type { Watched } from '../analysis/budgets/watch.ts';
import type { AbortFinding } from '../analysis/findings.ts';
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
  /** Budgets that end it once one of them is broken; none unless given. */
  readonly watched?: readonly Watched[];
  /** Instant at which its measured time is cut short; null unless given. */
  readonly abortAtNs?: number | null;
}

/** What came of a job. */
export interface Simulated {
  readonly measurements: Measurements;
  /** What ended it of what was watched for. */
  readonly abort: AbortFinding | null;
}

/** What a budget that is broken by what was measured so far is told by. */
export type FindAbort = (
  model: Model,
  budgets: readonly Watched[],
  measurements: Measurements,
) => AbortFinding | null;

/** Loaded by those who need it: most runs are not watched, and begin sooner without it. */
export async function abortFinder({ watched }: Pick<ReplicationJob, 'watched'>): Promise<FindAbort> {
  if (watched === undefined || watched.length === 0) return () => null;
  const { findAbort } = await import('../analysis/budgets/watch.ts');
  return findAbort;
}

export function makeControl({ warmUpNs }: Pick<Model, 'warmUpNs'>): Control {
  const position = new Float64Array(new SharedArrayBuffer(2 * 8));
  position[0] = -warmUpNs;
  return { flags: new Int32Array(new SharedArrayBuffer(2 * 4)), position };
}

/** Simulates step by step; whoever takes the steps lets others in between. */
export function* simulateInSteps(job: ReplicationJob, findAbort: FindAbort): Generator<void, Simulated> {
  const { model, control, watched = [], abortAtNs = null } = job;
  const run = new Run(model, { isWatched: watched.length > 0, abortAtNs });
  let abort: AbortFinding | null = null;
  for (;;) {
    const reason = STOP_REASONS[Atomics.load(control.flags, 0)] ?? null;
    if (reason !== null) run.stop(reason);
    const state = run.advance(STEP_EVENTS);
    control.position[0] = run.simulatedNs;
    control.position[1] = run.events;
    if (state === 'ended') return { measurements: run.measurements(), abort };
    if (state === 'edge') {
      abort = findAbort(model, watched, run.soFar());
      if (abort !== null) run.abort();
    }
    yield;
  }
}
