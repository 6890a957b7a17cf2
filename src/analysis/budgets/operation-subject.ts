import type { Context, Measured } from '../context.ts';
import { mergeHistograms, phaseParts } from '../latency.ts';
import { lengthNs, perSec, type Span } from '../spans.ts';
import { isLatency, type Metric } from './metric.ts';
import { latencyReading, NOTHING, plainReading, ratioReading, type Reading } from './reading.ts';

/**
 * Some operations together, as their callers see them: sojourns from entry to answer.
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
  const measured = measuredIn(context);
  const merged = mergeHistograms(parts(context));
  const good = merged.count;
  const failed = measured.reduce(
    (sum, { failures }) => sum + span.phases.reduce((part, phase) => part + (failures[phase] ?? 0), 0),
    0,
  );
  const completed = merged.observations;
  // What was seen to fail is at least this much of what that stands for.
  const samples = completed + Math.ceil(failed / (context.model.sampling?.weight ?? 1));
  const share = (part: number): Reading => ratioReading({ part, whole: good + failed, samples, completed });
  switch (metric.kind) {
    case 'errors':
      return share(failed);
    case 'availability':
      return share(good);
    case 'throughput':
      // Background visits of sliced runs are no calls of anybody and record no operations.
      return plainReading(perSec(good * context.model.slice, lengthNs(span)), completed, completed);
    default:
      return NOTHING;
  }
}
