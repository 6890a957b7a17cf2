/** What a thread of `ThreadedWorkplace` does with a job: loaded there by its file name. */
import { threadId } from 'node:worker_threads';
import { abortFinder, simulateInSteps, type ReplicationJob, type Simulated } from './replication-job.ts';

export default async function simulateReplication(job: ReplicationJob): Promise<Simulated> {
  Atomics.store(job.control.flags, 1, threadId);
  const steps = simulateInSteps(job, await abortFinder(job));
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}
