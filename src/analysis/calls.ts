import type { Context } from './context.ts';
import type { CallFinding } from './findings.ts';

/** What became of the calls with a time-out or retries, by call site, from the beginning of the warm-up to the end. */
export function findCalls({ model, measurements }: Pick<Context, 'model' | 'measurements'>): CallFinding[] {
  return model.calls.map((site, index) => {
    const measured = measurements.calls[index];
    if (measured === undefined) throw new RangeError(`call ${site.stream} was not measured`);
    return {
      call: site.stream,
      attempts: measured.attempts * model.slice,
      retries: measured.retries * model.slice,
      deniedByBudget: measured.deniedByBudget * model.slice,
      timedOut: measured.timedOut * model.slice,
      failed: measured.failed * model.slice,
    };
  });
}
