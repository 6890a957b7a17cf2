import { abortFinder, simulateInSteps, type ReplicationJob, type Simulated } from './replication-job.ts';

/** Where jobs are done: what comes of a job depends on nothing but the job. */
export interface Workplace {
  simulate: (job: ReplicationJob) => Promise<Simulated>;
  /** Frees what it holds; nothing may be simulated there afterwards. */
  close: () => Promise<void>;
}

/** In this thread, one job after the other; between two steps of a job the caller's `pause` lets others in. */
export class OwnThread implements Workplace {
  readonly #pause: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(pause: () => Promise<void>) {
    this.#pause = pause;
  }

  simulate(job: ReplicationJob): Promise<Simulated> {
    const done = this.#last.then(() => this.#work(job));
    this.#last = done.catch(() => undefined);
    return done;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #work(job: ReplicationJob): Promise<Simulated> {
    const steps = simulateInSteps(job, await abortFinder(job));
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) return step.value;
      await this.#pause();
    }
  }
}
