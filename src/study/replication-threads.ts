import { Tinypool } from 'tinypool';
import { revive } from '../run/revive.ts';
import type { ReplicationJob, Simulated } from './replication-job.ts';
import type { Workplace } from './workplace.ts';

/** A job whose thread ended this often is not begun again: it is the job that ends it, by its memory most likely. */
const ATTEMPTS_MAX = 3;

export interface ThreadedOptions {
  /** File of worker-threads.ts, compiled. */
  readonly workerFile: string;
  readonly threads: number;
}

/** As many jobs at once as there are threads. A job whose thread was terminated is done again in another. */
export class ThreadedWorkplace implements Workplace {
  readonly #pool: Tinypool;
  readonly #running = new Map<ReplicationJob, AbortController>();
  readonly #watched = new WeakSet<object>();
  #isClosing = false;

  constructor({ workerFile, threads }: ThreadedOptions) {
    this.#pool = new Tinypool({ filename: workerFile, minThreads: threads, maxThreads: threads });
    this.#pool.on('error', () => undefined); // a thread that ended without a job is replaced: nothing is lost
  }

  /** @throws what the job throws, and when its thread ended again and again. */
  async simulate(job: ReplicationJob): Promise<Simulated> {
    for (let ended = 0; ;) {
      const lost = new AbortController();
      try {
        const { measurements, abort } = await this.#attempt(job, lost);
        return { measurements: revive(measurements), abort };
      } catch (error) {
        const isOwn = isOutOfMemory(error) || lost.signal.reason === OWN_THREAD;
        if (!isOwn && lost.signal.reason !== OTHER_THREAD) throw error;
        if (isOwn && ++ended === ATTEMPTS_MAX) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#pool.destroy();
  }

  async #attempt(job: ReplicationJob, lost: AbortController): Promise<Simulated> {
    Atomics.store(job.control.flags, 1, 0);
    this.#running.set(job, lost);
    const work = this.#pool.run(job, { signal: lost.signal }) as Promise<Simulated>;
    this.#watchThreads();
    try {
      return await work;
    } finally {
      this.#running.delete(job);
    }
  }

  /** The pool waits for ever for a thread that ends without an error; what it had is given up here. */
  #watchThreads(): void {
    for (const thread of this.#pool.threads as unknown as readonly Thread[]) {
      if (this.#watched.has(thread)) continue;
      this.#watched.add(thread);
      const { threadId } = thread;
      thread.once('exit', () => {
        if (!this.#isClosing) this.#giveUp(threadId);
      });
    }
  }

  /** A job that no thread has begun may have been on its way to this one. */
  #giveUp(threadId: number): void {
    for (const [{ control }, lost] of this.#running) {
      const owner = Atomics.load(control.flags, 1);
      if (owner === threadId) lost.abort(OWN_THREAD);
      else if (owner === 0) lost.abort(OTHER_THREAD);
    }
  }
}

const OWN_THREAD = 'the thread of the job ended';
const OTHER_THREAD = 'a thread ended';

interface Thread {
  readonly threadId: number;
  once: (event: 'exit', listener: () => void) => void;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
