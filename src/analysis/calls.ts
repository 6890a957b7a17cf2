import type { Context } from './context.ts';
import type { CallFinding } from './findings.ts';

/**
 * What became of the calls with a time-out or retries, by name, in the measured time.
 *
 * Sites of one name are added up. An inner site is one attempt of another, which counts it already; only the time-outs
 * are its own.
 */
export function findCalls({ model, measurements }: Pick<Context, 'model' | 'measurements'>): CallFinding[] {
  const rows = new Map<string, CallFinding>();
  for (const [index, { name, inner }] of model.calls.entries()) {
    const measured = measurements.calls[index];
    if (measured === undefined) throw new RangeError(`call ${name} was not measured`);
    const before = rows.get(name) ?? NO_CALLS;
    const own = inner ? { ...NO_CALLS, timedOut: measured.timedOut } : measured;
    rows.set(name, {
      call: name,
      attempts: before.attempts + own.attempts * model.slice,
      retries: before.retries + own.retries * model.slice,
      deniedByBudget: before.deniedByBudget + own.deniedByBudget * model.slice,
      timedOut: before.timedOut + own.timedOut * model.slice,
      failed: before.failed + own.failed * model.slice,
    });
  }
  return [...rows.values()];
}

const NO_CALLS: Omit<CallFinding, 'call'> = {
  attempts: 0,
  retries: 0,
  deniedByBudget: 0,
  timedOut: 0,
  failed: 0,
};
