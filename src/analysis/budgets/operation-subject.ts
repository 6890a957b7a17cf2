import { runsOf, type Context, type Measured } from '../context.ts';
import { phaseParts } from '../latency.ts';
import { lengthNs, perSec, type Span } from '../spans.ts';
import { sum } from './counts.ts';
import { isLatency, type Metric } from './metric.ts';
import { latencyReading, NOTHING, plainReading, ratioReading, type Reading } from './reading.ts';

/**
 * Some operations together, as their callers see them: sojourns from entry to answer, in all replications.
 *
 *     errors       failed / (failed + succeeded);  availability = 1 − errors
 *     throughput   succeeded, per second
 */
export function readOperations(
  context: Context,
  ids: readonly number[],
  metric: Metric,
  span: Span,
): Reading {
  const measuredIn = ({ measurements }: Measured) => ids.flatMap((id) => measurements.operations[id] ?? []);
  const parts = (of: Measured) => measuredIn(of).flatMap(({ sojourns }) => phaseParts(sojourns, span.phases));
  if (isLatency(metric)) {
    return latencyReading({ pooled: parts(context), ofEach: context.apart.map(parts) }, metric, 0);
  }
  const runs = runsOf(context);
  const answers = runs.flatMap(parts);
  const good = sum(answers.map(({ count }) => count));
  const completed = sum(answers.map(({ observations }) => observations));
  const failures = runs.map((run) =>
    sum(measuredIn(run).flatMap((each) => span.phases.map((phase) => each.failures[phase] ?? 0))),
  );
  const failed = sum(failures);
  // What was seen to fail is at least this much of what that stands for.
  const weight = context.model.sampling?.weight ?? 1;
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
        perSec((good / runs.length) * context.model.slice, lengthNs(span)),
        completed,
        completed,
      );
    default:
      return NOTHING;
  }
}
