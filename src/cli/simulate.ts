import type { StopReason } from '../study/replication-job.ts';
import { OwnThread, type Workplace } from '../study/workplace.ts';
import { workerFile } from './package-files.ts';
import type { Io } from './io.ts';
import { Progress, type RunLength, type RunPosition } from './progress.ts';

/** Predicted events below which starting threads takes longer than what they save. */
const THREADS_FROM_EVENTS = 5_000_000;

/** Milliseconds between two looks at threads that work. */
const LOOK_MS = 50;

export interface WorkOptions {
  /** Threads at most. */
  readonly jobs: number;
  /** Runs at most: more threads than that have nothing to do. */
  readonly runs: number;
  /** Of all runs that are certain. */
  readonly predictedEvents: number;
  /** Instant of the clock from which on the runs are stopped, or null. */
  readonly deadlineMs: number | null;
  readonly progress: boolean;
}

/** What can be watched and stopped while it works. */
interface Stoppable {
  readonly position: RunPosition;
  stop: (reason: StopReason) => void;
}

/** How to begin at a workplace, and what to do then. */
export interface Work<Study extends Stoppable, Result> {
  /** Of each run, for the progress line. */
  readonly length: RunLength;
  readonly begin: (workplace: Workplace, pause: () => Promise<void>) => Study;
  /** `pause` lets others in, and stops the study where that was asked for. */
  readonly simulate: (study: Study, pause: () => Promise<void>) => Promise<Result>;
}

export interface Worked<Result> {
  readonly result: Result;
  readonly wallMs: number;
  /** CPU time of the process up to the first event. */
  readonly startUpCpuMs: number;
}

/**
 * Simulates to the end, to the deadline, or to the first Ctrl-C; the second one quits at once (see `Interrupts`).
 */
export async function carryOut<Study extends Stoppable, Result>(
  io: Io,
  { length, begin, simulate }: Work<Study, Result>,
  isInterrupted: () => boolean,
  options: WorkOptions,
): Promise<Worked<Result>> {
  const startUpCpuMs = io.cpuMs();
  const startMs = io.nowMs();
  const { deadlineMs } = options;
  const progress = new Progress(io, length, options.progress);
  const look = async (): Promise<void> => {
    if (isInterrupted()) study.stop('interrupted');
    else if (deadlineMs !== null && io.nowMs() >= deadlineMs) study.stop('time-limit');
    else await progress.show(study.position);
  };
  const pause = (): Promise<void> => io.pause().then(look);
  const threads = threadsFor(options);
  const workplace = threads > 1 ? await startThreads(io, threads) : new OwnThread(pause);
  const study = begin(workplace, pause);
  try {
    const working = simulate(study, pause);
    if (threads > 1) await lookUntilDone(io, working, look);
    const result = await working;
    await progress.clear();
    return { result, wallMs: io.nowMs() - startMs, startUpCpuMs };
  } finally {
    await workplace.close();
  }
}

/** One thread when more would have nothing to do, or too little for the time they take to start. */
function threadsFor({ jobs, runs, predictedEvents }: WorkOptions): number {
  return predictedEvents < THREADS_FROM_EVENTS ? 1 : Math.min(jobs, runs);
}

async function startThreads(io: Io, threads: number): Promise<Workplace> {
  const { ThreadedWorkplace } = await import('../study/replication-threads.ts');
  return new ThreadedWorkplace({ workerFile: workerFile(io), threads });
}

async function lookUntilDone(io: Io, work: Promise<unknown>, look: () => Promise<void>): Promise<void> {
  const settled = work.then(
    () => 'done',
    () => 'done', // whoever awaits the work hears of its error
  );
  while ((await Promise.race([settled, io.wait(LOOK_MS)])) !== 'done') await look();
}
