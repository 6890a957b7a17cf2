import type { Measurements } from '../../src/run/measurements.ts';
import { Run } from '../../src/run/run.ts';
import type { ReplicationJob } from '../../src/study/replication-job.ts';
import type { Workplace } from '../../src/study/workplace.ts';

const STEP_EVENTS = 1_000_000;
/** Short queues need few slots; a replication of some thousand requests is over before more are set aside. */
const SLOTS_FIRST = 2_048;

/** A workplace for a hundred thousand short replications, one after the other. */
export class SmallRuns implements Workplace {
  simulate({ model }: ReplicationJob): Promise<Measurements> {
    const run = new Run(model, { slotsFirst: SLOTS_FIRST });
    while (run.advance(STEP_EVENTS) === 'more');
    return Promise.resolve(run.measurements());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
