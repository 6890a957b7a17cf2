import type { Model } from '../model/model.ts';
import { Study, type Replicated, type ReplicationOptions } from '../study/replications.ts';
import { OwnThread, type Workplace } from '../study/workplace.ts';
import { workerFile } from './package-files.ts';
import type { Io } from './io.ts';
import { Progress } from './progress.ts';

/** Predicted events below which starting threads takes longer than what they save. */
const THREADS_FROM_EVENTS = 5_000_000;

/** Milliseconds between two looks at threads that work. */
const LOOK_MS = 50;

export interface SimulateOptions extends ReplicationOptions {
  /** Threads at most. */
  readonly jobs: number;
  /** Of one replication. */
  readonly predictedEvents: number;
  /** Real time after which the runs are stopped, or null. */
  readonly timeLimitMs: number | null;
  readonly progress: boolean;
}

export interface Simulated {
  readonly replicated: Replicated;
  readonly wallMs: number;
  /** CPU time of the process up to the first event. */
  readonly startUpCpuMs: number;
}

/**
 * Simulates the replications of a model to their end, to the time limit, or to the first Ctrl-C; the second one quits at
 * once (see `Interrupts`).
 */
export async function simulate(
  io: Io,
  model: Model,
  isInterrupted: () => boolean,
  options: SimulateOptions,
): Promise<Simulated> {
  const startUpCpuMs = io.cpuMs();
  const startMs = io.nowMs();
  const { timeLimitMs } = options;
  const progress = new Progress(io, model, options.progress);
  const look = async (): Promise<void> => {
    if (isInterrupted()) study.stop('interrupted');
    else if (timeLimitMs !== null && io.nowMs() - startMs >= timeLimitMs) study.stop('time-limit');
    else await progress.show(study.position);
  };
  const threads = threadsFor(options);
  const workplace =
    threads > 1 ? await startThreads(io, threads) : new OwnThread(() => io.pause().then(look));
  const study = new Study(model, workplace);
  try {
    const work = study.simulate(options);
    if (threads > 1) await lookUntilDone(io, work, look);
    const replicated = await work;
    await progress.clear();
    return { replicated, wallMs: io.nowMs() - startMs, startUpCpuMs };
  } finally {
    await workplace.close();
  }
}

/** One thread when more would have nothing to do, or too little for the time they take to start. */
function threadsFor({ jobs, count, goal, predictedEvents }: SimulateOptions): number {
  const most = goal === null ? count : goal.replicationsMax;
  return predictedEvents * count < THREADS_FROM_EVENTS ? 1 : Math.min(jobs, most);
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
