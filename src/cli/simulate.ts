import type { Model } from '../model/model.ts';
import type { Measurements } from '../run/measurements.ts';
import { Run } from '../run/run.ts';
import type { Io } from './io.ts';
import { Progress } from './progress.ts';

/** Events between two looks at the clock and at Ctrl-C: some tens of milliseconds. */
const STEP_EVENTS = 100_000;

export interface SimulateOptions {
  /** Real time after which the run is stopped, or null. */
  readonly timeLimitMs: number | null;
  readonly progress: boolean;
}

export interface Simulated {
  readonly measurements: Measurements;
  readonly wallMs: number;
  /** CPU time of the process up to the first event. */
  readonly startUpCpuMs: number;
}

/** What `simulate` needs of a run; `Run` is one. */
export type Advancing = Pick<Run, 'advance' | 'simulatedNs' | 'events' | 'stop' | 'measurements'>;

/** Runs a model to its end, to the time limit, or to the first Ctrl-C; the second one quits at once (see `Interrupts`). */
export async function simulate(
  io: Io,
  model: Model,
  isInterrupted: () => boolean,
  { timeLimitMs, progress: isShown }: SimulateOptions,
  run: Advancing = new Run(model),
): Promise<Simulated> {
  const startUpCpuMs = io.cpuMs();
  const startMs = io.nowMs();
  const progress = new Progress(io, model, isShown);
  while (run.advance(STEP_EVENTS) === 'more') {
    await io.pause();
    if (isInterrupted()) run.stop('interrupted');
    else if (timeLimitMs !== null && io.nowMs() - startMs >= timeLimitMs) run.stop('time-limit');
    else await progress.show(run);
  }
  await progress.clear();
  return { measurements: run.measurements(), wallMs: io.nowMs() - startMs, startUpCpuMs };
}
