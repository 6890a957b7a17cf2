/** What a thread of `ThreadedWorkplace` does with a job: loaded there by its file name. */
import { threadId } from 'node:worker_threads';
import type { Measurements } from '../run/measurements.ts';
import { simulateInSteps, type ReplicationJob } from './replication-job.ts';

export default function simulateReplication(job: ReplicationJob): Measurements {
  Atomics.store(job.control.flags, 1, threadId);
  const steps = simulateInSteps(job);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}
