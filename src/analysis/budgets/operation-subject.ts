import { runsOf, type Measured } from '../context.ts';
import { phaseParts } from '../latency.ts';
import { lengthNs, perSec } from '../spans.ts';
import { sum } from './counts.ts';
import { isLatency } from './metric.ts';
import {
  NOBODY,
  NOTHING,
  plainReading,
  ratioReading,
  timeReading,
  timesOf,
  type Question,
  type Reading,
} from './reading.ts';

/**
 * Some operations together, as their callers see them: sojourns from entry to answer, in all replications.
 *
 *     errors       failed / (failed + succeeded);  availability = 1 − errors
 *     throughput   succeeded, per second
 */
export function readOperations(of: Measured, ids: readonly number[], question: Question): Reading {
  const { metric, at, level } = question;
  const measuredIn = ({ measurements }: Measured) => ids.flatMap((id) => measurements.operations[id] ?? []);
  const phasesIn = (run: Measured) => at(run).phases ?? [];
  const parts = (run: Measured) =>
    measuredIn(run).flatMap(({ sojourns }) => phaseParts(sojourns, phasesIn(run)));
  if (isLatency(metric)) return timeReading(timesOf(of, parts), { metric, level }, NOBODY);
  const runs = runsOf(of);
  const answers = runs.flatMap(parts);
  const good = sum(answers.map(({ count }) => count));
  const completed = sum(answers.map(({ observations }) => observations));
  const failures = runs.map((run) =>
    sum(measuredIn(run).flatMap((each) => phasesIn(run).map((phase) => each.failures[phase] ?? 0))),
  );
  const failed = sum(failures);
  // What was seen to fail is at least this much of what that stands for.
  const weight = of.model.sampling?.weight ?? 1;
  const samples = completed + sum(failures.map((count) => Math.ceil(count / weight)));
  const share = (part: number): Reading => ratioReading({ part, whole: good + failed, samples, completed });
  switch (metric.kind) {
    case 'errors':
      return share(failed);
    case 'availability':
      return share(good);
    case 'throughput':
      // Background visits of sliced runs are no calls of anybody and record no operations.
      return plainReading(
        perSec((good / runs.length) * of.model.slice, lengthNs(at(of))),
        completed,
        completed,
      );
    default:
      return NOTHING;
  }
}
